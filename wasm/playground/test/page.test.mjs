// The page as a visitor has it: types, breaks, shares, opens files, goes offline.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { serve } from "../serve.mjs";
import { address, browser, close, fill, open, outputIs, textOf, until } from "./page.mjs";

after(close);

test("what is typed is rendered", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Body"), '{"name": "Ada"}');
  await fill(page, editor("Template"), "");
  await page.keyboard.type("Hello $input.path('$.name')!");
  await outputIs(editor, "Hello Ada!");
  assert.equal(await page.locator(".strip .mark").first().textContent(), "Text");
  await finish();
});

test("parameters, context and stage variables", async () => {
  const { page, editor, finish } = await open();
  for (const [tab, name, text] of [
    ["Path", "Path", "id: 42"],
    ["Query", "Query", "q: a: b"],
    ["Headers", "Headers", "X-A: y"],
    ["Context", "Context", '{"stage": "prod", "n": 12345678901234567890}'],
    ["Stage variables", "Stage variables", "table: orders"],
  ]) {
    await page.getByRole("tab", { name: tab }).click();
    await fill(page, editor(name), text);
  }
  await fill(page, editor("Template"), "$input.params('id') $input.params('q') $input.params('X-A') $context.stage $context.n $stageVariables.table");
  await outputIs(editor, "42 a: b y prod 12345678901234567890 orders");
  await page.getByRole("tab", { name: "Context" }).click();
  await fill(page, editor("Context"), "[1]");
  await until(async () => /\$context is a JSON object/.test(await page.locator(".findings").textContent()), "no word about $context");
  await finish();
});

test("a mistake is underlined at its place, and repaired with a key", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), "ü🦀\n{\n#if($input.path('$.a') = 1)x#end\n}");
  await page.waitForSelector(".template .cm-lintRange-error");
  const squiggle = page.locator(".template .cm-lintRange-error");
  assert.equal(await squiggle.textContent(), "=");
  assert.match(await page.locator(".template .cm-line").nth(2).innerHTML(), /cm-lintRange-error/);
  const finding = page.locator(".finding.error");
  assert.match(await finding.textContent(), /^3:24/);
  assert.match(await finding.textContent(), /write ==/);
  await squiggle.hover();
  await page.locator(".cm-diagnosticAction").click();
  await outputIs(editor, "ü🦀\n{\n}");
  assert.equal(await page.locator(".cm-lintRange-error").count(), 0);
  await finish();
});

test("an error keeps the last output in sight, but not as if it were the answer", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), "one");
  await outputIs(editor, "one");
  await fill(page, editor("Template"), "one#end");
  await page.waitForSelector(".cm-editor.stale");
  assert.match(await page.locator(".strip").textContent(), /Line 1: no output/);
  await finish();
});

test("output that is no JSON is marked at its place", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), '{"a": 1,\n "b": }');
  await page.waitForSelector(".result .cm-lintRange-error");
  assert.match(await page.locator(".strip").textContent(), /Not JSON: .*line 2, column 7/);
  await fill(page, editor("Template"), '{"a": 1,\n "b": 2}');
  await until(async () => /Valid JSON/.test(await page.locator(".strip").textContent()), "not valid");
  await finish();
});

test("a shared link restores everything", async () => {
  const first = await open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
  const { page, editor } = first;
  const template = "é🦀 $input.params('id') #set($x = '\\')$x $stageVariables.t\n";
  await fill(page, editor("Template"), template);
  await fill(page, editor("Body"), '{"a": "ü"}');
  await page.getByRole("tab", { name: "Path" }).click();
  await fill(page, editor("Path"), "id: 7");
  await page.getByRole("tab", { name: "Expected" }).click();
  await fill(page, editor("Expected output"), "something");
  await page.getByRole("button", { name: "Share" }).click();
  await until(() => page.url().includes("#") || page.url(), "no link");
  const link = page.url();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await first.finish();

  const second = await open({ fragment: link.slice(address.length) });
  assert.equal(await textOf(second.editor("Template")), template);
  assert.equal(await textOf(second.editor("Body")), '{"a": "ü"}');
  await outputIs(second.editor, "é🦀 7\\ \n");
  await second.page.getByRole("tab", { name: "Path" }).click();
  assert.equal(await textOf(second.editor("Path")), "id: 7");
  await second.page.getByRole("tab", { name: "Expected" }).click();
  assert.equal(await textOf(second.editor("Expected output")), "something");
  await second.finish();
});

test("a link that is not whole is said, and a draft comes back", async () => {
  const { page, editor, finish } = await open({ fragment: "#nonsense" });
  await until(async () => /not whole/.test(await page.locator("#said").textContent()), "nothing said");
  await fill(page, editor("Template"), "my draft");
  await page.waitForTimeout(500);
  await page.goto("about:blank");
  await page.goto(address);
  await outputIs(editor, "my draft");
  await finish();
});

test("an endless template does not freeze the page", async () => {
  const { page, editor, finish } = await open();
  const loop = "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])#set($x = $input.json('$'))#end#end#end";
  await fill(page, editor("Template"), loop);
  // The page goes on while the engine works, and the two seconds are kept.
  const longest = page.evaluate(
    () =>
      new Promise((resolve) => {
        let last = performance.now();
        let most = 0;
        const end = last + 1500;
        const tick = (now) => {
          most = Math.max(most, now - last);
          last = now;
          if (now < end) requestAnimationFrame(tick);
          else resolve(most);
        };
        requestAnimationFrame(tick);
      }),
  );
  assert.ok((await longest) < 700, `the page stood still for ${await longest} ms`);
  await until(async () => /two seconds/.test(await page.locator(".findings").textContent()), "nothing was stopped", 8000);
  await fill(page, editor("Template"), "alive again");
  await outputIs(editor, "alive again");
  await finish();
});

test("a huge template does not freeze the page", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), '{"a": "$input.path(\'$.id\')"}\n'.repeat(9000));
  await until(async () => /kB/.test(await page.locator(".strip .quiet").textContent()), "no output");
  await page.keyboard.type("x");
  await fill(page, editor("Template"), "small");
  await outputIs(editor, "small");
  await finish();
});

test("the output points at the template, and the template at the output", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Body"), '{"name": "Ada"}');
  await fill(page, editor("Template"), "Hello\n$input.path('$.name')#foreach($i in [1..2])<$i>#end");
  await outputIs(editor, "Hello\nAda<1><2>");
  const linked = (pane) => page.locator(`.${pane} .linked`).allTextContents();
  const box = await editor("Output").locator(".cm-line").nth(1).boundingBox();
  await page.mouse.move(box.x + 10, box.y + 8);
  await until(async () => (await linked("template")).join("") === "$input.path('$.name')" || (await linked("template")), "the piece is not marked");
  assert.deepEqual(await linked("result"), ["Ada"]);
  assert.match(await page.locator(".origin").textContent(), /Line 2/);
  await editor("Template").focus();
  await page.keyboard.press("Control+End");
  for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowLeft");
  await until(async () => JSON.stringify(await linked("result")) === '["1","2"]' || (await linked("result")), "the stretches are not marked");
  await finish();
});

test("overrides are shown, and expected output is compared", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), "#set($context.responseOverride.status = 404)#set($context.requestOverride.header.X-A = 'b')line one\nline  two");
  await outputIs(editor, "line one\nline  two");
  const overrides = await page.locator(".override").allTextContents();
  assert.deepEqual(overrides, ["requestheader X-Ab", "responsestatus404"]);
  await page.getByRole("tab", { name: "Expected" }).click();
  await fill(page, editor("Expected output"), "line one\nline two");
  assert.match(await page.locator(".strip").textContent(), /Not as expected/);
  await page.getByRole("tab", { name: "Difference" }).click();
  await page.waitForSelector(".cm-deletedChunk");
  assert.match(await page.locator(".cm-changedLine").textContent(), /line {2}two/);
  await finish();
});

test("completion knows the language and the request, with words about it", async () => {
  const { page, editor, finish } = await open();
  const options = () => page.locator(".cm-tooltip-autocomplete li").allTextContents();
  await page.getByRole("tab", { name: "Stage variables" }).click();
  await fill(page, editor("Stage variables"), "table: x");
  await fill(page, editor("Template"), "");
  await page.keyboard.type("$ut");
  await until(async () => (await options()).some((text) => text.startsWith("$util")), "no $util");
  await page.waitForTimeout(120);
  await page.keyboard.press("Enter");
  await page.keyboard.type(".esc");
  await until(async () => (await options()).some((text) => text.startsWith("escapeJavaScript")), "no escapeJavaScript");
  assert.match(await page.locator(".cm-completionInfo").textContent(), /JSON string/);
  await page.waitForTimeout(120);
  await page.keyboard.press("Enter");
  assert.equal(await textOf(editor("Template")), "$util.escapeJavaScript()");
  await fill(page, editor("Template"), "");
  await page.keyboard.type("$stageVariables.t");
  await until(async () => (await options()).some((text) => text.startsWith("table")), "no table");
  await page.keyboard.press("Escape");
  await fill(page, editor("Template"), "");
  await page.keyboard.type("#fore");
  await until(async () => (await options()).some((text) => text.startsWith("#foreach")), "no #foreach");
  await finish();
});

test("a block folds, and its directives are shown together", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), "#if(true)\n one\n#else\n two\n#end\nend");
  await page.keyboard.press("Control+Home");
  await until(async () => (await page.locator(".template .cm-matchingBracket").count()) >= 3, "the partners are not marked");
  await page.keyboard.press("Control+Shift+BracketLeft");
  await page.waitForSelector(".template .cm-foldPlaceholder");
  await finish();
});

test("every example renders", async () => {
  const { page, finish } = await open();
  const names = await page.locator("#examples option:not([disabled])").allTextContents();
  assert.ok(names.length >= 15, `${names.length} examples`);
  for (const name of names) {
    await page.evaluate(() => performance.clearMarks());
    await page.getByLabel("Start from an example").selectOption(name);
    await page.waitForFunction(() => performance.getEntriesByName("transom:output").length > 0);
    assert.equal(await page.locator(".finding.error").count(), 0, `${name}: ${await page.locator(".findings").textContent()}`);
    assert.equal(await page.locator(".strip .mark.error").count(), 0, `${name}: ${await page.locator(".strip").textContent()}`);
  }
  await finish();
});

test("templates are picked out of a SAM file and an OpenAPI file", async () => {
  const { page, editor, finish } = await open();
  const sam = `Resources:
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      HttpMethod: POST
      Integration:
        RequestTemplates:
          application/json: !Sub |
            {"table": "\${Table}", "id": "$input.params('id')"}
        IntegrationResponses:
          - StatusCode: 200
            ResponseTemplates:
              application/json: !Join ["", ["<", !Ref Name, ">"]]
`;
  await page.locator("#file").setInputFiles({ name: "template.yaml", mimeType: "text/yaml", buffer: Buffer.from(sam) });
  const list = page.locator("#chooser-list button");
  await until(async () => (await list.count()) === 2 || (await list.count()), "not two templates");
  assert.match(await list.first().textContent(), /Method › request, application\/json/);
  assert.match(await list.nth(1).textContent(), /200 › response.*<Name>/);
  await list.first().click();
  await until(async () => (await textOf(editor("Template"))).startsWith('{"table": "${Table}"'), "the template is not there");

  const openApi = JSON.stringify({ openapi: "3.0.1", paths: { "/pets": { get: { "x-amazon-apigateway-integration": { requestTemplates: { "application/json": "from OpenAPI" } } } } } });
  await page.locator("#file").setInputFiles({ name: "api.json", mimeType: "application/json", buffer: Buffer.from(openApi) });
  await outputIs(editor, "from OpenAPI");
  await page.locator("#file").setInputFiles({ name: "bad.yaml", mimeType: "text/yaml", buffer: Buffer.from("a: [1,\nb: }") });
  await until(async () => /bad\.yaml: .*line \d/.test(await page.locator("#said").textContent()), "no word about the file");
  await finish();
});

test("a test file is saved", async () => {
  const { page, editor, finish } = await open();
  await fill(page, editor("Template"), "one\n$input.path('$.a')\n");
  await fill(page, editor("Body"), '{"a": 1}');
  await outputIs(editor, "one\n1\n");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  assert.equal((await download).suggestedFilename(), "template.transom.yaml");
  assert.match(file, /template: \|\n +one\n +\$input\.path\('\$\.a'\)\n +body: /);
  assert.match(file, /expect:\n +output: \|\n +one\n +1\n/);
  await finish();
});

test("the page works offline after its first load", async () => {
  const { page, context, editor, finish } = await open();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
  });
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector(".mark");
  await fill(page, editor("Template"), "offline: $util.urlEncode('a b')");
  await outputIs(editor, "offline: a+b");
  await context.setOffline(false);
  await finish();
});

test("everything can be reached by keys, and has a name", async () => {
  const { page, finish } = await open();
  const nameless = await page.evaluate(() => {
    const all = [...document.querySelectorAll("button, select, input, a, [contenteditable=true], [role=tab], [role=tabpanel]")];
    const name = (node) => node.getAttribute("aria-label") ?? (node.getAttribute("aria-labelledby") && document.getElementById(node.getAttribute("aria-labelledby"))?.textContent) ?? node.textContent.trim();
    return all.filter((node) => !name(node)).map((node) => node.outerHTML.slice(0, 120));
  });
  assert.deepEqual(nameless, []);
  const reached = new Set();
  await page.locator(".brand").focus();
  for (let i = 0; i < 24; i++) {
    reached.add(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim() ?? ""));
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.classList.contains("cm-content"))) await page.keyboard.press("Escape");
  }
  for (const name of ["Start from an example", "Share", "Template", "Body", "Output"]) {
    assert.ok([...reached].some((text) => text.startsWith(name)), `${name} is not reached: ${[...reached]}`);
  }
  await page.getByRole("tab", { name: "Body" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByRole("tab", { name: "Path" }).getAttribute("aria-selected"), "true");
  await finish();
});

for (const [width, height] of [[360, 740], [820, 1000], [1280, 800]]) {
  test(`nothing is cut off or jumps at ${width} px`, async () => {
    const { page, editor, finish } = await open({ context: { viewport: { width, height } } });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(await wide(), width);
    const places = () => page.evaluate(() => [...document.querySelectorAll(".pane, .strip, .tabs")].map((node) => [node.offsetLeft, node.offsetTop, node.offsetHeight].join()));
    const before = (await places()).slice(0, 6);
    await fill(page, editor("Template"), "#if(");
    await page.waitForSelector(".finding.error");
    await fill(page, editor("Template"), "fine");
    await outputIs(editor, "fine");
    assert.deepEqual((await places()).slice(0, 6), before);
    assert.equal(await wide(), width);
    await finish();
  });
}

test("the policy lets nothing in from outside", async () => {
  const { page, finish } = await open({ expectTrouble: true });
  const refused = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
    const fetched = await fetch("http://127.0.0.1:1/").then(() => "sent", () => "refused");
    return [window.injected, fetched];
  });
  assert.deepEqual(refused, [undefined, "refused"]);
  await finish();
  assert.ok(browser.isConnected());
});

test("the npm package works in a browser as it is", async () => {
  const server = await serve(0, "/", fileURLToPath(new URL("../../npm", import.meta.url)));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/package.json`);
  const output = await page.evaluate(async () => {
    const { Template } = await import("/web.js");
    return new Template("Hello $input.path('$.name')!").render({ body: '{"name": "Ada"}' }).output;
  });
  assert.equal(output, "Hello Ada!");
  await page.close();
  server.close();
});

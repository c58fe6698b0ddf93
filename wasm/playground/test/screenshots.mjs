// Takes the pictures in `docs/`, to be looked at: `npm run screenshots`.

import { fileURLToPath } from "node:url";

import { close, fill, open } from "./page.mjs";

const folder = fileURLToPath(new URL("../../../docs/", import.meta.url));
const wide = { width: 1280, height: 800 };

async function shoot(name, context, work) {
  const opened = await open({ context });
  await work(opened);
  await opened.page.waitForTimeout(400);
  await opened.page.screenshot({ path: `${folder}${name}.png` });
  await opened.finish();
}

const example = (page, name) => page.getByLabel("Start from an example").selectOption(name);

await shoot("playground-light", { viewport: wide, colorScheme: "light" }, async ({ page, editor }) => {
  await example(page, "Errors of Lambda to a status");
  await page.waitForTimeout(300);
  const line = await editor("Output").locator(".cm-line").nth(1).boundingBox();
  await page.mouse.move(line.x + 110, line.y + 8);
});

await shoot("playground-dark", { viewport: wide, colorScheme: "dark" }, async ({ page, editor }) => {
  const template = '#set($b = $input.path(\'$\'))\n{\n  "id": "$b.id",\n#if($b.lines.size() = 2)\n  "two": true,\n#end\n  "customer": "$util.escapeJavaScript($b.customer)"\n}\n';
  await fill(page, editor("Template"), template);
  await page.locator(".template .cm-lintRange-error").hover();
  await page.waitForSelector(".cm-diagnosticAction");
});

await shoot("playground-difference", { viewport: wide, colorScheme: "light" }, async ({ page, editor }) => {
  await example(page, "A form to JSON");
  await page.getByRole("tab", { name: "Expected" }).click();
  await fill(page, editor("Expected output"), '{\n  "name": "Ada Lovelace",\n  "mail": "ada@example.com",\n  "note":  "it\'s urgent"\n}');
  await page.getByRole("tab", { name: "Difference" }).click();
  await editor("Template").focus();
  for (const key of ["Control+Home", "ArrowDown", "End", "Enter"]) await page.keyboard.press(key);
  await page.keyboard.type("$input.");
  await page.waitForSelector(".cm-completionInfo");
});

await shoot("playground-narrow", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }, async ({ page }) => {
  await example(page, "Step Functions: start an execution");
});

await close();

// Templates and payloads as deep as the engine takes them: the module's stack holds them all, in a worker too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker, isMainThread } from "node:worker_threads";

import { RenderError, Template, TemplateError } from "transom-wasm";

const render = (source, body = "{}", options) => new Template(source, options).render({ body }).output;
const nested = (count, before, inside, after) => before.repeat(count) + inside + after.repeat(count);

test("200 blocks", () => {
  assert.equal(render(nested(200, "#if(true)", "x", "#end")), "x");
  assert.equal(render(nested(200, "#foreach($i in [1])", "x", "#end")), "x");
  assert.throws(() => render(nested(201, "#if(true)", "x", "#end")), TemplateError);
  assert.throws(() => render("#if(true)".repeat(20_000)), TemplateError);
});

test("100 brackets", () => {
  assert.equal(render(`#set($x = ${nested(98, "(", "1", ")")})$x`), "1");
  assert.equal(render(`#set($x = ${nested(98, "[", "1", "]")})$x`), nested(98, "[", "1", "]"));
  assert.equal(render(`#set($x = ${nested(49, "[{'a': ", "1", "}]")})$x.size()`), "1");
  assert.equal(render(nested(98, "$util.urlEncode(", "'a'", ")")), "a");
  assert.throws(() => render(`#set($x = ${nested(5000, "(", "1", ")")})$x`), TemplateError);
});

test("300 operators", () => {
  assert.equal(render(`#set($x = 0${" + 1".repeat(140)})$x`), "140");
  assert.equal(render(`#if(${"!".repeat(98)}true)x#end`), "x");
});

test("all bounds at once", () => {
  const inner = `#set($x = ${nested(98, "(", `1${" + 1".repeat(40)}`, ")")})$x`;
  assert.equal(render(nested(200, "#foreach($i in [1])", inner, "#end")), "41");
});

test("a text that is a template in a template", () => {
  const deep = `#define($d)${nested(150, "#if(true)", "x", "#end")}#end$d`;
  assert.equal(render(deep), "x");
  assert.equal(render("#define($d)a$d#end$d"), "aa$d");
  const macro = "#macro(again $n)$n#again($n)#end#again('x')";
  assert.throws(() => render(macro, "{}", { dialect: "velocity" }), RenderError);
  const evaluate = "#set($s = '#evaluate($s)')#evaluate($s)";
  assert.throws(() => render(evaluate, "{}", { dialect: "velocity" }), RenderError);
});

test("JSON 10,000 deep", () => {
  const deep = nested(9_999, "[", "1", "]");
  assert.equal(render("$input.json('$')", deep), deep);
  assert.ok(render("$input.path('$')", deep).length > 0);
  assert.equal(render("$input.path('$..a').size()", nested(9_000, '{"a":', "1", "}")), "9000");
  const objects = nested(9_999, '{"a":', "1", "}");
  assert.equal(render("$input.json('$')", objects), objects);
  assert.equal(render("#set($x = $util.parseJson($input.body))$x.size()", objects), "1");
});

test("JSON deeper than that is an answer, not an end", () => {
  for (const body of ["[".repeat(200_000), nested(100_000, '{"a":', "1", "}"), "{a:".repeat(50_000)]) {
    try {
      render("$input.json('$')$input.path('$')", body);
    } catch (error) {
      assert.ok(error instanceof RenderError, error);
    }
  }
});

test("a list that holds itself", () => {
  const source = "#set($a = [1])#set($x = $a.add($a))$a.size()";
  assert.equal(render(source), "2");
});

test("a regex that would never end", () => {
  assert.throws(() => render("$input.body.matches('(a*)*\\1c')", "a".repeat(3000)), RenderError);
});

test("10 MB", () => {
  const body = JSON.stringify({ items: Array.from({ length: 100_000 }, (_, id) => ({ id, name: "é".repeat(40) })) });
  assert.equal(render("$input.json('$')", body), body);
});

if (isMainThread) {
  test("all of it in a worker, whose stack is its own", async () => {
    const worker = new Worker(new URL(import.meta.url), { stdout: true });
    let said = "";
    worker.stdout.on("data", (data) => (said += data));
    const code = await new Promise((resolve, reject) => worker.on("exit", resolve).on("error", reject));
    assert.equal(code, 0, said);
    assert.doesNotMatch(said, /^not ok/m);
  });
}

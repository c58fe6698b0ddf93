// The API as the README describes it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { InputError, RenderError, Scope, Template, TemplateError, Trace, TransomError, check, checkJson } from "transom-wasm";

const thrown = (work) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
};

test("a template is compiled once and rendered often", () => {
  const template = new Template('{"id": "$input.params(\'id\')", "qty": $input.path("$.qty")}');
  const render = (id, qty) => template.render({ body: JSON.stringify({ qty }), params: { path: { id } } }).output;
  assert.equal(render("A-1", 2), '{"id": "A-1", "qty": 2}');
  assert.equal(render("ü🦀", "x"), '{"id": "ü🦀", "qty": x}');
});

test("all variables reach the template", () => {
  const template = new Template("$input.params('q') $context.stage $stageVariables.table $mine");
  const variables = {
    params: { querystring: { q: "a b" } },
    context: { stage: "prod" },
    stageVariables: { table: "orders" },
    vars: { mine: [1, "x"] },
  };
  assert.equal(template.render(variables).output, "a b prod orders [1, x]");
  assert.equal(template.render(JSON.stringify(variables)).output, "a b prod orders [1, x]");
  const scope = new Scope(variables);
  assert.equal(template.render({ scope }).output, "a b prod orders [1, x]");
  assert.equal(template.render({ scope, body: "{}" }).output, "a b prod orders [1, x]");
});

test("a JSON text keeps what an object would lose", () => {
  const template = new Template("#foreach($n in $stageVariables.keySet())$n #end$context.n");
  const text = '{"stageVariables": {"b": "1", "7": "2"}, "context": {"n": 12345678901234567890}}';
  assert.equal(template.render(text).output, "b 7 12345678901234567890");
});

test("bytes in, bytes out", () => {
  const template = new Template("<$input.body>");
  const { output } = template.render({ body: Uint8Array.of(0x61, 0xff, 0xc3, 0xbc) });
  assert.deepEqual(output, new TextEncoder().encode("<a\ufffdü>"));
});

test("a payload that is absent or empty reads as {}", () => {
  const template = new Template("$input.body");
  assert.deepEqual([undefined, "", null].map((body) => template.render({ body }).output), ["{}", "{}", "{}"]);
  assert.equal(template.render().output, "{}");
});

test("overrides are objects, and a text with all digits", () => {
  const template = new Template(
    "#set($context.responseOverride.status = 404)#set($context.responseOverride.header.N = $input.path('$.n'))gone",
  );
  const { output, overrides, overridesJson } = template.render({ body: '{"n": 12345678901234567890}' });
  assert.equal(output, "gone");
  assert.equal(overrides.response.status, 404);
  assert.equal(overridesJson, '{"response":{"header":{"N":12345678901234567890},"status":404}}');
  assert.deepEqual(new Template("x").render().overrides, {});
});

test("a loop that is cut short leaves a note", () => {
  const template = new Template("é#foreach($i in [1..5])$i#end", { limits: { foreachRounds: 2 } });
  const { output, notes } = template.render();
  assert.equal(output, "é12");
  assert.equal(notes.length, 1);
  assert.deepEqual([notes[0].severity, notes[0].line, notes[0].start], ["note", 1, 1]);
});

test("a trace ties the output to the template, in UTF-16", () => {
  const source = "🦀$input.body#foreach($i in [1..2])<$i>#end";
  const template = new Template(source);
  const { output, trace } = template.render({ body: "🦀ü" }, { trace: true });
  assert.equal(output, "🦀🦀ü<1><2>");
  const pieces = [...trace].map(({ output: [a, b], template: [c, d] }) => [output.slice(a, b), source.slice(c, d)]);
  assert.deepEqual(pieces.slice(0, 3), [["🦀", "🦀"], ["🦀ü", "$input.body"], ["<", "<"]]);
  assert.equal(pieces.map(([written]) => written).join(""), output);
  assert.deepEqual(trace.atOutput(3).template, [2, 13]);
  assert.equal(trace.atOutput(output.length), undefined);
  const loop = trace.atTemplate(source.lastIndexOf("$i"));
  assert.deepEqual(loop.map(({ output: [a, b] }) => output.slice(a, b)), ["1", "2"]);
  assert.deepEqual([...new Trace(trace.numbers.slice())], [...trace]);
});

test("check finds the error, with its place in UTF-16", () => {
  const [found, ...more] = check("🦀\n  #if($a = 1)x#end");
  assert.deepEqual(more, []);
  assert.equal(found.severity, "error");
  assert.deepEqual([found.start, found.end, found.line, found.column, found.endColumn], [12, 13, 2, 10, 11]);
  assert.equal(found.help, "to compare, write `==`");
  assert.match(found.awsWords, /^Encountered "="/);
  assert.deepEqual(check("fine"), []);
});

test("a second place explains the first", () => {
  const [found] = check("#foreach($a in $b)\n#if($c)");
  assert.equal(found.code, "unclosed-directive");
  const two = check("#if(true)#foreach($a in $b)#else#end#end")[0];
  if (two?.related) assert.equal(typeof two.related.message, "string");
});

test("errors are classes with diagnostics", () => {
  const syntax = thrown(() => new Template("a\n#end"));
  assert.ok(syntax instanceof TemplateError && syntax instanceof TransomError && syntax instanceof Error);
  assert.equal(syntax.name, "TemplateError");
  assert.equal(syntax.code, "unopened-directive");
  assert.equal(syntax.message, "`#end` belongs to no block (line 2, column 1)");
  assert.equal(syntax.diagnostics[0].line, 2);

  const render = thrown(() => new Template("$input.body.substring(9)").render({ body: "abc" }));
  assert.ok(render instanceof RenderError);
  assert.equal(render.code, "method-failed");
});

test("arguments that make no sense are said", () => {
  const message = (work) => {
    const error = thrown(work);
    assert.ok(error instanceof InputError, error.stack);
    assert.equal(error.code, "input");
    return error.message;
  };
  assert.equal(message(() => new Template(7)), "a template is a text, not number");
  assert.equal(message(() => new Template("", { dialekt: "x" })), "there is no option `dialekt`");
  assert.equal(message(() => check("", { limits: { steps: -1 } })), "`steps` is a whole number, or Infinity");
  const template = new Template("x");
  assert.equal(message(() => template.render({ params: { path: 1 } })), "`params.path` is an object");
  assert.equal(message(() => template.render({ body: 1 })), "`body` is a text or a Uint8Array");
  assert.match(message(() => template.render("{")), /^the variables are not JSON/);
  assert.equal(message(() => template.render({ scope: {} })), "`scope` is a Scope");
  template.free();
  template.free();
  assert.equal(message(() => template.render()), "this template was freed");
});

test("options change the dialect and the limits", () => {
  assert.equal(new Template("$a", { dialect: "velocity" }).render().output, "$a");
  const slashes = (escapeSlashes) => new Template("$input.json('$')", { escapeSlashes }).render({ body: '"a/b"' }).output;
  assert.deepEqual([slashes(false), slashes(true)], ['"a/b"', '"a\\/b"']);
  const endless = "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end";
  assert.equal(thrown(() => new Template(endless, { limits: { steps: 1000 } }).render()).code, "step-limit");
  const rounds = new Template("#foreach($a in [1..2000])x#end", { limits: { foreachRounds: Infinity } });
  assert.equal(rounds.render().output.length, 2000);
});

test("checkJson finds the place", () => {
  assert.equal(checkJson('{"a": [1, 2]}'), undefined);
  const found = checkJson('{\n  "é": 1,\n}');
  assert.deepEqual([found.start, found.line, found.column], [12, 3, 1]);
});

test("what is no longer reachable is freed", { skip: !globalThis.gc }, async () => {
  const source = "x".repeat(200_000);
  const memory = () => process.memoryUsage().arrayBuffers;
  const make = async (count) => {
    for (let i = 0; i < count; i++) {
      new Template(source).render();
      if (i % 20 === 0) {
        globalThis.gc();
        await new Promise((done) => setTimeout(done, 1));
      }
    }
  };
  await make(100);
  const before = memory();
  await make(600);
  assert.ok(memory() - before < 40e6, `${(memory() - before) / 1e6} MB more`);
});

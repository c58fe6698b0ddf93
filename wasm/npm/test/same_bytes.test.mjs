// `bin/batch.mjs` against the answers of the real engines, and byte for byte against the native binary where there is one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = new URL("../../../", import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));
const native = process.env.TRANSOM ?? path("target/release/transom");
const left = readFileSync(path("tests/real_engine/left.in"), "utf8");

/** The answers of a program, a line each. */
function answers(command, args, input) {
  const { stdout, stderr, status } = spawnSync(command, args, { input, encoding: "utf8", maxBuffer: 1 << 30 });
  assert.equal(status, 0, stderr);
  return stdout.split("\n").slice(0, -1);
}

const module = (args, input) => answers(process.execPath, [fileURLToPath(new URL("../bin/batch.mjs", import.meta.url)), ...args], input);

/** The text of a case's input behind its brace: parsed and written again, its numbers would lose digits. */
function inputOf(line) {
  const start = line.indexOf('"input": {') + '"input": {'.length;
  return line.slice(start, line.indexOf('}, "expected": ', start) + 1);
}

function same(args, input) {
  const [ours, theirs] = [module(args, input), answers(native, ["batch", ...args], input)];
  assert.equal(ours.length, theirs.length);
  ours.forEach((line, i) => assert.equal(line, theirs[i]));
}

for (const suite of ["velocity", "java", "jsonpath"]) {
  const lines = readFileSync(path(`tests/real_engine/${suite}.jsonl`), "utf8").trim().split("\n");
  const cases = lines.map((line) => JSON.parse(line));
  const input = lines.map((line, i) => `{"id": ${JSON.stringify(cases[i].id)}, ${inputOf(line)}`).join("\n");
  const args = suite === "jsonpath" ? ["--escape-slashes"] : [];

  test(`${suite}: the answers of the real engine`, () => {
    const given = module(args, input).map((line) => JSON.parse(line));
    assert.equal(given.length, cases.length);
    given.forEach((answer, i) => {
      const { id, expected } = cases[i];
      assert.equal(answer.id, id);
      if (left.includes(`"${id}"`)) return;
      if (typeof expected.output === "string") assert.equal(answer.output, expected.output, id);
      else assert.ok(answer.error, id);
    });
  });

  test(`${suite}: the bytes of the native binary`, { skip: !existsSync(native) && `no ${native}` }, () => same(args, input));
}

test("lines of all kinds: the bytes of the native binary", { skip: !existsSync(native) && `no ${native}` }, () => {
  const lines = [
    { id: "unicode", template: "é🦀\u2028$input.body", body: "\u0000\u001f\u007f\u2029ü" },
    { id: "base64", template: "$input.body", bodyBase64: "/2HDvA==" },
    { id: "override", template: "#set($context.responseOverride.status = 404)#set($context.requestOverride.header.A = [1, 'é'])x" },
    { id: "error", template: "ü🦀 \n 🦀#if(1" },
    { id: "runtime", template: "🦀$input.body.substring(99)", body: "a" },
    { id: "params", template: "$input.params()", params: { header: { 9: "a", "X-A": 1 }, path: null } },
    { id: "none" },
    { id: "number", template: 5 },
    { id: "dialect", template: "$a", dialect: "velocity" },
    { id: null, template: "x" },
    { id: { a: 1 }, template: "x" },
    { template: "x" },
  ].map((line) => JSON.stringify(line));
  lines.push('{"id": "order", "template": "$stageVariables.keySet() $context.n", "stageVariables": {"b": 1, "7": 2}, "context": {"n": 1.0e2, "m": 123456789012345678901}}');
  // Exchanges are not in the package yet.
  lines.push("", "[1]");
  same([], lines.join("\n"));
});

#!/usr/bin/env node
// JSON lines in, JSON lines out: `transom batch` with the WebAssembly module. `--escape-slashes` as there.

import { InputError, Template, TransomError } from "../node.js";

const escapeSlashes = process.argv.includes("--escape-slashes");

/** The answer of a line that is a JSON object, without its id: JSON text without the opening brace. */
function answer(line, members) {
  if ("method" in members || "request" in members) {
    return failure({ kind: "unsupported", message: "an exchange is not supported yet, only renders are" });
  }
  const { template: source, dialect, bodyBase64 } = members;
  try {
    if (source === undefined || source === null) throw new InputError("`template` is missing");
    if (typeof source !== "string") throw new InputError("`template` is a text");
    const template = new Template(source, { dialect: dialect ?? "apigateway", escapeSlashes });
    try {
      return success(template, line, bodyBase64);
    } finally {
      template.free();
    }
  } catch (error) {
    if (!(error instanceof TransomError)) throw error;
    return failure(described(error, source));
  }
}

/** The line itself is the variables: its numbers and the order of its members stay as they are. */
function success(template, line, bodyBase64) {
  if (bodyBase64 !== undefined && bodyBase64 !== null) {
    const body = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(bodyBase64, "base64"));
    line = `{"body":${JSON.stringify(body)},${line.slice(line.indexOf("{") + 1)}`;
  }
  const { output, overridesJson } = template.render(line);
  return `"output":${JSON.stringify(output)},"overrides":${overridesJson}}`;
}

/** Columns in characters, as `transom batch` counts. */
function described(error, source) {
  const [found] = error.diagnostics;
  if (found === undefined) return { kind: error.code, message: error.message };
  const before = source.slice(found.start - found.column + 1, found.start);
  return { kind: found.code, message: found.message, line: found.line, column: [...before].length + 1 };
}

function failure(error) {
  return `"error":${JSON.stringify(error)}}`;
}

function answerLine(line) {
  let members;
  try {
    members = JSON.parse(line);
  } catch (error) {
    return `{"id":null,${failure({ kind: "input", message: `the line is not JSON: ${error.message}` })}`;
  }
  if (typeof members !== "object" || members === null || Array.isArray(members)) {
    return `{"id":null,${failure({ kind: "input", message: "a line is a JSON object" })}`;
  }
  return `{"id":${JSON.stringify(members.id ?? null)},${answer(line, members)}`;
}

/** Lines end at `\n` only; JSON may hold other characters that some take for a line end. */
async function* lines(input) {
  let rest = "";
  for await (const chunk of input.setEncoding("utf8")) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop();
    yield* parts;
  }
  yield rest;
}

for await (const line of lines(process.stdin)) {
  if (line.trim() !== "") process.stdout.write(`${answerLine(line)}\n`);
}

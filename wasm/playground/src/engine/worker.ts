// The engine, off the page's thread: it can be ended whatever it does.

import { InputError, Scope, Template, TransomError, checkJson, load } from "transom-wasm/core";

import type { Answer, Ask, Result } from "./protocol";

let scope: { text: string; read: Scope } | undefined;

function scopeOf(text: string): Scope {
  if (scope?.text !== text) {
    scope?.read.free();
    scope = undefined;
    scope = { text, read: new Scope(text) };
  }
  return scope.read;
}

function render(template: Template, ask: Ask): Result {
  const variables = { scope: scopeOf(ask.scope), body: ask.body };
  const start = performance.now();
  const { output, overrides, notes, trace } = template.render(variables, { trace: true });
  const took = performance.now() - start;
  return { output, overrides, notes, trace: trace.numbers, fault: checkJson(output), took };
}

function answer(ask: Ask): Answer {
  const said: Answer = { id: ask.id, diagnostics: [], bodyFault: ask.body.trim() ? checkJson(ask.body) : undefined };
  let template: Template;
  try {
    template = new Template(ask.source);
  } catch (error) {
    if (!(error instanceof TransomError)) throw error;
    return { ...said, diagnostics: error.diagnostics };
  }
  try {
    said.diagnostics = template.warnings;
    said.result = render(template, ask);
  } catch (error) {
    if (error instanceof InputError) said.trouble = error.message;
    else if (error instanceof TransomError) said.diagnostics = [...error.diagnostics, ...said.diagnostics];
    else throw error;
  } finally {
    template.free();
  }
  return said;
}

self.onmessage = ({ data }: MessageEvent<WebAssembly.Module | Ask>) => {
  if (data instanceof WebAssembly.Module) {
    load(data);
    return;
  }
  const said = answer(data);
  self.postMessage(said, { transfer: said.result ? [said.result.trace.buffer] : [] });
};

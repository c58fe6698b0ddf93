// transom's API for JavaScript over the module's own, which takes and gives texts, bytes and numbers only.
//
// `load` has to be called first; `node.js` and `web.js` do.

import { Compiled, Scope as RawScope, check as checkRaw, check_json, initSync } from "./dist/transom.js";
import { InputError, guarded } from "./errors.js";
import { Trace } from "./trace.js";

export { InputError, RenderError, TemplateError, TransomError } from "./errors.js";
export { Trace } from "./trace.js";

/** Makes the module ready: a compiled `WebAssembly.Module`, or its bytes. */
export function load(module) {
  initSync({ module });
}

/** From so many code units on a text is faster encoded as a whole than by the glue, which hopes for ASCII. */
const LONG = 1000;
const UTF8 = new TextEncoder();

const NONE = Object.freeze({});

function optionsText(options) {
  return options === undefined ? "" : JSON.stringify(options);
}

function text(value, what) {
  if (typeof value !== "string") throw new InputError(`${what} is a text, not ${typeof value}`);
  return value;
}

function live(raw, what) {
  if (raw === undefined) throw new InputError(`this ${what} was freed`);
  return raw;
}

/** Finds errors and traps in a template without rendering it. */
export function check(source, options) {
  text(source, "the template");
  return guarded(() => JSON.parse(checkRaw(source, optionsText(options))));
}

/** Says where a text stops being JSON. */
export function checkJson(source) {
  const found = check_json(text(source, "what is checked"));
  return found === undefined ? undefined : JSON.parse(found);
}

/** What a template sees besides the payload, read once for any number of renders. */
export class Scope {
  #raw;

  constructor(variables = NONE) {
    const json = typeof variables === "string" ? variables : JSON.stringify(variables);
    this.#raw = guarded(() => new RawScope(json));
  }

  /** @internal */
  static raw(scope) {
    return live(scope.#raw, "scope");
  }

  free() {
    this.#raw?.free();
    this.#raw = undefined;
  }
}

/** The scope of a template that sees nothing but the payload. */
let nothing;

/** Calls `work` with the module's scope for some variables. */
function withScope(variables, work) {
  if (typeof variables === "object" && variables.scope !== undefined) {
    if (!(variables.scope instanceof Scope)) throw new InputError("`scope` is a Scope");
    return work(Scope.raw(variables.scope));
  }
  if (typeof variables === "object") {
    const { params, context, stageVariables, vars } = variables;
    if (!params && !context && !stageVariables && !vars) return work((nothing ??= new RawScope("")));
    return withNew(JSON.stringify({ params, context, stageVariables, vars }), work);
  }
  return withNew(text(variables, "what a template is rendered for, if it is no object,"), work);
}

function withNew(json, work) {
  const scope = guarded(() => new RawScope(json));
  try {
    return work(scope);
  } finally {
    scope.free();
  }
}

/** A mapping template, compiled once and rendered as often as there are messages. */
export class Template {
  #raw;
  #source;
  #warnings;

  constructor(source, options) {
    text(source, "a template");
    this.#raw = guarded(() => new Compiled(source, optionsText(options)));
    this.#source = source;
  }

  get source() {
    return this.#source;
  }

  get warnings() {
    return (this.#warnings ??= JSON.parse(live(this.#raw, "template").warnings()));
  }

  render(variables = NONE, { trace = false } = NONE) {
    if (typeof variables !== "string" && (typeof variables !== "object" || variables === null)) {
      throw new InputError("a template is rendered for an object, or for its JSON text");
    }
    const raw = live(this.#raw, "template");
    const body = variables.body ?? undefined;
    const output = withScope(variables, (scope) => {
      if (body?.length > LONG && typeof body === "string") {
        return guarded(() => raw.render_utf8(scope, UTF8.encode(body), trace));
      }
      if (body === undefined || typeof body === "string") {
        return guarded(() => raw.render(scope, body, trace));
      }
      if (body instanceof Uint8Array) return guarded(() => raw.render_bytes(scope, body, trace));
      throw new InputError("`body` is a text or a Uint8Array");
    });
    const [overridesJson, notes] = [raw.overrides() ?? "{}", raw.notes()];
    return {
      output,
      overrides: overridesJson === "{}" ? {} : JSON.parse(overridesJson),
      overridesJson,
      notes: notes === undefined ? [] : JSON.parse(notes),
      ...(trace && { trace: new Trace(raw.trace()) }),
    };
  }

  free() {
    this.#raw?.free();
    this.#raw = undefined;
  }
}

for (const type of [Scope, Template]) {
  if (Symbol.dispose) type.prototype[Symbol.dispose] = type.prototype.free;
}

// What the module throws, a JSON text → JavaScript's errors.

/** Whatever transom throws on purpose. */
export class TransomError extends Error {
  constructor(message, diagnostics = []) {
    super(message);
    this.diagnostics = diagnostics;
  }

  get code() {
    return this.diagnostics[0]?.code ?? "input";
  }
}

/** A template that cannot be used. */
export class TemplateError extends TransomError {}

/** A render that failed. */
export class RenderError extends TransomError {}

/** Arguments that make no sense. */
export class InputError extends TransomError {}

for (const type of [TransomError, TemplateError, RenderError, InputError]) {
  Object.defineProperty(type.prototype, "name", { value: type.name, configurable: true });
}

const TYPES = { template: TemplateError, render: RenderError, input: InputError };

/** Calls `work`, and makes errors of what the module throws. */
export function guarded(work) {
  try {
    return work();
  } catch (thrown) {
    if (typeof thrown !== "string") throw thrown;
    const { kind, message, diagnostics } = JSON.parse(thrown);
    const first = diagnostics[0];
    const place = first ? ` (line ${first.line}, column ${first.column})` : "";
    throw new TYPES[kind](message + place, diagnostics);
  }
}

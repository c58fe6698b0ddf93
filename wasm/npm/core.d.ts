/** A piece of a template or of a text: where it is, as JavaScript and its editors count. */
export interface Place {
  /** The first UTF-16 code unit, from 0. */
  start: number;
  /** The code unit behind the last. */
  end: number;
  /** From 1; a line ends at `\n`, `\r\n` or `\r`. */
  line: number;
  /** From 1, in code units. */
  column: number;
  endLine: number;
  endColumn: number;
}

/** What is wrong, where, and what to do. */
export interface Diagnostic extends Place {
  /** `hint` may well be meant so; `note` happened during a render. */
  severity: "error" | "warning" | "hint" | "note";
  /** A stable name, such as `unclosed-directive`. */
  code: string;
  /** One sentence without its end. */
  message: string;
  /** What to do about it. */
  help?: string;
  /** A second place that explains the first. */
  related?: Place & { message: string };
  /** Errors of templates only: the words that API Gateway has for it in its log. */
  awsWords?: string;
}

/** How a template is compiled. */
export interface Options {
  /** API Gateway's Velocity (the default), or stock Velocity 1.7 without `$input`, `$util` and `$context`. */
  dialect?: "apigateway" | "velocity";
  /** Whether `$input.json` writes `/` as `\/`; false unless said. */
  escapeSlashes?: boolean;
  limits?: Limits;
}

/** What a template may use. Each is a whole number, or `Infinity` for none; what is not said is API Gateway's quota or far above it. */
export interface Limits {
  /** The size of a template in bytes: 307,200. */
  templateBytes?: number;
  /** The rounds of one `#foreach`: 1,000. */
  foreachRounds?: number;
  /** What happens when a loop has more: it ends and a note says so (the default), or the render fails. */
  foreachLimit?: "truncate" | "fail";
  /** Steps of one render: 100,000,000, which take some seconds. */
  steps?: number;
  /** The bytes of the output: 67,108,864. */
  outputBytes?: number;
  /** How deep macros, `#define`d blocks and `#evaluate`d texts may be in one another: 40, and never more. */
  depth?: number;
}

/** Parameters of a request: decoded, one value a name. */
export interface Params {
  path?: Record<string, string>;
  querystring?: Record<string, string>;
  header?: Record<string, string>;
}

/** What a template sees besides the payload. JavaScript sorts names that are whole numbers to the front; JSON text keeps them. */
export interface ScopeVariables {
  /** What `$input.params` reads. */
  params?: Params;
  /** `$context`. */
  context?: object;
  /** `$stageVariables`. */
  stageVariables?: Record<string, string>;
  /** Roots that a host of Velocity adds, each member a `$name`; API Gateway has none. */
  vars?: object;
}

/** What a template is rendered for. */
export interface Variables<Body extends string | Uint8Array = string | Uint8Array> extends ScopeVariables {
  /** The payload; absent or empty reads as `{}`, as on API Gateway. In bytes what is not UTF-8 becomes U+FFFD. */
  body?: Body;
  /** In place of the other members: the same, read before. */
  scope?: Scope;
}

/** What a template assigned to `$context.requestOverride` and `$context.responseOverride`; members only where it did. */
export interface Overrides {
  request?: { header?: Record<string, unknown>; path?: Record<string, unknown>; querystring?: Record<string, unknown> };
  response?: { header?: Record<string, unknown>; status?: unknown };
}

/** What a render answers. */
export interface Rendered<Output extends string | Uint8Array = string> {
  /** A text, or bytes where the payload was bytes. */
  output: Output;
  overrides: Overrides;
  /** The overrides as JSON text, in which numbers keep all their digits. */
  overridesJson: string;
  /** What happened on the way that the output does not show, such as a loop that was cut short. */
  notes: Diagnostic[];
}

/** A piece of the output and the piece of the template that wrote it: start and end in UTF-16 code units. */
export interface Stretch {
  output: [start: number, end: number];
  template: [start: number, end: number];
}

/** Which piece of a template wrote which stretch of its output, in the order of the output and without gaps. */
export class Trace implements Iterable<Stretch> {
  /** Takes the numbers of another trace, for example one that came through `postMessage`. */
  constructor(numbers: Uint32Array);
  /** Four for each stretch: start and end in the output, start and end in the template. */
  readonly numbers: Uint32Array;
  /** How many stretches there are. */
  readonly length: number;
  at(index: number): Stretch | undefined;
  /** The stretch that holds a code unit of the output. */
  atOutput(offset: number): Stretch | undefined;
  /** The stretches that were written by the smallest piece around a code unit of the template. */
  atTemplate(offset: number): Stretch[];
  [Symbol.iterator](): IterableIterator<Stretch>;
}

/**
 * What a template sees besides the payload, read once for any number of renders.
 *
 * It frees itself when it is no longer reachable; `free` does it at once.
 */
export class Scope {
  /** @throws {InputError} a text that is no JSON, or a member of the wrong kind */
  constructor(variables?: ScopeVariables | string);
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * A mapping template, compiled once and rendered as often as there are messages.
 *
 * It frees itself when it is no longer reachable; `free` does it at once.
 */
export class Template {
  /**
   * @throws {TemplateError} what makes API Gateway refuse the template
   * @throws {InputError} options that make no sense
   */
  constructor(source: string, options?: Options);
  readonly source: string;
  /** What is likely not what the author meant, in the order of the text. */
  readonly warnings: Diagnostic[];
  /**
   * Renders the template for one message. A text is the JSON text of the variables; names that it does not know may be in it.
   *
   * @throws {RenderError} a method that throws, an index out of range, a limit that is reached
   * @throws {InputError} variables that make no sense
   */
  render(variables: Variables<Uint8Array> & { body: Uint8Array }, options?: { trace?: false }): Rendered<Uint8Array>;
  render(variables: Variables<Uint8Array> & { body: Uint8Array }, options: { trace: true }): Rendered<Uint8Array> & { trace: Trace };
  render(variables?: Variables<string> | string, options?: { trace?: false }): Rendered;
  render(variables: Variables<string> | string | undefined, options: { trace: true }): Rendered & { trace: Trace };
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * Finds errors and traps in a template without rendering it: the error that makes API Gateway refuse it, or its warnings.
 *
 * @throws {InputError} options that make no sense
 */
export function check(source: string, options?: Options): Diagnostic[];

/** Says where a text stops being JSON; nothing where it is JSON. */
export function checkJson(text: string): Diagnostic | undefined;

/** Makes the module ready, where it is loaded by hand: a compiled module, or its bytes. `transom-wasm` itself needs no such call. */
export function load(module: WebAssembly.Module | BufferSource): void;

/** Whatever transom throws on purpose. The message ends in the place. */
export class TransomError extends Error {
  /** A stable name, such as `unclosed-directive`; `input` for arguments that make no sense. */
  readonly code: string;
  /** One for each place; none for arguments that make no sense. */
  readonly diagnostics: Diagnostic[];
}

/** A template that cannot be used. */
export class TemplateError extends TransomError {}
/** A render that failed; nothing of the output is kept, as API Gateway answers with an error of its own. */
export class RenderError extends TransomError {}
/** Arguments that make no sense. */
export class InputError extends TransomError {}

// What the page and the worker say to each other.

import type { Diagnostic, Overrides } from "transom-wasm/core";

/** A render that is asked for. */
export interface Ask {
  id: number;
  source: string;
  /** Parameters, context and stage variables, JSON text */
  scope: string;
  body: string;
}

/** Its answer. */
export interface Answer {
  id: number;
  /** What is wrong with the template or with its render, and what is only suspicious */
  diagnostics: Diagnostic[];
  /** What is wrong with the variables, a sentence */
  trouble?: string;
  /** Where the template can be rendered */
  result?: Result;
  /** Where the body stops being JSON */
  bodyFault?: Diagnostic;
}

export interface Result {
  output: string;
  overrides: Overrides;
  notes: Diagnostic[];
  /** Four numbers a stretch */
  trace: Uint32Array;
  /** Where the output stops being JSON */
  fault?: Diagnostic;
  /** How long the render took, in milliseconds */
  took: number;
}

// Everything that a link, a draft or an example holds: plain texts, as they stand in the editors.

export interface State {
  template: string;
  body: string;
  /** `name: value` lines */
  path: string;
  query: string;
  headers: string;
  stage: string;
  /** A JSON object */
  context: string;
  /** What the output should be; empty where nothing is expected */
  expected: string;
}

export const EMPTY: State = { template: "", body: "", path: "", query: "", headers: "", stage: "", context: "", expected: "" };

/** `name: value` lines as a map; lines without a colon are names without a value. */
export function pairs(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, name, value] = /^\s*([^:]+?)\s*(?::\s?(.*))?$/.exec(line) ?? [];
    if (name) found[name] = value ?? "";
  }
  return found;
}

export function lines(map: Record<string, unknown>): string {
  return Object.entries(map)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}

/** The variables as the engine reads them, and what is wrong with `$context` if it is no JSON. */
export function scopeText(state: State): { text: string; fault?: string } {
  const params = { path: pairs(state.path), querystring: pairs(state.query), header: pairs(state.headers) };
  const rest = JSON.stringify({ params, stageVariables: pairs(state.stage) });
  if (!state.context.trim()) return { text: rest };
  try {
    const context: unknown = JSON.parse(state.context);
    if (typeof context !== "object" || context === null || Array.isArray(context)) return { text: rest, fault: "$context is a JSON object" };
  } catch {
    return { text: rest, fault: "$context is not JSON" };
  }
  // The text itself: its numbers and the order of its members stay.
  return { text: `${rest.slice(0, -1)},"context":${state.context}}` };
}

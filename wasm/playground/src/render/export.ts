// The state as a file for `transom test`: what is given, and what has to come out.

import { stringify } from "yaml";

import { type State, pairs } from "./state";

export function testFile(state: State, output: string | undefined, overrides: object): string {
  const given: Record<string, unknown> = { template: state.template };
  if (state.body) given.body = state.body;
  const params = { path: pairs(state.path), querystring: pairs(state.query), header: pairs(state.headers) };
  const some = Object.fromEntries(Object.entries(params).filter(([, map]) => Object.keys(map).length > 0));
  if (Object.keys(some).length > 0) given.params = some;
  if (state.context.trim()) given.context = JSON.parse(state.context);
  if (state.stage.trim()) given.stageVariables = pairs(state.stage);
  const expect: Record<string, unknown> = {};
  const expected = state.expected || output;
  if (expected !== undefined) expect.output = expected;
  if (Object.keys(overrides).length > 0) expect.overrides = overrides;
  const test = { name: "from the playground", given, expect };
  return `# transom test FILE runs this\n${stringify({ tests: [test] }, { lineWidth: 0, blockQuote: "literal" })}`;
}

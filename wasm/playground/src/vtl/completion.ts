// What can be typed next: names behind `$`, members behind `.`, directives behind `#`.

import { type Completion, type CompletionContext, type CompletionResult, autocompletion, snippetCompletion } from "@codemirror/autocomplete";
import { Facet } from "@codemirror/state";

import * as known from "./reference";

/** Names that the request has: what completion offers besides the language's own. */
export interface RequestNames {
  path: string[];
  querystring: string[];
  header: string[];
  stageVariables: string[];
  context: string[];
}

const NONE: RequestNames = { path: [], querystring: [], header: [], stageVariables: [], context: [] };

export const requestNames = Facet.define<() => RequestNames, () => RequestNames>({
  combine: (all) => all[0] ?? (() => NONE),
});

function shown(entry: known.Entry, type: string): Completion {
  const completion: Completion = { label: entry.label, detail: entry.detail, type, info: () => pop(entry) };
  return entry.insert ? snippetCompletion(entry.insert, completion) : completion;
}

function pop(entry: known.Entry): HTMLElement {
  const about = document.createElement("div");
  about.className = "about";
  const head = about.appendChild(document.createElement("code"));
  head.textContent = `${entry.label} ${entry.detail}`;
  about.append(entry.about);
  return about;
}

const names = (list: string[], detail: string): known.Entry[] => list.map((label) => ({ label, detail, about: "In this request." }));

/** Members of the reference that ends before the last dot. */
function members(owner: string, request: RequestNames): known.Entry[] {
  const path = owner.replace(/^\$!?\{?/, "").replace(/\([^)]*\)/g, "()");
  switch (path) {
    case "input":
      return known.INPUT;
    case "input.params()":
      return known.PARAMS;
    case "input.params().path":
      return names(request.path, "path parameter");
    case "input.params().querystring":
      return names(request.querystring, "query string parameter");
    case "input.params().header":
      return names(request.header, "header");
    case "util":
      return known.UTIL;
    case "context": {
      const own = request.context.filter((name) => !known.CONTEXT.some((entry) => entry.label === name));
      return [...known.CONTEXT, ...names(own, "$context")];
    }
    case "context.identity":
      return known.IDENTITY;
    case "context.authorizer":
      return known.AUTHORIZER;
    case "context.requestOverride":
      return known.OVERRIDE.filter((entry) => entry.label !== "status");
    case "context.responseOverride":
      return known.OVERRIDE.filter((entry) => entry.label === "status" || entry.label === "header");
    case "stageVariables":
      return names(request.stageVariables, "stage variable");
    case "foreach":
      return known.FOREACH;
    default:
      return path.startsWith("context.") && !path.includes("(") ? [] : known.METHODS;
  }
}

function ownVariables(text: string): Completion[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/#(?:set|define)\s*\(\s*\$!?\{?([a-zA-Z][\w-]*)|#foreach\s*\(\s*\$([a-zA-Z][\w-]*)/g)) {
    found.add(match[1] ?? match[2] ?? "");
  }
  if (text.includes("#foreach")) found.add("foreach");
  return [...found].map((name) => ({ label: `$${name}`, type: "variable", detail: "of this template" }));
}

function complete(context: CompletionContext): CompletionResult | null {
  const request = context.state.facet(requestNames)();
  const before = context.matchBefore(/\$input\.params\(\s*['"][\w-]*/);
  if (before) {
    const all = [...names(request.path, "path"), ...names(request.querystring, "query string"), ...names(request.header, "header")];
    const from = before.from + before.text.search(/['"]/) + 1;
    return { from, options: all.map((entry) => shown(entry, "property")), validFor: /^[\w-]*$/ };
  }
  const member = context.matchBefore(/\$!?\{?[a-zA-Z][\w-]*(?:\.[a-zA-Z][\w-]*|\([^()\n]*\)|\[[^\]\n]*\])*\.[\w-]*/);
  if (member) {
    const dot = member.text.lastIndexOf(".");
    const options = members(member.text.slice(0, dot), request).map((entry) => shown(entry, entry.insert?.includes("(") ? "method" : "property"));
    return options.length ? { from: member.from + dot + 1, options, validFor: /^[\w-]*$/ } : null;
  }
  const root = context.matchBefore(/\$!?\{?[a-zA-Z]*/);
  if (root) {
    const sign = /^\$!?\{?/.exec(root.text)?.[0] ?? "$";
    const bare = (option: Completion) => ({ ...option, label: option.label.replace("$", sign) });
    const options = [...known.ROOTS.map((entry) => shown(entry, "variable")), ...ownVariables(context.state.doc.toString())];
    return { from: root.from, options: options.map(bare), validFor: /^\$!?\{?[\w-]*$/ };
  }
  const directive = context.matchBefore(/#[a-z]*/);
  if (directive && (directive.text.length > 1 || context.explicit)) {
    return { from: directive.from, options: known.DIRECTIVES.map((entry) => shown(entry, "keyword")), validFor: /^#[a-z]*$/ };
  }
  return null;
}

export const completion = autocompletion({ override: [complete], icons: false });

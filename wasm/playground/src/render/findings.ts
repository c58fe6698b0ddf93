// What a render says besides its text: overrides, errors, warnings and notes, each a line to go to.

import type { Diagnostic } from "transom-wasm/core";

import { element, prose } from "../element";
import type { Result } from "../engine/protocol";

export class Findings {
  readonly element = element("div", { class: "list", "aria-live": "polite" });
  #last = "";

  constructor(private readonly go: (found: Diagnostic) => void) {}

  show(diagnostics: Diagnostic[], result: Result | undefined, trouble: string | undefined): void {
    const all = [...diagnostics, ...(result?.notes ?? [])];
    const key = JSON.stringify([all, result?.overrides, trouble]);
    if (key === this.#last) return;
    this.#last = key;
    const rows: Node[] = [];
    if (trouble) rows.push(element("div", { class: "finding error" }, element("p", {}, trouble)));
    rows.push(...all.map((found) => this.#finding(found)));
    for (const side of ["request", "response"] as const) rows.push(...overrides(side, result?.overrides[side]));
    if (rows.length === 0) rows.push(element("p", { class: "empty" }, "No overrides, no warnings."));
    this.element.replaceChildren(...rows);
  }

  #finding(found: Diagnostic): HTMLElement {
    const row = element(
      "button",
      { type: "button", class: `finding ${found.severity}`, title: "Go to the place" },
      element("span", { class: "place" }, `${found.line}:${found.column}`),
      element("span", { class: "what" }, ...prose(found.message), ...(found.help ? [element("small", {}, ...prose(found.help))] : []), ...(found.awsWords ? [element("small", { class: "aws" }, found.awsWords)] : [])),
    );
    row.addEventListener("click", () => this.go(found));
    return row;
  }
}

function overrides(side: "request" | "response", set: object | undefined): HTMLElement[] {
  return Object.entries(set ?? {}).flatMap(([where, value]) => {
    const nested = typeof value === "object" && value !== null && where !== "status";
    const pairs: [string, unknown][] = nested ? Object.entries(value as object).map(([name, one]) => [`${where} ${name}`, one]) : [[where, value]];
    return pairs.map(([name, one]) =>
      element("div", { class: "override" }, element("span", { class: "side" }, side), element("code", {}, name), element("code", { class: "value" }, typeof one === "string" ? one : JSON.stringify(one))),
    );
  });
}

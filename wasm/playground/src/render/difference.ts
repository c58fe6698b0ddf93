// The output against what was expected, line by line, with white space to be seen where it differs.

import { unifiedMergeView } from "@codemirror/merge";
import { highlightWhitespace } from "@codemirror/view";

import { reader } from "../editor";
import { element } from "../element";

let shown: { expected: string; output: string; destroy: () => void } | undefined;

export function difference(parent: HTMLElement, expected: string, output: string): void {
  if (shown?.expected === expected && shown.output === output) return;
  shown?.destroy();
  shown = undefined;
  if (expected === "") {
    parent.replaceChildren(element("p", { class: "empty" }, "Nothing is expected yet. Paste a text under “Expected”."));
    return;
  }
  if (expected === output) {
    parent.replaceChildren(element("p", { class: "empty good" }, "The output is what was expected, to the byte."));
    return;
  }
  parent.replaceChildren();
  const merge = unifiedMergeView({ original: expected, mergeControls: false, gutter: true, collapseUnchanged: { margin: 3, minSize: 8 } });
  const view = reader(parent, { label: "Difference between expected and actual output", extensions: [merge, highlightWhitespace()] });
  view.dispatch({ changes: { from: 0, insert: output } });
  shown = { expected, output, destroy: () => view.destroy() };
}

// What can be done about a finding with one key: the change that its help describes.

import type { Action } from "@codemirror/lint";
import type { Diagnostic } from "transom-wasm/core";

interface Fix {
  name: string;
  /** Code units, as in the diagnostic */
  from: number;
  to: number;
  insert: string;
}

/** The fix of a finding; most have none that is certain enough. */
export function fixOf(found: Diagnostic, source: string): Fix | undefined {
  const piece = source.slice(found.start, found.end);
  const help = found.help ?? "";
  const replace = (insert: string): Fix => ({ name: `Replace with ${insert}`, from: found.start, to: found.end, insert });

  const meant = /did you mean `([^`]+)`/.exec(help)?.[1];
  if (meant) {
    const wrong = [...found.message.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "").findLast((word) => piece.includes(word));
    if (!wrong) return replace(meant);
    const from = found.start + piece.lastIndexOf(wrong);
    return { name: `Replace with ${meant}`, from, to: from + wrong.length, insert: meant };
  }
  switch (found.code) {
    case "syntax":
      if (piece === "=" && help.includes("`==`")) return replace("==");
      return undefined;
    case "unclosed-directive":
      return { name: "Add #end", from: source.length, to: source.length, insert: source.endsWith("\n") ? "#end\n" : "\n#end" };
    case "unopened-directive":
      return { name: `Remove ${piece}`, from: found.start, to: found.end, insert: "" };
    case "unclosed-bracket": {
      const closing = { "(": ")", "[": "]", "{": "}" }[piece];
      const line = source.indexOf("\n", found.end);
      const end = line < 0 ? source.length : line;
      return closing ? { name: `Add ${closing}`, from: end, to: end, insert: closing } : undefined;
    }
    case "unclosed-verbatim":
      return { name: "Close with ]]#", from: source.length, to: source.length, insert: "]]#" };
    case "trailing-sigil":
      return { name: "Add a line end", from: source.length, to: source.length, insert: "\n" };
    case "bare-word":
      return { name: "Put it in quotes", from: found.start, to: found.end, insert: `"${piece}"` };
    default: {
      const written = /\bwrite `([^`]+)`/.exec(help)?.[1];
      return written && !written.includes("…") ? replace(written) : undefined;
    }
  }
}

/** The fix as CodeMirror offers it in the pop-up of a squiggle. */
export function actions(found: Diagnostic, source: string): Action[] {
  const fix = fixOf(found, source);
  if (!fix) return [];
  const apply: Action["apply"] = (view) => {
    view.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.insert }, userEvent: "input.fix" });
    view.focus();
  };
  return [{ name: fix.name, apply }];
}

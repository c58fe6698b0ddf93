// CodeMirror as all panes have it.

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Transaction } from "@codemirror/state";
import { EditorView, drawSelection, dropCursor, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";

import { colours } from "./vtl/language";

/** The nonce of `index.html`, without which the page's policy refuses CodeMirror's style sheet. */
export const NONCE = "editor";

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--code)", lineHeight: "1.55" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--faint)", border: "none" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused": { outline: "none" },
});

/** What editors to write in and to read have in common. */
export function basics(label: string): Extension {
  return [
    EditorView.cspNonce.of(NONCE),
    // A carriage return is a character like others: offsets are those of the text.
    EditorState.lineSeparator.of("\n"),
    highlightSpecialChars(),
    drawSelection(),
    lineNumbers(),
    EditorView.lineWrapping,
    foldGutter(),
    bracketMatching(),
    highlightSelectionMatches(),
    colours,
    look,
    EditorView.contentAttributes.of({ "aria-label": label }),
  ];
}

export interface Options {
  label: string;
  hint?: string;
  text?: string;
  extensions?: Extension;
  changed?: (text: string) => void;
}

const keys = keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]);

/** An editor to write in. Tab leaves it, as everywhere on a page. */
export function writer(parent: HTMLElement, { label, hint, text = "", extensions = [], changed }: Options): EditorView {
  const told = EditorView.updateListener.of((update) => {
    if (update.docChanged) changed?.(update.state.doc.toString());
  });
  return new EditorView({
    parent,
    doc: text,
    extensions: [history(), dropCursor(), closeBrackets(), highlightActiveLine(), keys, basics(label), placeholder(hint ?? ""), extensions, told],
  });
}

/** An editor to read. */
export function reader(parent: HTMLElement, { label, hint, extensions = [] }: Options): EditorView {
  const readOnly = [EditorState.readOnly.of(true), keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap, ...lintKeymap])];
  return new EditorView({ parent, extensions: [readOnly, basics(label), placeholder(hint ?? ""), extensions] });
}

/** Puts in a text by its smallest change, so that the view stays where it is. */
export function put(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end)) end++;
  view.dispatch({
    changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) },
    annotations: Transaction.addToHistory.of(!view.state.readOnly),
  });
}

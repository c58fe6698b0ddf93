// `#if … #else … #end`: which directives belong together, to fold them and to show the partner of the one at the cursor.

import { foldService } from "@codemirror/language";
import { type EditorState, type Extension, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** A directive of a block. */
interface Part {
  from: number;
  to: number;
}

/** A block: its opening, its branches and its `#end`, in the order of the text. */
export interface Block {
  parts: Part[];
  closed: boolean;
}

const PIECE = /##[^\n]*|#\*[\s\S]*?(?:\*#|$)|#\[\[[\s\S]*?(?:\]\]#|$)|#(?:(if|foreach|define|macro)(?=\s*\()|\{?(elseif|else|end)\}?(?![a-zA-Z]))/g;

/** The blocks of a template, outermost first where they begin at the same place. */
export function blocksOf(text: string): Block[] {
  const found: Block[] = [];
  const open: Block[] = [];
  for (const match of text.matchAll(PIECE)) {
    const part = { from: match.index, to: match.index + match[0].length };
    if (match[1]) {
      const block = { parts: [part], closed: false };
      found.push(block);
      open.push(block);
    } else if (match[2]) {
      const block = open.at(-1);
      block?.parts.push(part);
      if (match[2] === "end" && block) {
        block.closed = true;
        open.pop();
      }
    }
  }
  return found;
}

export const blocks = StateField.define<Block[]>({
  create: (state) => blocksOf(text(state.doc)),
  update: (known, transaction) => (transaction.docChanged ? blocksOf(text(transaction.newDoc)) : known),
});

const text = (doc: Text) => doc.sliceString(0, doc.length, "\n");

const mark = Decoration.mark({ class: "cm-matchingBracket" });

/** The parts of the block whose directive is at a place. */
function partners(state: EditorState, at: number): DecorationSet {
  const touched = state.field(blocks).filter((block) => block.parts.some((part) => part.from <= at && at <= part.to));
  const block = touched.at(-1);
  return block?.closed ? Decoration.set(block.parts.map((part) => mark.range(part.from, part.to))) : Decoration.none;
}

export const blockMatching: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (known, { docChanged, selection, state }) =>
    docChanged || selection ? partners(state, state.selection.main.head) : known,
  provide: (field) => EditorView.decorations.from(field),
});

/** A block folds from the end of its first line to its `#end`; a bracket of JSON to its partner. */
export const folding: Extension = foldService.of((state, from, to) => {
  const block = state.field(blocks).find(({ parts, closed }) => {
    const [first, last] = [parts[0], parts.at(-1)];
    return closed && first && last && first.from >= from && first.from <= to && last.from > to;
  });
  const last = block?.parts.at(-1);
  if (last) return { from: to, to: last.from };
  return bracket(state, from, to);
});

function bracket(state: EditorState, from: number, to: number): { from: number; to: number } | null {
  const line = state.doc.sliceString(from, to).trimEnd();
  const opening = line.at(-1);
  if (opening !== "{" && opening !== "[") return null;
  const closing = opening === "{" ? "}" : "]";
  const rest = state.doc.sliceString(to, Math.min(state.doc.length, to + 20_000));
  let depth = 1;
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === opening) depth++;
    else if (rest[i] === closing && --depth === 0) return rest.slice(0, i).includes("\n") ? { from: from + line.length, to: to + i } : null;
  }
  return null;
}

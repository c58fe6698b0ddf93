// The output ↔ the template: marks what wrote what, under the pointer or at the cursor.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { Trace } from "transom-wasm/trace";

type Range = [from: number, to: number];

const mark = Decoration.mark({ class: "linked" });
const setMarks = StateEffect.define<Range[]>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(known, transaction) {
    let now = known.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const size = transaction.newDoc.length;
      const ranges = effect.value.filter(([from, to]) => from < to && to <= size);
      now = Decoration.set(ranges.map(([from, to]) => mark.range(from, to)));
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** At most so many stretches are marked at once. */
const MANY = 500;

export class Links {
  #trace: Trace | undefined;
  #template: EditorView | undefined;
  #output: EditorView | undefined;
  #shown = "";

  constructor(private readonly say: (piece: Range | undefined) => void) {}

  /** For the template's editor. */
  readonly template: Extension = [marks, this.#follow((at) => this.#fromTemplate(at))];
  /** For the output's editor. */
  readonly output: Extension = [marks, this.#follow((at) => this.#fromOutput(at), (at) => this.#jump(at))];

  connect(template: EditorView, output: EditorView): void {
    [this.#template, this.#output] = [template, output];
  }

  /** What the last render wrote; nothing while template and output do not fit. */
  update(numbers: Uint32Array | undefined): void {
    this.#trace = numbers && new Trace(numbers);
    this.#show([], []);
  }

  #follow(look: (at: number) => void, click?: (at: number) => void): Extension {
    return [
      EditorView.domEventHandlers({
        mousemove: (event, view) => {
          const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
          if (at === null) this.#show([], []);
          else look(at);
        },
        mouseleave: () => this.#show([], []),
        click: (event, view) => {
          const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
          if (at !== null && view.state.selection.main.empty) click?.(at);
        },
      }),
      EditorView.updateListener.of((update) => {
        if (update.selectionSet && !update.docChanged && update.view.hasFocus) look(update.state.selection.main.head);
      }),
    ];
  }

  #fromOutput(at: number): void {
    const found = this.#trace?.atOutput(at);
    if (!found) return this.#show([], []);
    this.#show([found.template], [found.output]);
  }

  #fromTemplate(at: number): void {
    const found = this.#trace?.atTemplate(at) ?? [];
    const piece = found[0]?.template;
    this.#show(piece ? [piece] : [], found.slice(0, MANY).map(({ output }) => output));
    const first = found[0]?.output[0];
    const view = this.#output;
    if (first === undefined || !view) return;
    const { from, to } = view.viewport;
    if (first < from || first > to) view.dispatch({ effects: EditorView.scrollIntoView(first, { y: "center" }) });
  }

  /** Puts the template's cursor where the output comes from. */
  #jump(at: number): void {
    const found = this.#trace?.atOutput(at);
    if (!found || !this.#template) return;
    this.#template.dispatch({
      selection: { anchor: found.template[0] },
      effects: EditorView.scrollIntoView(found.template[0], { y: "nearest", yMargin: 60 }),
    });
  }

  #show(template: Range[], output: Range[]): void {
    const key = JSON.stringify([template, output]);
    if (key === this.#shown) return;
    this.#shown = key;
    // Not within the update that brought us here.
    queueMicrotask(() => {
      if (key !== this.#shown) return;
      this.#template?.dispatch({ effects: setMarks.of(template) });
      this.#output?.dispatch({ effects: setMarks.of(output) });
      this.say(template[0]);
    });
  }
}

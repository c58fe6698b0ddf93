// The tab for one render: template and request on one side, what comes out on the other.

import { json } from "@codemirror/lang-json";
import { diagnosticCount, type Diagnostic as Squiggle, setDiagnostics } from "@codemirror/lint";
import { Compartment, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Diagnostic } from "transom-wasm/core";

import { type Options, put, reader, writer } from "../editor";
import { element, prose, tabs } from "../element";
import { Engine, type Reply } from "../engine/client";
import type { Result } from "../engine/protocol";
import type { View } from "../view";
import { requestNames } from "../vtl/completion";
import { vtl } from "../vtl/language";
import { difference } from "./difference";
import { Findings } from "./findings";
import { actions } from "./fixes";
import { Links } from "./links";
import { EMPTY, type State, pairs, scopeText } from "./state";

type Part = keyof State;

const NO_LANGUAGE: Extension = [];

const REQUEST: { part: Part; label: string; hint: string; json?: boolean }[] = [
  { part: "body", label: "Body", hint: "The payload, as it is sent. Nothing here reads as {}", json: true },
  { part: "path", label: "Path", hint: "id: 42" },
  { part: "query", label: "Query", hint: "limit: 25" },
  { part: "headers", label: "Headers", hint: "Accept: application/json" },
  { part: "context", label: "Context", hint: '{"stage": "prod", "identity": {"sourceIp": "203.0.113.7"}}', json: true },
  { part: "stage", label: "Stage variables", hint: "table: orders-prod" },
];

export class RenderView implements View {
  readonly id = "render";
  readonly label = "Template";
  readonly element: HTMLElement;

  #state: State = { ...EMPTY };
  #result: Result | undefined;
  #fault: string | undefined;
  /** Those that were shown; the others are made when they are. */
  #editors: Partial<Record<Part, EditorView>> = {};
  #template: EditorView;
  /** JSON's where the output looks like it: its parser takes long over a text that is none */
  #language = new Compartment();
  #output: EditorView;
  #loading = false;
  #told = element("div", { class: "strip" });
  #origin = element("div", { class: "origin" });
  #findings = new Findings((found) => this.#go(found));
  #diff = element("div");
  #engine = new Engine((reply) => this.#show(reply));
  #links = new Links((piece) => this.#sayOrigin(piece));

  constructor(private readonly changed: (state: State) => void) {
    const template = element("div", { class: "panel" });
    this.#template = this.#editors.template = writer(template, {
      label: "Template",
      hint: "A mapping template: text, $input.path('$.name'), #if … #end",
      extensions: [vtl(), this.#links.template, requestNames.of(() => this.#names())],
      changed: (text) => this.#take("template", text),
    });
    this.#request = tabs("Request", REQUEST.map(({ part, label, hint, json: isJson }) => {
      const panel = element("div");
      const extensions = isJson ? json() : [];
      return { id: part, label, panel, shown: () => this.#make(part, panel, { label, hint, extensions }) };
    }));
    const output = element("div");
    this.#output = reader(output, { label: "Output", extensions: [this.#language.of(NO_LANGUAGE), this.#links.output] });
    this.#links.connect(this.#template, this.#output);
    const expected = element("div");
    const hint = "Paste what the output should be; the third tab shows the difference";
    const make = () => this.#make("expected", expected, { label: "Expected output", hint, extensions: json() });
    this.#results = tabs("Result", [
      { id: "output", label: "Output", panel: output },
      { id: "expected", label: "Expected", panel: expected, shown: make },
      { id: "diff", label: "Difference", panel: this.#diff, shown: () => this.#compare() },
    ]);
    const pane = (name: string, label: string, ...children: Node[]) => element("section", { class: `pane ${name}`, "aria-label": label }, ...children);
    this.element = element(
      "div",
      { class: "render" },
      pane("template", "Template", element("h2", {}, "Template"), template),
      pane("request", "Request", this.#request.bar, this.#request.panels),
      pane("result", "Result", this.#results.bar, this.#results.panels, this.#told, this.#origin),
      pane("findings", "Findings", element("h2", {}, "Overrides and findings"), this.#findings.element),
    );
    this.#sayOrigin(undefined);
  }

  #request;
  #results;

  get state(): State {
    return { ...this.#state };
  }

  get result(): Result | undefined {
    return this.#result;
  }

  /** Puts everything in place of what is there. */
  load(state: State): void {
    this.#loading = true;
    for (const [part, view] of Object.entries(this.#editors)) put(view, state[part as Part]);
    this.#loading = false;
    this.#state = { ...state };
    const first = REQUEST.find(({ part }) => state[part] !== "");
    this.#request.select(first?.part ?? "body");
    if (this.#results.selected() !== "output") this.#results.select("output");
    this.#ask();
  }

  focus(): void {
    this.#template.focus();
  }

  #make(part: Part, panel: HTMLElement, options: Options): void {
    if (this.#editors[part]) return this.#editors[part].requestMeasure();
    this.#editors[part] = writer(panel, { ...options, text: this.#state[part], changed: (text) => this.#take(part, text) });
  }

  #take(part: Part, text: string): void {
    this.#state[part] = text;
    if (this.#loading) return;
    if (part === "expected") this.#judge();
    else this.#ask();
    this.changed(this.#state);
  }

  #ask(): void {
    const { text, fault } = scopeText(this.#state);
    this.#fault = fault;
    this.#engine.ask({ source: this.#state.template, scope: text, body: this.#state.body });
    for (const { part, json: isJson } of REQUEST) {
      const filled = this.#state[part].trim() !== "";
      if (part === "context" && fault) this.#request.badge(part, "!", "error");
      else if (isJson) this.#request.badge(part, filled && part !== "body" ? "•" : "");
      else this.#request.badge(part, filled ? String(Object.keys(pairs(this.#state[part])).length) : "");
    }
  }

  #show(reply: Reply): void {
    if ("broken" in reply) return this.#stop(`The engine stopped: ${reply.broken}`);
    if ("late" in reply) return this.#stop("The template ran for more than two seconds and was stopped");
    const { result, bodyFault, trouble } = reply;
    this.#result = result;
    this.#squiggle(this.#template, [...reply.diagnostics, ...(result?.notes ?? [])], true);
    if (this.#editors.body) this.#squiggle(this.#editors.body, bodyFault && /^\s*[[{]/.test(this.#state.body) ? [{ ...bodyFault, severity: "warning" }] : [], false);
    this.#request.badge("body", bodyFault && /^\s*[[{]/.test(this.#state.body) ? "!" : this.#state.body ? "•" : "", bodyFault ? "warning" : "");
    if (result) {
      const isJson = looksLikeJson(result.output);
      if (isJson !== (this.#language.get(this.#output.state) !== NO_LANGUAGE)) {
        this.#output.dispatch({ effects: this.#language.reconfigure(isJson ? json() : NO_LANGUAGE) });
      }
      put(this.#output, result.output);
      this.#squiggle(this.#output, result.fault && isJson ? [result.fault] : [], false);
    }
    this.#output.dom.classList.toggle("stale", !result);
    this.#links.update(result?.trace);
    this.#findings.show(reply.diagnostics, result, trouble ?? this.#fault);
    this.#judge(reply.diagnostics.find((found) => found.severity === "error"));
    performance.mark("transom:output");
  }

  #stop(message: string): void {
    this.#result = undefined;
    this.#squiggle(this.#template, [], false);
    this.#output.dom.classList.add("stale");
    this.#links.update(undefined);
    this.#findings.show([], undefined, message);
    this.#judge();
  }

  #squiggle(view: EditorView, found: Diagnostic[], fixes: boolean): void {
    // An editor that has none and gets none is left alone: with a long body in it that is most of the work.
    if (found.length === 0 && diagnosticCount(view.state) === 0) return;
    const size = view.state.doc.length;
    const source = view.state.doc.toString();
    const squiggles = found.map((one): Squiggle => ({
      from: Math.min(one.start, size),
      to: Math.min(Math.max(one.end, one.start), size),
      severity: one.severity === "note" ? "info" : one.severity,
      message: one.message,
      renderMessage: () => element("span", {}, element("b", {}, ...prose(one.message)), one.help ? element("span", { class: "help" }, ...prose(one.help)) : ""),
      actions: fixes ? actions(one, source) : [],
    }));
    view.dispatch(setDiagnostics(view.state, squiggles));
  }

  /** The line under the output: is it JSON, is it what was expected, how big is it. */
  #judge(error?: Diagnostic): void {
    const result = this.#result;
    const marks: Node[] = [];
    if (!result) marks.push(mark("error", error ? `Line ${error.line}: no output` : "No output"));
    else {
      const { output, fault } = result;
      if (!looksLikeJson(output)) marks.push(mark("plain", output.trim() === "" ? "Empty" : "Text"));
      else if (!fault) marks.push(mark("good", "Valid JSON"));
      else {
        const wrong = element("button", { type: "button", class: "mark error", title: "Go to the place" }, `Not JSON: ${fault.message}, line ${fault.line}, column ${fault.column}`);
        wrong.addEventListener("click", () => go(this.#output, fault.start));
        marks.push(wrong);
      }
      if (this.#state.expected) marks.push(output === this.#state.expected ? mark("good", "As expected") : mark("error", "Not as expected"));
      marks.push(mark("quiet", `${size(output)} · ${result.took < 0.1 ? "< 0.1" : result.took.toFixed(1)} ms`));
    }
    this.#told.replaceChildren(...marks);
    const differs = result && this.#state.expected && result.output !== this.#state.expected;
    this.#results.badge("diff", differs ? "!" : "", "error");
    if (this.#results.selected() === "diff") this.#compare();
  }

  #compare(): void {
    difference(this.#diff, this.#state.expected, this.#result?.output ?? this.#output.state.doc.toString());
  }

  #sayOrigin(piece: [number, number] | undefined): void {
    if (!piece) {
      this.#origin.replaceChildren("Point at the output, or put the cursor into the template, to see what wrote what");
      return;
    }
    const doc = this.#template.state.doc;
    const source = doc.sliceString(piece[0], Math.min(piece[1], piece[0] + 200)).replace(/\s+/g, " ");
    const line = doc.lineAt(Math.min(piece[0], doc.length)).number;
    this.#origin.replaceChildren(`Line ${line} `, element("code", {}, source));
  }

  #go(found: Diagnostic): void {
    go(this.#template, found.start);
  }

  #names() {
    let context: string[] = [];
    try {
      context = Object.keys(JSON.parse(this.#state.context || "{}") as object);
    } catch {
      // While it is being typed.
    }
    const keys = (text: string) => Object.keys(pairs(text));
    const { path, query, headers, stage } = this.#state;
    return { path: keys(path), querystring: keys(query), header: keys(headers), stageVariables: keys(stage), context };
  }
}

const looksLikeJson = (text: string) => /^\s*[[{]/.test(text);

function mark(kind: string, text: string): HTMLElement {
  return element("span", { class: `mark ${kind}` }, text);
}

function go(view: EditorView, at: number): void {
  view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true });
  view.focus();
}

function size(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;
}

// Starts the page: what is shown first, what the buttons do.

import { GROUPS } from "./examples";
import { element } from "./element";
import type { Found } from "./render/definitions";
import { fromFragment, toFragment } from "./render/share";
import { EMPTY, type State } from "./render/state";
import { RenderView } from "./render/view";
import { startTheme } from "./theme";
import { showViews } from "./view";

const DRAFT = "transom draft";

function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
}

const keep = debounced(300, (state: State) => {
  try {
    localStorage.setItem(DRAFT, JSON.stringify(state));
  } catch {
    // A page without storage works all the same.
  }
});

const view = new RenderView((state) => {
  // The link in the address is of something else now.
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  examples.value = "";
  keep(state);
});
const ALL = GROUPS.flatMap(([, all]) => all);
const same = (a: State, b: State) => JSON.stringify(a) === JSON.stringify(b);
const examples = byId<HTMLSelectElement>("examples");

showViews(byId("views"), byId("main"), [view]);
startTheme(byId<HTMLButtonElement>("theme"));
listExamples();
void restore();

byId("share").addEventListener("click", () => void share());
byId("export").addEventListener("click", () => void saveTest());
byId("open").addEventListener("click", () => byId("file").click());
byId<HTMLInputElement>("file").addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (input.files?.[0]) void openFile(input.files[0]);
  input.value = "";
});
window.addEventListener("hashchange", () => void restore());
window.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    void share();
  }
});
listenForDrops();
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  window.addEventListener("load", () => void navigator.serviceWorker.register("./sw.js").catch(() => {}));
}

function listExamples(): void {
  examples.append(
    element("option", { value: "", disabled: true, selected: true }, "Examples…"),
    ...GROUPS.map(([label, all]) => element("optgroup", { label }, ...all.map(({ name }) => element("option", { value: name }, name)))),
  );
  examples.addEventListener("change", () => {
    const found = ALL.find(({ name }) => name === examples.value);
    if (!found) return;
    const name = examples.value;
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    view.load(found.state);
    keep(found.state);
    examples.value = name;
  });
}

/** A link's state, else the draft, else the first example. */
async function restore(): Promise<void> {
  const linked = location.hash ? await fromFragment(location.hash) : undefined;
  if (location.hash && !linked) say("This link is not whole: nothing could be read from it");
  const first = GROUPS[0]?.[1][0];
  const state = linked ?? draft() ?? first?.state ?? EMPTY;
  view.load(state);
  examples.value = ALL.find((example) => same(example.state, state))?.name ?? "";
}

function draft(): State | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(DRAFT) ?? "null");
    return kept && typeof kept === "object" ? { ...EMPTY, ...kept } : undefined;
  } catch {
    return undefined;
  }
}

async function share(): Promise<void> {
  history.replaceState(null, "", `#${await toFragment(view.state)}`);
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is in the clipboard. It holds everything; nothing was sent anywhere");
  } catch {
    say("The link is in the address bar. It holds everything; nothing was sent anywhere");
  }
}

async function saveTest(): Promise<void> {
  const { testFile } = await import("./render/export");
  try {
    const text = testFile(view.state, view.result?.output, view.result?.overrides ?? {});
    const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })), download: "template.transom.yaml" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    say("Saved template.transom.yaml: run it with transom test");
  } catch {
    say("$context is not JSON; a test needs it to be");
  }
}

async function openFile(file: File): Promise<void> {
  const { templatesOf } = await import("./render/definitions");
  try {
    const found = templatesOf(file.name, await file.text());
    if (found.length === 0) say(`${file.name} has no mapping templates`);
    else if (found.length === 1 && found[0]) use(found[0]);
    else choose(file.name, found);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

function choose(name: string, found: Found[]): void {
  const dialog = byId<HTMLDialogElement>("chooser");
  byId("chooser-title").textContent = `${found.length} templates in ${name}`;
  byId("chooser-list").replaceChildren(
    ...found.map((one) => {
      const button = element("button", { type: "button" }, element("b", {}, one.label), element("code", {}, one.template.trim().slice(0, 120)));
      button.addEventListener("click", () => {
        dialog.close();
        use(one);
      });
      return element("li", {}, button);
    }),
  );
  dialog.showModal();
}

/** A template of a file; the request stays. */
function use({ label, template }: Found): void {
  const state = { ...view.state, template, expected: "" };
  view.load(state);
  keep(state);
  view.focus();
  say(label);
}

function listenForDrops(): void {
  const sign = byId("drop");
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  window.addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  window.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) sign.hidden = true;
  });
  window.addEventListener("drop", (event) => {
    sign.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    void openFile(file);
  }, true);
}

let quiet = 0;
function say(text: string): void {
  const said = byId("said");
  said.textContent = text;
  said.classList.add("shown");
  window.clearTimeout(quiet);
  quiet = window.setTimeout(() => said.classList.remove("shown"), 4000);
}

function debounced<T>(wait: number, work: (value: T) => void): (value: T) => void {
  let timer = 0;
  return (value) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => work(value), wait);
  };
}

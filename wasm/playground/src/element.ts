// Elements in one line each, and the tabs that several panes have.

type Attributes = Record<string, string | boolean | undefined>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A sentence whose `code` is shown as code. */
export function prose(text: string): Node[] {
  return text.split("`").map((part, i) => (i % 2 === 1 ? element("code", {}, part) : document.createTextNode(part)));
}

export interface Tab {
  id: string;
  label: string;
  panel: HTMLElement;
  /** Called whenever it is shown. */
  shown?: () => void;
}

export interface Tabs {
  bar: HTMLElement;
  panels: HTMLElement;
  select(id: string): void;
  selected(): string;
  /** A short mark behind the label: a number, a dot. */
  badge(id: string, text: string, kind?: string): void;
}

/** Tabs as the ARIA practices have them: arrows move, the panel follows. */
export function tabs(label: string, all: Tab[]): Tabs {
  let current = all[0]?.id ?? "";
  const buttons = all.map((tab) =>
    element(
      "button",
      { type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}` },
      tab.label,
      element("span", { class: "badge" }),
    ),
  );
  const bar = element("div", { class: "tabs", role: "tablist", "aria-label": label }, ...buttons);
  for (const tab of all) {
    tab.panel.id = `panel-${tab.id}`;
    tab.panel.classList.add("panel");
    tab.panel.setAttribute("role", "tabpanel");
    tab.panel.setAttribute("aria-labelledby", `tab-${tab.id}`);
  }
  const select = (id: string) => {
    current = id;
    all.forEach((tab, i) => {
      const chosen = tab.id === id;
      buttons[i]?.setAttribute("aria-selected", String(chosen));
      if (buttons[i]) buttons[i].tabIndex = chosen ? 0 : -1;
      tab.panel.hidden = !chosen;
      if (chosen) tab.shown?.();
    });
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => select(all[i]?.id ?? "")));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -all.length, End: all.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = all.findIndex((tab) => tab.id === current) + step;
    const next = Math.abs(step) === 1 ? (at + all.length) % all.length : Math.max(0, Math.min(all.length - 1, at));
    select(all[next]?.id ?? current);
    buttons[next]?.focus();
  });
  select(current);
  const badge = (id: string, text: string, kind = "") => {
    const mark = buttons[all.findIndex((tab) => tab.id === id)]?.querySelector<HTMLElement>(".badge");
    if (!mark || (mark.textContent === text && mark.dataset.kind === kind)) return;
    mark.textContent = text;
    mark.dataset.kind = kind;
  };
  return { bar, panels: element("div", { class: "panels" }, ...all.map((tab) => tab.panel)), select, selected: () => current, badge };
}

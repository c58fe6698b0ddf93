// Light, dark, or as the system has it.

const KEY = "transom theme";
const NEXT = { system: "light", light: "dark", dark: "system" } as const;
const SIGN = { system: "◐", light: "☀", dark: "☾" } as const;
type Theme = keyof typeof NEXT;

export function startTheme(button: HTMLButtonElement): void {
  let theme: Theme = "system";
  try {
    const kept = localStorage.getItem(KEY);
    if (kept && kept in NEXT) theme = kept as Theme;
  } catch {
    // As the system, then.
  }
  const show = () => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    const name = `Colours: ${theme === "system" ? "as the system" : theme}`;
    button.textContent = SIGN[theme];
    button.title = name;
    button.setAttribute("aria-label", name);
  };
  button.addEventListener("click", () => {
    theme = NEXT[theme];
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // For this visit only, then.
    }
    show();
  });
  show();
}

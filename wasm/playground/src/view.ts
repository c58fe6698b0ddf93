// A tab of the page. There is one, for a render; a whole exchange will be another.

export interface View {
  id: string;
  label: string;
  element: HTMLElement;
}

/** Shows the views under a bar of tabs, which is there only if there is a choice. */
export function showViews(bar: HTMLElement, main: HTMLElement, views: View[]): void {
  main.replaceChildren(...views.map((view) => view.element));
  bar.hidden = views.length < 2;
}

// The examples: text files of `=== name`, then `--- part` with the text of an editor.

import { EMPTY, type State } from "../render/state";
import requests from "./requests.txt?raw";
import responses from "./responses.txt?raw";
import services from "./services.txt?raw";

export interface Example {
  name: string;
  state: State;
}

function read(text: string): Example[] {
  return text.split(/^=== /m).slice(1).map((example) => {
    const [name = "", ...parts] = example.split(/^--- /m);
    const state = { ...EMPTY };
    for (const part of parts) {
      const end = part.indexOf("\n");
      // The line end before the next part belongs to the layout.
      state[part.slice(0, end) as keyof State] = part.slice(end + 1).replace(/\n+$/, "");
    }
    return { name: name.trim(), state };
  });
}

export const GROUPS: [label: string, examples: Example[]][] = [
  ["To an AWS service", read(services)],
  ["Requests", read(requests)],
  ["Responses", read(responses)],
];

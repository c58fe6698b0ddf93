// The page's side of the engine: one question at a time, the latest wins, and whoever takes two seconds is ended.

import address from "../../../npm/dist/transom_bg.wasm?url";
import type { Answer, Ask } from "./protocol";

/** As long as a render may take. */
const PATIENCE = 2000;

export type Reply = Answer | { late: true } | { broken: string };

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the engine could not be loaded (${response.status})`);
  // Compiling while it loads works only where the server says what it is.
  return response.headers.get("Content-Type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

export class Engine {
  #module = compile();
  #worker = this.#start();
  #next = 0;
  #asked: Ask | undefined;
  #waiting: Ask | undefined;
  #timer = 0;

  constructor(private readonly tell: (reply: Reply) => void) {
    this.#module.catch((error: Error) => tell({ broken: error.message }));
  }

  /** Asks for a render; a question that still waits is forgotten. */
  ask(question: Omit<Ask, "id">): void {
    this.#waiting = { id: ++this.#next, ...question };
    if (!this.#asked) void this.#send();
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#take(data);
    worker.onerror = (event) => this.#restart({ broken: event.message || "the engine stopped" });
    this.#module.then((module) => worker.postMessage(module)).catch(() => {});
    return worker;
  }

  async #send(): Promise<void> {
    const ask = this.#waiting;
    if (!ask) return;
    this.#asked = ask;
    this.#waiting = undefined;
    // The clock starts when there is an engine: a slow line is not a slow template.
    await this.#module.catch(() => {});
    performance.mark("transom:module");
    if (this.#asked !== ask) return;
    this.#worker.postMessage(ask);
    this.#timer = window.setTimeout(() => this.#restart({ late: true }), PATIENCE);
  }

  #take(answer: Answer): void {
    if (answer.id !== this.#asked?.id) return;
    window.clearTimeout(this.#timer);
    this.#asked = undefined;
    if (this.#waiting) void this.#send();
    this.tell(answer);
  }

  #restart(reply: Reply): void {
    window.clearTimeout(this.#timer);
    this.#worker.terminate();
    this.#worker = this.#start();
    this.#asked = undefined;
    if (this.#waiting) void this.#send();
    else this.tell(reply);
  }
}

// transom in browsers and bundlers: fetches the module from the address beside it, before whoever imports this goes on.

import { load } from "./core.js";

const address = new URL("dist/transom_bg.wasm", import.meta.url);

async function compile() {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`transom: ${address} answers ${response.status}`);
  }
  // Compiling while it loads works only where the server says what it is.
  return response.headers.get("Content-Type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

load(await compile());

export * from "./core.js";

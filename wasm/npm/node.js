// transom in Node: reads the module from the file beside it.

import { readFileSync } from "node:fs";

import { load } from "./core.js";

load(readFileSync(new URL("dist/transom_bg.wasm", import.meta.url)));

export * from "./core.js";

// Prints what the module weighs, and fails where that is more than it may.

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/**
 * What everybody who opens the page downloads, at most: kilobytes, compressed with brotli. It keeps the module from growing;
 * the aim is 250. Regexes are 165 of it, 45 of them the tables of Unicode: `README.md` has the parts.
 */
const BUDGET = 520;

const kilobytes = (bytes) => bytes.length / 1000;
const row = (name, ...cells) =>
  console.log(name.padEnd(24) + cells.map((cell) => String(cell).padStart(10)).join(""));

let heavy = false;
row("kB", "raw", "gzip", "brotli");
for (const name of ["transom_bg.wasm", "transom.js"]) {
  const raw = readFileSync(new URL(`dist/${name}`, import.meta.url));
  const sizes = [raw, gzipSync(raw, { level: 9 }), brotliCompressSync(raw)].map(kilobytes);
  row(name, ...sizes.map((size) => size.toFixed(1)));
  heavy ||= name.endsWith(".wasm") && sizes[2] > BUDGET;
}
if (heavy) {
  console.error(`error: the module is heavier than ${BUDGET} kB`);
  process.exit(1);
}

// Static files with relative addresses: they work in any folder of any server.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Plugin, defineConfig } from "vite";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Writes `sw.js`: the service worker with the names of all files, so that the page works offline after its first load. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle(_, bundle) {
      const hash = createHash("sha256");
      for (const [name, part] of Object.entries(bundle)) {
        hash.update(name).update(part.type === "chunk" ? part.code : part.source);
      }
      const names = ["./", "icon.svg", "manifest.webmanifest", ...Object.keys(bundle).filter((name) => name !== "index.html")];
      const head = `const VERSION = ${JSON.stringify(hash.digest("hex").slice(0, 16))};\nconst FILES = ${JSON.stringify(names)};\n`;
      this.emitFile({ type: "asset", fileName: "sw.js", source: head + readFileSync(file("src/offline.js"), "utf8") });
    },
  };
}

/** Lets the browser fetch the module while it reads the scripts. */
function preload(): Plugin {
  return {
    name: "preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const module = Object.keys(bundle ?? {}).find((name) => name.endsWith(".wasm"));
        const attrs = { rel: "preload", as: "fetch", href: `./${module}`, type: "application/wasm", crossorigin: "anonymous" };
        return [{ tag: "link", attrs, injectTo: "head" as const }];
      },
    },
  };
}

export default defineConfig({
  base: "./",
  resolve: {
    alias: { "transom-wasm/core": file("../npm/core.js"), "transom-wasm/trace": file("../npm/trace.js") },
  },
  server: { fs: { allow: [".."] } },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 700, modulePreload: { polyfill: false } },
  worker: { format: "es" },
  plugins: [offline(), preload()],
});

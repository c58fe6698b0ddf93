// The examples of the README print what stands beside them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const cwd = fileURLToPath(new URL("..", import.meta.url));

[...readme.matchAll(/```js\n([\s\S]*?)```/g)].forEach(([, code], i) => {
  test(`example ${i + 1}`, () => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd, encoding: "utf8" });
    assert.equal(stderr, "");
    const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
    assert.deepEqual(stdout.trimEnd().split("\n"), expected);
  });
});

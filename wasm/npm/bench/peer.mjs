// The module as one of the engines of a side-by-side benchmark, as `bench/src/peer.rs` is the native library:
//
//   node peer.mjs NAME SECONDS ROOT WORKLOAD…
//
// It reads ROOT/workloads/W/{template.vtl,body.json,request.json,meta.json}, compiles the template once, times whole renders
// (body text in, output text out), writes one output to ROOT/out/NAME/W.txt and prints nanoseconds, a JSON object a line.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { Scope, Template } from "../node.js";

/** At least so many batches are timed. */
const BATCHES = 11;
const [name, seconds, root, ...workloads] = process.argv.slice(2);

function measure(workload) {
  const read = (file) => readFileSync(`${root}/workloads/${workload}/${file}`, "utf8");
  const { dialect } = JSON.parse(read("meta.json"));
  const limits = { foreachRounds: Infinity, steps: Infinity };
  const template = new Template(read("template.vtl"), { dialect, limits });
  const body = read("body.json");
  const scope = new Scope(read("request.json"));
  const render = () => template.render({ scope, body }).output;

  const start = performance.now();
  let rounds = 0;
  while (rounds < 2 || performance.now() - start < seconds * 800) {
    render();
    rounds++;
  }
  const each = (performance.now() - start) / rounds;
  const batch = Math.max(1, Math.floor((seconds * 1000) / BATCHES / each));
  const times = [];
  for (let i = 0; i < BATCHES; i++) {
    const begin = performance.now();
    for (let k = 0; k < batch; k++) render();
    times.push(((performance.now() - begin) * 1e6) / batch);
  }
  times.sort((a, b) => a - b);
  mkdirSync(`${root}/out/${name}`, { recursive: true });
  writeFileSync(`${root}/out/${name}/${workload}.txt`, render());
  const [ns, p10, p90] = [0.5, 0.1, 0.9].map((part) => times[Math.floor(BATCHES * part)]);
  return { ns, p10, p90, n: BATCHES * batch };
}

for (const workload of workloads) {
  let result;
  try {
    result = measure(workload);
  } catch (error) {
    result = { error: error.message };
  }
  console.log(JSON.stringify({ engine: name, workload, ...result }));
}

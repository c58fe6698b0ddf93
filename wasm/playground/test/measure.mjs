// Measures the page, not a test: from navigation to the first output with a warm cache, and from a key to the new output.

import { address, browser, close, fill, until } from "./page.mjs";

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const text = (times) => `median ${median(times).toFixed(1)} ms, best ${times[0].toFixed(1)}, worst ${times.at(-1).toFixed(1)}`;

const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();

/** From the start of the navigation to the first output. */
async function first() {
  await page.goto("about:blank");
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("transom:output").length > 0);
  return page.evaluate(() => performance.getEntriesByName("transom:output")[0].startTime);
}

await first();
await page.evaluate(() => navigator.serviceWorker.ready);
await first();
const starts = [];
for (let i = 0; i < 12; i++) starts.push(await first());
console.log(`first output after navigation: ${text(starts)}`);

const line = '  "name": "$util.escapeJavaScript($item.name)", "n": $foreach.count, ## a remark\n';
const rows = Array.from({ length: 700 }, (_, id) => ({ id, sku: `SKU-${id}`, name: `number ${id} "quoted"`, tags: ["a", "b"], price: id / 7, note: "x".repeat(60) }));
const template = `#foreach($item in $input.path('$.rows'))\n{"id": $item.id},\n#end\n#foreach($item in [1..3])\n${line.repeat(240)}#end\n`;
const body = JSON.stringify({ rows });
const editor = (name) => page.getByLabel(name, { exact: true }).and(page.locator(".cm-content"));
await fill(page, editor("Body"), body);
await fill(page, editor("Template"), template);
await until(async () => /kB/.test(await page.locator(".strip .quiet").textContent()), "no output");
await page.keyboard.press("Control+Home");
// A key is counted from its event, before the editor takes it, to the moment the output stands in the page.
await page.evaluate(() => {
  window.keyTimes = [];
  const pressed = [];
  document.addEventListener("beforeinput", () => pressed.push(performance.now()), true);
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      const key = pressed.findLast((time) => time < startTime);
      if (name === "transom:output" && key) window.keyTimes.push(startTime - key);
    }
  }).observe({ type: "mark" });
});
for (let i = 0; i < 40; i++) {
  await page.keyboard.type("x");
  await page.waitForTimeout(60);
}
const times = await page.evaluate(() => window.keyTimes);
console.log(`key to output, ${template.length} bytes of template and ${body.length} of body: ${text(times.slice(5))} (${times.length} keys)`);
await close();

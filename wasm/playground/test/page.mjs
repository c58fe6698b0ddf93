// Opens the built page in Debian's Chromium, in a sub-folder of a server, and watches that nothing goes wrong on the side.

import assert from "node:assert/strict";

import { chromium } from "playwright-core";

import { serve } from "../serve.mjs";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const server = await serve(0, "/some/folder/");
export const origin = `http://127.0.0.1:${server.address().port}`;
export const address = `${origin}/some/folder/`;
export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });

export async function close() {
  await browser.close();
  server.close();
}

/** A page of its own, with nothing kept. `finish` says what went wrong beside the test. */
export async function open({ fragment = "", context: options = {}, expectTrouble = false } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.stack));
  context.on("request", (request) => {
    const { origin: to, protocol } = new URL(request.url());
    if (to !== origin && !["data:", "blob:"].includes(protocol)) trouble.push(`a request to ${request.url()}`);
  });
  await page.goto(address + fragment);
  await page.waitForSelector(".mark");
  return {
    page,
    context,
    /** An editor by its name. */
    editor: (name) => page.getByLabel(name, { exact: true }).and(page.locator(".cm-content")),
    async finish() {
      await context.close();
      if (!expectTrouble) assert.deepEqual(trouble, []);
    },
  };
}

/** What an editor holds, also the lines that are not drawn. */
export const textOf = (editor) =>
  editor.evaluate((node) => {
    const lines = [...node.querySelectorAll(".cm-line")].map((line) => line.textContent);
    return lines.join("\n");
  });

/** Replaces what an editor holds, by pasting. */
export async function fill(page, editor, text) {
  await editor.focus();
  await page.keyboard.press("Control+A");
  if (text === "") return page.keyboard.press("Delete");
  return editor.evaluate((node, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

export async function until(check, what, patience = 10_000) {
  const end = Date.now() + patience;
  let last;
  while (Date.now() < end) {
    try {
      last = await check();
      if (last === true) return;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.fail(`${what}: ${last instanceof Error ? last.stack : JSON.stringify(last)}`);
}

export const outputIs = (editor, expected) =>
  until(async () => {
    const text = await textOf(editor("Output"));
    return text === expected || text;
  }, `the output is not ${JSON.stringify(expected)}`);

// A state ↔ the fragment of a link: JSON, deflated, in base64 for addresses. Nothing of it is ever sent to a server.

import { EMPTY, type State } from "./state";

async function through(bytes: BlobPart, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

export async function toFragment(state: State): Promise<string> {
  const said = Object.fromEntries(Object.entries(state).filter(([, text]) => text !== ""));
  const bytes = await through(JSON.stringify(said), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The state of a fragment; nothing where it is none of ours. */
export async function fromFragment(fragment: string): Promise<State | undefined> {
  try {
    const binary = atob(fragment.replace(/^#/, "").replace(/-/g, "+").replace(/_/g, "/"));
    const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
    const text = new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
    const said: unknown = JSON.parse(text);
    if (typeof said !== "object" || said === null) return undefined;
    const known = Object.keys(EMPTY) as (keyof State)[];
    const given = said as Record<string, unknown>;
    return Object.fromEntries(known.map((name) => [name, typeof given[name] === "string" ? given[name] : ""])) as unknown as State;
  } catch {
    return undefined;
  }
}

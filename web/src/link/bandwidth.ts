/** How much the line to the hub carries, both ways, over plain HTTP: pieces that grow until one tells. */
import { raw } from "./api";
import { problemOf } from "./problem";

/** The hub gives no more in one go, and takes no more. */
const MOST_BYTES = 8 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;
/** A piece this long tells the rate of the line, and not of its round trips and TCP's slow start. */
const LONG_MS = 1_500;
/** Slower than this and the figure no longer matters. */
const PATIENCE_MS = 6_000;
const TURNS = 8;

type Transfer = (size: number, signal: AbortSignal) => Promise<unknown>;

/** Bits a second from the hub to this page. Refused with ``check.busy`` when others go on measuring. */
export function measureDown(over: AbortSignal): Promise<number> {
  return measure(over, async (size, signal) => {
    await (await raw("GET", `/api/check/down?bytes=${size}`, { signal })).arrayBuffer();
  });
}

/** Bits a second from this page to the hub. */
export function measureUp(over: AbortSignal): Promise<number> {
  return measure(over, (size, signal) => raw("POST", "/api/check/up", { body: noise(size), signal }));
}

/** Pure: how much to move after that piece took so long; null when it has told enough. */
export function nextPiece(bytes: number, took_ms: number): number | null {
  if (took_ms >= LONG_MS * 0.6 || bytes >= MOST_BYTES) return null;
  const aimed = (bytes * LONG_MS) / Math.max(1, took_ms);
  return Math.round(Math.min(MOST_BYTES, bytes * 4, aimed));
}

async function measure(over: AbortSignal, transfer: Transfer): Promise<number> {
  let size = FIRST_BYTES;
  for (;;) {
    const took_ms = await inTurn(over, () => timed(over, (signal) => transfer(size, signal)));
    const next = nextPiece(size, took_ms);
    if (next === null) return (size * 8_000) / took_ms;
    size = next;
  }
}

/** How long it took, or how long the page waited for it: so slow that this is the answer. */
async function timed(over: AbortSignal, run: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  const timer = setTimeout(end, PATIENCE_MS);
  over.addEventListener("abort", end);
  const began = performance.now();
  try {
    await run(stop.signal);
  } catch (thrown) {
    if (over.aborted || !stop.signal.aborted) throw thrown;
  } finally {
    clearTimeout(timer);
    over.removeEventListener("abort", end);
  }
  return performance.now() - began;
}

/** The house measures a few lines at a time; the others ask again. */
async function inTurn<T>(over: AbortSignal, run: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await run();
    } catch (thrown) {
      const retry_after_s = over.aborted ? null : problemOf(thrown).detail.retry_after_s;
      if (typeof retry_after_s !== "number" || turn >= TURNS) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, retry_after_s * 1000 * (0.5 + Math.random())));
    }
  }
}

function noise(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  // One call fills at most 64 KiB (Web Cryptography API, 10.1.1).
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
  return bytes;
}

/** How much the line to the hub carries, both ways, over plain HTTP. */
import { raw } from "./api";
import { problemOf } from "./problem";

/** The hub gives no more in one go, and takes no more. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Enough for the window of TCP to open over a line of 300 ms. */
const DOWN_MS = 3_000;
/** An upload this long tells the rate of the line and not that of its beginning. */
const UP_MS = 1_500;
const UP_FIRST_BYTES = 64 * 1024;
/** Slower than this and the figure no longer matters. */
const PATIENCE_MS = 6_000;
const TURNS = 8;

/** Bits a second from the hub to this page. Refused with ``check.busy`` when others go on measuring. */
export function measureDown(over: AbortSignal): Promise<number> {
  return inTurn(over, () => within(DOWN_MS, over, download));
}

async function download(signal: AbortSignal): Promise<number> {
  const response = await raw("GET", `/api/check/down?bytes=${MOST_BYTES}`, { signal });
  const reader = response.body?.getReader();
  let [bytes, began, now] = [0, 0, 0];
  try {
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
      now = performance.now();
      if (began === 0) began = now; // from here on the line is at work, and not the hub
      else bytes += piece.value.length;
    }
  } catch {
    // the time is over: what has come by now is the answer
  }
  return rate(bytes, now - began);
}

/** Bits a second from this page to the hub: pieces that grow until one takes long enough to tell. */
export async function measureUp(over: AbortSignal): Promise<number> {
  let size = UP_FIRST_BYTES;
  for (;;) {
    const took_ms = await inTurn(over, () => upload(size, over));
    const next = nextUpload(size, took_ms);
    if (next === null) return rate(size, took_ms);
    size = next;
  }
}

/** Pure: how much to send after that piece took so long; null when it has told enough. */
export function nextUpload(bytes: number, took_ms: number): number | null {
  if (took_ms >= UP_MS * 0.6 || bytes >= MOST_BYTES) return null;
  const aimed = (bytes * UP_MS) / Math.max(1, took_ms);
  return Math.round(Math.min(MOST_BYTES, bytes * 4, aimed));
}

async function upload(size: number, over: AbortSignal): Promise<number> {
  const noise = new Uint8Array(size);
  // One call fills at most 64 KiB (Web Cryptography API, 10.1.1).
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(noise.subarray(at, Math.min(size, at + 65_536)));
  const began = performance.now();
  await within(PATIENCE_MS, over, async (signal) => {
    try {
      await raw("POST", "/api/check/up", { body: noise, signal });
    } catch (thrown) {
      if (!signal.aborted) throw thrown; // else: so slow that this is the answer
    }
  });
  return performance.now() - began;
}

/** Runs something that ends with the check, or by itself after so long. */
async function within<T>(most_ms: number, over: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  const timer = setTimeout(end, most_ms);
  over.addEventListener("abort", end);
  try {
    return await run(stop.signal);
  } finally {
    clearTimeout(timer);
    over.removeEventListener("abort", end);
    end();
  }
}

/** The house measures a few lines at a time; the others ask again. */
async function inTurn<T>(over: AbortSignal, measure: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await measure();
    } catch (thrown) {
      const retry_after_s = over.aborted ? null : problemOf(thrown).detail.retry_after_s;
      if (typeof retry_after_s !== "number" || turn >= TURNS) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, retry_after_s * 1000 * (0.5 + Math.random())));
    }
  }
}

function rate(bytes: number, took_ms: number): number {
  return took_ms <= 0 ? 0 : (bytes * 8_000) / took_ms;
}

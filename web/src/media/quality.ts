/** How good this page's line is, from the browser's own statistics. */

import type { LineState } from "../types/wire";

export const EVERY_MS = 2_000;

/** Counters as the browser keeps them, added up over the m-lines of one connection. */
export interface Counters {
  at_ms: number;
  rtt_ms: number | null;
  bytes: number;
  packets: number;
  lost: number;
  frames: number;
}

/** One interval of one connection; ``loss`` is 0 to 1. */
export interface Quality {
  rtt_ms: number | null;
  loss: number;
  rate_bps: number;
  fps: number;
}

/** Bars as on a telephone: 0 nothing, 4 good. */
export type Bars = 0 | 1 | 2 | 3 | 4;

/** The most bars a page shows while the hub says this of its line: both then use the same word. A loss it sees itself. */
export const MOST_BARS: Record<LineState, Bars> = { good: 4, fair: 3, poor: 2, lost: 4 };

export function between(before: Counters, after: Counters): Quality {
  const elapsed_s = Math.max(0.001, (after.at_ms - before.at_ms) / 1000);
  const came = Math.max(0, after.packets - before.packets);
  const lost = Math.max(0, after.lost - before.lost);
  return {
    rtt_ms: after.rtt_ms,
    loss: came + lost === 0 ? 0 : lost / (came + lost),
    rate_bps: (Math.max(0, after.bytes - before.bytes) * 8) / elapsed_s,
    fps: Math.max(0, after.frames - before.frames) / elapsed_s,
  };
}

/** Speech stays clear to about 3 % loss; above 400 ms people talk over each other (ITU-T G.114). */
export function barsOf(qualities: readonly Quality[]): Bars {
  if (qualities.length === 0) return 0;
  const loss = Math.max(...qualities.map((quality) => quality.loss));
  const rtt_ms = Math.max(...qualities.map((quality) => quality.rtt_ms ?? 0));
  if (loss > 0.1 || rtt_ms > 800) return 1;
  if (loss > 0.03 || rtt_ms > 400) return 2;
  if (loss > 0.01 || rtt_ms > 200) return 3;
  return 4;
}

type Report = { forEach(each: (entry: Record<string, unknown>) => void): void };

/** Adds up what concerns one direction; sending reads its loss from the hub's receiver reports. */
export function count(report: Report, sending: boolean, at_ms: number): Counters {
  const sum: Counters = { at_ms, rtt_ms: null, bytes: 0, packets: 0, lost: 0, frames: 0 };
  const add = (entry: Record<string, unknown>, name: string): number =>
    typeof entry[name] === "number" ? entry[name] : 0;
  report.forEach((entry) => {
    if (entry.type === "candidate-pair" && entry.nominated === true && typeof entry.currentRoundTripTime === "number") {
      sum.rtt_ms = entry.currentRoundTripTime * 1000;
    } else if (entry.type === (sending ? "outbound-rtp" : "inbound-rtp")) {
      sum.bytes += add(entry, sending ? "bytesSent" : "bytesReceived");
      sum.packets += add(entry, sending ? "packetsSent" : "packetsReceived");
      sum.frames += add(entry, sending ? "framesEncoded" : "framesDecoded");
      if (!sending) sum.lost += add(entry, "packetsLost");
    } else if (sending && entry.type === "remote-inbound-rtp") {
      sum.lost += add(entry, "packetsLost");
    }
  });
  return sum;
}

/** Watches connections that may come and go; returns how to stop. */
export function watch(
  connections: () => { sending: RTCPeerConnection | null; receiving: RTCPeerConnection | null },
  found: (quality: { sending: Quality | null; receiving: Quality | null }) => void,
): () => void {
  const before = new WeakMap<RTCPeerConnection, Counters>();
  const measure = async (connection: RTCPeerConnection | null, sending: boolean): Promise<Quality | null> => {
    if (connection === null || connection.connectionState !== "connected") return null;
    const now = count(await connection.getStats(), sending, performance.now());
    const then = before.get(connection);
    before.set(connection, now);
    return then === undefined ? null : between(then, now);
  };
  const timer = setInterval(() => {
    const { sending, receiving } = connections();
    void Promise.all([measure(sending, true), measure(receiving, false)]).then(([sent, received]) =>
      found({ sending: sent, receiving: received }),
    );
  }, EVERY_MS);
  return () => clearInterval(timer);
}

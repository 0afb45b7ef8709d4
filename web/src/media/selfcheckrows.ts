/** What a self-check found, part by part, and what that is worth. Pure. */

import type { Problem } from "../types/wire";
import type { Via } from "./address";
import type { Trouble } from "./devices";

/** In the order of the page. */
export const PARTS = ["camera", "microphone", "speaker", "udp", "tcp", "bandwidth"] as const;
export type Part = (typeof PARTS)[number];

/** asking: the person has to say. poor: it works, but others will notice. */
export type Verdict = "waiting" | "running" | "asking" | "passed" | "poor" | "failed";

/** What is wrong; the page has a sentence for each that says what to do. */
export type Why =
  | `camera_${Trouble | "dark"}`
  | `microphone_${Trouble | "silent" | "quiet"}`
  | "speaker_unheard"
  | `${Via}_${"blocked" | "closed" | "empty" | "lossy" | "refused"}`
  | "bandwidth_narrow"
  | "bandwidth_unknown"
  | "bandwidth_busy";

export type Figures = Readonly<Record<string, string | number>>;

export interface Row {
  readonly verdict: Verdict;
  /** Fills this part's sentence of figures; null when nothing was measured. */
  readonly figures: Figures | null;
  readonly why: Why | null;
  /** Where the hub could not be reached, as ``UDP 10.0.0.5:8443``. */
  readonly address?: string;
  /** Why the hub itself said no. */
  readonly problem?: Problem;
}

export type Rows = Readonly<Record<Part, Row>>;

export const WAITING: Row = { verdict: "waiting", figures: null, why: null };
export const RUNNING: Row = { verdict: "running", figures: null, why: null };
export const ASKING: Row = { verdict: "asking", figures: null, why: null };

export function allOf(row: Row): Rows {
  return { camera: row, microphone: row, speaker: row, udp: row, tcp: row, bandwidth: row };
}

export function passed(figures: Figures | null): Row {
  return { verdict: "passed", figures, why: null };
}

export function poor(why: Why, figures: Figures | null): Row {
  return { verdict: "poor", figures, why };
}

export function failed(why: Why, detail: Pick<Row, "address" | "problem"> = {}): Row {
  return { verdict: "failed", figures: null, why, ...detail };
}

// --- microphone -------------------------------------------------------------------------------------

/** Speech half a metre from a built-in microphone stands above this; a quiet room stands at -60. */
const SPEECH_DB = -45;
/** Digital silence: switched off by a key or by the system. */
const NOTHING_DB = -90;

export function isSpeech(level_db: number): boolean {
  return level_db >= SPEECH_DB;
}

export function judgeMicrophone(loudest_db: number, device: string): Row {
  if (isSpeech(loudest_db)) return passed({ device });
  return poor(loudest_db < NOTHING_DB ? "microphone_silent" : "microphone_quiet", { device });
}

// --- the line ---------------------------------------------------------------------------------------

export interface LoopFound {
  readonly connected_ms: number;
  readonly rtt_ms: number | null;
  /** The worse of the two directions, 0 to 1. */
  readonly loss: number;
  /** Frames a second that went to the hub and came back. */
  readonly fps: number;
}

/** Speech stays clear to about 3 % loss; above 400 ms people talk over each other (ITU-T G.114). */
const LOSS_MOST = 0.03;
const RTT_MOST_MS = 400;

export function judgeLoop(via: Via, found: LoopFound): Row {
  const figures = {
    connected: Math.round(found.connected_ms),
    rtt: Math.round(found.rtt_ms ?? 0),
    loss: (found.loss * 100).toFixed(1),
    fps: Math.round(found.fps),
  };
  if (found.fps < 1) return { ...failed(`${via}_empty`), figures };
  const isClear = found.loss <= LOSS_MOST && (found.rtt_ms ?? 0) <= RTT_MOST_MS;
  return isClear ? passed(figures) : poor(`${via}_lossy`, figures);
}

// --- bandwidth --------------------------------------------------------------------------------------

/** A 720p picture and sound; with less the pictures become smaller. */
export const ENOUGH_BPS = 2_000_000;

export function judgeBandwidth(down_bps: number, up_bps: number): Row {
  const figures = { down: megabits(down_bps), up: megabits(up_bps) };
  return Math.min(down_bps, up_bps) >= ENOUGH_BPS ? passed(figures) : poor("bandwidth_narrow", figures);
}

function megabits(bps: number): string {
  return (bps / 1_000_000).toFixed(1);
}

// --- the whole --------------------------------------------------------------------------------------

/** ready: nothing to do. limited: it will go, with what the rows say. unable: media gets through nowhere. */
export type Whole = "running" | "ready" | "limited" | "unable";

export function wholeOf(rows: Rows): Whole {
  const all = PARTS.map((part) => rows[part].verdict);
  if (all.some((verdict) => verdict === "running" || verdict === "waiting")) return "running";
  if (rows.udp.verdict === "failed" && rows.tcp.verdict === "failed") return "unable";
  return all.every((verdict) => verdict === "passed" || verdict === "asking") ? "ready" : "limited";
}

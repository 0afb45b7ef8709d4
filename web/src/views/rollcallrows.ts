/** What a roll call amounts to: who counts how, who is missing, who comes next, how long it may take. Pure. */
import type { RollCall, RollResult, RollRow } from "../types/wire";

/** In the order of the keys 1 to 5; that a venue is offline the hub says by itself. */
export const KEYED: readonly RollResult[] = ["answered", "no_answer", "picture_only", "sound_only", "on_leave"];
export const RESULTS: readonly RollResult[] = [...KEYED, "offline"];

/** As in hub/domain/rollcall.py: how long an answer stays before the next venue is asked. */
const LINGER_MS = 2_500;

export interface Counts {
  /** Venues, each once however often it was asked. */
  readonly all: number;
  readonly waiting: number;
  readonly of: Readonly<Record<RollResult, number>>;
}

/** Each venue as it stands last, in the order in which they were first to be asked. */
export function lastRows(roll: RollCall): RollRow[] {
  return [...new Map(roll.rows.map((row) => [row.venue, row])).values()];
}

export function countsOf(roll: RollCall): Counts {
  const rows = lastRows(roll);
  const of: Record<RollResult, number> = { answered: 0, no_answer: 0, picture_only: 0, sound_only: 0, offline: 0, on_leave: 0 };
  for (const { result } of rows) if (result !== null) of[result] += 1;
  return { all: rows.length, waiting: rows.filter(({ result }) => result === null).length, of };
}

/** Whom one would ask again: not heard, or not there. */
export function missedIn(roll: RollCall): string[] {
  return lastRows(roll).flatMap(({ venue, result }) => (result === "no_answer" || result === "offline" ? [venue] : []));
}

export function currentRow(roll: RollCall): RollRow | null {
  return roll.current === null ? null : (roll.rows[roll.current] ?? null);
}

/** Whom the hub asks after the current one, as things stand. */
export function nextRow(roll: RollCall): RollRow | null {
  if (roll.current === null) return null;
  return roll.rows.slice(roll.current + 1).find(({ result }) => result === null) ?? null;
}

/** Only the last row of a venue can be corrected; the earlier ones are history. */
export function isLast(roll: RollCall, place: number): boolean {
  const venue = roll.rows[place]?.venue;
  return roll.rows.findLastIndex((row) => row.venue === venue) === place;
}

/** The row whose turn it was at that moment. */
export function rowAt(roll: RollCall, at_ms: number): number | null {
  const place = roll.rows.findLastIndex(({ asked_ms }) => asked_ms !== null && asked_ms <= at_ms);
  const isOver = roll.ended_ms !== null && roll.ended_ms < at_ms;
  return place < 0 || isOver ? null : place;
}

/** The longest it can take when nobody is in a hurry. */
export function longestMs(venues: number, answer_s: number): number {
  return venues * (answer_s * 1_000 + LINGER_MS);
}

/** 3.2: to a tenth, as it is read; the milliseconds are in the file. */
export function secondsText(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

/** Whole seconds that are left, not below zero. */
export function secondsLeft(until_ms: number, now_ms: number): number {
  return Math.max(0, Math.ceil((until_ms - now_ms) / 1_000));
}

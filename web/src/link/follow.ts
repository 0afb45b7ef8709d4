/** Following a stream across lost connections: nothing missing, nothing twice (rules J1 to J3). Pure. */
import type { Recorded } from "../types/wire";

/** How far a page is in one stream. `state` is null until the hub has sent anything. */
export interface Cursor<S> {
  readonly stream: string;
  readonly seq: number;
  readonly state: S | null;
}

export interface Heard<S> {
  readonly cursor: Cursor<S>;
  /** The events that were new, in order. */
  readonly fresh: readonly Recorded[];
  /** An event is missing in between: follow again from `cursor.seq`. */
  readonly hole: boolean;
}

export type Apply<S> = (state: S, recorded: Recorded) => S;

export function nothingYet<S>(stream: string): Cursor<S> {
  return { stream, seq: 0, state: null };
}

/** What to ask the hub for after a (re)connection: everything when nothing is known yet. */
export function since<S>(cursor: Cursor<S>): number | null {
  return cursor.state === null ? null : cursor.seq;
}

/** Events up to the first hole are taken; what was heard before is dropped by its seq. */
export function hear<S>(
  cursor: Cursor<S>,
  events: readonly Recorded[],
  apply: Apply<S>,
  initial: S,
): Heard<S> {
  let { seq } = cursor;
  let state = cursor.state ?? initial;
  const fresh: Recorded[] = [];
  let hole = false;
  for (const recorded of events) {
    if (recorded.seq <= seq) continue;
    if (recorded.seq > seq + 1) {
      hole = true;
      break;
    }
    state = apply(state, recorded);
    seq = recorded.seq;
    fresh.push(recorded);
  }
  const known = cursor.state !== null || fresh.length > 0 || (events.length === 0 && !hole);
  return { cursor: { ...cursor, seq, state: known ? state : null }, fresh, hole };
}

/** A snapshot replaces what is known, unless it is older than that. */
export function replace<S>(cursor: Cursor<S>, seq: number, state: S): Cursor<S> {
  if (cursor.state !== null && seq < cursor.seq) return cursor;
  return { ...cursor, seq, state };
}

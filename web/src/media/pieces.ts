/** Which bytes of a recorded file are fetched next. Pure. */
import { type Cue, cueBefore } from "./webm";

/** Going on: few requests, and each is over soon. */
export const PIECE_BYTES = 512 * 1024;
/** After a jump nobody waits for more than is needed. */
const FIRST_MIN_BYTES = 48 * 1024;
const FIRST_MAX_BYTES = 4 * 1024 * 1024;
/** So much must be there behind the wanted moment for an element to begin. */
const MARGIN_S = 0.5;

/** The stretch of seconds that has been fetched without a break in the bytes; it may hold holes. */
export interface Fetched {
  from_s: number;
  to_s: number;
}

/** Go on where the last piece ended, jump to a cue, or leave it for now. */
export function nextStep(fetched: Fetched, cues: readonly Cue[], time_s: number, ahead_s = 20): "enough" | "on" | Cue {
  if (fetched.from_s - 0.1 <= time_s && time_s <= fetched.to_s) {
    return fetched.to_s - time_s >= ahead_s ? "enough" : "on";
  }
  const cue = cueBefore(cues, time_s);
  const ahead = time_s > fetched.to_s && (cue === null || cue.time_s <= fetched.to_s + 0.5);
  return ahead || cue === null ? "on" : cue;
}

/** Without more bytes the element does not begin, or stops. */
export function isShort(fetched: Fetched, time_s: number): boolean {
  return time_s + MARGIN_S > fetched.to_s;
}

/** Where the piece that begins at ``from`` ends: what is needed at ``time_s`` in one, else as much as is usual. */
export function pieceEnd(from: number, fetched: Fetched, cues: readonly Cue[], time_s: number, size: number): number {
  const isNext = (cue: Cue): boolean => cue.time_s > time_s + MARGIN_S && cue.offset > from;
  const after = isShort(fetched, time_s) ? cues.find(isNext) : undefined;
  if (after === undefined) return Math.min(size, from + PIECE_BYTES);
  return Math.min(size, from + FIRST_MAX_BYTES, Math.max(from + FIRST_MIN_BYTES, after.offset));
}

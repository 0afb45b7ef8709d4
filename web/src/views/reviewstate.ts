/** The session and its boards as they stood at the playhead. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import { initial, streamOf } from "../state/session";
import { Past } from "../state/past";
import type { State } from "../state/streams";
import type { Recorded, Session, Workspace } from "../types/wire";
import { countUntil } from "./reviewlanes";

/** Changes only when an event is passed, so that what hangs on it is not drawn ten times a second. */
export function useSessionAt(sessionId: string, events: readonly Recorded[], playhead: Playhead): Session {
  const start = useMemo(initial, []);
  return useStateAt(streamOf(sessionId), start, events, playhead);
}

/** The boards, from what they were at the start of the recording. */
export function useWorkspaceAt(
  stream: string,
  start: Workspace,
  events: readonly Recorded[],
  playhead: Playhead,
): Workspace {
  return useStateAt(stream, start, events, playhead);
}

function useStateAt<S extends State>(
  stream: string,
  start: S,
  events: readonly Recorded[],
  playhead: Playhead,
): S {
  const past = useMemo(() => {
    const own = events.filter((recorded) => recorded.stream === stream);
    return { own, states: new Past(stream, own, start) };
  }, [events, stream, start]);
  const count = useMemo(() => computed(() => countUntil(past.own, playhead.at.value)), [past, playhead]);
  return past.states.after(count.value);
}

/** A stretch in which a venue was heard. */
export interface Turn {
  readonly venue: string;
  readonly from_ms: number;
  readonly to_ms: number;
}

/** The stretches that the hub measured, in order of their beginnings. */
export function turnsOf(events: readonly Recorded[]): Turn[] {
  return events
    .flatMap(({ event }) => (event.type === "venue.spoke" ? [event] : []))
    .sort((a, b) => a.from_ms - b.from_ms);
}

/** No stretch is longer: what began before that has ended. */
const LONGEST_MS = 10 * 60_000;

export function speakingAt(turns: readonly Turn[], at_ms: number): ReadonlySet<string> {
  const venues = new Set<string>();
  for (let n = begunBy(turns, at_ms) - 1; n >= 0; n -= 1) {
    const turn = turns[n];
    if (turn === undefined || turn.from_ms < at_ms - LONGEST_MS) break;
    if (at_ms < turn.to_ms) venues.add(turn.venue);
  }
  return venues;
}

/** Who began to speak last; the place of the speaker stays theirs until somebody else speaks. */
export function speakerAt(turns: readonly Turn[], at_ms: number): string | null {
  return turns[begunBy(turns, at_ms) - 1]?.venue ?? null;
}

function begunBy(turns: readonly Turn[], at_ms: number): number {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.from_ms ?? Infinity) <= at_ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

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

/** Venues that speak at this moment, from the stretches that the hub measured. */
export function speakingAt(events: readonly Recorded[], at_ms: number): ReadonlySet<string> {
  const venues = new Set<string>();
  for (const { event } of events) {
    if (event.type === "venue.spoke" && event.from_ms <= at_ms && at_ms < event.to_ms) venues.add(event.venue);
  }
  return venues;
}

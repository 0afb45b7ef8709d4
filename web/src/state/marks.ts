/** Markers of a recorded session: those that were set while it ran, and those that were set afterwards. Pure. */
import type { Actor, Keeping, MarkerKind, Recorded, ReviewMark } from "../types/wire";
import { streamOf } from "./keeping";

export const MARKER_KINDS: readonly MarkerKind[] = ["decision", "instruction", "todo", "key"];

export interface Marked {
  readonly id: string;
  readonly kind: MarkerKind;
  readonly label: string;
  readonly note: string;
  readonly at_ms: number;
  readonly by: Actor;
  /** Set while the session ran: it stands as it was set, and only gets notes. */
  readonly isLive: boolean;
  /** Of one that was set afterwards: what a change of it builds on. */
  readonly version: number;
  readonly changed_ms: number | null;
  /** What was added to a live one afterwards, in that order. */
  readonly notes: readonly ReviewMark[];
}

/** By time; those of one second in the order in which they were set. */
export function marksOf(events: readonly Recorded[], keeping: Keeping | null): Marked[] {
  const kept = Object.values(keeping?.marks ?? {}).sort((a, b) => a.made_ms - b.made_ms);
  const live = events.flatMap((recorded): Marked[] => {
    const { event, at_ms, actor: by } = recorded;
    if (event.type !== "marker.set" || isOfKeeping(recorded)) return [];
    const notes = kept.filter(({ about }) => about === event.marker_id);
    const { marker_id: id, kind, label } = event;
    return [{ id, kind, label, note: "", at_ms, by, isLive: true, version: 1, changed_ms: null, notes }];
  });
  const known = new Set(live.map(({ id }) => id));
  const later = kept.filter(({ about }) => !known.has(about)).map(
    ({ mark_id: id, kind, label, note, at_ms, by, version, changed_ms }): Marked => ({
      ...{ id, kind, label, note, at_ms, by, version, changed_ms },
      isLive: false,
      notes: [],
    }),
  );
  return [...live, ...later].sort((a, b) => a.at_ms - b.at_ms);
}

/** The events with every marker that was set afterwards at its own second, as if it had been set then. */
export function withMarks(events: readonly Recorded[], recordingId: string, keeping: Keeping | null): readonly Recorded[] {
  const stream = streamOf(recordingId);
  const later = marksOf(events, keeping)
    .filter(({ isLive }) => !isLive)
    .map(({ id, kind, label, note, at_ms, by: actor }, place): Recorded => {
      const event = { type: "marker.set" as const, marker_id: id, kind, label: label === "" ? note : label };
      return { stream, seq: place + 1, at_ms, actor, event, op: null };
    });
  if (later.length === 0) return events;
  const all: Recorded[] = [];
  let next = 0;
  for (const recorded of events) {
    for (let mark = later[next]; mark !== undefined && mark.at_ms < recorded.at_ms; mark = later[next]) {
      all.push(mark);
      next += 1;
    }
    all.push(recorded);
  }
  return [...all, ...later.slice(next)];
}

function isOfKeeping({ stream }: Recorded): boolean {
  return stream.startsWith("keeping:");
}

/** R35: one's own, and for officers every one that was set afterwards; whether they may at all says the hub. */
export function mayChange(mark: Pick<Marked, "by" | "isLive">, by: Actor): boolean {
  return !mark.isLive && (by.role === "officer" || by.account === mark.by.account);
}

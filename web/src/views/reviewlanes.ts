/** What the timeline of a recording shows, computed from its manifest and its events. Pure. */

import { clamp, type Span } from "../media/playhead";
import type { Manifest, ManifestGap, Recorded, Workspace } from "../types/wire";
import { controlOf, type ControlStretch } from "./controllanes";
import { inRows, type Stretch } from "./stretches";

/** An event on a lane. */
export interface Dot {
  at_ms: number;
  recorded: Recorded;
}

export type EventKind = "venue" | "control" | "board" | "marker" | "recording";

/** Somebody's turn: `venue` is whose. */
export interface Turn extends Stretch {
  venue: string;
}

/** `venue` is empty where nothing at all was recorded, else whose source is missing. */
export interface Missing extends Stretch {
  venue: string;
}

export interface Lanes {
  recorded: Stretch[];
  gaps: Missing[];
  speech: Turn[];
  control: ControlStretch[];
  /** From the call to its answer, or to the end of its ringing. */
  rings: Turn[];
  dots: Record<EventKind, Dot[]>;
  /** 指示: when each instruction was written down. */
  instructions: Dot[];
  /** Short names by venue, and of the boards' units. */
  names: ReadonlyMap<string, string>;
}

/** Stretches of speech closer than this are one turn. */
const BREATH_MS = 1_500;

/** From the first second to the last; a recording that still runs ends at its last event. */
export function spanOf(manifest: Manifest, events: readonly Recorded[]): Span {
  const last = Math.max(
    manifest.started_ms + 1_000,
    ...events.map((recorded) => recorded.at_ms),
    ...manifest.tracks.map((track) => track.ended_ms ?? 0),
  );
  return { from_ms: manifest.started_ms, to_ms: manifest.stopped_ms ?? last };
}

/** Speech has its own lane; a venue that is added is called in the same breath; the rest is nobody's question. */
const SILENT: ReadonlySet<string> = new Set([
  "venue.spoke",
  "venue.added",
  "venue.devices",
  "venue.alerted",
  "carousel.turned",
  "recording.ready",
  "recording.viewed",
  "board.opened",
  "item.hidden",
  "track.delivered",
]);

/** 会控: what the chair has done, and what was asked of it. */
const CONTROL = ["chair.", "floor.", "broadcast.", "carousel.", "picture.", "rollcall.", "presentation.", "session.locked", "session.end_planned"];

/** Of what is recorded a track is a file, of what is asked of units it is how far one has come. */
const FILES: ReadonlySet<string> = new Set(["track.opened", "track.sealed", "track.recovered", "track.failed"]);
const BOARDS = ["item.", "board.", "workspace.", "track.", "extension."];

/** The events a person asks for; devices, sources and files are the hub's own book-keeping. */
export function kindOf(recorded: Recorded): EventKind | null {
  const { type } = recorded.event;
  if (SILENT.has(type)) return null;
  if (type === "marker.set") return "marker";
  if (CONTROL.some((prefix) => type.startsWith(prefix))) return "control";
  if (type.startsWith("venue.") || type.startsWith("call.") || type.startsWith("session.")) return "venue";
  if (FILES.has(type)) return type === "track.failed" || type === "track.recovered" ? "recording" : null;
  if (type.startsWith("gap.")) return "recording";
  if (BOARDS.some((prefix) => type.startsWith(prefix))) return "board";
  return type.startsWith("recording.") ? "recording" : null;
}

export function lanesOf(
  manifest: Manifest,
  events: readonly Recorded[],
  span: Span,
  reasonOf: (gap: ManifestGap) => string,
  boards: Workspace,
): Lanes {
  const dots: Lanes["dots"] = { venue: [], control: [], board: [], marker: [], recording: [] };
  for (const recorded of events) {
    const kind = kindOf(recorded);
    if (kind !== null) dots[kind].push({ at_ms: clamp(recorded.at_ms, span), recorded });
  }
  const inside = (from_ms: number, to_ms: number | null, label: string): Stretch => ({
    from_ms: clamp(from_ms, span),
    to_ms: clamp(to_ms ?? span.to_ms, span),
    label,
    row: 0,
  });
  const tracks = manifest.tracks.map((track) => inside(track.started_ms, track.ended_ms, ""));
  const venues = new Map(manifest.tracks.map(({ track_id, venue }) => [track_id, venue]));
  const missing = manifest.gaps.map((gap) => {
    const label = gap.note === "" ? reasonOf(gap) : `${reasonOf(gap)} ${gap.note}`;
    const venue = gap.venue === "" ? (venues.get(gap.track_id) ?? "") : gap.venue;
    return { ...inside(gap.from_ms, gap.to_ms, label), venue };
  });
  const gaps = asCounted(missing);
  const names = namesIn(manifest, events, boards);
  const nameOf = (venue: string): string => names.get(venue) ?? venue;
  const control = controlOf(events, span, nameOf);
  const speech = speechOf(events, span, nameOf);
  const rings = ringsOf(events, span, nameOf);
  const instructions = instructionsIn(boards, events, dots.board);
  return { recorded: united(tracks), gaps, speech, control, rings, dots, instructions, names };
}

/** Camera and microphone that were missing for one reason at one time are one gap, as a person counts them. */
function asCounted(missing: readonly Missing[]): Missing[] {
  const alike = new Map<string, Missing[]>();
  for (const gap of missing) {
    const key = `${gap.venue} ${gap.label}`;
    alike.set(key, [...(alike.get(key) ?? []), gap]);
  }
  return [...alike.values()].flatMap((gaps) => united(gaps)).sort((a, b) => a.from_ms - b.from_ms);
}

function instructionsIn(boards: Workspace, events: readonly Recorded[], dots: readonly Dot[]): Dot[] {
  const kinds = new Map(Object.values(boards.boards).map(({ board_id, kind }) => [board_id, kind]));
  for (const { event } of events) if (event.type === "board.opened") kinds.set(event.board_id, event.kind);
  return dots.filter(({ recorded: { event } }) => {
    if (event.type === "item.added") return kinds.get(event.board_id) === "instruction";
    return event.type === "item.shown" && kinds.get(event.item.board_id) === "instruction";
  });
}

/** Overlapping stretches as one. */
export function united<S extends Stretch>(stretches: readonly S[]): S[] {
  const whole: S[] = [];
  for (const next of [...stretches].sort((a, b) => a.from_ms - b.from_ms)) {
    const last = whole.at(-1);
    if (last !== undefined && next.from_ms <= last.to_ms) last.to_ms = Math.max(last.to_ms, next.to_ms);
    else whole.push({ ...next });
  }
  return whole;
}

/** The short names as they were then; a venue of which there is only a track has the name of that. */
export function namesIn(manifest: Manifest, events: readonly Recorded[], boards?: Workspace): Map<string, string> {
  const units = Object.values(boards?.units ?? {}).map(({ seat, short_name }) => [seat, short_name] as const);
  const names = new Map([...units, ...manifest.tracks.map((track) => [track.venue, track.venue_name] as const)]);
  for (const { event } of events) {
    if (event.type === "venue.added" || event.type === "venue.renamed") names.set(event.venue, event.short_name);
    if (event.type === "workspace.units_added") for (const unit of event.units) names.set(unit.seat, unit.short_name);
  }
  return names;
}

function speechOf(events: readonly Recorded[], span: Span, nameOf: (venue: string) => string): Turn[] {
  const turns = new Map<string, Turn[]>();
  for (const { event } of events) {
    if (event.type !== "venue.spoke") continue;
    const { venue } = event;
    const own = turns.get(venue) ?? [];
    turns.set(venue, own);
    const last = own.at(-1);
    const from_ms = clamp(event.from_ms, span);
    const to_ms = clamp(event.to_ms, span);
    if (last !== undefined && from_ms - last.to_ms < BREATH_MS) last.to_ms = Math.max(last.to_ms, to_ms);
    else own.push({ from_ms, to_ms, label: nameOf(venue), row: 0, venue });
  }
  return inRows([...turns.values()].flat());
}

const ANSWERS: ReadonlySet<string> = new Set(["venue.answered", "venue.declined", "venue.missed", "venue.joined", "venue.left"]);

function ringsOf(events: readonly Recorded[], span: Span, nameOf: (venue: string) => string): Turn[] {
  const ringing = new Map<string, number>();
  const rings: Turn[] = [];
  for (const { event, at_ms } of events) {
    if (event.type === "venue.called") ringing.set(event.venue, at_ms);
    if (!ANSWERS.has(event.type) || !("venue" in event) || typeof event.venue !== "string") continue;
    const from_ms = ringing.get(event.venue);
    if (from_ms === undefined) continue;
    ringing.delete(event.venue);
    const label = nameOf(event.venue);
    rings.push({ from_ms: clamp(from_ms, span), to_ms: clamp(at_ms, span), label, row: 0, venue: event.venue });
  }
  return inRows(rings);
}

/** How many events lie at or before the playhead: the events must be in order of time. */
export function countUntil(events: readonly { at_ms: number }[], at_ms: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.at_ms ?? Infinity) <= at_ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The neighbouring event of the playhead; a little slack, so that 上一事件 twice goes two back. */
export function neighbour(events: readonly Dot[], at_ms: number, step: -1 | 1): Dot | null {
  if (step === 1) return events[countUntil(events, at_ms)] ?? null;
  return events[countUntil(events, at_ms - 1_000) - 1] ?? null;
}

/** The gap that explains why a venue has nothing at this moment. */
export function gapAt(manifest: Manifest, venue: string, at_ms: number): ManifestGap | null {
  const tracks = new Set(manifest.tracks.filter((track) => track.venue === venue).map((track) => track.track_id));
  const covers = (gap: ManifestGap): boolean => gap.from_ms <= at_ms && (gap.to_ms === null || at_ms < gap.to_ms);
  return manifest.gaps.find((gap) => covers(gap) && (gap.track_id === "" || tracks.has(gap.track_id))) ?? null;
}

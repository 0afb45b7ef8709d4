/** An event of a workspace as one line of its timeline: of which kind, how weighty, which words. Pure. */
import { textOf } from "../state/workspace";
import type { Key } from "../ui/i18n";
import type { BoardKind, DomainEvent, Item, Progress, Recorded, Workspace } from "../types/wire";

export type LineKind = "header" | "session" | "note" | BoardKind;

/** `weight`: key things are found with one tick; noise is shown only when somebody asks for it. */
export interface Line {
  readonly recorded: Happened;
  readonly kind: LineKind;
  readonly weight: "key" | "plain" | "noise";
  readonly key: SaidKey;
  /** Words for the text; those in `coded` are still codes of the table of kinds or of a locale. */
  readonly params: Readonly<Record<string, string | number>>;
  /** When it was, which for a line by hand is not when it was written. */
  readonly when_ms: number;
  readonly item: Item | null;
  readonly seats: readonly string[];
}

export type SaidKey = Extract<Key, `timeline.${string}`> | Extract<Key, `said.${string}`>;

type Told = Pick<Line, "kind" | "weight" | "key"> & { readonly params?: Line["params"]; readonly when_ms?: number };

/** Kinds of which a new item is a key thing by itself. */
const WEIGHTY: ReadonlySet<BoardKind> = new Set(["report", "instruction", "warning"]);
/** Progress that says only that a page was open. */
const SILENT = new Set(["delivered", "read"]);

/** Null for what is not for this viewer, and for events of the sessions held on it (eventwords has those). */
export function lineOf(recorded: Happened, ws: Workspace, say: Sayer): Line | null {
  const { event } = recorded;
  const item = itemOf(event, ws);
  const told = ofHeader(recorded, ws, say) ?? ofItem(recorded, item, ws, say) ?? ofTrack(recorded, item, ws, say);
  if (told === null) return null;
  return {
    recorded,
    kind: told.kind,
    weight: told.weight,
    key: told.key,
    params: told.params ?? {},
    when_ms: told.when_ms ?? recorded.at_ms,
    item,
    seats: seatsOf(recorded),
  };
}

/** Words that depend on the language: the caller has them. */
export interface Sayer {
  readonly level: (level: string) => string;
  readonly response: (response: string) => string;
  readonly status: (status: string) => string;
  readonly fields: (names: readonly string[]) => string;
  readonly deadline: (name: string) => string;
  readonly counts: (event: Extract<DomainEvent, { type: "workspace.casualties_recorded" }>) => string;
  readonly units: (seats: readonly string[]) => string;
  readonly state: (kind: BoardKind, state: string) => string;
  readonly itemFields: (kind: BoardKind, names: readonly string[]) => string;
  readonly progress: (kind: BoardKind, state: Progress) => string;
  readonly time: (ms: number) => string;
}

function itemOf(event: DomainEvent, ws: Workspace): Item | null {
  if (event.type === "item.shown") return event.item;
  return "item_id" in event ? (ws.items[event.item_id] ?? null) : null;
}

function seatsOf({ event, actor }: Happened): string[] {
  const own = actor.seat === null ? [] : [actor.seat];
  switch (event.type) {
    case "workspace.units_added":
    case "item.added":
    case "item.assigned":
      return [...own, ...event.units.map(({ seat }) => seat)];
    case "track.delivered":
    case "track.urged":
    case "track.escalated":
      return [...own, ...event.seats];
    case "workspace.unit_removed":
    case "track.moved":
    case "track.phoned":
    case "extension.asked":
    case "extension.answered":
      return [...own, event.seat];
    default:
      return own;
  }
}

// --- the incident itself ----------------------------------------------------------------------------

function ofHeader(recorded: Happened, ws: Workspace, say: Sayer): Told | null {
  const { event, at_ms } = recorded;
  const head = { kind: "header", weight: "key" } as const;
  switch (event.type) {
    case "workspace.opened":
      return { ...head, key: "timeline.opened", params: { title: event.header.title, level: say.level(event.level) } };
    case "workspace.edited":
      return { ...head, weight: "plain", key: "timeline.edited", params: { fields: say.fields(changed(event.changes)) } };
    case "workspace.level_changed": {
      const { level, response, reason } = event;
      return { ...head, key: "timeline.level", params: { level: say.level(level), response: say.response(response), reason } };
    }
    case "workspace.casualties_recorded": {
      const { as_of_ms, source } = event.entry;
      return { ...head, key: "timeline.casualties", params: { counts: say.counts(event), time: say.time(as_of_ms), source } };
    }
    case "workspace.units_added":
      return { ...head, weight: "plain", key: "timeline.units_added", params: { units: say.units(event.units.map(({ seat }) => seat)) } };
    case "workspace.unit_removed":
      return { ...head, weight: "plain", key: "timeline.unit_removed", params: { units: say.units([event.seat]) } };
    case "workspace.status_changed": {
      const key = event.reason === "" ? "timeline.status" : "timeline.status_why";
      return { ...head, key, params: { status: say.status(event.status), reason: event.reason } };
    }
    case "workspace.deadlines_set":
      return { ...head, weight: "noise", key: "timeline.deadlines_set", params: { deadlines: dues(event.deadlines, say) } };
    case "workspace.deadline_met": {
      const late = event.late_min !== null;
      const params = { deadline: say.deadline(event.name), n: event.late_min ?? 0 };
      return { ...head, weight: late ? "key" : "noise", key: late ? "timeline.met_late" : "timeline.met", params };
    }
    case "workspace.first_reported":
      return { ...head, weight: "noise", key: "timeline.first_reported" };
    case "board.opened": // those that came with the incident say nothing that its opening has not said
      return { kind: event.kind, weight: at_ms === ws.opened_ms ? "noise" : "plain", key: "timeline.board_opened", params: { title: event.title } };
    case "workspace.session_linked":
      return { kind: "session", weight: "key", key: "timeline.session", params: { title: event.title } };
    case "workspace.noted":
      return { kind: "note", weight: "key", key: "timeline.noted", params: { text: event.text }, when_ms: event.when_ms };
    case "board.closed":
      return { kind: "session", weight: "plain", key: "timeline.boards_closed" };
    default:
      return null;
  }
}

function changed(changes: object): string[] {
  return Object.entries(changes).flatMap(([name, value]) => (value === null || value === undefined ? [] : [name]));
}

function dues(deadlines: readonly { readonly name: string; readonly due_ms: number }[], say: Sayer): string {
  return deadlines.map(({ name, due_ms }) => `${say.deadline(name)} ${say.time(due_ms)}`).join("，");
}

// --- items ------------------------------------------------------------------------------------------

function ofItem({ event }: Happened, item: Item | null, ws: Workspace, say: Sayer): Told | null {
  const kind = item === null ? null : (ws.boards[item.board_id]?.kind ?? null);
  if (item === null || kind === null) return null;
  const text = textOf(item);
  const plain = { kind, weight: "plain" } as const;
  switch (event.type) {
    case "item.added": {
      const params = { text: event.fields["text"] ?? text, units: say.units(event.units.map(({ seat }) => seat)) };
      const key = event.units.length > 0 ? "timeline.added_for" : "timeline.added";
      return { kind, weight: WEIGHTY.has(kind) && event.state !== "draft" ? "key" : "plain", key, params };
    }
    case "item.shown":
      return { ...plain, key: "timeline.shown", params: { text } };
    case "item.edited":
      return { ...plain, key: "timeline.item_edited", params: { text, fields: say.itemFields(kind, Object.keys(event.changes)) } };
    case "item.moved":
      return { ...plain, weight: "noise", key: "timeline.moved", params: { text } };
    case "item.pinned":
      return { ...plain, weight: "noise", key: event.pinned ? "timeline.pinned" : "timeline.unpinned", params: { text } };
    case "item.on_wall":
      return { ...plain, weight: "noise", key: event.on_wall ? "timeline.on_wall" : "timeline.off_wall", params: { text } };
    case "item.shared":
      return { ...plain, weight: "noise", key: "timeline.shared", params: { text } };
    case "item.state_changed": {
      const params = { text, state: say.state(kind, event.state), reason: event.reason };
      return { kind, weight: isEnd(event.state) ? "key" : "plain", key: event.reason === "" ? "timeline.state" : "timeline.state_why", params };
    }
    case "item.voided":
      return { ...plain, weight: "key", key: "timeline.voided", params: { text, reason: event.reason } };
    case "item.assigned":
      return { ...plain, key: "timeline.assigned", params: { text, units: say.units(event.units.map(({ seat }) => seat)) } };
    case "item.annotated":
      return { ...plain, key: "timeline.annotated", params: { text, note: event.text } };
    case "item.attached":
      return { ...plain, key: "timeline.attached", params: { text, name: event.attachment.name } };
    default:
      return null;
  }
}

/** Steps that whoever comes on shift must know: published, closed, cleared, submitted, done. */
const ENDS = new Set(["published", "closed", "cleared", "submitted", "adopted", "lifted", "revoked", "done", "blocked", "supervised"]);
const isEnd = (state: string): boolean => ENDS.has(state);

// --- tracks -----------------------------------------------------------------------------------------

function ofTrack({ event, actor }: Happened, item: Item | null, ws: Workspace, say: Sayer): Told | null {
  const kind = item === null ? null : (ws.boards[item.board_id]?.kind ?? null);
  if (item === null || kind === null) return null;
  const text = textOf(item);
  const plain = { kind, weight: "plain" } as const;
  switch (event.type) {
    case "track.delivered":
      return { ...plain, weight: "noise", key: "timeline.delivered", params: { text, units: say.units(event.seats) } };
    case "track.moved": {
      const params = { text, unit: say.units([event.seat]), state: say.progress(kind, event.state), answer: event.text };
      const key = event.text === "" ? "timeline.track" : "timeline.track_said";
      return { ...plain, weight: SILENT.has(event.state) ? "noise" : "plain", key, params };
    }
    case "track.urged": // by the hub every few minutes: how often stands on the track
      return { ...plain, weight: actor.role === "hub" ? "noise" : "plain", key: "timeline.urged", params: { text, units: say.units(event.seats) } };
    case "track.escalated":
      return { ...plain, weight: "key", key: "timeline.escalated", params: { text, units: say.units(event.seats) } };
    case "track.phoned": {
      const key = event.reached ? "timeline.phoned" : "timeline.not_phoned";
      return { ...plain, key, params: { text, unit: say.units([event.seat]), note: event.note } };
    }
    case "extension.asked":
      return { ...plain, key: "timeline.extension", params: { text, unit: say.units([event.seat]), time: say.time(event.due_ms), reason: event.reason } };
    case "extension.answered": {
      const key = event.granted ? "timeline.granted" : "timeline.not_granted";
      return { ...plain, key, params: { text, unit: say.units([event.seat]) } };
    }
    default:
      return null;
  }
}

// --- filters ----------------------------------------------------------------------------------------

export interface Filter {
  readonly kind: LineKind | "";
  readonly seat: string;
  readonly onlyKey: boolean;
  readonly withNoise: boolean;
  readonly words: string;
}

export const EVERYTHING: Filter = { kind: "", seat: "", onlyKey: false, withNoise: false, words: "" };

/** `text` is the line as it is read. */
export function fits(line: Line, text: string, filter: Filter): boolean {
  if (filter.onlyKey && line.weight !== "key") return false;
  if (!filter.withNoise && line.weight === "noise") return false;
  if (filter.kind !== "" && line.kind !== filter.kind) return false;
  if (filter.seat !== "" && !line.seats.includes(filter.seat)) return false;
  const words = filter.words.trim().toLowerCase();
  return words === "" || `${text} ${line.recorded.actor.person} ${line.recorded.actor.seat_name ?? ""}`.toLowerCase().includes(words);
}

export type Happened = Omit<Recorded, "op">;

/** Pages and live events may overlap: each once, the newest first by when it was written. */
export function merged(...lists: readonly (readonly Happened[])[]): Happened[] {
  const known = new Map<string, Happened>();
  for (const one of lists.flat()) known.set(`${one.stream} ${one.seq}`, one);
  return [...known.values()].sort((a, b) => b.at_ms - a.at_ms || b.seq - a.seq);
}

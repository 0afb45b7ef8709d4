/** An item of a board: the same fold as hub/domain/workspace_fold.py, and who may do what with it. Pure. */
import { COMMON, KINDS, type Field, type Kind, type Move, type StateOf } from "../types/kinds";
import type { Actor, Board, BoardKind, Item, ItemAdd, Recorded, Unit, Workspace } from "../types/wire";
import * as tracks from "./tracks";

export const TEXT_MAX = 2000;
export const LINE_MAX = 120;
export const LONG_MAX = 8000;
/** So long a unit takes its own item back by itself; later the duty office does. */
export const OWN_VOID_MS = 10 * 60_000;

/** Kinds whose items stand as they are once they have come to an end: they are evidence. */
const FROZEN: readonly BoardKind[] = ["report", "instruction", "hazard", "opinion"];
const ONE_A_UNIT: readonly BoardKind[] = ["duty", "opinion"];

// --- the table ------------------------------------------------------------------------------------

/** All fields of an item of `kind`, those that every kind has first. */
export function fieldsOf(kind: BoardKind): Field[] {
  return [...COMMON, ...KINDS[kind].fields];
}

export function fieldOf(kind: BoardKind, name: string): Field | undefined {
  return COMMON.find((field) => field.name === name) ?? KINDS[kind].fields.find((field) => field.name === name);
}

/** The field's value, or its initial one: the first choice, else nothing. */
export function valueOf(kind: BoardKind, item: Item, name: string): string {
  return item.fields[name] ?? fieldOf(kind, name)?.choices[0]?.value ?? "";
}

export function textOf(item: Item): string {
  return item.fields.text ?? "";
}

/** A field of times as hub milliseconds; null while it is empty. */
export function timeOf(item: Item, name: string): number | null {
  const value = item.fields[name] ?? "";
  return value === "" ? null : Number(value);
}

export function kindOf(ws: Workspace, item: Item): BoardKind {
  return ws.boards[item.board_id]?.kind ?? "situation";
}

export function stateOf(ws: Workspace, item: Item): StateOf | undefined {
  return KINDS[kindOf(ws, item)].states.find(({ value }) => value === item.state);
}

/** 待核实: the required elements of a report that nobody has filled in yet, by name. */
export function missingElements(item: Item, kind: BoardKind = "report"): string[] {
  const elements = fieldsOf(kind).filter((field) => field.element);
  return elements.map(({ name }) => name).filter((name) => (item.fields[name] ?? "") === "");
}

/** Items as they stand on the board; `item_id` breaks a tie so that all screens agree. */
export function inOrder(ws: Workspace, boardId: string): Item[] {
  const items = Object.values(ws.items).filter((item) => item.board_id === boardId);
  return items.sort((a, b) => compare(a.rank, b.rank) || compare(a.item_id, b.item_id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// --- who may --------------------------------------------------------------------------------------

export function isOfficer(by: Actor): boolean {
  return by.role === "officer";
}

/** Officers speak for the duty office, whichever of its seats wrote the item. */
export function isAuthor(item: Item, by: Actor): boolean {
  const { author } = item;
  if (isOfficer(by) && (author.role === "officer" || author.role === "hub")) return true;
  return by.seat !== null && author.seat === by.seat;
}

/** B2: units write on boards that are for units. */
export function mayAdd(ws: Workspace, board: Board, by: Actor): boolean {
  if (ws.closed_ms !== null || by.seat === null) return false;
  if (isOfficer(by)) return true;
  const takesPart = ws.nature === "session" || by.seat in ws.units;
  return by.role === "seat" && KINDS[board.kind].units_add && takesPart;
}

/** B2: whom something is asked of is for the office; a department may issue a warning as well. */
export function mayAsk(ws: Workspace, board: Board, by: Actor): boolean {
  if (!KINDS[board.kind].tracked || !mayAdd(ws, board, by)) return false;
  const level = ws.units[by.seat ?? ""]?.level ?? "";
  return isOfficer(by) || (board.kind === "warning" && level !== "city" && level !== "county");
}

/** B2: a unit's words are its own. */
export function mayWrite(item: Item, field: Field, by: Actor): boolean {
  if (item.voided !== null || by.seat === null) return false;
  switch (field.writer) {
    case "secret":
      return isOfficer(by);
    case "office":
      return isOfficer(by) || isAuthor(item, by);
    case "assignee":
      return isAuthor(item, by) || by.seat in item.tracks;
    case "once":
      return isAuthor(item, by) && (item.fields[field.name] ?? "") === "";
    case "author":
      return isAuthor(item, by);
  }
}

/** Fields of an item that `by` may change now; none of one that has come to its end, or of a closed workspace. */
export function writable(ws: Workspace, item: Item, by: Actor): Field[] {
  if (ws.closed_ms !== null) return [];
  const stands = isFrozen(ws, item, by); // but not what the office proposes about it
  const fields = fieldsOf(kindOf(ws, item)).filter((field) => mayWrite(item, field, by));
  return fields.filter(({ writer }) => !stands || writer === "secret");
}

/** B10: its words stand. It has come to an end and is evidence, or it was published by others, or it was voided. */
export function isFrozen(ws: Workspace, item: Item, by?: Actor): boolean {
  if (item.voided !== null) return true;
  const kind = kindOf(ws, item);
  const stands = FROZEN.includes(kind) || (kind === "keyevent" && by !== undefined && !isOfficer(by));
  return stands && stateOf(ws, item)?.final === true;
}

/** To put it in another place: its author and the office. */
export function mayArrange(ws: Workspace, item: Item, by: Actor): boolean {
  return ws.closed_ms === null && item.voided === null && (isOfficer(by) || isAuthor(item, by));
}

export function mayVoid(ws: Workspace, item: Item, by: Actor, now_ms: number): boolean {
  if (!mayArrange(ws, item, by)) return false;
  return isOfficer(by) || now_ms - item.created_ms <= OWN_VOID_MS;
}

/** B11: the steps that `by` may take now, in the order of the table. */
export function movesFor(ws: Workspace, item: Item, by: Actor): Move[] {
  if (ws.closed_ms !== null || item.voided !== null || by.seat === null) return [];
  const kind: Kind = KINDS[kindOf(ws, item)];
  return kind.moves.filter((move) => move.sources.includes(item.state) && mayMove(item, move, by));
}

function mayMove(item: Item, { who }: Move, by: Actor): boolean {
  return who.some((one) => {
    switch (one) {
      case "office":
        return isOfficer(by);
      case "author":
        return isAuthor(item, by);
      case "assignee":
        return by.seat !== null && by.seat in item.tracks;
      case "second": // B12: neither who was to do it nor who says it is done may clear it
        return by.seat !== null && by.seat !== item.done_by && !(by.seat in item.tracks);
    }
  });
}

/** B9: the one row of this unit, on the duty board and, for each session, on that of opinions. */
export function ownRow(ws: Workspace, board: Board, by: Actor, sessionId: string | null = null): Item | null {
  if (!ONE_A_UNIT.includes(board.kind)) return null;
  const rows = inOrder(ws, board.board_id).filter((item) => {
    const isOpinion = board.kind !== "opinion" || valueOf("opinion", item, "role") === "opinion";
    return isOpinion && item.voided === null && item.author.seat === by.seat && item.session_id === sessionId;
  });
  return rows[0] ?? null;
}

// --- what waits -----------------------------------------------------------------------------------

/** Something is still expected of it. */
export function isOpen(ws: Workspace, item: Item): boolean {
  return item.voided === null && stateOf(ws, item)?.final !== true;
}

/** Kinds whose open items are work that is to be done; a fact on the situation board is none (hub/domain/waiting.py). */
const COUNTED: readonly BoardKind[] = ["report", "instruction", "warning", "hazard", "task", "check", "keyevent"];

export function isCounted(kind: BoardKind): boolean {
  return COUNTED.includes(kind);
}

/** A report is late, not overdue: its time is stamped when it comes (D2). Where units are asked, theirs count. */
export function isOverdue(ws: Workspace, item: Item, now_ms: number): boolean {
  const kind = kindOf(ws, item);
  if (!isOpen(ws, item) || !isCounted(kind) || kind === "report") return false;
  const asked = Object.values(item.tracks);
  if (asked.length > 0) return asked.some((track) => tracks.isTrackOverdue(item, track, now_ms));
  return item.due_ms !== null && now_ms > item.due_ms;
}

export interface Counts {
  readonly all: number;
  readonly open: number;
  readonly overdue: number;
}

/** What stands beside a board's name. */
export function countsOf(ws: Workspace, boardId: string, now_ms: number): Counts {
  const items = Object.values(ws.items).filter((item) => item.board_id === boardId && item.voided === null);
  return {
    all: items.length,
    open: items.filter((item) => isCounted(kindOf(ws, item)) && isOpen(ws, item)).length,
    overdue: items.filter((item) => isOverdue(ws, item, now_ms)).length,
  };
}

export interface Silent {
  readonly unit: Unit;
  readonly items: readonly Item[];
  /** Of what waits longest. */
  readonly since_ms: number;
}

/** Units that have not signed for something they were sent, the longest silent first. */
export function silentUnits(ws: Workspace): Silent[] {
  const found = new Map<string, Silent>();
  for (const item of Object.values(ws.items)) {
    if (!isOpen(ws, item)) continue;
    for (const track of Object.values(item.tracks)) {
      if (!tracks.isUnanswered(track)) continue;
      const { unit } = track;
      const known = found.get(unit.seat) ?? { unit, items: [], since_ms: Infinity };
      const since_ms = Math.min(known.since_ms, item.created_ms);
      found.set(unit.seat, { unit, items: [...known.items, item], since_ms });
    }
  }
  return [...found.values()].sort((a, b) => a.since_ms - b.since_ms);
}

// --- the fold -------------------------------------------------------------------------------------

type Added = Extract<Recorded["event"], { type: "item.added" }>;

/** Exactly what the hub's fold makes of it; `board_id` is empty in an older log, where a board was alone. */
export function added(ws: Workspace, event: Added, author: Actor, at_ms: number): Item {
  const { type: _, units, ...named } = event;
  return {
    ...named,
    board_id: event.board_id || (Object.keys(ws.boards)[0] ?? ""),
    author,
    created_ms: at_ms,
    state_ms: at_ms,
    reason: "",
    done_by: null,
    tracks: Object.fromEntries(units.map((unit) => [unit.seat, tracks.begun(unit, at_ms)])),
    attachments: [],
    notes: [],
    on_wall: false,
    version: 1,
    fields_at: {},
    edited_by: null,
    edited_ms: null,
    voided: null,
  };
}

/** An item as it will probably be once the hub has taken it. */
export function draft(ws: Workspace, wish: Omit<ItemAdd, "op">, author: Actor, made_ms: number): Item {
  const { item_id, board_id, fields, shared = [], state = null, chain = null, pinned = false, session_id = null } = wish;
  const kind = KINDS[ws.boards[board_id]?.kind ?? "situation"];
  const units = (wish.units ?? []).map((seat) => ws.units[seat] ?? { seat, name: seat, short_name: seat, level: "" });
  const event: Added = {
    type: "item.added",
    item_id,
    board_id,
    rank: "",
    fields,
    state: state ?? kind.states[0]?.value ?? "",
    reach: wish.reach ?? kind.reach,
    units,
    shared,
    chain,
    number: null,
    pinned,
    session_id,
    media_ms: null,
    due_ms: (fields.due ?? "") === "" ? null : Number(fields.due),
    late_min: null,
  };
  return added(ws, event, author, made_ms);
}

/** One event of one item. */
export function apply(item: Item, recorded: Recorded): Item {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "item.edited": {
      const fields_at = { ...item.fields_at };
      for (const name of Object.keys(event.changes)) fields_at[name] = event.version;
      const due = event.changes.due ?? "";
      return {
        ...item,
        fields: { ...item.fields, ...event.changes },
        version: event.version,
        fields_at,
        due_ms: item.due_ms === null && due !== "" ? Number(due) : item.due_ms,
        edited_by: event.office ? item.edited_by : actor,
        edited_ms: event.office ? item.edited_ms : at_ms,
      };
    }
    case "item.moved":
      return { ...item, rank: event.rank };
    case "item.state_changed":
      return {
        ...item,
        state: event.state,
        state_ms: at_ms,
        reason: event.reason,
        done_by: event.move === "report" ? actor.seat : item.done_by,
        reach: event.reach ?? item.reach,
        number: event.number ?? item.number,
        due_ms: event.due_ms ?? item.due_ms,
        late_min: event.late_min ?? item.late_min,
      };
    case "item.voided":
      return { ...item, voided: { actor, at_ms, reason: event.reason } };
    case "item.pinned":
      return { ...item, pinned: event.pinned };
    case "item.on_wall":
      return { ...item, on_wall: event.on_wall };
    case "item.shared":
      return { ...item, reach: event.reach, shared: event.shared };
    case "item.assigned": {
      const fresh = event.units.map((unit) => [unit.seat, tracks.begun(unit, at_ms)]);
      return { ...item, tracks: { ...item.tracks, ...Object.fromEntries(fresh) } };
    }
    case "item.annotated": {
      const { text, office, private: only } = event;
      return { ...item, notes: [...item.notes, { text, actor, at_ms, office, private: only }] };
    }
    case "item.attached": {
      const { attachment, private: only } = event;
      return { ...item, attachments: [...item.attachments, { attachment, actor, at_ms, private: only }] };
    }
    case "track.delivered":
      return tracks.changed(item, event.seats, (track) => tracks.reached(track, "delivered", at_ms));
    case "track.urged":
      return tracks.changed(item, event.seats, (track) => ({ ...track, urged: [...track.urged, at_ms] }));
    case "track.escalated":
      return tracks.changed(item, event.seats, (track) => ({ ...track, escalated_ms: at_ms }));
    case "track.moved":
    case "track.phoned":
    case "extension.asked":
    case "extension.answered":
      return tracks.changed(item, [event.seat], (track) => tracks.apply(track, recorded));
    default:
      return item;
  }
}

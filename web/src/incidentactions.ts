/** What one does with an incident and what hangs on its items; words go through the outbox (state/drafts). */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type {
  Attachment,
  BoardKind,
  Casualties,
  Done,
  EventLevel,
  Header,
  HeaderChanges,
  NewReport,
  Opened,
  Reach,
  Status,
} from "./types/wire";

// --- the incident ---------------------------------------------------------------------------------

export interface NewIncident {
  readonly header: Header;
  readonly level?: EventLevel;
  readonly status?: Status;
  readonly exercise?: boolean;
  /** Seats that take part. */
  readonly units?: readonly string[];
  /** Left out: the usual ones. */
  readonly boards?: readonly BoardKind[];
  readonly plan_id?: string | null;
  /** The telephone record or first report with which it is opened. */
  readonly report?: Readonly<Record<string, string>> | null;
}

export function openIncident(wish: NewIncident): Promise<Opened> {
  const { units = [], boards = [], report = null, ...rest } = wish;
  const first: NewReport | null = report === null ? null : { item_id: newId("i"), fields: { ...report } };
  return request("incident.open", { op: newId("o"), ...rest, units: [...units], boards: [...boards], report: first });
}

/** Throws `board.conflict` with both values when a field has moved on since `base_version`. */
export function editIncident(stream: string, base_version: number, changes: HeaderChanges): Promise<Done> {
  return request("incident.edit", { op: newId("o"), stream, base_version, changes });
}

/** The level of the event and of the response (应急响应; empty for none) to it. */
export function changeLevel(stream: string, level: EventLevel, response: string, reason: string): Promise<Done> {
  return request("incident.level", { op: newId("o"), stream, level, response, reason });
}

export function changeStatus(stream: string, status: Status, reason = ""): Promise<Done> {
  return request("incident.status", { op: newId("o"), stream, status, reason });
}

export function recordCasualties(stream: string, entry: Casualties): Promise<Done> {
  return request("incident.casualties", { op: newId("o"), stream, entry });
}

export function addUnits(stream: string, units: readonly string[]): Promise<Done> {
  return request("incident.units", { op: newId("o"), stream, units: [...units] });
}

export function removeUnit(stream: string, seat: string): Promise<Done> {
  return request("incident.remove_unit", { op: newId("o"), stream, seat });
}

export function openBoard(stream: string, kind: BoardKind, title: string): Promise<Done> {
  return request("incident.board", { op: newId("o"), stream, kind, title });
}

/** A line of the timeline by hand, at a time that may be past. */
export function noteEntry(stream: string, when_ms: number, text: string): Promise<Done> {
  return request("incident.note", { op: newId("o"), stream, when_ms, text });
}

// --- what hangs on an item ------------------------------------------------------------------------

/** 置顶 */
export function pinItem(stream: string, item_id: string, pinned: boolean): Promise<Done> {
  return request("item.pin", { op: newId("o"), stream, item_id, pinned });
}

/** 上墙 and 下墙 */
export function putOnWall(stream: string, item_id: string, on_wall: boolean): Promise<Done> {
  return request("item.wall", { op: newId("o"), stream, item_id, on_wall });
}

/** Its reach and the whole list of units it is shared with, anew. */
export function shareItem(stream: string, item_id: string, reach: Reach, shared: readonly string[]): Promise<Done> {
  return request("item.share", { op: newId("o"), stream, item_id, reach, shared: [...shared] });
}

/** 交办: more units are asked. */
export function assignItem(stream: string, item_id: string, units: readonly string[]): Promise<Done> {
  return request("item.assign", { op: newId("o"), stream, item_id, units: [...units] });
}

/** What was uploaded hangs on the item from now on. */
export function attachTo(stream: string, item_id: string, attachment: Attachment): Promise<Done> {
  return request("item.attach", { op: newId("o"), stream, item_id, attachment });
}

// --- the units' tracks ----------------------------------------------------------------------------

/** 催办 */
export function urge(stream: string, item_id: string, seats: readonly string[]): Promise<Done> {
  return request("track.urge", { op: newId("o"), stream, item_id, seats: [...seats] });
}

/** 电话叫应: what a call to a silent unit came to. */
export function notePhoned(stream: string, item_id: string, seat: string, reached: boolean, note = ""): Promise<Done> {
  return request("track.phone", { op: newId("o"), stream, item_id, seat, reached, note });
}

/** 申请延期, by the unit before its time has come. */
export function askExtension(
  stream: string,
  item_id: string,
  seat: string,
  due_ms: number,
  reason: string,
): Promise<Done> {
  return request("track.extend", { op: newId("o"), stream, item_id, seat, due_ms, reason });
}

export function answerExtension(stream: string, item_id: string, seat: string, granted: boolean): Promise<Done> {
  return request("track.answer_extension", { op: newId("o"), stream, item_id, seat, granted });
}

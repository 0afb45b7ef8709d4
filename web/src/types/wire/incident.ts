// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Attachment, Extension, Phoned, Progress } from "./item";
import type { BoardKind, Casualties, ClockName, Deadline, EventLevel, Header, HeaderChanges, IncidentCategory, MarkKind, Reach, Status } from "./workspace";

/** Open an incident with its boards; a seat that reports one gets it as a draft.
 * 
 * `units` are seat ids. With `plan_id` boards, tasks and units of the plan come besides. Without it,
 * `boards` empty: the usual ones. */
export interface IncidentOpen {
  op: string;
  header: Header;
  level?: EventLevel;
  status?: Status;
  exercise?: boolean;
  units?: string[];
  boards?: BoardKind[];
  plan_id?: string | null;
  report?: NewReport | null;
}

/** The report with which an incident is opened: a telephone record or a first report; what is known. */
export interface NewReport {
  item_id: string;
  fields: Record<string, string>;
}

export interface Opened {
  incident_id: string;
  stream: string;
}

/** Refused with `board.conflict` (both values in `detail`) when a field has moved on. */
export interface IncidentEdit {
  op: string;
  stream: string;
  base_version: number;
  changes: HeaderChanges;
}

export interface IncidentLevel {
  op: string;
  stream: string;
  level: EventLevel;
  response: string;
  reason: string;
}

export interface IncidentStatus {
  op: string;
  stream: string;
  status: Status;
  reason?: string;
}

export interface IncidentCasualties {
  op: string;
  stream: string;
  entry: Casualties;
}

/** These seats take part from now on. */
export interface IncidentUnits {
  op: string;
  stream: string;
  units: string[];
}

export interface IncidentRemoveUnit {
  op: string;
  stream: string;
  seat: string;
}

/** Open one more board. */
export interface IncidentBoard {
  op: string;
  stream: string;
  kind: BoardKind;
  title: string;
}

/** A line of the timeline by hand, at a time that may be past. */
export interface IncidentNote {
  op: string;
  stream: string;
  when_ms: number;
  text: string;
}

/** 漏报, 瞒报 or 谎报 of a unit; the duty office alone hears of it. `mark_id` is the page's. */
export interface IncidentMark {
  op: string;
  stream: string;
  mark_id: string;
  seat: string;
  mark: MarkKind;
  reason: string;
}

export interface IncidentRetractMark {
  op: string;
  stream: string;
  mark_id: string;
  reason: string;
}

/** Add an item at the end of a board. `item_id` is made by the page.
 * 
 * `units` (seat ids) are asked for something and get a track each; `shared` only see it. `reach` None:
 * as the kind of the board says. `session_id`: it is written during that session. */
export interface ItemAdd {
  op: string;
  stream: string;
  board_id: string;
  item_id: string;
  fields: Record<string, string>;
  units?: string[];
  shared?: string[];
  reach?: Reach | null;
  state?: string | null;
  chain?: string | null;
  pinned?: boolean;
  session_id?: string | null;
}

/** Refused with `board.conflict` (both texts in `detail`) when a field has moved on. */
export interface ItemEdit {
  op: string;
  stream: string;
  item_id: string;
  base_version: number;
  fields: Record<string, string>;
}

/** Put the item right behind `after`; to the top when that is None. */
export interface ItemMove {
  op: string;
  stream: string;
  item_id: string;
  after?: string | null;
}

/** `move`: one of the moves of its kind (submit, adopt, close, clear, …). */
export interface ItemChangeState {
  op: string;
  stream: string;
  item_id: string;
  move: string;
  reason?: string;
}

export interface ItemVoid {
  op: string;
  stream: string;
  item_id: string;
  reason: string;
}

export interface ItemPin {
  op: string;
  stream: string;
  item_id: string;
  pinned: boolean;
}

export interface ItemWall {
  op: string;
  stream: string;
  item_id: string;
  on_wall: boolean;
}

export interface ItemShare {
  op: string;
  stream: string;
  item_id: string;
  reach: Reach;
  shared: string[];
}

export interface ItemAssign {
  op: string;
  stream: string;
  item_id: string;
  units: string[];
}

export interface ItemAnnotate {
  op: string;
  stream: string;
  item_id: string;
  text: string;
  office?: boolean;
}

/** What was uploaded with POST /api/attachments hangs on the item from now on. */
export interface ItemAttach {
  op: string;
  stream: string;
  item_id: string;
  attachment: Attachment;
}

/** This page shows the item in full, or writes in it; None: it shows the board and no item (B15).
 * 
 * The first of a page is answered with all that others touch. Nothing of it is kept. */
export interface ItemTouch {
  stream: string;
  item_id?: string | null;
  editing?: boolean;
}

/** By the unit of this page: read, signed, working, replied; by the office: returned, confirmed. */
export interface TrackMove {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  state: Progress;
  text?: string;
}

export interface TrackUrge {
  op: string;
  stream: string;
  item_id: string;
  seats: string[];
}

/** 电话叫应. */
export interface TrackPhone {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  reached: boolean;
  note?: string;
}

/** By the unit, before its time has come. */
export interface TrackExtend {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  due_ms: number;
  reason: string;
}

export interface TrackAnswerExtension {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  granted: boolean;
}

/** All incidents that are not ended, newest first, for whoever takes part in them. */
export interface Incidents {
  incidents: IncidentSummary[];
}

/** One incident on the desk, as its viewer may know it.
 * 
 * `open` and `overdue` count what the viewer sees of the work that is to be done: reports, instructions,
 * warnings, hazards, tasks, checks, nominations. `silent`: short names of units that have not signed for
 * something they were sent. `next_due`: the earliest deadline of the incident that is not met.
 * `updated_ms` is told to ten seconds, so that lists do not move with every word. */
export interface IncidentSummary {
  incident_id: string;
  number: string;
  title: string;
  category: IncidentCategory;
  level: EventLevel;
  status: Status;
  exercise: boolean;
  place: string;
  opened_ms: number;
  updated_ms: number;
  next_due: Deadline | null;
  next_item_due_ms: number | null;
  open: number;
  overdue: number;
  silent: string[];
}

/** Everything that waits for this seat, what is due first at the top; empty when nothing does. */
export interface Inbox {
  rows: InboxRow[];
}

/** Something that is asked of this page's seat and waits: an instruction, a warning, a hazard, a task.
 * 
 * `fields`: of the item, as this seat sees it. `state`: what was sent has been delivered once it stands
 * here. `returned`: why the last answer came back. `since_ms`: of the state of the unit's track. */
export interface InboxRow {
  stream: string;
  session_id: string;
  incident_title: string;
  exercise: boolean;
  item_id: string;
  board_id: string;
  kind: BoardKind;
  fields: Record<string, string>;
  item_state: string;
  giver: string;
  state: Progress;
  since_ms: number;
  sent_ms: number;
  due_ms: number | null;
  urged: number;
  returned: string;
  extension: Extension | null;
}

/** 待办与超期, the most urgent first; 电话叫应名单, the longest waiting first; `left_out`: more. */
export interface Todos {
  rows: TodoRow[];
  phone: PhoneRow[];
  left_out: number;
}

/** One thing that waits. `units`: short names of those it waits for, or who asks, the longest first.
 * 
 * `session_id`: of the session whose own boards they are, else empty. `item_id` is None where the
 * incident itself is meant; `deadline` is named by `TodoKind.DEADLINE` alone. */
export interface TodoRow {
  kind: TodoKind;
  stream: string;
  session_id: string;
  incident_title: string;
  exercise: boolean;
  since_ms: number;
  text: string;
  item_id: string | null;
  board_id: string | null;
  board: BoardKind | null;
  units: string[];
  due_ms: number | null;
  deadline: ClockName | null;
}

/** 超期 · 将到期 · 报送时限 · 待签收 · 申请延期 · 待采用 · 待审核提名 · 待办结复核 · 单位上报待核实 */
export type TodoKind = "overdue" | "soon" | "deadline" | "unsigned" | "extension" | "adoption" | "nomination" | "review" | "draft";

/** 电话叫应: a unit that was silent for too long on one item; its numbers stand in the organisation. */
export interface PhoneRow {
  stream: string;
  session_id: string;
  incident_title: string;
  exercise: boolean;
  item_id: string;
  board_id: string;
  board: BoardKind;
  text: string;
  colour: string;
  seat: string;
  name: string;
  state: Progress;
  sent_ms: number;
  escalated_ms: number;
  urged: number;
  phoned: Phoned[];
}

/** Who touches these items now; of items not named nothing has changed, or with `full` nobody does. */
export interface Touching {
  stream: string;
  items: Record<string, Touch[]>;
  full: boolean;
}

/** Somebody has an item open, or writes in it; `since_ms` is when that began. */
export interface Touch {
  item_id: string;
  seat: string;
  seat_name: string;
  person: string;
  editing: boolean;
  since_ms: number;
}

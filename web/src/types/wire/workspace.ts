// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";
import type { Item, Unit } from "./item";
import type { SpeakMode } from "./session";

/** 自然灾害 · 事故灾难 · 公共卫生事件 · 社会安全事件 */
export type IncidentCategory = "natural" | "accident" | "health" | "security";

/** 特别重大 · 重大 · 较大 · 一般 */
export type EventLevel = "I" | "II" | "III" | "IV";

/** The eleven kinds of domain.md 3.3; their Chinese and English names stand in the table (kinds.py). */
export type BoardKind = "situation" | "report" | "instruction" | "warning" | "hazard" | "task" | "resource" | "duty" | "check" | "opinion" | "keyevent";

/** What an incident is. The time of its first report is stamped, the other two are written. */
export interface Header {
  title: string;
  category: IncidentCategory;
  place: string;
  lon: number | null;
  lat: number | null;
  occurred_ms: number | null;
  learned_ms: number | null;
  sensitive: boolean;
  summary: string;
}

/** 待核实 · 处置中 · 持续关注 · 已办结 · 作废 */
export type Status = "draft" | "active" | "monitoring" | "closed" | "void";

/** New values of some fields; None means untouched. */
export interface HeaderChanges {
  title?: string | null;
  category?: IncidentCategory | null;
  place?: string | null;
  lon?: number | null;
  lat?: number | null;
  occurred_ms?: number | null;
  learned_ms?: number | null;
  sensitive?: boolean | null;
  summary?: string | null;
}

/** 死亡 · 失联 · 受伤 · 被困, as of a time, by a source; none takes an earlier one's place. */
export interface Casualties {
  as_of_ms: number;
  source: string;
  dead: number | null;
  missing: number | null;
  injured: number | null;
  trapped: number | null;
  note: string;
}

/** 漏报 · 瞒报 · 谎报 */
export type MarkKind = "missed" | "concealed" | "falsified";

/** 本室 · 填报与承办单位 · 省直单位 · 全部参加单位: to whom an item goes (T8).
 * 
 * Its author, its assignees and the units it is shared with see it in any case, but for `office`. */
export type Reach = "office" | "unit" | "departments" | "all";

export interface WorkspaceOpened {
  type: "workspace.opened";
  workspace_id: string;
  nature: Nature;
  number: string;
  header: Header;
  level: EventLevel;
  status: Status;
  exercise: boolean;
  session_id: string;
  profile: Profile;
  plan: PlanRef | null;
  units: Unit[];
  call: string[];
  deadlines: Deadline[];
}

/** 事件专题 · 会商 · 日常值班 */
export type Nature = "incident" | "session" | "daily";

/** One office's limits. `followups`: minutes of the Beijing day; from `followup_from` level upwards.
 * 
 * `unread_s`: a unit that has not read goes on the telephone list. `unconfirmed_s`: that has not signed,
 * is urged, again every `urge_every_s` until it signs. `first_reply_min`: an answer is expected in so
 * many minutes from a unit that was warned. */
export interface Profile {
  name: string;
  zh: string;
  limits: Limit[];
  followups: number[];
  followup_from: EventLevel;
  unread_s: number;
  unconfirmed_s: number;
  urge_every_s: number;
  first_reply_min: number;
}

/** A report of an incident of `level` by `channel` within so many minutes. */
export interface Limit {
  level: EventLevel;
  channel: Channel;
  minutes: number;
  base: Base;
}

/** 电话报告 · 书面报告 */
export type Channel = "phone" | "written";

/** From when the minutes count: 事发时间 · 接报时间 */
export type Base = "occurred" | "learned";

/** The plan it was opened by, as it stood then: a later edit of the plan changes nothing here (I7).
 * 
 * `session_title` and `mode` are those of a session that is held on the incident (Q5). */
export interface PlanRef {
  plan_id: string;
  name: string;
  version: number;
  session_title: string;
  mode: SpeakMode;
}

/** 时限 of an incident. `met_ms`: when what it asks for came; from then on it never changes (D2). */
export interface Deadline {
  name: ClockName;
  due_ms: number;
  met_ms: number | null;
  late_min: number | null;
}

/** 电话报告 · 书面报告 · 续报 */
export type ClockName = "phone" | "written" | "followup";

export interface HeaderEdited {
  type: "workspace.edited";
  version: number;
  changes: HeaderChanges;
}

export interface LevelChanged {
  type: "workspace.level_changed";
  level: EventLevel;
  response: string;
  reason: string;
}

export interface CasualtiesRecorded {
  type: "workspace.casualties_recorded";
  entry: Casualties;
}

export interface UnitsAdded {
  type: "workspace.units_added";
  units: Unit[];
}

export interface UnitRemoved {
  type: "workspace.unit_removed";
  seat: string;
}

export interface StatusChanged {
  type: "workspace.status_changed";
  status: Status;
  reason: string;
}

/** Those named here, anew; a deadline that was met is never among them (D2). */
export interface DeadlinesSet {
  type: "workspace.deadlines_set";
  deadlines: Deadline[];
}

export interface DeadlineMet {
  type: "workspace.deadline_met";
  name: ClockName;
  late_min: number | null;
}

/** 首报时间: the first report has come, written or by telephone. */
export interface FirstReported {
  type: "workspace.first_reported";
}

/** In an empty stream `board:{id}` of an older log it opens the session's own workspace as well. */
export interface BoardOpened {
  type: "board.opened";
  board_id: string;
  kind: BoardKind;
  title: string;
  session_id: string;
}

export interface SessionLinked {
  type: "workspace.session_linked";
  session_id: string;
  title: string;
}

export interface EntryNoted {
  type: "workspace.noted";
  when_ms: number;
  text: string;
}

/** 导出, for the duty office alone to see. `what`: board, feedback, casualties or receipts.
 * 
 * `key`: of which board or item, empty for the whole; `form`: csv, xlsx or pdf. */
export interface WorkspaceExported {
  type: "workspace.exported";
  what: string;
  key: string;
  form: string;
}

export interface BoardsClosed {
  type: "board.closed";
}

export interface Marked {
  type: "workspace.marked";
  mark_id: string;
  unit: Unit;
  mark: MarkKind;
  reason: string;
}

export interface MarkRetracted {
  type: "workspace.mark_retracted";
  mark_id: string;
  reason: string;
}

/** State of a stream `incident:{id}` or `board:{id}`.
 * 
 * `version` and `fields_at` are those of the header. `call`: seats that a session on it calls first.
 * `level` and `response` are of the incident; `response` (应急响应) is empty while none is started. */
export interface Workspace {
  noun: "workspace";
  workspace_id: string;
  nature: Nature;
  number: string;
  header: Header;
  level: EventLevel;
  response: string;
  status: Status;
  exercise: boolean;
  office: string;
  office_name: string;
  opened_by: Actor | null;
  opened_ms: number;
  closed_ms: number | null;
  session_id: string;
  profile: Profile;
  plan: PlanRef | null;
  units: Record<string, Unit>;
  call: string[];
  boards: Record<string, Board>;
  items: Record<string, Item>;
  casualties: CasualtyEntry[];
  first_reported_ms: number | null;
  deadlines: Record<string, Deadline>;
  sessions: SessionLink[];
  marks: Record<string, Mark>;
  version: number;
  fields_at: Record<string, number>;
}

export interface Board {
  board_id: string;
  kind: BoardKind;
  title: string;
  opened_ms: number;
}

export interface CasualtyEntry {
  entry: Casualties;
  actor: Actor;
  at_ms: number;
}

export interface SessionLink {
  session_id: string;
  title: string;
  at_ms: number;
}

/** By whom, when and why; a mark that is taken back stays, with the reason of that. */
export interface Mark {
  mark_id: string;
  unit: Unit;
  mark: MarkKind;
  reason: string;
  actor: Actor;
  at_ms: number;
  retracted: string | null;
  retracted_by: Actor | null;
  retracted_ms: number | null;
}

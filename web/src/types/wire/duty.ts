// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";
import type { Voided } from "./item";

/** `entry_id` is made by the page. `at_ms`: when it happened, if not now; `call` of calls only. */
export interface DutyWrite {
  op: string;
  entry_id: string;
  kind: EntryKind;
  text: string;
  at_ms?: number | null;
  call?: PhoneRecord | null;
}

/** 来电 · 去电 · 要情 · 指示 · 其他 · 系统 */
export type EntryKind = "call_in" | "call_out" | "key" | "instruction" | "other" | "system";

/** 电话记录: who was on the line and what was said (domain.md 2.2). The entry says who wrote it. */
export interface PhoneRecord {
  unit: string;
  name: string;
  post: string;
  phone: string;
  place: string;
  occurred_ms: number | null;
  cause: string;
  course: string;
  measures: string;
  result: string;
  impact: string;
  trend: string;
  told: string;
}

/** 更正: the original stays readable. */
export interface DutyCorrect {
  op: string;
  entry_id: string;
  text: string;
  reason: string;
  call?: PhoneRecord | null;
}

export interface DutyVoid {
  op: string;
  entry_id: string;
  reason: string;
}

/** The call became the first report of the incident whose stream is `report`. */
export interface DutyLink {
  op: string;
  entry_id: string;
  report: string;
}

/** 签到 at an empty post. `crew`: where it is another than the roster's. */
export interface DutySignIn {
  op: string;
  person: string;
  crew?: Crew | null;
}

/** 带班领导 · 值班长 · 正班 · 副班 · 值班电话. The leader may be on call; the others are at the post. */
export interface Crew {
  leader: string;
  chief: string;
  primary: string[];
  deputies: string[];
  phone: string;
}

/** 立即接班, without a sheet, for a reason. */
export interface DutyTake {
  op: string;
  person: string;
  reason: string;
  crew?: Crew | null;
}

/** Begin a handover, or look again: the hub collects what is open. */
export interface DutyCollect {
  op: string;
}

/** 交接说明 for these open items. */
export interface DutyNote {
  op: string;
  keys: string[];
  text: string;
}

/** 交班签字; refused with `duty.notes_missing` while an open item has no note. */
export interface DutyGive {
  op: string;
  person: string;
}

/** Take the signature back, as long as nobody has signed for the next shift. */
export interface DutyWithdraw {
  op: string;
}

/** 接班签字, by somebody else. */
export interface DutySign {
  op: string;
  person: string;
  remark?: string;
  crew?: Crew | null;
}

/** `replace`: what was planned in that period and has not begun gives way. */
export interface DutyPlan {
  op: string;
  shifts: Shift[];
  replace?: boolean;
}

/** 一班. `noticed_ms`: when the hub has said that it is about to begin. */
export interface Shift {
  shift_id: string;
  starts_ms: number;
  ends_ms: number;
  crew: Crew;
  noticed_ms: number | null;
}

/** 换班: others take the turn. */
export interface DutyChangeCrew {
  op: string;
  shift_id: string;
  crew: Crew;
  reason: string;
}

/** 对调: two crews exchange their turns. */
export interface DutySwap {
  op: string;
  shift_id: string;
  with_id: string;
  reason: string;
}

export interface DutyRemove {
  op: string;
  shift_id: string;
  reason: string;
}

export interface ShiftsPlanned {
  type: "duty.planned";
  shifts: Shift[];
  replaced: string[];
}

export interface CrewChanged {
  type: "duty.crew_changed";
  shift_id: string;
  crew: Crew;
  reason: string;
  with_id: string | null;
}

export interface ShiftRemoved {
  type: "duty.shift_removed";
  shift_id: string;
  reason: string;
}

/** The former watch, if there was one, ends at the same moment: the post is never left empty (L7). */
export interface WatchBegan {
  type: "duty.watch_began";
  watch_id: string;
  shift_id: string | null;
  crew: Crew;
  person: string;
  how: WatchHow;
  until_ms: number | null;
  reason: string;
}

/** WatchHow a watch began: 签到 · 交接 · 立即接班 */
export type WatchHow = "sign_in" | "handover" | "at_once";

export interface SheetCollected {
  type: "duty.sheet_collected";
  items: OpenItem[];
}

/** Something that is not finished, as the hub found it. `silent`: units that have not signed for it. */
export interface OpenItem {
  key: string;
  kind: OpenKind;
  stream: string;
  title: string;
  text: string;
  since_ms: number;
  due_ms: number | null;
  overdue: boolean;
  silent: string[];
}

/** 批示指示 · 预警叫应 · 任务 · 隐患 · 报告 · 会商 · 预约 · 事件 */
export type OpenKind = "instruction" | "warning" | "task" | "hazard" | "report" | "session" | "booking" | "incident";

export interface ItemsNoted {
  type: "duty.items_noted";
  keys: string[];
  text: string;
}

export interface HandoverGiven {
  type: "duty.given";
  person: string;
}

export interface HandoverWithdrawn {
  type: "duty.withdrawn";
}

export interface HandoverSigned {
  type: "duty.signed";
  person: string;
  remark: string;
}

export interface EntryWritten {
  type: "duty.written";
  entry_id: string;
  kind: EntryKind;
  at_ms: number;
  text: string;
  person: string;
  call: PhoneRecord | null;
  source: string;
}

export interface EntryCorrected {
  type: "duty.corrected";
  entry_id: string;
  text: string;
  call: PhoneRecord | null;
  reason: string;
}

export interface EntryVoided {
  type: "duty.voided";
  entry_id: string;
  reason: string;
}

export interface ReportLinked {
  type: "duty.linked";
  entry_id: string;
  report: string;
}

export interface ShiftNoticed {
  type: "duty.noticed";
  shift_id: string;
}

export interface EmptyFlagged {
  type: "duty.empty_flagged";
  day_ms: number;
  gaps: EmptySlot[];
}

/** 空班: nobody is to be at the post. */
export interface EmptySlot {
  from_ms: number;
  to_ms: number;
}

/** State of a stream `duty:{seat}`: the newest of everything; the log itself has all of it (L11).
 * 
 * `watch` stands at this moment, `past` are the former ones. `flagged`: days whose empty slots the hub
 * has spoken of. */
export interface Duty {
  noun: "duty";
  roster: Record<string, Shift>;
  changes: RosterChange[];
  watch: Watch | null;
  past: Watch[];
  entries: DutyEntry[];
  flagged: number[];
}

/** 换班 and 撤销: old and new (None: taken off the roster), why, by whom; `with_id`: exchanged with. */
export interface RosterChange {
  shift_id: string;
  starts_ms: number;
  before: Crew;
  after: Crew | null;
  reason: string;
  actor: Actor;
  at_ms: number;
  with_id: string | null;
}

/** 在岗的一班. `person` signed for it; `until_ms`: when the roster has it relieved. */
export interface Watch {
  watch_id: string;
  shift_id: string | null;
  crew: Crew;
  person: string;
  account: string;
  how: WatchHow;
  began_ms: number;
  until_ms: number | null;
  ended_ms: number | null;
  reason: string;
  sheet: Sheet | null;
}

/** 交接班单: what was open at that moment, a note for each, and who gave and who took. */
export interface Sheet {
  collected_ms: number;
  items: OpenItem[];
  notes: Record<string, SheetNote>;
  given: Signature | null;
  signed: Signature | null;
  remark: string;
}

/** 交接说明 for one open item. */
export interface SheetNote {
  text: string;
  actor: Actor;
  at_ms: number;
}

export interface Signature {
  person: string;
  actor: Actor;
  at_ms: number;
}

/** A line of the log. `at_ms`: when it happened, `noted_ms`: when it was written.
 * 
 * `person`: who wrote it, of those at the post. `text` and `call` are the original; the last of
 * `corrections` is what holds. `source`: the stream that the hub wrote it about. `report`: the stream
 * of the incident that this call became the first report of (L4). */
export interface DutyEntry {
  entry_id: string;
  kind: EntryKind;
  at_ms: number;
  noted_ms: number;
  text: string;
  person: string;
  actor: Actor;
  call: PhoneRecord | null;
  corrections: Correction[];
  voided: Voided | null;
  source: string;
  report: string;
}

/** 更正: what the entry says from then on, and why. What it said before stays readable (L2). */
export interface Correction {
  text: string;
  call: PhoneRecord | null;
  reason: string;
  actor: Actor;
  at_ms: number;
}

/** Every office's shifts for officers; for a seat its own. */
export interface Shifts {
  seats: SeatShift[];
}

/** Who is on shift at a seat, and who comes next.
 * 
 * `gaps`: slots of today and tomorrow for which nobody is on the roster. `off_post_ms`: since when no
 * page of the office is there though a shift is at the post (脱岗). */
export interface SeatShift {
  seat_id: string;
  at_post: AtPost | null;
  next: Shift | null;
  gaps: EmptySlot[];
  off_post_ms: number | null;
}

/** The shift that is at the post. `until_ms`: when the roster has it relieved. */
export interface AtPost {
  watch_id: string;
  crew: Crew;
  person: string;
  began_ms: number;
  until_ms: number | null;
}

/** `line` counts from 1, the head included, as an editor shows it. */
export interface BadLine {
  line: number;
  text: string;
  zh: string;
  en: string;
}

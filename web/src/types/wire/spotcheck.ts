// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";

/** `check_id` is made by the page. `seats` in order, or to be drawn from. */
export interface SpotCheckStart {
  op: string;
  check_id: string;
  title: string;
  seats: string[];
  draw?: DrawWish | null;
  items?: string[];
}

/** 随机抽取: so many of the seats that are named; `label`: what they are together. */
export interface DrawWish {
  label: string;
  count: number;
}

/** Ring the seat of this row now, without notice, in a session of its own. */
export interface SpotCheckCall {
  op: string;
  check_id: string;
  number: number;
}

export interface Called {
  session_id: string;
}

/** The whole finding of a row: checklist, verdict, note, and what is to be put right. */
export interface SpotCheckJudge {
  op: string;
  check_id: string;
  number: number;
  answers: (boolean | null)[];
  verdict?: Verdict | null;
  note?: string;
  problem?: string;
}

/** 正常 · 有问题 · 请假 */
export type Verdict = "normal" | "problem" | "on_leave";

/** 电话抽查: one more row. */
export interface SpotCheckAddPhone {
  op: string;
  check_id: string;
  seat: string;
}

/** The stopwatch of a telephone row; `rings`: heard before the answer. */
export interface SpotCheckPhone {
  op: string;
  check_id: string;
  number: number;
  step: PhoneStep;
  rings?: number | null;
}

/** 拨出 · 接听 · 无人接听 */
export type PhoneStep = "dial" | "answer" | "miss";

/** The table is complete, and changes no more. */
export interface SpotCheckClose {
  op: string;
  check_id: string;
}

export interface SpotCheckStarted {
  type: "spotcheck.started";
  check_id: string;
  title: string;
  seats: CheckedSeat[];
  draw: Draw | null;
  items: string[];
  video_ring_s: number;
  phone_answer_s: number;
}

/** A seat as it was named when it was chosen. */
export interface CheckedSeat {
  seat: string;
  name: string;
  short_name: string;
  phone: string;
}

/** 随机抽取: `count` of `pool`, in the order of SHA-256 of `seed:seat`: anybody can check it. */
export interface Draw {
  label: string;
  pool: string[];
  count: number;
  seed: string;
}

export interface RowCalled {
  type: "spotcheck.called";
  number: number;
  session_id: string | null;
  called_ms: number;
}

export interface RowAnswered {
  type: "spotcheck.answered";
  number: number;
  answered_ms: number;
  after_ms: number;
  recalled: boolean;
  rings: number | null;
}

export interface RowMissed {
  type: "spotcheck.missed";
  number: number;
  state: CheckState;
  recalled: boolean;
  rings: number | null;
}

/** 待呼叫 · 呼叫中 · 已应答 · 未应答 · 拒接 · 离线 */
export type CheckState = "waiting" | "calling" | "answered" | "no_answer" | "declined" | "offline";

export interface RowWithdrawn {
  type: "spotcheck.withdrawn";
  number: number;
}

export interface RowJudged {
  type: "spotcheck.judged";
  number: number;
  answers: (boolean | null)[];
  verdict: Verdict | null;
  note: string;
  problem: string;
}

export interface PhoneRowAdded {
  type: "spotcheck.phone_added";
  number: number;
  seat: CheckedSeat;
}

export interface SpotCheckClosed {
  type: "spotcheck.closed";
}

/** State of a stream `spotcheck:{id}`; `rows[n - 1]` has the number n. */
export interface SpotCheck {
  noun: "spotcheck";
  check_id: string;
  title: string;
  items: string[];
  draw: Draw | null;
  video_ring_s: number;
  phone_answer_s: number;
  by: Actor | null;
  started_ms: number;
  closed_ms: number | null;
  rows: CheckRow[];
}

/** One seat. `after_ms`: from the first ring to the answer, on the hub's clock, also when the seat
 * was rung again (`recalled`). `answers`: to the checklist, in its order; None where nobody has looked.
 * `calls`: how often somebody has called. `rings`: of a phone, as counted by whoever called. */
export interface CheckRow {
  number: number;
  seat: CheckedSeat;
  channel: CheckChannel;
  state: CheckState;
  session_id: string | null;
  calls: number;
  called_ms: number | null;
  answered_ms: number | null;
  after_ms: number | null;
  ended_ms: number | null;
  recalled: boolean;
  rings: number | null;
  answers: (boolean | null)[];
  verdict: Verdict | null;
  note: string;
  problem: string;
  judged_by: string | null;
}

/** 视频 · 电话 */
export type CheckChannel = "video" | "phone";

/** The newest checks first. Only officers get this. */
export interface SpotChecks {
  checks: SpotCheckSummary[];
}

/** One check on the list. `called`: rows whose call is over. `sessions`: the row of each call. */
export interface SpotCheckSummary {
  check_id: string;
  title: string;
  started_ms: number;
  closed_ms: number | null;
  person: string;
  drawn: boolean;
  rows: number;
  called: number;
  answered: number;
  problems: number;
  sessions: Record<string, number>;
}

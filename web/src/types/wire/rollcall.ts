// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

/** 应答 · 无应答 · 有图无声 · 有声无图 · 离线 · 请假 */
export type RollResult = "answered" | "no_answer" | "picture_only" | "sound_only" | "offline" | "on_leave";

export interface RollCallStarted {
  type: "rollcall.started";
  rollcall_id: string;
  venues: string[];
  answer_s: number;
}

/** `place` in the rows. */
export interface RollCallAsked {
  type: "rollcall.asked";
  venue: string;
  place: number;
  next_ms: number;
}

export interface RollCallTicked {
  type: "rollcall.ticked";
  rollcall_id: string;
  venue: string;
  place: number;
  result: RollResult;
  after_ms: number | null;
  by: string;
  note: string;
  next_ms: number | null;
}

export interface RollCallAppended {
  type: "rollcall.appended";
  venue: string;
}

/** `reason`: done, by_chair or session. */
export interface RollCallEnded {
  type: "rollcall.ended";
  rollcall_id: string;
  reason: string;
}

/** `current`: the place in `rows` that is asked now; `next_ms`: when the hub goes on by itself. */
export interface RollCall {
  rollcall_id: string;
  rows: RollRow[];
  answer_s: number;
  started_ms: number;
  ended_ms: number | null;
  current: number | null;
  next_ms: number | null;
}

/** `after_ms`: from being asked to the answer, on the hub's clock. `by`: voice, key or chair.
 * `late`: 补点, appended after it was missed or had not been chosen. */
export interface RollRow {
  venue: string;
  late: boolean;
  asked_ms: number | null;
  result: RollResult | null;
  result_ms: number | null;
  after_ms: number | null;
  by: string | null;
  note: string;
}

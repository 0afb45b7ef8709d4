/** A spot check: the same `apply` as hub/domain/spotcheck_rules.py, and its figures. Pure. */
import type { CheckChannel, CheckedSeat, CheckRow, CheckState, Recorded, SpotCheck } from "../types/wire";

export const CALLABLE: readonly CheckState[] = ["waiting", "no_answer", "declined", "offline"];
const MISSED: readonly CheckState[] = ["no_answer", "declined", "offline"];

export function streamOf(checkId: string): string {
  return `spotcheck:${checkId}`;
}

export function initial(): SpotCheck {
  return {
    noun: "spotcheck",
    check_id: "",
    title: "",
    items: [],
    draw: null,
    video_ring_s: 30,
    phone_answer_s: 15,
    by: null,
    started_ms: 0,
    closed_ms: null,
    rows: [],
  };
}

export function apply(state: SpotCheck, recorded: Recorded): SpotCheck {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "spotcheck.started": {
      const { type: _, seats, ...named } = event;
      const rows = seats.map((seat, at) => fresh(at + 1, seat, event.items, "video"));
      return { ...initial(), ...named, by: actor, started_ms: at_ms, rows };
    }
    case "spotcheck.closed":
      return { ...state, closed_ms: at_ms };
    case "spotcheck.phone_added":
      return { ...state, rows: [...state.rows, fresh(event.number, event.seat, state.items, "phone")] };
    case "spotcheck.called":
      return changed(state, event.number, (row) => ({
        ...row,
        state: "calling",
        session_id: event.session_id,
        calls: row.calls + 1,
        called_ms: event.called_ms,
        recalled: row.recalled || MISSED.includes(row.state),
        answered_ms: null,
        after_ms: null,
        ended_ms: null,
      }));
    case "spotcheck.answered":
      return changed(state, event.number, (row) => ({
        ...row,
        state: "answered",
        answered_ms: event.answered_ms,
        after_ms: event.after_ms,
        ended_ms: event.answered_ms,
        recalled: event.recalled || row.recalled,
        rings: event.rings,
      }));
    case "spotcheck.missed":
      return changed(state, event.number, (row) => ({
        ...row,
        state: event.state,
        ended_ms: at_ms,
        recalled: event.recalled || row.recalled,
        rings: event.rings,
      }));
    case "spotcheck.withdrawn":
      return changed(state, event.number, (row) => ({ ...row, state: "waiting", session_id: null, called_ms: null }));
    case "spotcheck.judged": {
      const { type: _, number, ...finding } = event;
      return changed(state, number, (row) => ({ ...row, ...finding, judged_by: actor.person }));
    }
    default:
      return state;
  }
}

function fresh(number: number, seat: CheckedSeat, items: readonly string[], channel: CheckChannel): CheckRow {
  return {
    number,
    seat,
    channel,
    state: "waiting",
    session_id: null,
    calls: 0,
    called_ms: null,
    answered_ms: null,
    after_ms: null,
    ended_ms: null,
    recalled: false,
    rings: null,
    answers: items.map(() => null),
    verdict: null,
    note: "",
    problem: "",
    judged_by: null,
  };
}

function changed(state: SpotCheck, number: number, change: (row: CheckRow) => CheckRow): SpotCheck {
  return { ...state, rows: state.rows.map((row) => (row.number === number ? change(row) : row)) };
}

/** K7: the rate is of calls that are over, the average of answers. */
export function figuresOf(state: SpotCheck): {
  readonly called: number;
  readonly answered: number;
  readonly slow: number;
  readonly problems: number;
  readonly average_ms: number | null;
} {
  const answers = state.rows.filter((row) => row.state === "answered" && row.after_ms !== null);
  const sum = answers.reduce((total, row) => total + (row.after_ms ?? 0), 0);
  return {
    called: answers.length + state.rows.filter((row) => MISSED.includes(row.state)).length,
    answered: answers.length,
    slow: answers.filter((row) => isSlow(state, row)).length,
    problems: state.rows.filter((row) => row.verdict === "problem").length,
    average_ms: answers.length === 0 ? null : sum / answers.length,
  };
}

export function isSlow(state: SpotCheck, row: CheckRow): boolean {
  const limit_s = row.channel === "video" ? state.video_ring_s : state.phone_answer_s;
  return row.after_ms !== null && row.after_ms > limit_s * 1000;
}

/** The next seat to be called by video, from the top. */
export function nextOf(state: SpotCheck): CheckRow | null {
  return state.rows.find((row) => row.channel === "video" && row.state === "waiting") ?? null;
}

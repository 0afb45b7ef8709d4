/** 点名: the same `apply` as hub/domain/rollcall_rules.py. Pure. */
import type { Recorded, RollCall, RollRow, Session } from "../types/wire";

/** The roll call that runs, and the venue that is asked in it now. */
export function runningRollCall(session: Session): { roll: RollCall; asked: string | null } | null {
  const roll = session.rollcalls.at(-1);
  if (roll === undefined || roll.ended_ms !== null) return null;
  return { roll, asked: roll.current === null ? null : (roll.rows[roll.current]?.venue ?? null) };
}

export function apply(state: Session, recorded: Recorded): Session | null {
  const { event, at_ms } = recorded;
  switch (event.type) {
    case "rollcall.started": {
      const { rollcall_id, answer_s } = event;
      const rows = event.venues.map((venue) => newRow(venue, false));
      const fresh = { rollcall_id, rows, answer_s, started_ms: at_ms, ended_ms: null, current: null, next_ms: null };
      return { ...state, rollcalls: [...state.rollcalls, fresh] };
    }
    case "rollcall.asked":
      return changed(state, null, (roll) => ({
        ...roll,
        rows: withRow(roll, event.place, { asked_ms: at_ms }),
        current: event.place,
        next_ms: event.next_ms,
      }));
    case "rollcall.ticked": {
      const { result, after_ms, by, note } = event;
      return changed(state, event.rollcall_id, (roll) => ({
        ...roll,
        rows: withRow(roll, event.place, { result, result_ms: at_ms, after_ms, by, note }),
        next_ms: event.place === roll.current ? event.next_ms : roll.next_ms,
      }));
    }
    case "rollcall.appended":
      return changed(state, null, (roll) => ({ ...roll, rows: [...roll.rows, newRow(event.venue, true)], ended_ms: null }));
    case "rollcall.ended":
      return changed(state, event.rollcall_id, (roll) => rollCallOver(roll, at_ms));
    default:
      return null;
  }
}

export function rollCallOver(roll: RollCall, at_ms: number): RollCall {
  return { ...roll, ended_ms: at_ms, current: null, next_ms: null };
}

/** Without an id it is about the last one. */
function changed(state: Session, id: string | null, change: (roll: RollCall) => RollCall): Session {
  const known = id ?? state.rollcalls.at(-1)?.rollcall_id;
  return { ...state, rollcalls: state.rollcalls.map((roll) => (roll.rollcall_id === known ? change(roll) : roll)) };
}

function newRow(venue: string, late: boolean): RollRow {
  return { venue, late, asked_ms: null, result: null, result_ms: null, after_ms: null, by: null, note: "" };
}

function withRow(roll: RollCall, place: number, news: Partial<RollRow>): RollRow[] {
  return roll.rows.map((row, at) => (at === place ? { ...row, ...news } : row));
}

/** A planned meeting: the same `apply` as hub/domain/booking_rules.py. Pure. */
import type { Booking, Invitee, Plan, Recorded } from "../types/wire";

/** From so long before its time on it can be started (G6). */
export const EARLY_MS = 60 * 60_000;

export function streamOf(bookingId: string): string {
  return `booking:${bookingId}`;
}

export function initial(): Booking {
  return {
    noun: "booking",
    booking_id: "",
    title: "",
    kind: "joint_meeting",
    office: "",
    office_name: "",
    starts_ms: 0,
    minutes: 60,
    agenda: [],
    invited: {},
    planned_ms: 0,
    set_ms: 0,
    reminded: {},
    cancelled_ms: null,
    reason: "",
    session_id: null,
  };
}

/** It is still to come. */
export function waits(booking: Booking): boolean {
  return booking.planned_ms > 0 && booking.cancelled_ms === null && booking.session_id === null;
}

export function apply(state: Booking, recorded: Recorded): Booking {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "booking.planned": {
      const office = actor.seat ?? "";
      const office_name = actor.seat_name ?? "";
      const fresh = { ...initial(), booking_id: event.booking_id, office, office_name, planned_ms: at_ms };
      return planned(fresh, event.plan, at_ms);
    }
    case "booking.changed":
      return planned(state, event.plan, at_ms);
    case "booking.cancelled":
      return { ...state, cancelled_ms: at_ms, reason: event.reason };
    case "booking.replied": {
      const { reply, reason } = event;
      return changed(state, event.venue, { reply, reason, replied_ms: at_ms, person: actor.person });
    }
    case "booking.line_tested":
      return changed(state, event.venue, { line_test: { passed: event.passed, at_ms } });
    case "booking.reminded":
      return { ...state, reminded: { ...state.reminded, [String(event.minutes)]: at_ms } };
    case "booking.started":
      return { ...state, session_id: event.session_id };
    default:
      return state;
  }
}

/** At another time nothing of what was answered holds (G5). */
function planned(state: Booking, plan: Plan, at_ms: number): Booking {
  const moved = plan.starts_ms !== state.starts_ms;
  const { title, kind, starts_ms, minutes, agenda } = plan;
  const invited: Record<string, Invitee> = {};
  for (const seat of plan.venues) {
    const fresh = { ...seat, reply: null, reason: "", replied_ms: null, person: null, line_test: null };
    invited[seat.venue] = (moved ? undefined : state.invited[seat.venue]) ?? fresh;
  }
  return {
    ...state,
    title,
    kind,
    starts_ms,
    minutes,
    agenda,
    invited,
    set_ms: moved ? at_ms : state.set_ms,
    reminded: moved ? {} : state.reminded,
  };
}

function changed(state: Booking, venue: string, change: Partial<Invitee>): Booking {
  const guest = state.invited[venue];
  return guest === undefined ? state : { ...state, invited: { ...state.invited, [venue]: { ...guest, ...change } } };
}

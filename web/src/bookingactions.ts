/** What people do with a planned meeting, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { AgendaItem, Done, Reply, SessionKind } from "./types/wire";

export interface NewBooking {
  readonly title: string;
  readonly kind: SessionKind;
  readonly starts_ms: number;
  readonly minutes: number;
  readonly venues: readonly string[];
  readonly agenda: readonly AgendaItem[];
}

export function planBooking(plan: NewBooking): Promise<Done> {
  return request("booking.plan", { op: newId("o"), booking_id: newId("m"), ...copied(plan) });
}

export function changeBooking(booking_id: string, plan: NewBooking): Promise<Done> {
  return request("booking.change", { op: newId("o"), booking_id, ...copied(plan) });
}

export const cancelBooking = (booking_id: string, reason: string): Promise<Done> =>
  request("booking.cancel", { op: newId("o"), booking_id, reason });

export const replyBooking = (booking_id: string, reply: Reply, reason = ""): Promise<Done> =>
  request("booking.reply", { op: newId("o"), booking_id, reply, reason });

export const reportLineTest = (booking_id: string, passed: boolean): Promise<Done> =>
  request("booking.test", { op: newId("o"), booking_id, passed });

/** Calls everybody invited but those on leave; the session's id. */
export async function startBooked(booking_id: string): Promise<string> {
  return (await request("booking.start", { op: newId("o"), booking_id })).session_id;
}

function copied(plan: NewBooking): NewBooking & { venues: string[]; agenda: AgendaItem[] } {
  return { ...plan, venues: [...plan.venues], agenda: [...plan.agenda] };
}

// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { AgendaItem, Invited, SessionKind } from "./session";

/** `booking_id` is made by the page. Venues are seat ids; each may confirm from now on. */
export interface BookingPlan {
  op: string;
  booking_id: string;
  title: string;
  kind: SessionKind;
  starts_ms: number;
  minutes: number;
  venues: string[];
  agenda?: AgendaItem[];
}

/** The whole plan anew; at another time everybody is asked again. */
export interface BookingChange {
  op: string;
  booking_id: string;
  title: string;
  kind: SessionKind;
  starts_ms: number;
  minutes: number;
  venues: string[];
  agenda?: AgendaItem[];
}

export interface BookingCancel {
  op: string;
  booking_id: string;
  reason?: string;
}

/** 确认参会 or 请假, by the invited seat; leave has a reason. */
export interface BookingReply {
  op: string;
  booking_id: string;
  reply: Reply;
  reason?: string;
}

/** 确认参会 · 请假 */
export type Reply = "confirmed" | "on_leave";

/** 以此作为联调结果: what this seat's self-check came to. */
export interface BookingTest {
  op: string;
  booking_id: string;
  passed: boolean;
}

/** Begin now: everybody invited but those on leave is called. */
export interface BookingStart {
  op: string;
  booking_id: string;
}

export interface BookingPlanned {
  type: "booking.planned";
  booking_id: string;
  plan: Plan;
}

/** All that officers say about a meeting. */
export interface Plan {
  title: string;
  kind: SessionKind;
  starts_ms: number;
  minutes: number;
  venues: Invited[];
  agenda: AgendaItem[];
}

export interface BookingChanged {
  type: "booking.changed";
  plan: Plan;
}

export interface BookingCancelled {
  type: "booking.cancelled";
  reason: string;
}

export interface BookingReplied {
  type: "booking.replied";
  venue: string;
  reply: Reply;
  reason: string;
}

export interface BookingLineTested {
  type: "booking.line_tested";
  venue: string;
  passed: boolean;
}

export interface BookingReminded {
  type: "booking.reminded";
  minutes: number;
}

export interface BookingStarted {
  type: "booking.started";
  session_id: string;
}

/** State of a stream `booking:{id}`. `reminded`: when which reminder went out, by its minutes. */
export interface Booking {
  noun: "booking";
  booking_id: string;
  title: string;
  kind: SessionKind;
  office: string;
  office_name: string;
  starts_ms: number;
  minutes: number;
  agenda: AgendaItem[];
  invited: Record<string, Invitee>;
  planned_ms: number;
  set_ms: number;
  reminded: Record<string, number>;
  cancelled_ms: number | null;
  reason: string;
  session_id: string | null;
}

/** An invited seat, and what it has said. */
export interface Invitee {
  venue: string;
  name: string;
  short_name: string;
  reply: Reply | null;
  reason: string;
  replied_ms: number | null;
  person: string | null;
  line_test: LineTest | null;
}

/** 联调: what the self-check of the seat came to. */
export interface LineTest {
  passed: boolean;
  at_ms: number;
}

/** The bookings of this viewer: officers all, a seat its own invitations with its own answer. */
export interface Bookings {
  bookings: Booking[];
}

// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Booking } from "./booking";
import type { Duty } from "./duty";
import type { Actor, Recorded } from "./event";
import type { Organisation } from "./organisation";
import type { Wall } from "./outside";
import type { Paper } from "./paper";
import type { Keeping, Recording, RecordingState } from "./recording";
import type { MarkerKind, Session, SessionKind, VenueState } from "./session";
import type { SpotCheck } from "./spotcheck";
import type { Workspace } from "./workspace";

/** Asks for the hub's clock; the page takes half the round trip off. */
export interface Ping {
}

export interface Pong {
  hub_ms: number;
}

/** Receive a stream from now on: everything after `since`, or a snapshot when that is too much. */
export interface Follow {
  stream: string;
  since?: number | null;
}

/** Done; there is nothing more to say. */
export interface Nothing {
}

export interface Unfollow {
  stream: string;
}

/** Start a session and ring every venue. Venues are seat ids.
 * 
 * With `template_id` it calls whom the template names as well, but those in `without`; how one speaks
 * is the template's, and so is the title when it is empty. With `incident_id` it is held on that incident,
 * and whoever is called takes part in it. With `unrecorded`, a reason, its recording begins paused, where
 * the hub allows that. */
export interface SessionStart {
  op: string;
  title: string;
  kind: SessionKind;
  venues: string[];
  exercise?: boolean;
  template_id?: string | null;
  incident_id?: string | null;
  without?: string[];
  unrecorded?: string;
}

export interface Started {
  session_id: string;
}

/** Ring venues of the session again, or seats that were not in it before. */
export interface SessionCall {
  op: string;
  session_id: string;
  venues: string[];
}

/** Done, and in the log: `seq` is the number of the last event it made (0 when none was needed). */
export interface Done {
  stream: string;
  seq: number;
}

export interface SessionAnswer {
  op: string;
  session_id: string;
}

export interface SessionDecline {
  op: string;
  session_id: string;
}

/** Come in without a ring, or come back. This page becomes the venue's page in the session. */
export interface SessionJoin {
  op: string;
  session_id: string;
}

export interface SessionLeave {
  op: string;
  session_id: string;
}

/** The chair hangs up a venue, or stops its ringing. */
export interface SessionHangUp {
  op: string;
  session_id: string;
  venue: string;
}

/** The venue's own switches; None leaves a switch as it is. */
export interface SessionDevices {
  op: string;
  session_id: string;
  microphone?: boolean | null;
  camera?: boolean | null;
}

/** The chair closes a venue's microphone in the hub, whatever the venue does, or opens it. */
export interface SessionMute {
  op: string;
  session_id: string;
  venue: string;
  muted: boolean;
}

/** As session.mute, of every venue but the chair's own: also of those that have not come yet.
 * 
 * `self_unmute`: whether they may open them again by themselves; None leaves that as it is. */
export interface SessionMuteAll {
  op: string;
  session_id: string;
  muted: boolean;
  self_unmute?: boolean | null;
}

/** Show this venue's content to all. One venue at a time; refused with `session.presenting`. */
export interface SessionPresent {
  op: string;
  session_id: string;
}

/** End this venue's presentation; the chair ends anyone's. */
export interface SessionUnpresent {
  op: string;
  session_id: string;
}

export interface SessionMark {
  op: string;
  session_id: string;
  kind: MarkerKind;
  label: string;
}

export interface SessionEnd {
  op: string;
  session_id: string;
  reason?: string;
}

/** First message after a connection: who the hub takes you for, and its clock.
 * 
 * `relayed`: there are relays (TURN), ask for them with `media.relays`. `may_start_paused`: a session
 * may be started without recording it. */
export interface Welcome {
  protocol: number;
  version: string;
  account: string;
  actor: Actor;
  hub_ms: number;
  demo: boolean;
  classification: string;
  relayed: boolean;
  may_start_paused: boolean;
}

/** Events of one followed stream, in order and without holes. */
export interface Events {
  stream: string;
  events: Recorded[];
}

/** The whole state of a followed stream after its event `seq`. */
export interface Snapshot {
  stream: string;
  seq: number;
  state: Organisation | Session | Workspace | Recording | Keeping | Wall | SpotCheck | Booking | Paper | Duty;
}

/** Seats whose presence changed; all seats when `full`. For officers; a seat gets only its own. */
export interface Presence {
  full: boolean;
  seats: SeatPresence[];
}

/** Whether anybody is at a seat: `since_ms` is when that began, `person` who logged in. */
export interface SeatPresence {
  seat_id: string;
  online: boolean;
  since_ms: number | null;
  person: string | null;
}

/** All calls to this seat that ring at this moment; an empty list stops the bell everywhere. */
export interface Rings {
  rings: Ring[];
}

/** A call to this page's seat that waits for an answer. */
export interface Ring {
  session_id: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  caller: string;
  since_ms: number;
  until_ms: number;
}

/** All running sessions this page may enter. */
export interface Sessions {
  sessions: SessionSummary[];
}

/** One running session on the desk. `mine`: the state of the viewer's own seat in it.
 * 
 * `steers`: the viewer may call in it, as its chair or as the duty office beside a branch chair (rule P1). */
export interface SessionSummary {
  session_id: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  chair: string;
  chair_name: string;
  started_ms: number;
  venues: number;
  joined: number;
  recording: RecordingState | null;
  recording_since_ms: number | null;
  mine: VenueState | null;
  steers: boolean;
}

/** Something this page must know that is nobody's answer, such as `auth.expired`. */
export interface Notice {
  problem: Problem;
}

/** A refusal: a stable code (hub/errors.py), its texts, and what helps to go on. */
export interface Problem {
  code: string;
  zh: string;
  en: string;
  detail: Record<string, unknown>;
}

// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { RecordingNow } from "./recording";
import type { SessionKind, VenueState, Why } from "./session";

/** Make a code by which one telephone in the field comes in, within so many minutes. */
export interface GuestInvite {
  op: string;
  session_id: string;
  label: string;
  place: string;
  minutes?: number;
}

/** Told once: the log has only its hash. The same wish (`op`) gets the same code. */
export interface GuestCode {
  invitation_id: string;
  code: string;
  until_ms: number;
}

/** Nobody comes by that code any more; who has come by it is removed as any venue. */
export interface GuestWithdraw {
  op: string;
  session_id: string;
  invitation_id: string;
}

/** Register a wall; its token is told once. */
export interface WallAdd {
  op: string;
  name: string;
}

export interface WallToken {
  wall_id: string;
  token: string;
}

export interface WallRevoke {
  op: string;
  wall_id: string;
}

/** 上墙: instead of what it has shown until now. */
export interface WallShow {
  op: string;
  wall_id: string;
  session_id: string;
}

/** 下墙. */
export interface WallClear {
  op: string;
  wall_id: string;
}

export interface GuestInvited {
  type: "guest.invited";
  invitation_id: string;
  label: string;
  place: string;
  code_hash: string;
  until_ms: number;
}

export interface InvitationWithdrawn {
  type: "guest.withdrawn";
  invitation_id: string;
}

/** The code is used; `venue` is in the session, labelled 现场 with its place, and not there yet. */
export interface GuestAdmitted {
  type: "guest.admitted";
  invitation_id: string;
  venue: string;
  person: string;
}

export interface WallAdded {
  type: "wall.added";
  wall_id: string;
  name: string;
  token_hash: string;
}

export interface WallRevoked {
  type: "wall.revoked";
}

export interface WallShown {
  type: "wall.shown";
  session_id: string;
}

/** `reason`: taken (down by a person), ended (the session). */
export interface WallCleared {
  type: "wall.cleared";
  reason: string;
}

/** A code that the chair has given out, as far as the log knows it: by its hash alone.
 * 
 * `venue`: the venue that was made of it; None while nobody has come. */
export interface Invitation {
  invitation_id: string;
  label: string;
  place: string;
  code_hash: string;
  until_ms: number;
  venue: string | null;
  withdrawn: boolean;
}

/** State of a stream `wall:{id}`. `session_id`: what it shows, since `shown_ms`.
 * 
 * `token_hash`: of the word by which the wall is known; the word itself is in no log. */
export interface Wall {
  noun: "wall";
  wall_id: string;
  name: string;
  token_hash: string;
  added_ms: number;
  revoked_ms: number | null;
  session_id: string | null;
  shown_ms: number | null;
}

/** All that a guest is told of its session. `muted`: nobody hears it, whatever it switches on.
 * 
 * `named`: it has the floor. `broadcast`: everybody sees it. `ended`: its token is worth nothing. */
export interface GuestView {
  label: string;
  place: string;
  title: string;
  exercise: boolean;
  classification: string;
  state: VenueState;
  since_ms: number;
  main: Shown | null;
  muted: boolean;
  named: boolean;
  broadcast: boolean;
  ended: boolean;
  recording: RecordingNow | null;
}

/** The large picture and why it is that one. `venue` None: the multi-picture, of all. */
export interface Shown {
  venue: string | null;
  short_name: string;
  why: Why;
}

/** All walls, for officers and administrators; what they show is for officers. */
export interface Walls {
  walls: WallRow[];
}

/** One wall, for those who choose what it shows; `online`: a screen is there. */
export interface WallRow {
  wall_id: string;
  name: string;
  online: boolean;
  session_id: string | null;
  shown_ms: number | null;
}

/** All that a wall is told; no `session`: nothing is on it. */
export interface WallView {
  name: string;
  session: WallSession | null;
}

export interface WallSession {
  session_id: string;
  boards: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  classification: string;
  started_ms: number;
  chair_name: string;
  main: Shown | null;
  presenter: string | null;
  venues: WallVenue[];
  recording: RecordingNow | null;
}

/** A venue that is there, as its tile says it. */
export interface WallVenue {
  venue: string;
  short_name: string;
  state: VenueState;
  since_ms: number;
  microphone: boolean;
  camera: boolean;
  field: boolean;
  place: string;
}

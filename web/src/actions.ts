/** Every verb a person has, once. Each throws `Refused` when the hub or the line says no. */
import * as api from "./link/api";
import { close, open, request } from "./link/socket";
import { newId } from "./state/ids";
import { forgetLogin, keepLogin } from "./state/login";
import { forget, loginProblem, me, type Me } from "./state/store";
import type { Done, MarkerKind, Problem, SessionKind } from "./types/wire";

/** Made anew by every load and kept nowhere: a duplicated tab would bring a copy of it along. */
const page = newId("p");

// --- who am I -------------------------------------------------------------------------------------

export async function logIn(account: string, password: string): Promise<Me> {
  const answer = await api.login(account.trim(), password);
  const { token, ...who } = answer;
  keepLogin({ token, ...who });
  enterAs(token, who);
  return who;
}

/** Goes on with a login that this tab, or the last one, has kept. */
export function enterAs(token: string, who: Me): void {
  forget();
  loginProblem.value = null;
  me.value = who;
  api.useToken(token, loginLost);
  open(token, page, loginLost);
}

export function logOut(): void {
  close();
  api.useToken(null, () => undefined);
  forgetLogin();
  forget();
}

/** The hub no longer takes the login: back to the login page, which says why. */
export function loginLost(problem: Problem): void {
  if (me.peek() === null) return;
  logOut();
  loginProblem.value = problem;
}

// --- sessions -------------------------------------------------------------------------------------

export interface NewSession {
  readonly title: string;
  readonly kind: SessionKind;
  readonly venues: readonly string[];
  readonly exercise?: boolean;
  /** Calls whom it names as well, but those in `without`. */
  readonly template_id?: string | null;
  readonly without?: readonly string[];
  /** It is held on this incident: its boards are used, and whoever is called takes part in it. */
  readonly incident_id?: string | null;
  /** Why its recording begins paused; empty: it is recorded. */
  readonly unrecorded?: string;
}

export async function startSession(wish: NewSession): Promise<string> {
  const { title, kind, exercise = false, template_id = null, without = [], incident_id = null, unrecorded = "" } = wish;
  const venues = [...wish.venues];
  const body = { op: newId("o"), title, kind, venues, exercise, template_id, without: [...without], incident_id, unrecorded };
  return (await request("session.start", body)).session_id;
}

export function callVenues(session_id: string, venues: readonly string[]): Promise<Done> {
  return request("session.call", { op: newId("o"), session_id, venues: [...venues] });
}

export function answer(session_id: string): Promise<Done> {
  return request("session.answer", { op: newId("o"), session_id });
}

export function decline(session_id: string): Promise<Done> {
  return request("session.decline", { op: newId("o"), session_id });
}

export function join(session_id: string): Promise<Done> {
  return request("session.join", { op: newId("o"), session_id });
}

export function leave(session_id: string): Promise<Done> {
  return request("session.leave", { op: newId("o"), session_id });
}

export function hangUp(session_id: string, venue: string): Promise<Done> {
  return request("session.hang_up", { op: newId("o"), session_id, venue });
}

/** By the chair: the hub passes nothing of that venue's microphone on until it is allowed again. */
export function mute(session_id: string, venue: string, muted: boolean): Promise<Done> {
  return request("session.mute", { op: newId("o"), session_id, venue, muted });
}

/** `self_unmute`: whether the venues may open them again by themselves; left out, that stays as it is. */
export function muteAll(session_id: string, muted: boolean, self_unmute: boolean | null = null): Promise<Done> {
  return request("session.mute_all", { op: newId("o"), session_id, muted, self_unmute });
}

/** Ends the sharing of content: one's own, or by the chair anybody's. */
export function unpresent(session_id: string): Promise<Done> {
  return request("session.unpresent", { op: newId("o"), session_id });
}

export function mark(session_id: string, kind: MarkerKind, label: string): Promise<Done> {
  return request("session.mark", { op: newId("o"), session_id, kind, label });
}

export function endSession(session_id: string, reason = ""): Promise<Done> {
  return request("session.end", { op: newId("o"), session_id, reason });
}

export * from "./bookingactions";
export * from "./controlactions";
export * from "./dutyactions";
export * from "./incidentactions";
export * from "./outsideactions";
export * from "./organisationactions";
export * from "./paperactions";
export * from "./planactions";
export * from "./spotcheckactions";

// --- boards: through the outbox, so that nothing typed is lost with the line ------------------------

export {
  addItem,
  annotate,
  changeState,
  dropWish,
  editItem,
  keepMine,
  moveItem,
  moveTrack,
  retryWish,
  takeTheirs,
  voidItem,
} from "./state/drafts";

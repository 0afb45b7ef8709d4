/** A venue's way into a session: the same table as hub/domain/call.py. Pure. */
import type { Session, VenueState } from "../types/wire";

export type Step = "call" | "answer" | "decline" | "miss" | "join" | "drop" | "return" | "leave";

const TRANSITIONS: Record<VenueState, Partial<Record<Step, VenueState>>> = {
  idle: { call: "ringing", join: "joined" },
  ringing: { answer: "joined", decline: "declined", miss: "no_answer", leave: "left" },
  joined: { drop: "reconnecting", leave: "left" },
  reconnecting: { return: "joined", leave: "left" },
  left: { call: "ringing", join: "joined" },
  no_answer: { call: "ringing", join: "joined" },
  declined: { call: "ringing", join: "joined" },
};

const PRESENT: readonly VenueState[] = ["joined", "reconnecting"];

/** The venue has a place in the session at this moment, even if its line is broken. */
export function isPresent(state: VenueState): boolean {
  return PRESENT.includes(state);
}

/** Not there, not ringing, and asked at least once or never: whom 重呼未应答 rings. */
export function isSilent(state: VenueState): boolean {
  return state === "no_answer" || state === "declined" || state === "idle";
}

/** 重呼未应答: whom one click calls again; nobody can call a guest in the field (rule U3). */
export function toRecall(session: Session): string[] {
  const silent = Object.values(session.venues).filter(({ state, field }) => !field && isSilent(state));
  return silent.map(({ venue }) => venue).filter((venue) => venue !== session.chair);
}

/** The log holds only steps the hub has allowed, so an unknown one is a fault of this page. */
export function step(state: VenueState, what: Step): VenueState {
  const next = TRANSITIONS[state][what];
  if (next === undefined) throw new Error(`no step ${what} from ${state}`);
  return next;
}

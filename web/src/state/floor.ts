/** 发言权: the same `apply` as hub/domain/floor_rules.py, and whom the hub lets be heard. Pure. */
import type { Floor, Recorded, Session, Venue } from "../types/wire";
import { runningRollCall } from "./rollcall";

export function apply(state: Session, recorded: Recorded): Session | null {
  const floor = applied(state.floor, recorded);
  return floor === null ? null : { ...state, floor };
}

function applied(floor: Floor, { event, at_ms }: Recorded): Floor | null {
  switch (event.type) {
    case "floor.mode":
      return { ...floor, mode: event.mode };
    case "floor.self_unmute":
      return { ...floor, self_unmute: event.allowed };
    case "floor.mute_on_entry":
      return { ...floor, mute_on_entry: event.on };
    case "floor.requested":
      return { ...floor, queue: [...floor.queue, { venue: event.venue, since_ms: at_ms }] };
    case "floor.request_ended":
      return { ...floor, queue: floor.queue.filter(({ venue }) => venue !== event.venue) };
    case "floor.given":
      return { ...floor, turn: { venue: event.venue, kind: event.kind, since_ms: at_ms } };
    case "floor.ended":
      return turnEnded(floor, at_ms);
    default:
      return null;
  }
}

/** The time of the turn is counted. */
export function turnEnded(floor: Floor, at_ms: number): Floor {
  const { turn } = floor;
  if (turn === null) return floor;
  const spoken = (floor.spoken_ms[turn.venue] ?? 0) + at_ms - turn.since_ms;
  return { ...floor, turn: null, spoken_ms: { ...floor.spoken_ms, [turn.venue]: spoken } };
}

/** F1: the chair always; else who is asked alone, then who has the floor alone, then by the mode. */
export function mayBeHeard(session: Session, { venue, muted }: Venue): boolean {
  if (venue === session.chair) return true;
  const asked = runningRollCall(session)?.asked ?? null;
  if (asked !== null) return venue === asked;
  if (session.floor.turn !== null) return venue === session.floor.turn.venue;
  return session.floor.mode === "free" && !muted;
}

/** 允许自行开麦: its own wish is all that its microphone lacks. */
export function mayOpenItself(session: Session, venue: Venue): boolean {
  return venue.muted && session.floor.self_unmute && mayBeHeard(session, { ...venue, muted: false });
}

/** 全体关闭麦克风 has nothing left to close, with those who come later (rule S15). */
export function areAllClosed(session: Session): boolean {
  return session.floor.mute_on_entry && others(session).every(({ muted }) => muted);
}

/** There is something to open again, if only for those who come later. */
export function areSomeClosed(session: Session): boolean {
  return session.floor.mute_on_entry || others(session).some(({ muted }) => muted);
}

function others(session: Session): Venue[] {
  return Object.values(session.venues).filter(({ venue }) => venue !== session.chair);
}

/** The place of a venue in the queue, counted from 1; null when it does not wait. */
export function placeInQueue(session: Session, venue: string | null): number | null {
  const place = session.floor.queue.findIndex((one) => one.venue === venue);
  return place < 0 ? null : place + 1;
}

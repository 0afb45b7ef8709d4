/** 待办: what of the running sessions waits for the duty office, the longest waiting first. Pure. */
import type { Session, Venue } from "../types/wire";
import { isSilent } from "./call";

export type TodoKind = "rings_long" | "offline" | "no_answer" | "declined" | "lost" | "chair_request" | "floor_request";

export interface Todo {
  readonly kind: TodoKind;
  readonly session_id: string;
  /** Short names, the longest waiting first. */
  readonly venues: readonly string[];
  /** Of the longest waiting. */
  readonly since_ms: number;
}

/** A video call that has not been answered for so long is late (domain: a spot check's limit). */
export const RING_LATE_MS = 30_000;
/** A venue whose line is cut comes back by itself in less. */
const LINE_LATE_MS = 15_000;

type Source = (session: Session, now_ms: number, isOnline: (seat: string) => boolean) => Todo[];

/** Another kind of thing that waits is another source; bookings that are due are not of a session: views/desktodos. */
const SOURCES: readonly Source[] = [calls, requests];

export function todosOf(session: Session, now_ms: number, isOnline: (seat: string) => boolean): Todo[] {
  if (session.started_ms === 0 || session.ended_ms !== null) return [];
  return SOURCES.flatMap((source) => source(session, now_ms, isOnline)).sort((a, b) => a.since_ms - b.since_ms);
}

function calls(session: Session, now_ms: number, isOnline: (seat: string) => boolean): Todo[] {
  const todos: Todo[] = [];
  for (const venue of Object.values(session.venues)) {
    const kind = venue.venue === session.chair ? null : callTodo(venue, now_ms, isOnline(venue.venue));
    if (kind !== null) add(todos, session, kind, venue);
  }
  return todos;
}

/** Venues that wait for the same thing are one line: twenty that are silent must not hide one that asks. */
function add(todos: Todo[], session: Session, kind: TodoKind, venue: Venue): void {
  const place = todos.findIndex((one) => one.kind === kind);
  const known = todos[place];
  if (known === undefined) {
    todos.push(todo(session, kind, venue, venue.since_ms));
    return;
  }
  const isOlder = venue.since_ms < known.since_ms;
  const venues = isOlder ? [venue.short_name, ...known.venues] : [...known.venues, venue.short_name];
  todos[place] = { ...known, venues, since_ms: Math.min(known.since_ms, venue.since_ms) };
}

function callTodo(venue: Venue, now_ms: number, isOnline: boolean): TodoKind | null {
  const { state, since_ms, removed } = venue;
  if (removed || wasReached(venue)) return null;
  if (state === "ringing" && !isOnline) return "offline";
  if (state === "ringing") return venue.automatic || now_ms - since_ms >= RING_LATE_MS ? "rings_long" : null;
  if (state === "reconnecting") return now_ms - since_ms >= LINE_LATE_MS ? "lost" : null;
  if (state === "declined") return "declined";
  return isSilent(state) && venue.calls > 0 ? "no_answer" : null;
}

/** Somebody there knows: reached by telephone since the state began. */
function wasReached({ phone_calls, since_ms }: Venue): boolean {
  return phone_calls.some((call) => call.reached && call.at_ms >= since_ms);
}

function requests(session: Session): Todo[] {
  const todos: Todo[] = [];
  for (const [key, since_ms] of Object.entries(session.chair_requests)) {
    const venue = session.venues[key];
    if (venue !== undefined) todos.push(todo(session, "chair_request", venue, since_ms));
  }
  for (const { venue: key, since_ms } of session.floor.queue) {
    const venue = session.venues[key];
    if (venue !== undefined) todos.push(todo(session, "floor_request", venue, since_ms));
  }
  return todos;
}

function todo(session: Session, kind: TodoKind, venue: Venue, since_ms: number): Todo {
  return { kind, session_id: session.session_id, venues: [venue.short_name], since_ms };
}

/** One sentence for a venue when it matters: that it is called upon, why it is not heard, what it may do. Pure. */
import { heirOf } from "../state/chair";
import { mayBeHeard, mayOpenItself, placeInQueue } from "../state/floor";
import { namedVenue } from "../state/picture";
import { runningRollCall } from "../state/rollcall";
import type { Key, Params } from "../ui/i18n";
import type { Session } from "../types/wire";

/** How long a venue whose line is cut keeps its place (rule J4). */
export const GRACE_MS = 30_000;

/** What the venue can do about it, with one button. */
export type Remedy = "end_turn" | "ask" | "withdraw" | "open";

export interface Guidance {
  readonly key: Key;
  readonly params: Params;
  /** call: read aloud at once. warn: something is wrong. */
  readonly tone: "call" | "warn" | "info";
  readonly since_ms: number | null;
  readonly remedy: Remedy | null;
}

/** The first that holds; null when there is nothing to say. */
export function guidanceOf(session: Session, own: string | null, now_ms: number): Guidance | null {
  return (
    calledUpon(session, own) ??
    chairIsLost(session, own, now_ms) ??
    waiting(session, own) ??
    (own === session.chair ? null : (othersSpeak(session) ?? closed(session, own) ?? shownToAll(session, own)))
  );
}

function say(key: Key, part: Partial<Guidance> = {}): Guidance {
  return { key, params: {}, tone: "info", since_ms: null, remedy: null, ...part };
}

function calledUpon(session: Session, own: string | null): Guidance | null {
  if (own === null) return null;
  const running = runningRollCall(session);
  if (running?.asked === own) {
    const row = running.roll.rows[running.roll.current ?? -1];
    if (row !== undefined && row.result !== null) return say("rollcall.done"); // the next one is asked in a moment
    return say("room.guide_asked", { tone: "call", since_ms: row?.asked_ms ?? null });
  }
  const { turn } = session.floor;
  if (turn?.venue !== own || running?.asked != null) return null;
  const key = turn.kind === "named" ? "room.guide_named" : "room.guide_granted";
  return say(key, { tone: "call", since_ms: turn.since_ms, remedy: "end_turn" });
}

/** 主席断线: who takes over, and when. */
function chairIsLost(session: Session, own: string | null, now_ms: number): Guidance | null {
  const chair = session.venues[session.chair];
  if (chair?.state !== "reconnecting" || own === session.chair) return null;
  const lasted_ms = now_ms - chair.since_ms;
  const heir = session.venues[heirOf(session, session.chair)]?.short_name ?? "";
  const params = { cut: seconds(lasted_ms), left: seconds(GRACE_MS - lasted_ms), heir };
  // The office itself is away, and nobody of it is there: it keeps the chair.
  return say(heir === chair.short_name ? "room.guide_chair_cut" : "room.guide_chair_lost", { params, tone: "warn" });
}

function waiting(session: Session, own: string | null): Guidance | null {
  const place = placeInQueue(session, own);
  if (place === null) return null;
  const since_ms = session.floor.queue[place - 1]?.since_ms ?? null;
  return say("room.guide_waiting", { params: { place }, since_ms, remedy: "withdraw" });
}

function othersSpeak(session: Session): Guidance | null {
  const named = namedVenue(session);
  if (named === null) return null;
  const isAsked = (runningRollCall(session)?.asked ?? null) !== null;
  const params = { venue: session.venues[named]?.short_name ?? "" };
  return say(isAsked ? "room.guide_other_asked" : "room.guide_other_speaks", { params, remedy: askable(session) });
}

function closed(session: Session, own: string | null): Guidance | null {
  const venue = session.venues[own ?? ""];
  const { mode } = session.floor;
  if (venue === undefined || mayBeHeard(session, venue)) return null;
  if (mode === "silent") return say("room.guide_silent");
  if (mode === "request") return say("room.guide_request", { remedy: "ask" });
  if (mayOpenItself(session, venue)) return say("room.guide_may_open", { remedy: "open" });
  return say("room.guide_closed", { remedy: "ask" });
}

function shownToAll(session: Session, own: string | null): Guidance | null {
  const { broadcast } = session.picture;
  if (broadcast === null || broadcast.venue !== own) return null;
  return say("room.guide_broadcast", { since_ms: broadcast.since_ms });
}

function askable(session: Session): Remedy | null {
  return session.floor.mode === "silent" ? null : "ask";
}

function seconds(ms: number): number {
  return Math.max(0, Math.round(ms / 1000));
}

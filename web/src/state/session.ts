/** One consultation: the same `apply` as hub/domain/session_fold.py. Pure. */
import type { DomainEvent, Interval, Marker, Recorded, Session, Venue } from "../types/wire";
import { isPresent, step, type Step } from "./call";
import * as chair from "./chair";
import * as conduct from "./conduct";
import * as floor from "./floor";
import * as guest from "./guest";
import * as picture from "./picture";
import * as rollcall from "./rollcall";
import { streamOf as workspaceStream } from "./workspace";

export function streamOf(sessionId: string): string {
  return `session:${sessionId}`;
}

export function initial(): Session {
  return {
    noun: "session",
    session_id: "",
    title: "",
    kind: "consultation",
    office: "",
    heirs: [],
    chair: "",
    chair_since_ms: 0,
    chair_requests: {},
    board_id: "",
    incident_id: null,
    recording_id: "",
    exercise: false,
    classification: "",
    ring_ms: 45_000,
    auto_recall: true,
    started_ms: 0,
    ends_ms: null,
    ended_ms: null,
    locked: false,
    presenter: null,
    presented_ms: null,
    presenter_locked: false,
    floor: { mode: "free", self_unmute: false, mute_on_entry: false, turn: null, queue: [], spoken_ms: {} },
    picture: { broadcast: null, carousel: null, layout: null, voice: true },
    rollcalls: [],
    venues: {},
    markers: [],
    agenda: [],
    invitations: {},
  };
}

/** The stream of the boards it works on: those of its incident, else its own. */
export function boardsOf({ board_id, incident_id }: Pick<Session, "board_id" | "incident_id">): string {
  return incident_id === null ? workspaceStream(board_id, "session") : workspaceStream(incident_id);
}

export function isRunning(state: Session): boolean {
  return state.started_ms > 0 && state.ended_ms === null;
}

/** The venues that an end of the session hangs up: who is there or still rings, the chair itself aside. */
export function hungUpByEnd(session: Session): number {
  const others = Object.values(session.venues).filter(({ venue }) => venue !== session.chair);
  return others.filter(({ state }) => isPresent(state) || state === "ringing").length;
}

/** Why `venue` is not there any more, from what was heard last; other venues leave for reasons of their own. */
export function whyLeft(events: readonly Recorded[], venue: string | null): "left" | "hung_up" | "lost" {
  const last = events.findLast(({ event }) => event.type === "venue.left" && event.venue === venue)?.event;
  if (last?.type !== "venue.left") return "left";
  return last.reason === "hung_up" || last.reason === "lost" ? last.reason : "left";
}

const STEPS: Partial<Record<DomainEvent["type"], Step>> = {
  "venue.called": "call",
  "venue.answered": "answer",
  "venue.declined": "decline",
  "venue.missed": "miss",
  "venue.joined": "join",
  "venue.dropped": "drop",
  "venue.returned": "return",
  "venue.left": "leave",
};

export function apply(state: Session, recorded: Recorded): Session {
  const { event, at_ms } = recorded;
  switch (event.type) {
    case "session.started": {
      const { type: _, ...named } = event;
      return { ...initial(), ...named, office: event.chair, chair_since_ms: at_ms, started_ms: at_ms };
    }
    case "session.ended":
      return {
        ...state,
        venues: closedVenues(state.venues, at_ms),
        chair_requests: {},
        presenter: null,
        presented_ms: null,
        floor: { ...floor.turnEnded(state.floor, at_ms), queue: [] },
        picture: { ...state.picture, broadcast: null, carousel: null },
        rollcalls: state.rollcalls.map((roll) => (roll.ended_ms === null ? rollcall.rollCallOver(roll, at_ms) : roll)),
        ended_ms: at_ms,
      };
    case "marker.set": {
      const { type: _, ...named } = event;
      const marker: Marker = { ...named, at_ms, actor: recorded.actor };
      return { ...state, markers: [...state.markers, marker] };
    }
    case "venue.added":
      return withVenue(state, guest.newVenue(event.venue, event.name, event.short_name, at_ms));
    case "source.started": {
      const { source } = event;
      return changed(state, source.venue, (venue) => ({
        ...venue,
        sources: { ...venue.sources, [source.source_id]: source },
      }));
    }
    case "source.ended":
      return changed(state, event.venue, (venue) => {
        const { [event.source_id]: _, ...sources } = venue.sources;
        return { ...venue, sources };
      });
    case "venue.devices":
      return changed(state, event.venue, (venue) => ({
        ...venue,
        microphone: event.microphone,
        camera: event.camera,
      }));
    case "venue.muted":
    case "venue.unmuted":
      return changed(state, event.venue, (venue) => ({ ...venue, muted: event.type === "venue.muted" }));
    case "presentation.started":
      return { ...state, presenter: event.venue, presented_ms: at_ms };
    case "presentation.stopped":
      return { ...state, presenter: null, presented_ms: null };
    case "venue.called":
    case "venue.answered":
    case "venue.declined":
    case "venue.missed":
    case "venue.joined":
    case "venue.dropped":
    case "venue.returned":
    case "venue.left":
      return changed(state, event.venue, (venue) => moved(venue, recorded));
    default:
      return elsewhere(state, recorded);
  }
}

function elsewhere(state: Session, recorded: Recorded): Session {
  for (const noun of [chair, floor, picture, rollcall, conduct, guest]) {
    const next = noun.apply(state, recorded);
    if (next !== null) return next;
  }
  return state;
}

function moved(venue: Venue, recorded: Recorded): Venue {
  const { event, at_ms } = recorded;
  const what = STEPS[event.type];
  if (what === undefined) return venue;
  const next = { ...venue, state: step(venue.state, what), since_ms: at_ms, rings_until_ms: null };
  switch (event.type) {
    case "venue.called": {
      const { rings_until_ms, automatic } = event;
      const fresh = { alerted_ms: null, offline: false, removed: false };
      return { ...next, ...fresh, rings_until_ms, automatic, calls: venue.calls + 1 };
    }
    case "venue.answered":
      return { ...came(next, recorded), answer_ms: event.after_ms };
    case "venue.joined":
      return came(next, recorded);
    case "venue.missed":
      return { ...next, offline: event.offline };
    case "venue.left":
      return { ...next, attendance: ended(venue.attendance, at_ms), sources: {}, lost: event.reason === "lost" };
    default:
      return next;
  }
}

function came(venue: Venue, { actor, at_ms }: Recorded): Venue {
  const attendance = [...venue.attendance, { from_ms: at_ms, to_ms: null }];
  return { ...venue, person: actor.person, attendance, microphone: true, camera: true, lost: false };
}

function closedVenues(venues: Record<string, Venue>, at_ms: number): Record<string, Venue> {
  return Object.fromEntries(Object.entries(venues).map(([key, venue]) => [key, closed(venue, at_ms)]));
}

function closed(venue: Venue, at_ms: number): Venue {
  if (isPresent(venue.state)) {
    const attendance = ended(venue.attendance, at_ms);
    return { ...venue, state: "left", since_ms: at_ms, attendance, sources: {} };
  }
  if (venue.state === "ringing") {
    return { ...venue, state: "no_answer", since_ms: at_ms, rings_until_ms: null };
  }
  return venue;
}

function ended(stays: Interval[], at_ms: number): Interval[] {
  const last = stays.at(-1);
  if (last === undefined || last.to_ms !== null) return stays;
  return [...stays.slice(0, -1), { ...last, to_ms: at_ms }];
}

function changed(state: Session, key: string, change: (venue: Venue) => Venue): Session {
  const venue = state.venues[key];
  return venue === undefined ? state : withVenue(state, change(venue));
}

function withVenue(state: Session, venue: Venue): Session {
  return { ...state, venues: { ...state.venues, [venue.venue]: venue } };
}

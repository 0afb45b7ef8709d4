/** What was written of a session: the same `apply` as hub/domain/recording.py. Pure. */
import type { Actor, Gap, Recorded, Recording, Session, Track } from "../types/wire";

export function streamOf(recordingId: string): string {
  return `recording:${recordingId}`;
}

/** P6, as far as a page can tell: a seat may where the office has allowed it, which only the hub knows. */
export function mayReview(session: Pick<Session, "office" | "heirs">, by: Actor | null): boolean {
  if (by?.role === "reviewer") return true;
  return by?.role === "officer" && by.seat !== null && [session.office, ...session.heirs].includes(by.seat);
}

export function initial(): Recording {
  return {
    noun: "recording",
    recording_id: "",
    session_id: "",
    title: "",
    state: "recording",
    since_ms: 0,
    started_ms: 0,
    stopped_ms: null,
    failure: null,
    paused_by: null,
    tracks: {},
    gaps: [],
  };
}

export function apply(state: Recording, recorded: Recorded): Recording {
  const { event, at_ms } = recorded;
  switch (event.type) {
    case "recording.started": {
      const { type: _, ...named } = event;
      return { ...initial(), ...named, since_ms: at_ms, started_ms: at_ms };
    }
    case "track.opened": {
      const { track } = event;
      return { ...withTrack(state, track), gaps: ended(state.gaps, track.venue, track.source, track.started_ms) };
    }
    case "track.sealed":
    case "track.recovered": {
      const { type, track_id, sha256, digest, ...written } = event;
      const sealed = changed(state, track_id, (track) => ({
        ...track,
        ...written,
        digest: digest === "" ? sha256 : digest, // older logs have it under the other name
        state: type === "track.sealed" ? "sealed" : "recovered",
      }));
      return { ...sealed, gaps: begunBy(state.gaps, track_id, event.ended_ms) };
    }
    case "track.failed":
      return failed(state, event.track_id, event.at_ms, event.reason);
    case "gap.opened":
      return { ...state, gaps: [...state.gaps, behind(state, event.track_id, event.from_ms, event.reason)] };
    case "gap.closed":
      return { ...state, gaps: ended(state.gaps, event.venue, event.source, event.to_ms) };
    case "recording.interrupted": {
      const { from_ms, reason } = event;
      const gaps = [...state.gaps, { ...WHOLE, from_ms, reason }];
      return { ...state, state: "interrupted", since_ms: at_ms, failure: event.reason, gaps };
    }
    case "recording.paused": {
      const gap = { ...WHOLE, from_ms: at_ms, reason: "recording.paused", note: event.reason };
      return { ...state, state: "paused", since_ms: at_ms, paused_by: recorded.actor, gaps: [...state.gaps, gap] };
    }
    case "recording.resumed": {
      const gaps = closed(state.gaps, at_ms);
      return { ...state, state: "recording", since_ms: at_ms, failure: null, paused_by: null, gaps };
    }
    case "recording.stopped": {
      const gaps = closed(state.gaps, at_ms, true);
      return { ...state, state: "processing", since_ms: at_ms, stopped_ms: at_ms, gaps };
    }
    case "recording.ready":
      return { ...state, state: "ready", since_ms: at_ms };
    default:
      return state;
  }
}

/** A gap of the whole recording that has just begun. */
const WHOLE: Gap = { from_ms: 0, to_ms: null, reason: "", track_id: "", note: "", venue: "", source: "" };

/** Nothing of the track can be played, so all of it is a gap, up to the one behind it. */
function failed(state: Recording, key: string, at_ms: number, reason: string): Recording {
  const track = state.tracks[key];
  if (track === undefined) return state;
  const before = withTrack(state, { ...track, state: "failed", ended_ms: at_ms });
  const after = state.gaps.find((gap) => gap.track_id === key);
  if (after?.reason === reason) return { ...before, gaps: begunBy(state.gaps, key, track.started_ms) };
  const end_ms = at_ms > track.started_ms ? at_ms : state.stopped_ms;
  const gap = { ...behind(state, key, track.started_ms, reason), to_ms: after === undefined ? end_ms : after.from_ms };
  return { ...before, gaps: [...state.gaps, gap] };
}

function behind(state: Recording, track_id: string, from_ms: number, reason: string): Gap {
  const { venue = "", source = "" } = state.tracks[track_id] ?? {};
  return { ...WHOLE, from_ms, reason, track_id, venue, source };
}

/** Now it is known exactly when the track behind which they lie has ended. */
function begunBy(gaps: readonly Gap[], track_id: string, at_ms: number): Gap[] {
  return gaps.map((gap) =>
    gap.track_id === track_id ? { ...gap, from_ms: Math.min(gap.from_ms, at_ms) } : gap,
  );
}

/** The open gap of that source ends here; a track from before it, found after a crash, does not end it. */
function ended(gaps: readonly Gap[], venue: string, source: string, at_ms: number): Gap[] {
  return gaps.map((gap) =>
    gap.to_ms === null && gap.track_id !== "" && gap.venue === venue && gap.source === source && at_ms >= gap.from_ms
      ? { ...gap, to_ms: at_ms }
      : gap,
  );
}

/** The gap of the whole recording that is still open ends here; at its end those of the sources too. */
function closed(gaps: readonly Gap[], at_ms: number, allOfThem = false): Gap[] {
  return gaps.map((gap) =>
    gap.to_ms === null && (allOfThem || gap.track_id === "") ? { ...gap, to_ms: Math.max(gap.from_ms, at_ms) } : gap,
  );
}

function changed(state: Recording, key: string, change: (track: Track) => Track): Recording {
  const track = state.tracks[key];
  return track === undefined ? state : withTrack(state, change(track));
}

function withTrack(state: Recording, track: Track): Recording {
  return { ...state, tracks: { ...state.tracks, [track.track_id]: track } };
}

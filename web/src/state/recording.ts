/** What was written of a session: the same `apply` as hub/domain/recording.py. Pure. */
import type { Gap, Recorded, Recording, Track } from "../types/wire";

export function streamOf(recordingId: string): string {
  return `recording:${recordingId}`;
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
    case "track.opened":
      return withTrack(state, event.track);
    case "track.sealed":
    case "track.recovered": {
      const { type, track_id, sha256, digest, ...written } = event;
      return changed(state, track_id, (track) => ({
        ...track,
        ...written,
        digest: digest === "" ? sha256 : digest, // older logs have it under the other name
        state: type === "track.sealed" ? "sealed" : "recovered",
      }));
    }
    case "track.failed": {
      const failed = changed(state, event.track_id, (track) => ({
        ...track,
        state: "failed",
        ended_ms: event.at_ms,
      }));
      const gap = { from_ms: event.at_ms, to_ms: null, reason: event.reason, track_id: event.track_id, note: "" };
      return { ...failed, gaps: [...state.gaps, gap] };
    }
    case "recording.interrupted": {
      const gap = { from_ms: event.from_ms, to_ms: null, reason: event.reason, track_id: "", note: "" };
      const gaps = [...state.gaps, gap];
      return { ...state, state: "interrupted", since_ms: at_ms, failure: event.reason, gaps };
    }
    case "recording.paused": {
      const gap = { from_ms: at_ms, to_ms: null, reason: "recording.paused", track_id: "", note: event.reason };
      return { ...state, state: "paused", since_ms: at_ms, paused_by: recorded.actor, gaps: [...state.gaps, gap] };
    }
    case "recording.resumed": {
      const gaps = closed(state.gaps, at_ms);
      return { ...state, state: "recording", since_ms: at_ms, failure: null, paused_by: null, gaps };
    }
    case "recording.stopped": {
      const gaps = closed(state.gaps, at_ms);
      return { ...state, state: "processing", since_ms: at_ms, stopped_ms: at_ms, gaps };
    }
    case "recording.ready":
      return { ...state, state: "ready", since_ms: at_ms };
    default:
      return state;
  }
}

/** The gap of the whole recording that is still open ends here. */
function closed(gaps: Gap[], at_ms: number): Gap[] {
  return gaps.map((gap) => (gap.to_ms === null && gap.track_id === "" ? { ...gap, to_ms: at_ms } : gap));
}

function changed(state: Recording, key: string, change: (track: Track) => Track): Recording {
  const track = state.tracks[key];
  return track === undefined ? state : withTrack(state, change(track));
}

function withTrack(state: Recording, track: Track): Recording {
  return { ...state, tracks: { ...state.tracks, [track.track_id]: track } };
}

/** What becomes of a recording once it is written: the same `apply` as hub/domain/keeping_fold.py. Pure. */
import type { Export, Keeping, Recorded, ReviewMark } from "../types/wire";

export function streamOf(recordingId: string): string {
  return `keeping:${recordingId}`;
}

export function initial(): Keeping {
  return { noun: "keeping", hold: null, released_ms: null, objection: null, denied: {}, destruction: null, marks: {}, exports: {}, stored: {} };
}

export function apply(state: Keeping, recorded: Recorded): Keeping {
  const { event, at_ms, actor } = recorded;
  const { destruction } = state;
  switch (event.type) {
    case "keeping.held":
      return { ...state, hold: { reason: event.reason, by: actor, since_ms: at_ms } };
    case "keeping.denied":
      return { ...state, denied: { ...state.denied, [actor.account]: at_ms } };
    case "keeping.released":
      return { ...state, hold: null, released_ms: at_ms };
    case "destruction.proposed": {
      const none = { problem: "", approved_by: null, approved_ms: null, destroyed_ms: null, files: [] };
      const proposed = { fate: "proposed" as const, reason: event.reason, proposed_by: actor, proposed_ms: at_ms };
      return { ...state, destruction: { ...proposed, ...none } };
    }
    case "destruction.withdrawn": {
      // Whoever takes back what the hub has proposed objects to its policy.
      const objects = destruction?.proposed_by.role === "hub" && actor.role !== "hub";
      return { ...state, destruction: null, objection: objects ? { by: actor, at_ms } : state.objection };
    }
    case "destruction.approved":
      if (destruction === null) return state;
      return { ...state, destruction: { ...destruction, fate: "approved", approved_by: actor, approved_ms: at_ms } };
    case "destruction.stuck":
      return destruction === null ? state : { ...state, destruction: { ...destruction, problem: event.reason } };
    case "destruction.done": {
      if (destruction === null) return state;
      const { files } = event;
      return { ...state, destruction: { ...destruction, fate: "destroyed", destroyed_ms: at_ms, files, problem: "" } };
    }
    case "track.stored":
      return { ...state, stored: { ...state.stored, [event.track_id]: event.place } };
    default:
      return { ...state, marks: marksAfter(state.marks, recorded), exports: exportsAfter(state.exports, recorded) };
  }
}

type Marks = Record<string, ReviewMark>;

function marksAfter(marks: Marks, { event, at_ms, actor }: Recorded): Marks {
  switch (event.type) {
    case "mark.set": {
      const { type: _, ...set } = event;
      return { ...marks, [event.mark_id]: { ...set, by: actor, made_ms: at_ms, version: 1, changed_ms: null } };
    }
    case "mark.changed": {
      const { type: _, ...change } = event;
      const mark = marks[event.mark_id];
      if (mark === undefined) return marks;
      return { ...marks, [event.mark_id]: { ...mark, ...change, version: mark.version + 1, changed_ms: at_ms } };
    }
    case "mark.removed":
      return Object.fromEntries(Object.entries(marks).filter(([key]) => key !== event.mark_id));
    default:
      return marks;
  }
}

type Exports = Record<string, Export>;

function exportsAfter(exports: Exports, { event, at_ms, actor }: Recorded): Exports {
  const changed = (key: string, change: Partial<Export>): Exports => {
    const made = exports[key];
    return made === undefined ? exports : { ...exports, [key]: { ...made, ...change, since_ms: at_ms } };
  };
  switch (event.type) {
    case "export.requested": {
      const { export_id, wish } = event;
      const blank = { name: "", size_bytes: 0, digest: "", algorithm: "", reason: "" };
      const asked = { export_id, wish, by: actor, requested_ms: at_ms, since_ms: at_ms };
      return { ...exports, [export_id]: { ...asked, ...blank, state: "waiting" } };
    }
    case "export.finished": {
      const { type: _, export_id, ...file } = event;
      return changed(export_id, { ...file, state: "done" });
    }
    case "export.failed":
      return changed(event.export_id, { state: "failed", reason: event.reason });
    case "export.cancelled":
      return changed(event.export_id, { state: "cancelled" });
    case "export.removed":
      return changed(event.export_id, { state: "removed" });
    default:
      return exports;
  }
}

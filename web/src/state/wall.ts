/** A wall and what is on it: the same `apply` as hub/domain/wall.py. Pure. */
import type { Recorded, Wall } from "../types/wire";

export function initial(): Wall {
  return {
    noun: "wall",
    wall_id: "",
    name: "",
    token_hash: "",
    added_ms: 0,
    revoked_ms: null,
    session_id: null,
    shown_ms: null,
  };
}

export function apply(state: Wall, recorded: Recorded): Wall {
  const { event, at_ms } = recorded;
  switch (event.type) {
    case "wall.added": {
      const { type: _, ...named } = event;
      return { ...initial(), ...named, added_ms: at_ms };
    }
    case "wall.revoked":
      return { ...state, revoked_ms: at_ms, session_id: null, shown_ms: null };
    case "wall.shown":
      return { ...state, session_id: event.session_id, shown_ms: at_ms };
    case "wall.cleared":
      return { ...state, session_id: null, shown_ms: null };
    default:
      return state;
  }
}

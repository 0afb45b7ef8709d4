/** How a session is run: the same `apply` as hub/domain/conduct_rules.py. Pure. */
import type { Recorded, Session, Venue } from "../types/wire";

export function apply(state: Session, recorded: Recorded): Session | null {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "session.locked":
      return { ...state, locked: event.locked };
    case "presentation.locked":
      return { ...state, presenter_locked: event.locked };
    case "session.end_planned":
      return { ...state, ends_ms: event.ends_ms };
    case "venue.alerted":
      return changed(state, event.venue, () => ({ alerted_ms: at_ms }));
    case "call.escalated":
      return changed(state, event.venue, ({ contacts }) => ({ contacts: [...contacts, event.contact] }));
    case "call.phoned": {
      const { name, phone, reached, note } = event;
      const call = { name, phone, reached, note, at_ms, person: actor.person };
      return changed(state, event.venue, ({ phone_calls }) => ({ phone_calls: [...phone_calls, call] }));
    }
    case "venue.renamed":
      return changed(state, event.venue, () => ({ short_name: event.short_name }));
    case "venue.removed":
      return changed(state, event.venue, () => ({ removed: true }));
    default:
      return null;
  }
}

function changed(state: Session, key: string, news: (venue: Venue) => Partial<Venue>): Session {
  const venue = state.venues[key];
  if (venue === undefined) return state;
  return { ...state, venues: { ...state.venues, [key]: { ...venue, ...news(venue) } } };
}

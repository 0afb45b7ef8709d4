/** A session with venues in it, for tests of what is shown and said of it. */
import { initial } from "../src/state/session";
import type { Session, Venue } from "../src/types/wire";

/** Joined one after the other; the first is the duty office and has the chair. */
export function meeting(keys: readonly string[], part: Partial<Session> = {}): Session {
  const venues = Object.fromEntries(keys.map((key, n) => [key, venueOf(key, n)]));
  const [office = ""] = keys;
  return { ...initial(), session_id: "s-1", office, chair: office, started_ms: 1, venues, ...part };
}

export function withVenue(session: Session, key: string, part: Partial<Venue>): Session {
  const venue = session.venues[key];
  if (venue === undefined) throw new Error(key);
  return { ...session, venues: { ...session.venues, [key]: { ...venue, ...part } } };
}

function venueOf(venue: string, n: number): Venue {
  return {
    venue,
    name: venue,
    short_name: venue,
    state: "joined",
    since_ms: n,
    rings_until_ms: null,
    person: null,
    microphone: true,
    camera: true,
    muted: false,
    removed: false,
    lost: false,
    calls: 1,
    automatic: false,
    offline: false,
    alerted_ms: null,
    answer_ms: null,
    contacts: [],
    phone_calls: [],
    attendance: [{ from_ms: n, to_ms: null }],
    sources: {},
    field: false,
    place: "",
  };
}

/** What the officer is about to call: kept while other pages are looked at. */
import { computed, signal } from "@preact/signals";

import { isPresent } from "../state/call";
import { sessionState } from "../state/followed";
import { seatsOf } from "../state/organisation";
import { me, organisation, presence, sessions } from "../state/store";
import type { Level, Seat, SessionKind, VenueState } from "../types/wire";

export const KINDS: readonly SessionKind[] = [
  "consultation",
  "joint_meeting",
  "dispatch_call",
  "spot_check",
  "drill",
];

/** Levels in the order of the list. */
const LEVELS: readonly Level[] = ["province", "dept", "city", "county"];

export const chosen = signal<ReadonlySet<string>>(new Set());
export const title = signal("");
export const kind = signal<SessionKind>("consultation");
export const exercise = signal(false);
/** The session whose calls take the centre; null when none is looked at. */
export const watched = signal<string | null>(null);

export interface SeatGroup {
  readonly level: Level;
  readonly seats: readonly Seat[];
}

/** Every seat that can be called from here, in protocol order. */
export const groups = computed<SeatGroup[]>(() => {
  const own = me.value?.actor.seat;
  return LEVELS.map((level) => ({
    level,
    seats: seatsOf(organisation.value, level).filter((seat) => seat.seat_id !== own),
  })).filter(({ seats }) => seats.length > 0);
});

export const chosenSeats = computed<Seat[]>(() =>
  groups.value.flatMap(({ seats }) => seats.filter((seat) => chosen.value.has(seat.seat_id))),
);

export const isOnline = (seat: Seat): boolean => presence.value[seat.seat_id]?.online === true;

export interface Engagement {
  readonly state: VenueState;
  readonly since_ms: number;
  readonly title: string;
}

/** Seats that ring or take part in a running session this desk follows. */
export const engaged = computed<ReadonlyMap<string, Engagement>>(() => {
  const found = new Map<string, Engagement>();
  for (const { session_id } of sessions.value ?? []) {
    const session = sessionState(session_id).value.state;
    for (const venue of Object.values(session?.venues ?? {})) {
      const { state, since_ms } = venue;
      if (session !== null && (isPresent(state) || state === "ringing"))
        found.set(venue.venue, { state, since_ms, title: session.title });
    }
  }
  return found;
});

export function choose(ids: readonly string[], on: boolean): void {
  const next = new Set(chosen.peek());
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  chosen.value = next;
}

export function clearChoice(): void {
  chosen.value = new Set();
}

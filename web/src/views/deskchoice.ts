/** What the officer is about to call: kept while other pages are looked at. */
import { computed, signal } from "@preact/signals";

import { isPresent } from "../state/call";
import { sessionState } from "../state/followed";
import type { NewSession } from "../actions";
import { besideLevels, calledBy, seatsOf, sorted } from "../state/organisation";
import { me, organisation, presence, sessions } from "../state/store";
import type { Group, Level, Seat, SessionKind, Template, VenueState } from "../types/wire";

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
/** The template the choice began with; what has been added or left out since goes beside it. */
export const template = signal<Template | null>(null);
/** The incident that the session is to be held on: its boards are used. */
export const onIncident = signal<{ readonly incident_id: string; readonly title: string } | null>(null);
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

export interface NamedGroup {
  readonly group: Group;
  readonly seats: readonly Seat[];
}

/** The office's own groups (防汛成员单位, 全省各市); a seat may be in several. */
export const namedGroups = computed<NamedGroup[]>(() => {
  const { seats, groups: known } = organisation.value;
  const own = me.value?.actor.seat;
  return sorted(known)
    .map((group) => ({ group, seats: group.seats.flatMap((id) => (id === own ? [] : (seats[id] ?? []))) }))
    .filter(({ seats: members }) => members.length > 0);
});

/** Those of them that are more than another name for a level. */
export const groupsBesideLevels = computed<NamedGroup[]>(() => besideLevels(namedGroups.value, groups.value));

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
  template.value = null;
  onIncident.value = null;
}

/** One click: whom it calls, what kind of session it is; the same click again takes that back. */
export function chooseTemplate(one: Template): void {
  if (template.peek()?.template_id === one.template_id) {
    clearChoice();
    exercise.value = false;
    return;
  }
  template.value = one;
  chosen.value = new Set(calledHere(one));
  kind.value = one.kind;
  exercise.value = one.exercise;
}

/** Whom a template calls from this desk: nobody calls itself. */
export function calledHere(one: Template): string[] {
  return calledBy(organisation.value, one).filter((id) => id !== me.value?.actor.seat);
}

/** The choice as the hub wants it: a template is looked up there, at that moment. */
export function wishOf(ids: readonly string[], from: Template | null): Pick<NewSession, "venues" | "template_id" | "without"> {
  if (from === null) return { venues: ids, template_id: null, without: [] };
  const named = calledHere(from);
  return {
    venues: ids.filter((id) => !named.includes(id)),
    template_id: from.template_id,
    without: named.filter((id) => !ids.includes(id)),
  };
}

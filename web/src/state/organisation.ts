/** Offices, seats and accounts: the same `apply` as hub/domain/organisation.py. Pure. */
import type { Contact, Organisation, Recorded, Seat, Template, Venue } from "../types/wire";

export const STREAM = "organisation";

export function initial(): Organisation {
  return { noun: "organisation", seats: {}, accounts: {}, groups: {}, templates: {} };
}

export function apply(state: Organisation, recorded: Recorded): Organisation {
  const { event } = recorded;
  switch (event.type) {
    case "seat.added":
      return { ...state, seats: { ...state.seats, [event.seat.seat_id]: event.seat } };
    case "seat.edited": {
      const seat = state.seats[event.seat_id];
      if (seat === undefined) return state;
      const { phone, contacts, backup_of } = event;
      return { ...state, seats: { ...state.seats, [event.seat_id]: { ...seat, phone, contacts, backup_of } } };
    }
    case "group.set":
      return { ...state, groups: { ...state.groups, [event.group.group_id]: event.group } };
    case "group.removed":
      return { ...state, groups: without(state.groups, event.group_id) };
    case "template.set":
      return { ...state, templates: { ...state.templates, [event.template.template_id]: event.template } };
    case "template.removed":
      return { ...state, templates: without(state.templates, event.template_id) };
    case "account.added":
      return { ...state, accounts: { ...state.accounts, [event.account.account]: event.account } };
    case "account.disabled": {
      const account = state.accounts[event.account];
      if (account === undefined) return state;
      return { ...state, accounts: { ...state.accounts, [event.account]: { ...account, disabled: true } } };
    }
    default:
      return state;
  }
}

function without<T>(all: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== key));
}

/** The seats a template calls at this moment, each once: those of its groups, then its own (S22). */
export function calledBy(state: Organisation, template: Template): string[] {
  const grouped = template.groups.flatMap((key) => state.groups[key]?.seats ?? []);
  return [...new Set([...grouped, ...template.seats])].filter((seat) => seat in state.seats);
}

/** Whom the hub goes on to when this venue stays silent (S17); null behind the last. */
export function nextContact(seat: Seat | undefined, venue: Venue): Contact | null {
  return seat?.contacts[venue.contacts.length] ?? null;
}

/** Groups or templates in the order of the lists. */
export function sorted<T extends { readonly sort: number; readonly name: string }>(
  all: Readonly<Record<string, T>>,
): T[] {
  return Object.values(all).sort((a, b) => a.sort - b.sort || a.name.localeCompare(b.name, "zh-CN"));
}

/** Seats of one level in protocol order. */
export function seatsOf(state: Organisation, level: Seat["level"]): Seat[] {
  return Object.values(state.seats)
    .filter((seat) => seat.level === level)
    .sort((a, b) => a.sort - b.sort || (a.seat_id < b.seat_id ? -1 : 1));
}

interface Members {
  readonly seats: readonly Seat[];
}

/** Those of `named` that have other members than any of `levels`: what has the same is the same twice. */
export function besideLevels<G extends Members>(named: readonly G[], levels: readonly Members[]): G[] {
  const keyOf = ({ seats }: Members): string =>
    seats
      .map(({ seat_id }) => seat_id)
      .sort()
      .join(" ");
  const known = new Set(levels.map(keyOf));
  return named.filter((one) => !known.has(keyOf(one)));
}

/** Offices, seats and accounts: the same `apply` as hub/domain/organisation.py. Pure. */
import type { Organisation, Recorded, Seat } from "../types/wire";

export const STREAM = "organisation";

export function initial(): Organisation {
  return { noun: "organisation", seats: {}, accounts: {} };
}

export function apply(state: Organisation, recorded: Recorded): Organisation {
  const { event } = recorded;
  switch (event.type) {
    case "seat.added":
      return { ...state, seats: { ...state.seats, [event.seat.seat_id]: event.seat } };
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

/** Seats of one level in protocol order. */
export function seatsOf(state: Organisation, level: Seat["level"]): Seat[] {
  return Object.values(state.seats)
    .filter((seat) => seat.level === level)
    .sort((a, b) => a.sort - b.sort || (a.seat_id < b.seat_id ? -1 : 1));
}

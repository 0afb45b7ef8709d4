/** The venues of a session as they can be chosen in a dialog, and the seats that may still be called into it. */
import { isPresent } from "../state/call";
import type { Seat, Session } from "../types/wire";
import { t } from "../ui/i18n";
import { VenueDot } from "../ui/states";
import { groups } from "./deskchoice";
import type { Choice } from "./venuepicker";

/** The venues that are there, with their state; the chair's own is called the main venue. */
export function venueChoices(session: Session, withChair: boolean): Choice[] {
  return Object.values(session.venues)
    .filter(({ venue, state }) => isPresent(state) && (withChair || venue !== session.chair))
    .map(({ venue, name, short_name, state, since_ms }) => ({
      key: venue,
      name,
      short_name,
      note: venue === session.chair ? t("room.main_venue") : <VenueDot state={state} since_ms={since_ms} />,
    }));
}

/** Seats that were not called yet, in the order of the desk's list. */
export function notInvited(session: Session): Seat[] {
  return groups.value.flatMap(({ seats }) => seats).filter(({ seat_id }) => session.venues[seat_id] === undefined);
}

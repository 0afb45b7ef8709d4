/** The venues of a session as they can be chosen in a dialog. */
import { isPresent } from "../state/call";
import type { Session } from "../types/wire";
import { t } from "../ui/i18n";
import { VenueDot } from "../ui/states";
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

/** 呼叫会场: venues that are silent or have left, and seats that were not invited yet; several at once. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import { isPresent, toRecall } from "../state/call";
import { organisation } from "../state/store";
import type { Session } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { t } from "../ui/i18n";
import { VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { type Choice, VenueChecks } from "./venuepicker";

export function CallDialog({ session, onClose }: { session: Session; onClose: () => void }): JSX.Element {
  const choices = callable(session);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(toRecall(session)));
  const venues = choices.map(({ key }) => key).filter((key) => ticked.has(key));
  const call = (): void => {
    onClose();
    void attempt(() => actions.callVenues(session.session_id, venues));
  };
  return (
    <Dialog
      title={t("room.call")}
      onClose={onClose}
      footer={
        <Button tone="accent" disabled={venues.length === 0} onClick={call}>
          {t("room.call_n", { n: venues.length })}
        </Button>
      }
    >
      <VenueChecks choices={choices} ticked={ticked} onTick={setTicked} />
    </Dialog>
  );
}

/** Venues of the session first, then the other seats. */
function callable(session: Session): Choice[] {
  const venues = Object.values(session.venues)
    .filter(({ field, state }) => !field && !isPresent(state) && state !== "ringing")
    .map(({ venue, name, short_name, state, since_ms }) => ({
      key: venue,
      name,
      short_name,
      note: <VenueDot state={state} since_ms={state === "idle" ? null : since_ms} />,
    }));
  const seats = Object.values(organisation.value.seats)
    .filter(({ seat_id }) => session.venues[seat_id] === undefined)
    .sort((a, b) => a.sort - b.sort)
    .map(({ seat_id, name, short_name }) => ({ key: seat_id, name, short_name }));
  return [...venues, ...seats];
}

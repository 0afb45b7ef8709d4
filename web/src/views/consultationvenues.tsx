/** The list of venues: each with its state and its seconds; the chair calls, calls again and calls upon them. */
import { PhoneCall } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import type { Room } from "../media/room";
import { toRecall } from "../state/call";
import "../styles/venuelist.css";
import type { Session } from "../types/wire";
import { Button } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { VenueRow } from "./consultationrow";
import { FieldInvite } from "./fieldinvite";
import { notInvited } from "./venuechoices";

interface VenueListProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
}

export function VenueList({ session, room, isChair }: VenueListProps): JSX.Element {
  const venues = Object.values(session.venues);
  const silent = toRecall(session);
  return (
    <div class="venue-panel">
      {isChair && silent.length > 0 && (
        <Button
          size="small"
          icon={PhoneCall}
          onClick={() => void attempt(() => actions.callVenues(session.session_id, silent))}
        >
          {t("consultation.recall_all", { n: silent.length })}
        </Button>
      )}
      <ul class="venue-list" aria-label={t("consultation.venue_list")}>
        {venues.map((venue) => (
          <VenueRow key={venue.venue} session={session} room={room} venue={venue} isChair={isChair} />
        ))}
      </ul>
      {isChair && <CallMore session={session} />}
      {isChair && <FieldInvite session={session} />}
    </div>
  );
}

/** Seats that were not invited yet; the call makes them venues of the session. */
function CallMore({ session }: { session: Session }): JSX.Element | null {
  const [seat, setSeat] = useState("");
  const others = notInvited(session);
  if (others.length === 0) return null;
  return (
    <form
      class="call-others"
      onSubmit={(event) => {
        event.preventDefault();
        if (seat === "") return;
        void attempt(() => actions.callVenues(session.session_id, [seat]));
        setSeat("");
      }}
    >
      <label>
        <span>{t("consultation.call_more")}</span>
        <select class="input" value={seat} onChange={(event) => setSeat(event.currentTarget.value)}>
          <option value="">{t("consultation.call_choose")}</option>
          {others.map((other) => (
            <option key={other.seat_id} value={other.seat_id}>
              {other.name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" disabled={seat === ""}>
        {t("consultation.call")}
      </Button>
    </form>
  );
}

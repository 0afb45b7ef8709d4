/** One called venue: how far the call has come, whom to reach there, and what to do next. */
import { Phone, PhoneForwarded, PhoneOff, UserRoundPlus } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { callVenues, escalateCall, hangUp } from "../actions";
import { isPresent, isSilent } from "../state/call";
import { nextContact } from "../state/organisation";
import { isRunning } from "../state/session";
import { organisation, presence } from "../state/store";
import type { Contact, Session, Venue } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Badge, Button, Elapsed, Remaining, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { PhoneForm, PhoneNotes } from "./deskphone";

interface CallRowProps {
  readonly session: Session;
  readonly venue: Venue;
}

export function CallRow({ session, venue }: CallRowProps): JSX.Element {
  const [phones, setPhones] = useState(false);
  const seat = organisation.value.seats[venue.venue];
  const there = presence.value[venue.venue];
  const contact = nextContact(seat, venue);
  return (
    <li class={`call-row is-${venue.state}`}>
      <span class="call-who">
        <span class="name" title={venue.name}>
          {venue.short_name}
        </span>
        <span class="person">{venue.person ?? there?.person ?? ""}</span>
      </span>
      <CallState venue={venue} isOnline={there?.online === true} />
      <span class="call-reach">
        <span class="phone">{seat?.phone ?? ""}</span>
        {contact !== null && !isPresent(venue.state) && <NextContact contact={contact} />}
      </span>
      {isRunning(session) && (isPresent(venue.state) || !venue.field) && (
        <span class="call-buttons">
          <CallButton session={session} venue={venue} />
          {!isPresent(venue.state) && (
            <>
              <Button
                size="small"
                icon={Phone}
                pressed={phones}
                title={t("call.phone_name", { name: venue.name })}
                onClick={() => setPhones(!phones)}
              >
                {t("call.phone")}
              </Button>
              {contact !== null && (venue.state !== "ringing" || there?.online !== true) && (
                <Escalate session={session} venue={venue} contact={contact} />
              )}
            </>
          )}
        </span>
      )}
      {venue.phone_calls.length > 0 && <PhoneNotes calls={venue.phone_calls} />}
      {phones && isRunning(session) && (
        <PhoneForm session={session} venue={venue} seat={seat} onDone={() => setPhones(false)} />
      )}
    </li>
  );
}

/** 响铃 · 已送达 · 离线 · 自动重呼: a word and its seconds each, on two lines that keep their height. */
function CallState({ venue, isOnline }: { venue: Venue; isOnline: boolean }): JSX.Element {
  const { state, since_ms, alerted_ms, answer_ms, rings_until_ms, automatic, calls } = venue;
  const rings = state === "ringing";
  const wasEmpty = state === "no_answer" && venue.offline;
  return (
    <span class="call-state">
      <span class="call-now">
        {(rings && !isOnline) || wasEmpty ? (
          <StateDot
            shape={rings ? "ring" : "triangle"}
            tone={rings ? "warn" : "bad"}
            word={t(rings ? "call.offline_rings" : "call.offline_missed")}
            since_ms={since_ms}
          />
        ) : (
          <VenueDot state={state} since_ms={since_ms} />
        )}
        {automatic && !isPresent(state) && <Badge tone="accent">{t("call.automatic")}</Badge>}
      </span>
      <span class="call-more muted">
        {rings && alerted_ms !== null && (
          <span class="alerted">
            {t("call.alerted")} <Elapsed since_ms={alerted_ms} />
          </span>
        )}
        {rings && alerted_ms === null && isOnline && <span>{t("call.not_alerted")}</span>}
        {rings_until_ms !== null && (
          <span>
            {t("desk.rings_left")} <Remaining until_ms={rings_until_ms} />
          </span>
        )}
        {isPresent(state) && answer_ms !== null && (
          <span>{t("call.answered_after", { s: (answer_ms / 1000).toFixed(1) })}</span>
        )}
        {isSilent(state) && !isOnline && !wasEmpty && <span>{t("desk.page_closed")}</span>}
        {calls > 1 && <span>{t("desk.called_times", { n: calls })}</span>}
      </span>
    </span>
  );
}

function NextContact({ contact }: { contact: Contact }): JSX.Element {
  const words = [contact.name, contact.post, contact.phone].filter((word) => word !== "").join(" ");
  return (
    <span class="next-contact muted" title={words}>
      {t("call.next_contact")} <span>{words}</span>
    </span>
  );
}

/** What is present is hung up only after asking; a ring that stops can be called again. */
function CallButton({ session, venue }: CallRowProps): JSX.Element {
  const { session_id } = session;
  const hangUpNow = (): void => void attempt(() => hangUp(session_id, venue.venue));
  if (isPresent(venue.state)) {
    return (
      <Confirm
        icon={PhoneOff}
        label={t("desk.hang_up")}
        title={t("desk.hang_up_name", { name: venue.name })}
        answer={t("consultation.hang_up_confirm", { venue: venue.short_name })}
        onConfirm={hangUpNow}
      />
    );
  }
  if (venue.state === "ringing") {
    return (
      <Button size="small" icon={PhoneOff} title={t("desk.hang_up_name", { name: venue.name })} onClick={hangUpNow}>
        {t("desk.stop_ringing")}
      </Button>
    );
  }
  return (
    <Button
      size="small"
      icon={PhoneForwarded}
      title={t("desk.recall_name", { name: venue.name })}
      onClick={() => void attempt(() => callVenues(session_id, [venue.venue]))}
    >
      {t("desk.recall")}
    </Button>
  );
}

/** The next contact: its seat rings when it has one, else its telephone is the next thing to take up. */
function Escalate({ session, venue, contact }: CallRowProps & { readonly contact: Contact }): JSX.Element {
  return (
    <Button
      size="small"
      icon={UserRoundPlus}
      title={t("call.escalate_name", { name: venue.name, contact: contact.name })}
      onClick={() => void attempt(() => escalateCall(session.session_id, venue.venue))}
    >
      {t("call.escalate")}
    </Button>
  );
}

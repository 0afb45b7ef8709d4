/** The list of venues: each with its state and its seconds; the chair calls, calls again and hangs up. */
import { Mic, MicOff, PhoneCall, ScreenShareOff, VideoOff } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import { isPresent, isSilent } from "../state/call";
import { organisation } from "../state/store";
import "../styles/venuelist.css";
import type { Session, Venue } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import { VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { FieldInvite } from "./fieldinvite";
import { LineFigures, LineMark } from "./linebars";
import { room } from "./roomkeeper";

interface VenueListProps {
  readonly session: Session;
  readonly isChair: boolean;
}

export function VenueList({ session, isChair }: VenueListProps): JSX.Element {
  const venues = Object.values(session.venues);
  const silent = venues.filter((venue) => venue.venue !== session.chair && !venue.field && isSilent(venue.state));
  return (
    <div class="venue-panel">
      {isChair && silent.length > 0 && (
        <Button
          size="small"
          icon={PhoneCall}
          onClick={() => void attempt(() => actions.callVenues(session.session_id, silent.map((venue) => venue.venue)))}
        >
          {t("consultation.recall_all", { n: silent.length })}
        </Button>
      )}
      {isChair && <AllMicrophones session={session} />}
      <ul class="venue-list" aria-label={t("consultation.venue_list")}>
        {venues.map((venue) => (
          <Row key={venue.venue} session={session} venue={venue} isChair={isChair} />
        ))}
      </ul>
      {isChair && <CallMore session={session} />}
      {isChair && <FieldInvite session={session} />}
    </div>
  );
}

/** Both stay where they are: a button that comes and goes is pressed by mistake. */
function AllMicrophones({ session }: { session: Session }): JSX.Element {
  const others = Object.values(session.venues).filter((venue) => venue.venue !== session.chair);
  const set = (muted: boolean): void => void attempt(() => actions.muteAll(session.session_id, muted));
  return (
    <div class="all-microphones">
      <Button size="small" icon={MicOff} disabled={others.every((venue) => venue.muted)} onClick={() => set(true)}>
        {t("media.mute_all")}
      </Button>
      <Button size="small" icon={Mic} disabled={!others.some((venue) => venue.muted)} onClick={() => set(false)}>
        {t("media.unmute_all")}
      </Button>
    </div>
  );
}

interface RowProps extends VenueListProps {
  readonly venue: Venue;
}

function Row({ session, venue, isChair }: RowProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const isPlace = venue.venue === session.chair;
  const isThere = isPresent(venue.state);
  const line = isThere ? room.value?.lines.value[venue.venue] : undefined;
  const phone = organisation.value.seats[venue.venue]?.phone ?? "";
  return (
    <li class="room-venue">
      <div class="venue-name">
        <span>{venue.name}</span>
        {venue.field && <span class="badge">{t("guest.place_line", { place: venue.place })}</span>}
        {isPlace && <span class="badge accent">{t("consultation.chair")}</span>}
        {isThere && !venue.microphone && (
          <MicOff size={14} role="img" aria-label={t("consultation.microphone_off")} aria-hidden="false" />
        )}
        {isThere && !venue.camera && (
          <VideoOff size={14} role="img" aria-label={t("consultation.camera_off")} aria-hidden="false" />
        )}
      </div>
      <div class="venue-facts">
        <VenueDot state={venue.state} since_ms={venue.state === "idle" ? null : venue.since_ms} />
        {line !== undefined && <LineMark line={line} open={open} onToggle={() => setOpen(!open)} />}
        {isThere && venue.person !== null && <span>{venue.person}</span>}
        {isThere && venue.muted && <span class="venue-muted">{t("consultation.muted")}</span>}
        {!isThere && venue.calls > 1 && <span>{t("consultation.calls", { n: venue.calls })}</span>}
        {isSilent(venue.state) && phone !== "" && <span>{t("consultation.phone", { phone })}</span>}
      </div>
      {isChair && !isPlace && <RowActions session={session} venue={venue} />}
      {open && line !== undefined && <LineFigures line={line} venue={venue.short_name} />}
    </li>
  );
}

function RowActions({ session, venue }: { session: Session; venue: Venue }): JSX.Element {
  const hangUp = (): void => void attempt(() => actions.hangUp(session.session_id, venue.venue));
  if (venue.state === "ringing") {
    return (
      <Button size="small" tone="quiet" onClick={hangUp}>
        {t("consultation.stop_ringing")}
      </Button>
    );
  }
  if (!isPresent(venue.state)) {
    if (venue.field) return <></>; // nobody can call it
    const call = (): Promise<unknown> => actions.callVenues(session.session_id, [venue.venue]);
    return (
      <Button size="small" onClick={() => void attempt(call)}>
        {t(venue.calls > 0 ? "consultation.recall" : "consultation.call")}
      </Button>
    );
  }
  return (
    <div class="venue-actions">
      {session.presenter === venue.venue && (
        <IconButton
          icon={ScreenShareOff}
          tone="plain"
          label={t("media.stop_share", { venue: venue.short_name })}
          onClick={() => void attempt(() => actions.unpresent(session.session_id))}
        />
      )}
      <IconButton
        icon={venue.muted ? Mic : MicOff}
        tone="plain"
        label={t(venue.muted ? "media.unmute_venue" : "media.mute_venue", { venue: venue.short_name })}
        onClick={() => void attempt(() => actions.mute(session.session_id, venue.venue, !venue.muted))}
      />
      <Confirm
        label={t("consultation.hang_up")}
        title={t("desk.hang_up_name", { name: venue.name })}
        answer={t("consultation.hang_up_confirm", { venue: venue.short_name })}
        onConfirm={hangUp}
      />
    </div>
  );
}

/** Seats that were not invited yet; the call makes them venues of the session. */
function CallMore({ session }: { session: Session }): JSX.Element | null {
  const [seat, setSeat] = useState("");
  const others = Object.values(organisation.value.seats)
    .filter((other) => session.venues[other.seat_id] === undefined)
    .sort((a, b) => a.sort - b.sort);
  if (others.length === 0) return null;
  return (
    <form
      class="call-more"
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

/** One venue in the list: state, microphone, line, what it is doing; what can be done with it at the end of the row. */
import {
  Crown,
  Ellipsis,
  Eye,
  EyeOff,
  Hand,
  Mic,
  MicOff,
  MicVocal,
  Pencil,
  PhoneOff,
  RadioTower,
  ScreenShareOff,
  UserX,
  VideoOff,
} from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import type { Room } from "../media/room";
import { isPresent, isSilent } from "../state/call";
import { mayBeHeard, placeInQueue } from "../state/floor";
import { organisation } from "../state/store";
import type { Session, Venue } from "../types/wire";
import { Question } from "../ui/confirm";
import { Badge, Button, Dialog, Elapsed, IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import { Menu, type MenuItem } from "../ui/menu";
import { VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { LineFigures, LineMark } from "./linebars";
import { choose, chosen, planHere } from "./stage";

interface RowProps {
  readonly session: Session;
  readonly room: Room;
  readonly venue: Venue;
  readonly isChair: boolean;
}

export function VenueRow(props: RowProps): JSX.Element {
  const { session, room, venue } = props;
  const [open, setOpen] = useState(false);
  const isThere = isPresent(venue.state);
  const isClosed = isThere && !mayBeHeard(session, venue);
  const line = isThere ? room.lines.value[venue.venue] : undefined;
  const phone = organisation.value.seats[venue.venue]?.phone ?? "";
  return (
    <li class="room-venue">
      <div class="venue-name">
        <span title={venue.name}>{venue.name}</span>
        {venue.field && <Badge>{t("guest.place_line", { place: venue.place })}</Badge>}
        {isThere && (isClosed || !venue.microphone) && (
          <MicOff
            size={14}
            role="img"
            aria-label={t(isClosed ? "consultation.muted" : "consultation.microphone_off")}
            aria-hidden="false"
          />
        )}
        {isThere && !venue.camera && (
          <VideoOff size={14} role="img" aria-label={t("consultation.camera_off")} aria-hidden="false" />
        )}
        <Doing session={session} venue={venue} />
      </div>
      <div class={isThere ? "venue-facts one-line" : "venue-facts"}>
        <VenueDot state={venue.state} since_ms={venue.state === "idle" ? null : venue.since_ms} />
        {isClosed && <span class="venue-muted">{t("consultation.muted")}</span>}
        {line !== undefined && <LineMark line={line} open={open} onToggle={() => setOpen(!open)} />}
        {isThere && venue.person !== null && <span class="venue-person">{venue.person}</span>}
        {!isThere && venue.calls > 1 && <span>{t("consultation.calls", { n: venue.calls })}</span>}
        {isSilent(venue.state) && phone !== "" && <span>{t("consultation.phone", { phone })}</span>}
      </div>
      <RowActions {...props} />
      {open && line !== undefined && <LineFigures line={line} venue={venue.short_name} />}
    </li>
  );
}

/** What it is at this moment, besides being there. */
function Doing({ session, venue }: { session: Session; venue: Venue }): JSX.Element {
  const { turn } = session.floor;
  const { broadcast } = session.picture;
  const place = placeInQueue(session, venue.venue);
  return (
    <>
      {venue.venue === session.chair && <Badge tone="accent">{t("consultation.chair")}</Badge>}
      {turn?.venue === venue.venue && (
        <Badge tone="accent">
          {t(turn.kind === "named" ? "room.why_named" : "room.why_granted")} <Elapsed since_ms={turn.since_ms} />
        </Badge>
      )}
      {place !== null && (
        <Badge tone="warn">
          <Hand size={12} aria-hidden="true" /> {t("room.place", { place })}
        </Badge>
      )}
      {broadcast?.venue === venue.venue && <Badge tone="accent">{t("room.is_broadcast")}</Badge>}
      {session.chair_requests[venue.venue] !== undefined && <Badge tone="warn">{t("room.wants_chair")}</Badge>}
      {venue.removed && <Badge>{t("room.removed")}</Badge>}
    </>
  );
}

type Asking = "hang_up" | "remove" | "transfer" | "rename";

function RowActions(props: RowProps): JSX.Element {
  const { session, venue, isChair } = props;
  const [asking, setAsking] = useState<Asking | null>(null);
  const over = (): void => setAsking(null);
  if (asking !== null && asking !== "rename") {
    return <Asked session={session} venue={venue} asking={asking} onOver={over} />;
  }
  const items = isChair ? rareItems(session, venue, setAsking) : [];
  return (
    <div class="venue-actions">
      {isPresent(venue.state) ? <Present {...props} /> : isChair && <Absent session={session} venue={venue} />}
      {items.length > 0 && <Menu bare label={t("room.more_of", { venue: venue.short_name })} icon={Ellipsis} items={items} />}
      {asking === "rename" && <Rename session={session} venue={venue} onClose={over} />}
    </div>
  );
}

function Absent({ session, venue }: { session: Session; venue: Venue }): JSX.Element | null {
  if (venue.field) return null; // nobody can call it
  const id = session.session_id;
  if (venue.state === "ringing") {
    return (
      <Button size="small" tone="quiet" onClick={() => void attempt(() => actions.hangUp(id, venue.venue))}>
        {t("consultation.stop_ringing")}
      </Button>
    );
  }
  return (
    <Button size="small" onClick={() => void attempt(() => actions.callVenues(id, [venue.venue]))}>
      {t(venue.calls > 0 ? "consultation.recall" : "consultation.call")}
    </Button>
  );
}

/** 选看 for everybody; 点名 and 关闭麦克风 for the chair: what is done often. */
function Present({ session, room, venue, isChair }: RowProps): JSX.Element {
  const id = session.session_id;
  const { venue: key, short_name } = venue;
  const plan = planHere(session, room);
  const isChosen = chosen.value === key;
  return (
    <>
      {isChair && key !== session.chair && (
        <>
          <IconButton
            icon={MicVocal}
            tone="plain"
            label={t("room.name_venue", { venue: short_name })}
            pressed={session.floor.turn?.venue === key}
            onClick={() => void attempt(() => actions.nameSpeaker(id, key))}
          />
          <IconButton
            icon={venue.muted ? Mic : MicOff}
            tone="plain"
            label={t(venue.muted ? "media.unmute_venue" : "media.mute_venue", { venue: short_name })}
            onClick={() => void attempt(() => actions.mute(id, key, !venue.muted))}
          />
        </>
      )}
      {key !== room.ownVenue && (
        <IconButton
          icon={isChosen ? EyeOff : Eye}
          tone="plain"
          label={t(isChosen ? "room.look_over" : "room.look_at", { venue: short_name })}
          pressed={isChosen}
          onClick={() => choose(key, plan)}
        />
      )}
    </>
  );
}

function rareItems(session: Session, venue: Venue, ask: (what: Asking) => void): MenuItem[] {
  const id = session.session_id;
  const key = venue.venue;
  const isThere = isPresent(venue.state);
  const isOther = key !== session.chair;
  const isOn = session.picture.broadcast?.venue === key;
  const items: MenuItem[] = [];
  if (isThere) {
    items.push({
      text: t(isOn ? "room.broadcast_stop" : "room.broadcast_it"),
      icon: RadioTower,
      run: () => void attempt(() => (isOn ? actions.stopBroadcast(id) : actions.broadcastVenue(id, key))),
    });
  }
  if (session.presenter === key && isOther) {
    items.push({
      text: t("media.stop_share", { venue: venue.short_name }),
      icon: ScreenShareOff,
      run: () => void attempt(() => actions.unpresent(id)),
    });
  }
  items.push({ text: t("room.rename"), icon: Pencil, run: () => ask("rename") });
  if (venue.state === "joined" && isOther && !venue.field) {
    items.push({ text: t("room.transfer_chair"), icon: Crown, run: () => ask("transfer") });
  }
  if (isThere && isOther) {
    items.push({ text: t("consultation.hang_up"), icon: PhoneOff, danger: true, apart: true, run: () => ask("hang_up") });
  }
  if (isOther && !venue.removed) {
    items.push({ text: t("room.remove"), icon: UserX, danger: true, apart: !isThere, run: () => ask("remove") });
  }
  return items;
}

interface AskedProps {
  readonly session: Session;
  readonly venue: Venue;
  readonly asking: Exclude<Asking, "rename">;
  readonly onOver: () => void;
}

const ANSWERS = {
  hang_up: ["consultation.hang_up_confirm", actions.hangUp],
  remove: ["room.remove_confirm", actions.removeVenue],
  transfer: ["room.transfer_confirm", actions.transferChair],
} as const;

/** Asks once, in place. */
function Asked({ session, venue, asking, onOver }: AskedProps): JSX.Element {
  const [answer, act] = ANSWERS[asking];
  const text = t(answer, { venue: venue.short_name });
  return (
    <div class="venue-actions asking">
      <Question
        name={text}
        effect={asking === "hang_up" ? undefined : t(`room.${asking}_effect`)}
        answer={text}
        onCancel={onOver}
        onConfirm={() => {
          onOver();
          void attempt(() => act(session.session_id, venue.venue));
        }}
      />
    </div>
  );
}

interface RenameProps {
  readonly session: Session;
  readonly venue: Venue;
  readonly onClose: () => void;
}

const NAME_MAX = 20;

function Rename({ session, venue, onClose }: RenameProps): JSX.Element {
  const [name, setName] = useState(venue.short_name);
  const text = name.trim();
  return (
    <Dialog title={t("room.rename")} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void attempt(() => actions.renameVenue(session.session_id, venue.venue, text));
        }}
      >
        <label>
          {t("room.rename_label", { venue: venue.name })}
          <input
            class="input"
            maxLength={NAME_MAX}
            value={name}
            autofocus
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <Button type="submit" tone="accent" disabled={text === "" || text === venue.short_name}>
          {t("room.rename_save")}
        </Button>
      </form>
    </Dialog>
  );
}

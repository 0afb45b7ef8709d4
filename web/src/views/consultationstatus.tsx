/** The line between stage and controls, always there: what the venue should know, and what the chair has running. */
import { Check, CircleStop, Crown, Hand, Mic, Pause, Play, RadioTower, RefreshCw, SkipForward, X } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";

import * as actions from "../actions";
import type { Room } from "../media/room";
import { hubNow, second } from "../state/store";
import "../styles/statusline.css";
import type { Session } from "../types/wire";
import { Button, Elapsed, IconButton } from "../ui/elements";
import { t, type Key } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { remedy } from "./floorverbs";
import { type Guidance, guidanceOf, type Remedy } from "./guidance";
import { CarouselText, ReasonText } from "./picturewords";
import { planHere } from "./stage";

interface StatusLineProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
}

export function StatusLine({ session, room, isChair }: StatusLineProps): JSX.Element {
  if (session.venues[session.chair]?.state === "reconnecting") void second.value;
  const guidance = guidanceOf(session, room.ownVenue, hubNow());
  const plan = planHere(session, room);
  const isEverywhere = plan.layout === "grid" && plan.forced && plan.cycling === null;
  return (
    <div class={`status-line ${guidance?.tone ?? ""}`} role="group" aria-label={t("room.status")}>
      {guidance === null ? (
        <span class="status-mode">{t(`room.mode_${session.floor.mode}`)}</span>
      ) : (
        <Said guidance={guidance} room={room} />
      )}
      {isChair && <Running session={session} />}
      {isEverywhere && (
        <span class="status-why">
          <ReasonText session={session} plan={plan} />
        </span>
      )}
    </div>
  );
}

const REMEDIES: Record<Remedy, Key> = {
  ask: "room.ask",
  withdraw: "room.withdraw_short",
  end_turn: "room.end_own_turn",
  open: "consultation.microphone_turn_on",
};

/** The seconds are not read aloud: they change all the time. */
function Said({ guidance, room }: { guidance: Guidance; room: Room }): JSX.Element {
  const { key, params, since_ms, remedy: what, tone } = guidance;
  return (
    <span class="guidance">
      {tone === "call" && <Mic size={18} aria-hidden="true" />}
      <strong role={tone === "warn" ? undefined : "status"}>{t(key, params)}</strong>
      {since_ms !== null && (
        <span aria-hidden="true">
          <Elapsed since_ms={since_ms} />
        </span>
      )}
      {what !== null && (
        <Button size="small" onClick={() => remedy(what, room)}>
          {t(REMEDIES[what])}
        </Button>
      )}
    </span>
  );
}

/** 会控: each thing that runs, since when, and the button that ends it. */
function Running({ session }: { session: Session }): JSX.Element {
  const id = session.session_id;
  const nameOf = (venue: string): string => session.venues[venue]?.short_name ?? "";
  const { turn, queue } = session.floor;
  const { broadcast, carousel } = session.picture;
  const first = queue[0];
  return (
    <>
      {turn !== null && (
        <Chip icon={Mic} text={t(`room.turn_${turn.kind}`, { venue: nameOf(turn.venue) })} since_ms={turn.since_ms}>
          <IconButton icon={CircleStop} label={t("room.end_turn")} onClick={() => void attempt(() => actions.endTurn(id))} />
        </Chip>
      )}
      {first !== undefined && (
        <Chip icon={Hand} text={t("room.asks", { venue: nameOf(first.venue), n: queue.length })} since_ms={first.since_ms}>
          <IconButton
            icon={Check}
            label={t("room.grant_to", { venue: nameOf(first.venue) })}
            onClick={() => void attempt(() => actions.grantFloor(id, first.venue))}
          />
          <IconButton
            icon={X}
            label={t("room.deny_to", { venue: nameOf(first.venue) })}
            onClick={() => void attempt(() => actions.endFloorRequest(id, first.venue))}
          />
        </Chip>
      )}
      {Object.entries(session.chair_requests).map(([venue, since_ms]) => (
        <Chip key={venue} icon={Crown} text={t("room.asks_chair", { venue: nameOf(venue) })} since_ms={since_ms}>
          <IconButton
            icon={Check}
            label={t("room.transfer_to", { venue: nameOf(venue) })}
            onClick={() => void attempt(() => actions.transferChair(id, venue))}
          />
          <IconButton
            icon={X}
            label={t("room.deny_chair_to", { venue: nameOf(venue) })}
            onClick={() => void attempt(() => actions.endChairRequest(id, venue))}
          />
        </Chip>
      ))}
      {broadcast !== null && (
        <Chip
          icon={RadioTower}
          text={broadcast.venue === null ? t("room.why_multi") : t("room.broadcast_of", { venue: nameOf(broadcast.venue) })}
          since_ms={broadcast.since_ms}
        >
          <IconButton
            icon={CircleStop}
            label={t("room.broadcast_stop")}
            onClick={() => void attempt(() => actions.stopBroadcast(id))}
          />
        </Chip>
      )}
      {carousel !== null && (
        <Chip icon={RefreshCw} text={<CarouselText carousel={carousel} />} since_ms={null}>
          <IconButton
            icon={carousel.paused ? Play : Pause}
            label={t(carousel.paused ? "room.carousel_go_on" : "room.carousel_pause")}
            onClick={() => void attempt(() => actions.pauseCarousel(id, !carousel.paused))}
          />
          <IconButton
            icon={SkipForward}
            label={t("room.carousel_next")}
            onClick={() => void attempt(() => actions.turnCarousel(id))}
          />
          <IconButton
            icon={CircleStop}
            label={t("room.carousel_stop")}
            onClick={() => void attempt(() => actions.stopCarousel(id))}
          />
        </Chip>
      )}
    </>
  );
}

interface ChipProps {
  readonly icon: typeof Mic;
  readonly text: ComponentChildren;
  readonly since_ms: number | null;
  readonly children: ComponentChildren;
}

function Chip({ icon: Icon, text, since_ms, children }: ChipProps): JSX.Element {
  return (
    <span class="status-chip">
      <Icon size={16} aria-hidden="true" />
      <span>{text}</span>
      {since_ms !== null && <Elapsed since_ms={since_ms} />}
      {children}
    </span>
  );
}

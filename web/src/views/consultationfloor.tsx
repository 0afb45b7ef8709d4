/** 发言: who has the floor, who waits for it in which order, how long each has spoken, and the chair's switches. */
import { Check, Hand, Mic, MicOff, X } from "lucide-preact";
import type { JSX } from "preact";

import * as actions from "../actions";
import type { Room } from "../media/room";
import { areAllClosed, areSomeClosed } from "../state/floor";
import { hubNow, second } from "../state/store";
import "../styles/floor.css";
import type { Session, SpeakMode } from "../types/wire";
import { Badge, Button, Elapsed, IconButton } from "../ui/elements";
import { elapsed, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { handOf, remedy } from "./floorverbs";

interface FloorPanelProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
}

export function FloorPanel({ session, room, isChair }: FloorPanelProps): JSX.Element {
  return (
    <div class="floor-panel">
      {isChair ? <Switches session={session} /> : <Mode session={session} />}
      <Speaker session={session} isChair={isChair} />
      {!isChair && <OwnHand session={session} room={room} />}
      <Queue session={session} own={room.ownVenue} isChair={isChair} />
      <Spoken session={session} />
    </div>
  );
}

const MODES: readonly SpeakMode[] = ["free", "request", "silent"];

function Switches({ session }: { session: Session }): JSX.Element {
  const id = session.session_id;
  const { mode, self_unmute } = session.floor;
  return (
    <section class="floor-switches" aria-label={t("room.mode")}>
      <div class="mode-segments" role="radiogroup" aria-label={t("room.mode")}>
        {MODES.map((one) => (
          <label key={one} class={one === mode ? "segment on" : "segment"}>
            <input
              type="radio"
              name="speak-mode"
              class="visually-hidden"
              checked={one === mode}
              onChange={() => void attempt(() => actions.setSpeakMode(id, one))}
            />
            {t(`room.mode_${one}`)}
          </label>
        ))}
      </div>
      <p class="note">{t(`room.mode_${mode}_help`)}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={self_unmute}
          onChange={() => void attempt(() => actions.allowSelfUnmute(id, !self_unmute))}
        />
        {t("room.self_unmute")}
      </label>
      <div class="floor-all">
        <Button size="small" icon={MicOff} disabled={areAllClosed(session)} onClick={() => void attempt(() => actions.muteAll(id, true))}>
          {t("media.mute_all")}
        </Button>
        <Button
          size="small"
          icon={Mic}
          disabled={!areSomeClosed(session)}
          onClick={() => void attempt(() => actions.muteAll(id, false))}
        >
          {t("media.unmute_all")}
        </Button>
      </div>
    </section>
  );
}

function Mode({ session }: { session: Session }): JSX.Element {
  const { mode } = session.floor;
  return (
    <p class="floor-mode">
      <strong>{t(`room.mode_${mode}`)}</strong> <span class="muted">{t(`room.mode_${mode}_help`)}</span>
    </p>
  );
}

/** The place is kept while nobody has the floor. */
function Speaker({ session, isChair }: { session: Session; isChair: boolean }): JSX.Element {
  const { turn } = session.floor;
  const name = session.venues[turn?.venue ?? ""]?.name ?? "";
  return (
    <section class="floor-speaker" aria-label={t("room.speaker")}>
      <h2>{t("room.speaker")}</h2>
      {turn === null ? (
        <p class="muted">{t("room.speaker_none")}</p>
      ) : (
        <p class="floor-row">
          <Mic size={16} aria-hidden="true" />
          <strong>{name}</strong>
          <Badge tone="accent">{t(turn.kind === "named" ? "room.why_named" : "room.why_granted")}</Badge>
          <Elapsed since_ms={turn.since_ms} />
          {isChair && (
            <Button size="small" onClick={() => void attempt(() => actions.endTurn(session.session_id))}>
              {t("room.end_turn")}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}

function OwnHand({ session, room }: { session: Session; room: Room }): JSX.Element | null {
  const hand = handOf(session, room.ownVenue);
  if (hand === null) return null;
  const { what } = hand;
  return (
    <Button
      icon={Hand}
      shortcut="H"
      tone={what === "ask" ? "accent" : "plain"}
      disabled={what === null}
      title={what === null ? t("room.guide_silent") : undefined}
      onClick={() => what !== null && remedy(what, room)}
    >
      {t(hand.key, hand.params)}
    </Button>
  );
}

interface QueueProps {
  readonly session: Session;
  readonly own: string | null;
  readonly isChair: boolean;
}

/** The same order on every screen; the first is the next. */
function Queue({ session, own, isChair }: QueueProps): JSX.Element {
  const id = session.session_id;
  const { queue } = session.floor;
  return (
    <section aria-label={t("room.queue")}>
      <h2>
        {t("room.queue")} <span class="muted">{queue.length}</span>
      </h2>
      {queue.length === 0 && <p class="muted">{t("room.queue_empty")}</p>}
      <ol class="floor-queue" aria-label={t("room.queue")}>
        {queue.map(({ venue, since_ms }, n) => {
          const named = session.venues[venue];
          return (
            <li key={venue} class="floor-row">
              <span class="number">{n + 1}</span>
              <span class="floor-name">{named?.name}</span>
              {venue === own && <Badge>{t("consultation.own")}</Badge>}
              <span class="floor-wait">
                {t("room.waits")} <Elapsed since_ms={since_ms} />
              </span>
              {isChair && (
                <>
                  <IconButton
                    icon={Check}
                    tone="plain"
                    label={t("room.grant_to", { venue: named?.short_name ?? "" })}
                    onClick={() => void attempt(() => actions.grantFloor(id, venue))}
                  />
                  <IconButton
                    icon={X}
                    tone="plain"
                    label={t("room.deny_to", { venue: named?.short_name ?? "" })}
                    onClick={() => void attempt(() => actions.endFloorRequest(id, venue))}
                  />
                </>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** How long each venue has had the floor, the running turn with it; in the order of the list of venues. */
function Spoken({ session }: { session: Session }): JSX.Element | null {
  const { spoken_ms, turn } = session.floor;
  if (turn !== null) void second.value;
  const rows = Object.values(session.venues).flatMap((venue) => {
    const now_ms = turn?.venue === venue.venue ? Math.max(0, hubNow() - turn.since_ms) : 0;
    const total_ms = (spoken_ms[venue.venue] ?? 0) + now_ms;
    return total_ms > 0 || turn?.venue === venue.venue ? [{ venue, total_ms }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("room.spoken")}>
      <h2>{t("room.spoken")}</h2>
      <table class="floor-spoken">
        <tbody>
          {rows.map(({ venue, total_ms }) => (
            <tr key={venue.venue}>
              <th scope="row">{venue.name}</th>
              <td class="number">{elapsed(total_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

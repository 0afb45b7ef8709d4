/** One venue on the stage: its picture or why there is none, its name, and whether it speaks. */
import { MicOff, ScreenShare, VideoOff } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import type { Room } from "../media/room";
import type { Picture } from "../media/slots";
import { mayBeHeard } from "../state/floor";
import "../styles/tile.css";
import type { Session, Venue } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { TrackVideo } from "./devices";
import type { Box } from "./stagegrid";

interface TileProps {
  readonly venue: Venue;
  readonly session: Session;
  readonly room: Room;
  readonly picture: Picture<MediaStreamTrack> | null;
  /** Since when nothing comes from the venue; null while something does. */
  readonly lost_ms: number | null;
  readonly own: boolean;
  readonly main: boolean;
  readonly box: Box;
  /** Why this picture is the large one; null on all others. */
  readonly why: ComponentChildren;
  readonly chosen: boolean;
  /** Another picture is forced: choosing only says so. */
  readonly blocked: boolean;
  readonly onChoose: () => void;
}

export function Tile(props: TileProps): JSX.Element {
  const { venue, room, picture, own, box } = props;
  const element = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    return element.current === null ? undefined : room.levels.mark(venue.venue, element.current);
  }, [room, venue.venue]);
  const hasPicture = picture !== null && venue.camera && picture.undecodable === null;
  const isShown = hasPicture && shown === picture.key;
  const trouble = troubleOf(venue, venue.camera ? picture : null, props.lost_ms);
  return (
    <figure
      ref={element}
      class={`tile ${props.main ? "main" : ""} ${trouble === null ? "" : "troubled"}`}
      data-venue={venue.venue}
      style={placeOf(box)}
    >
      {hasPicture && (
        <TrackVideo
          key={picture.key}
          track={picture.track}
          mirrored={own}
          onFrame={() => setShown(picture.key)}
        />
      )}
      {!isShown && (
        <div class="tile-blank">
          <span class="blank-name">{venue.short_name}</span>
          <span class="blank-why">{trouble ?? whyBlank(props)}</span>
        </div>
      )}
      {isShown && trouble !== null && <p class="tile-trouble">{trouble}</p>}
      <Plate {...props} />
      <button
        type="button"
        class="tile-choose"
        aria-pressed={props.chosen}
        aria-disabled={props.blocked || undefined}
        aria-label={t(props.chosen ? "consultation.chosen" : "consultation.choose", { venue: venue.name })}
        onClick={props.onChoose}
      />
    </figure>
  );
}

interface KeptPlaceProps {
  readonly venue: Venue | undefined;
  readonly box: Box;
  /** Beside shared content who stands out is not larger. */
  readonly large: boolean;
}

/** The place of the tile that stands out: it is kept, so that nobody else moves. */
export function KeptPlace({ venue, box, large }: KeptPlaceProps): JSX.Element {
  return (
    <div class="tile-kept" style={placeOf(box)} aria-hidden="true">
      <span>{venue?.short_name}</span>
      <span>{t(large ? "consultation.stands_out" : "consultation.stands_first")}</span>
    </div>
  );
}

export function placeOf(box: Box): JSX.CSSProperties {
  return {
    transform: `translate(${box.left}px, ${box.top}px)`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  };
}

/** What is wrong with the line or the picture, in words; the last picture stays behind it. */
export function troubleOf(
  venue: Venue | undefined,
  picture: Picture<MediaStreamTrack> | null,
  lost_ms: number | null,
): JSX.Element | null {
  const since_ms = venue?.state === "reconnecting" ? venue.since_ms : lost_ms;
  if (since_ms !== null) {
    return (
      <>
        {t("venue.reconnecting")} <Elapsed since_ms={since_ms} />
      </>
    );
  }
  if (picture === null) return null;
  if (picture.starved) return <>{t("consultation.starved")}</>;
  const { undecodable } = picture;
  return undecodable === null ? null : <>{t("consultation.undecodable", { codec: codecName(undecodable) })}</>;
}

/** As people know it: H.264, VP8. */
function codecName(codec: string): string {
  return codec.toLowerCase() === "h264" ? "H.264" : codec.toUpperCase();
}

function whyBlank({ venue, room, picture, own }: TileProps): string {
  if (!venue.camera) return t("consultation.camera_off");
  const receives = room.subscriber.peer.state.value;
  if (picture !== null || receives === "connecting") return t("consultation.coming");
  if (own || receives !== "connected") return t("consultation.no_picture");
  const sends = Object.values(venue.sources).some((source) => source.kind === "video");
  return t(sends ? "consultation.coming" : "consultation.no_picture");
}

function Plate({ venue, session, own, why }: TileProps): JSX.Element {
  const presents = session.presenter === venue.venue;
  const isClosed = !mayBeHeard(session, venue);
  return (
    <figcaption class="plate">
      <span class="plate-name">{venue.short_name}</span>
      {own && <span class="plate-own">{t("consultation.own")}</span>}
      {venue.field && <span class="plate-field">{t("guest.place_line", { place: venue.place })}</span>}
      {venue.person !== null && venue.person !== venue.name && <span class="plate-person">{venue.person}</span>}
      {presents && (
        <span class="plate-presents">
          <ScreenShare size={14} aria-hidden="true" />
          <span>{t("consultation.presents")}</span>
        </span>
      )}
      {(isClosed || !venue.microphone) && (
        <span class="plate-off">
          <MicOff size={14} aria-hidden="true" />
          <span>{t(isClosed ? "consultation.muted" : "consultation.microphone_off")}</span>
        </span>
      )}
      {!venue.camera && (
        <span class="plate-off">
          <VideoOff size={14} aria-hidden="true" />
          <span class="visually-hidden">{t("consultation.camera_off")}</span>
        </span>
      )}
      <span class="plate-speaks">
        <SpeakingMark />
        <span>{t("consultation.speaking")}</span>
      </span>
      {why !== null && <span class="plate-why">{why}</span>}
    </figcaption>
  );
}

/** A shape of its own, so that speaking is not said by a colour alone. */
function SpeakingMark(): JSX.Element {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d="M2 4.5v3M5 2.5v7M8 3.5v5M11 5v2" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
    </svg>
  );
}

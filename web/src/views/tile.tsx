/** One venue on the stage: its picture or why there is none, its name, and whether it speaks. */
import { MicOff, VideoOff } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import type { Room } from "../media/room";
import type { Picture } from "../media/slots";
import "../styles/tile.css";
import type { Venue } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { TrackVideo } from "./devices";
import type { Box } from "./stagegrid";

interface TileProps {
  readonly venue: Venue;
  readonly room: Room;
  readonly picture: Picture<MediaStreamTrack> | null;
  readonly own: boolean;
  readonly main: boolean;
  readonly box: Box;
  /** Why this picture is the large one; null on all others. */
  readonly why: string | null;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

export function Tile(props: TileProps): JSX.Element {
  const { venue, room, picture, own, box } = props;
  const element = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    return element.current === null ? undefined : room.levels.mark(venue.venue, element.current);
  }, [room, venue.venue]);
  const hasPicture = picture !== null && venue.camera;
  const isShown = hasPicture && shown === picture.key;
  return (
    <figure
      ref={element}
      class={`tile ${props.main ? "main" : ""} ${venue.state === "reconnecting" ? "away" : ""}`}
      data-venue={venue.venue}
      style={{
        transform: `translate(${box.left}px, ${box.top}px)`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      }}
    >
      {hasPicture && (
        <TrackVideo
          key={picture.key}
          track={picture.track}
          mirrored={own}
          onFrame={() => setShown(picture.key)}
        />
      )}
      {!isShown && <Placeholder venue={venue} room={room} hasSlot={picture !== null} own={own} />}
      {venue.state === "reconnecting" && isShown && (
        <p class="tile-away">
          {t("venue.reconnecting")} <Elapsed since_ms={venue.since_ms} />
        </p>
      )}
      <Plate {...props} />
      <button
        type="button"
        class="tile-choose"
        aria-pressed={props.chosen}
        aria-label={t(props.chosen ? "consultation.chosen" : "consultation.choose", { venue: venue.name })}
        onClick={props.onChoose}
      />
    </figure>
  );
}

function Plate({ venue, own, why }: TileProps): JSX.Element {
  return (
    <figcaption class="plate">
      <span class="plate-name">{venue.short_name}</span>
      {own && <span class="plate-own">{t("consultation.own")}</span>}
      {venue.person !== null && <span class="plate-person">{venue.person}</span>}
      {!venue.microphone && (
        <span class="plate-off">
          <MicOff size={14} aria-hidden="true" />
          <span>{t("consultation.microphone_off")}</span>
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
        {t("consultation.speaking")}
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

interface PlaceholderProps {
  readonly venue: Venue;
  readonly room: Room;
  readonly hasSlot: boolean;
  readonly own: boolean;
}

function Placeholder(props: PlaceholderProps): JSX.Element {
  return (
    <div class="tile-blank">
      <span class="blank-name">{props.venue.short_name}</span>
      <span class="blank-why">
        {whyBlank(props)}
        {props.venue.state === "reconnecting" && <Elapsed since_ms={props.venue.since_ms} />}
      </span>
    </div>
  );
}

function whyBlank({ venue, room, hasSlot, own }: PlaceholderProps): string {
  if (venue.state === "reconnecting") return `${t("venue.reconnecting")} `;
  if (!venue.camera) return t("consultation.camera_off");
  if (hasSlot || room.subscriber.peer.state.value === "connecting") return t("consultation.coming");
  if (!own && room.subscriber.peer.state.value !== "connected") return t("consultation.no_picture");
  const sends = Object.values(venue.sources).some((source) => source.kind === "video");
  if (own || !sends) return t("consultation.no_picture");
  return t("consultation.no_slot");
}

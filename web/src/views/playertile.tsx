/** One picture in the player: the track of this moment, or the reason why there is none. */
import { Ear, Expand, MicOff, MonitorUp, Shrink, Volume2, VolumeX } from "lucide-preact";
import type { JSX } from "preact";

import type { Ensemble } from "../media/ensemble";
import { covers } from "../media/voice";
import { isPresent } from "../state/call";
import type { Manifest, Venue } from "../types/wire";
import { IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import { isContent, type Tile } from "./playerlayout";
import { type Sound, soundOf } from "./playersound";
import { isNear, TrackElement } from "./playertrack";
import { gapAt } from "./reviewlanes";
import { reasonText } from "./reasons";
import type { Box } from "./stagegrid";

interface PlayerTileProps {
  readonly manifest: Manifest;
  readonly tile: Tile;
  /** The venue as it stood then; undefined before it was invited. */
  readonly then: Venue | undefined;
  readonly box: Box;
  readonly ensemble: Ensemble;
  readonly at_ms: number;
  readonly speaking: boolean;
  readonly sound: Sound;
  readonly onSound: (sound: Sound) => void;
  readonly large: boolean;
  readonly onLarge: () => void;
}

export function PlayerTile(props: PlayerTileProps): JSX.Element {
  const { manifest, tile, then, box, ensemble, at_ms, large } = props;
  const { venue, content } = tile;
  const tracks = manifest.tracks.filter(
    (track) => track.venue === venue && track.kind === "video" && isContent(track) === content && isNear(track, at_ms),
  );
  const picture = tracks.find((track) => covers(track, at_ms));
  const hasPicture = picture !== undefined && (content || then?.camera !== false);
  return (
    <figure
      class={`tile ${large ? "main" : ""} ${content ? "content" : ""}`}
      data-venue={venue}
      data-speaking={props.speaking ? "true" : undefined}
      style={{
        transform: `translate(${box.left}px, ${box.top}px)`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      }}
    >
      {tracks.map((track) => (
        <TrackElement
          key={track.track_id}
          track={track}
          ensemble={ensemble}
          shown={hasPicture && track === picture}
          on={track === picture || !hasPicture}
          urgency={large ? 0 : 1}
        />
      ))}
      {hasPicture && <p class="tile-hole">{t("review.no_picture")}</p>}
      {hasPicture && <p class="tile-unplayable">{t("review.unplayable", { codec: codecName(picture.codec) })}</p>}
      {hasPicture && <Troubles />}
      {!hasPicture && <Blank {...props} />}
      <Plate {...props} />
      <Buttons {...props} />
    </figure>
  );
}

/** Why the hub cannot give the picture that is there; the style sheet shows the one its element is marked with. */
const TROUBLES = {
  "recording.no_key": "review.picture_no_key",
  "recording.damaged": "review.picture_damaged",
  "recording.unreadable": "review.picture_unreadable",
  "recording.store_failed": "review.picture_store_failed",
} as const;

function Troubles(): JSX.Element {
  return (
    <>
      {Object.entries(TROUBLES).map(([code, key]) => (
        <p key={code} class="player-trouble" data-code={code}>
          {t(key)}
        </p>
      ))}
    </>
  );
}

function codecName(codec: string): string {
  return codec.toLowerCase() === "h264" ? "H.264" : codec.toUpperCase();
}

function Plate({ tile, then, sound, speaking }: PlayerTileProps): JSX.Element {
  const name = then?.short_name ?? tile.name;
  if (tile.content) {
    return (
      <figcaption class="plate">
        <MonitorUp size={14} aria-hidden="true" />
        <span class="plate-name">{t("review.content_of", { venue: name })}</span>
      </figcaption>
    );
  }
  return (
    <figcaption class="plate">
      <span class="plate-name">{name}</span>
      {then?.person != null && <span class="plate-person">{then.person}</span>}
      {then !== undefined && isPresent(then.state) && !then.microphone && (
        <span class="plate-off">
          <MicOff size={14} aria-hidden="true" />
          <span>{t("review.microphone_off")}</span>
        </span>
      )}
      {speaking && <span class="plate-speaks">{t("consultation.speaking")}</span>}
      {soundOf(sound, tile.venue) === "off" && <span class="plate-off">{t("review.sound_is_off")}</span>}
    </figcaption>
  );
}

function Blank({ manifest, tile, then, at_ms }: PlayerTileProps): JSX.Element {
  return (
    <div class="tile-blank">
      <span class="blank-name">{then?.short_name ?? tile.name}</span>
      <span class="blank-why">{whyBlank(manifest, tile.venue, then, at_ms)}</span>
    </div>
  );
}

function whyBlank(manifest: Manifest, venue: string, then: Venue | undefined, at_ms: number): string {
  const gap = gapAt(manifest, venue, at_ms);
  if (gap !== null) return t("review.gap", { reason: reasonText(gap.reason) });
  if (then === undefined || then.state === "idle") return t("review.not_joined");
  if (!isPresent(then.state)) return t(`venue.${then.state}`);
  if (then.state === "reconnecting") return t("venue.reconnecting");
  return then.camera ? t("review.no_picture") : t("review.camera_off");
}

function Buttons({ tile, sound, onSound, large, onLarge }: PlayerTileProps): JSX.Element {
  const { venue, name, content } = tile;
  const isOff = sound.off.has(venue);
  const isSolo = sound.solo === venue;
  const toggle = (): void => {
    const off = new Set(sound.off);
    if (!off.delete(venue)) off.add(venue);
    onSound({ ...sound, off });
  };
  const shown = content ? t("review.content_of", { venue: name }) : name;
  return (
    <div class="tile-buttons">
      {!content && (
        <>
          <IconButton
            icon={isOff ? VolumeX : Volume2}
            label={t(isOff ? "review.sound_on" : "review.sound_off", { venue: name })}
            onClick={toggle}
          />
          <IconButton
            icon={Ear}
            label={isSolo ? t("review.solo_off") : t("review.solo", { venue: name })}
            pressed={isSolo}
            onClick={() => onSound({ ...sound, solo: isSolo ? null : venue })}
          />
        </>
      )}
      <IconButton
        icon={large ? Shrink : Expand}
        label={large ? t("review.shrink", { venue: shown }) : t("review.enlarge", { venue: shown })}
        onClick={onLarge}
      />
    </div>
  );
}


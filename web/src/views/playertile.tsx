/** One venue in the player: the track of this moment, or the reason why there is none. */
import { Ear, Expand, MicOff, Shrink, Volume2, VolumeX } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { covers, type Ensemble } from "../media/ensemble";
import { isPresent } from "../state/call";
import type { Manifest, ManifestTrack, Venue } from "../types/wire";
import { IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import type { Sound } from "./player";
import { gapAt } from "./reviewlanes";
import { reasonText } from "./reasons";
import type { Box } from "./stagegrid";

/** A track is made ready this long before it begins, and kept this long after. */
const EARLY_MS = 8_000;
const LATE_MS = 2_000;

interface PlayerTileProps {
  readonly manifest: Manifest;
  readonly venue: string;
  readonly name: string;
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
  const { manifest, venue, then, box, ensemble, at_ms, sound } = props;
  const tracks = manifest.tracks.filter((track) => track.venue === venue && isNear(track, at_ms));
  const picture = tracks.find((track) => track.kind === "video" && covers(track, at_ms));
  const hasPicture = picture !== undefined && then?.camera !== false;
  const silent = sound.off.has(venue) || (sound.solo !== null && sound.solo !== venue);
  return (
    <figure
      class={`tile ${props.large ? "main" : ""}`}
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
          silent={silent}
        />
      ))}
      {hasPicture && <p class="tile-hole">{t("review.no_picture")}</p>}
      {hasPicture && <p class="tile-unplayable">{t("review.unplayable", { codec: codecName(picture.codec) })}</p>}
      {!hasPicture && <Blank {...props} />}
      <figcaption class="plate">
        <span class="plate-name">{then?.short_name ?? props.name}</span>
        {then?.person != null && <span class="plate-person">{then.person}</span>}
        {then !== undefined && isPresent(then.state) && !then.microphone && (
          <span class="plate-off">
            <MicOff size={14} aria-hidden="true" />
            <span>{t("review.microphone_off")}</span>
          </span>
        )}
        {props.speaking && <span class="plate-speaks">{t("consultation.speaking")}</span>}
        {silent && <span class="plate-off">{t("review.sound_is_off")}</span>}
      </figcaption>
      <SoundButtons {...props} />
    </figure>
  );
}

function codecName(codec: string): string {
  return codec.toLowerCase() === "h264" ? "H.264" : codec.toUpperCase();
}

function isNear(track: ManifestTrack, at_ms: number): boolean {
  if (track.href === "") return false; // still being written, or never readable
  return track.started_ms - EARLY_MS <= at_ms && (track.ended_ms === null || at_ms < track.ended_ms + LATE_MS);
}

interface TrackElementProps {
  readonly track: ManifestTrack;
  readonly ensemble: Ensemble;
  readonly shown: boolean;
  readonly silent: boolean;
}

function TrackElement({ track, ensemble, shown, silent }: TrackElementProps): JSX.Element {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  useEffect(() => {
    return element.current === null ? undefined : ensemble.add(track, element.current);
  }, [track.track_id, ensemble]);
  if (track.kind === "audio") return <audio ref={element} muted={silent} preload="auto" />;
  return <video ref={element} muted playsInline preload="auto" aria-hidden="true" class={shown ? "" : "hidden"} />;
}

function Blank({ manifest, venue, name, then, at_ms }: PlayerTileProps): JSX.Element {
  return (
    <div class="tile-blank">
      <span class="blank-name">{then?.short_name ?? name}</span>
      <span class="blank-why">{whyBlank(manifest, venue, then, at_ms)}</span>
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

function SoundButtons({ venue, name, sound, onSound, large, onLarge }: PlayerTileProps): JSX.Element {
  const isOff = sound.off.has(venue);
  const isSolo = sound.solo === venue;
  const toggle = (): void => {
    const off = new Set(sound.off);
    if (!off.delete(venue)) off.add(venue);
    onSound({ ...sound, off });
  };
  return (
    <div class="tile-buttons">
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
      <IconButton
        icon={large ? Shrink : Expand}
        label={large ? t("review.shrink", { venue: name }) : t("review.enlarge", { venue: name })}
        onClick={onLarge}
      />
    </div>
  );
}

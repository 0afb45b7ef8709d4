/** What is heard: the microphones of all venues, also of those whose picture stands on another page. */
import type { JSX } from "preact";

import type { Ensemble } from "../media/ensemble";
import type { Manifest } from "../types/wire";
import { isNear, TrackElement } from "./playertrack";

/** Whose sound is heard: 关闭声音 for single venues, or only one of them. */
export interface Sound {
  readonly off: ReadonlySet<string>;
  readonly solo: string | null;
}

export function soundOf(sound: Sound, venue: string): "on" | "off" {
  if (sound.solo !== null) return sound.solo === venue ? "on" : "off";
  return sound.off.has(venue) ? "off" : "on";
}

interface SoundsProps {
  readonly manifest: Manifest;
  readonly ensemble: Ensemble;
  readonly at_ms: number;
  readonly sound: Sound;
  /** Who speaks, or did last: theirs is fetched first, and leads. */
  readonly speaker: string | null;
}

export function Sounds({ manifest, ensemble, at_ms, sound, speaker }: SoundsProps): JSX.Element {
  return (
    <>
      {manifest.tracks
        .filter((track) => track.kind === "audio" && isNear(track, at_ms))
        .map((track) => (
          <TrackElement
            key={track.track_id}
            track={track}
            ensemble={ensemble}
            on={soundOf(sound, track.venue) === "on"}
            urgency={track.venue === speaker ? 0.5 : 2}
          />
        ))}
    </>
  );
}

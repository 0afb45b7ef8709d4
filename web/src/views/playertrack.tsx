/** The element of one recorded track, a member of the ensemble for as long as it is there. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Ensemble, Member } from "../media/ensemble";
import type { ManifestTrack } from "../types/wire";

/** A track is made ready this long before it begins, and kept this long after. */
const EARLY_MS = 8_000;
const LATE_MS = 2_000;

export function isNear(track: ManifestTrack, at_ms: number): boolean {
  if (track.href === "") return false; // never readable, or not yet
  return track.started_ms - EARLY_MS <= at_ms && (track.ended_ms === null || at_ms < track.ended_ms + LATE_MS);
}

interface TrackElementProps {
  readonly track: ManifestTrack;
  readonly ensemble: Ensemble;
  /** Of a picture: whether it is the one to be seen. */
  readonly shown?: boolean;
  /** Heard, or seen: only then it is played. */
  readonly on: boolean;
  /** The least first. */
  readonly urgency: number;
}

export function TrackElement({ track, ensemble, shown = true, on, urgency }: TrackElementProps): JSX.Element {
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const member = useRef<Member | null>(null);
  useEffect(() => {
    if (element.current === null) return undefined;
    const joined = (member.current = ensemble.add(track, element.current, { on, urgency }));
    return () => joined.leave();
  }, [track.track_id, ensemble]);
  useEffect(() => member.current?.wish({ on, urgency }), [on, urgency]);
  useEffect(() => member.current?.renew(track), [track.href, track.state, track.ended_ms]);
  if (track.kind === "audio") return <audio ref={element} muted={!on} preload="auto" data-track={track.track_id} data-started={track.started_ms} />;
  return (
    <video
      ref={element}
      muted
      playsInline
      preload="auto"
      aria-hidden="true"
      data-track={track.track_id}
      data-started={track.started_ms}
      class={shown ? "" : "hidden"}
    />
  );
}

/** The player: every venue's picture and sound, held together by one playhead. */
import { Pause, Play, RotateCcw, RotateCw, SkipBack, SkipForward } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { Ensemble } from "../media/ensemble";
import { SPEEDS, type Playhead } from "../media/playhead";
import "../styles/player.css";
import "../styles/tile.css";
import type { Manifest, Recorded } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { isTyping, useShortcuts } from "../ui/hooks";
import { clockTime, elapsed, t } from "../ui/i18n";
import { PlayerTile } from "./playertile";
import { neighbour, type Lanes } from "./reviewlanes";
import { speakingAt, useSessionAt } from "./reviewstate";
import { gridBoxes, mainBoxes } from "./stagegrid";
import { useSize } from "./stagesize";

const GAP = 6;
const SKIP_MS = 10_000;

interface PlayerProps {
  readonly manifest: Manifest;
  readonly events: readonly Recorded[];
  readonly playhead: Playhead;
  readonly lanes: Lanes;
  readonly onJump: (at_ms: number) => void;
}

/** Whose sound is heard: 关闭声音 for single venues, or only one of them. */
export interface Sound {
  readonly off: ReadonlySet<string>;
  readonly solo: string | null;
}

export function Player(props: PlayerProps): JSX.Element {
  const { manifest, playhead } = props;
  useKeys(playhead, props.onJump);
  return (
    <section class="player" aria-label={t("review.pictures")}>
      {manifest.tracks.length === 0 ? (
        <EmptyState title={t("review.no_tracks")}>{t("review.no_tracks_help")}</EmptyState>
      ) : (
        <Pictures {...props} />
      )}
      <Transport {...props} />
    </section>
  );
}

function Pictures({ manifest, events, playhead }: PlayerProps): JSX.Element {
  const { ref, width, height } = useSize();
  const [large, setLarge] = useState<string | null>(null);
  const [sound, setSound] = useState<Sound>({ off: new Set(), solo: null });
  const ensemble = useEnsemble(playhead);
  const session = useSessionAt(manifest.session_id, events, playhead);
  const venues = useMemo(() => venuesOf(manifest, events), [manifest, events]);
  const speaking = speakingAt(events, playhead.at.value);
  const mainAt = venues.findIndex(({ venue }) => venue === large);
  const boxes =
    mainAt >= 0
      ? mainBoxes(venues.length, mainAt, { width, height }, GAP)
      : gridBoxes(venues.length, { width, height }, GAP);
  const total = Math.max(1, ...boxes.map((box) => box.top + box.height));
  return (
    <div class="pictures" ref={ref as { current: HTMLDivElement | null }} tabIndex={0} role="group" aria-label={t("review.pictures")}>
      <div class="pictures-tiles" style={{ height: `${total}px` }}>
        {venues.map(({ venue, name }, n) => (
          <PlayerTile
            key={venue}
            manifest={manifest}
            venue={venue}
            name={name}
            then={session.venues[venue]}
            box={boxes[n] ?? { left: 0, top: 0, width: 0, height: 0 }}
            ensemble={ensemble}
            at_ms={playhead.at.value}
            speaking={speaking.has(venue)}
            sound={sound}
            onSound={setSound}
            large={large === venue}
            onLarge={() => setLarge(large === venue ? null : venue)}
          />
        ))}
      </div>
      {playhead.waiting.value && (
        <p class="pictures-waiting" role="status">
          {t("review.buffering")}
        </p>
      )}
    </div>
  );
}

/** Venues that left anything recorded, in the order in which they were invited. */
function venuesOf(manifest: Manifest, events: readonly Recorded[]): { venue: string; name: string }[] {
  const names = new Map(manifest.tracks.map((track) => [track.venue, track.venue_name]));
  const invited = events.flatMap(({ event }) => (event.type === "venue.added" ? [event.venue] : []));
  const order = [...new Set([...invited, ...names.keys()])];
  return order.flatMap((venue) => {
    const name = names.get(venue);
    return name === undefined ? [] : [{ venue, name }];
  });
}

function useEnsemble(playhead: Playhead): Ensemble {
  const ensemble = useMemo(() => new Ensemble(playhead), [playhead]);
  useEffect(() => () => ensemble.close(), [ensemble]);
  return ensemble;
}

function Transport({ playhead, lanes, onJump }: PlayerProps): JSX.Element {
  const at_ms = playhead.at.value;
  const { from_ms, to_ms } = playhead.span;
  const playing = playhead.playing.value;
  const dots = useMemo(
    () => Object.values(lanes.dots).flat().sort((a, b) => a.at_ms - b.at_ms),
    [lanes],
  );
  const go = (step: -1 | 1): void => {
    const dot = neighbour(dots, playhead.now(), step);
    if (dot !== null) onJump(dot.at_ms);
  };
  return (
    <div class="transport" role="group" aria-label={t("review.playhead")}>
      <Button tone="accent" icon={playing ? Pause : Play} shortcut="K" onClick={() => playhead.toggle()}>
        {t(playing ? "review.pause" : "review.play")}
      </Button>
      <p class="transport-at">
        <span class="visually-hidden">{t("review.playhead")} </span>
        {elapsed(at_ms - from_ms)} <span class="muted">/ {elapsed(to_ms - from_ms)}</span>
      </p>
      <Button tone="quiet" icon={RotateCcw} shortcut="J" title={t("review.back_10")} onClick={() => onJump(at_ms - SKIP_MS)}>
        {t("review.minus_10")}
      </Button>
      <Button tone="quiet" icon={RotateCw} shortcut="L" title={t("review.forward_10")} onClick={() => onJump(at_ms + SKIP_MS)}>
        {t("review.plus_10")}
      </Button>
      <label class="transport-speed">
        <span class="visually-hidden">{t("review.speed")}</span>
        <select
          class="input"
          value={String(playhead.speed.value)}
          onChange={(event) => playhead.setSpeed(Number(event.currentTarget.value))}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)}>
              {t("review.speed_times", { x: speed.toFixed(1) })}
            </option>
          ))}
        </select>
      </label>
      <Button tone="quiet" icon={SkipBack} disabled={neighbour(dots, at_ms, -1) === null} onClick={() => go(-1)}>
        {t("review.previous_event")}
      </Button>
      <Button tone="quiet" icon={SkipForward} disabled={neighbour(dots, at_ms, 1) === null} onClick={() => go(1)}>
        {t("review.next_event")}
      </Button>
      <p class="transport-clock">
        <span class="muted">{t("review.hub_time")}</span> {clockTime(at_ms)}
      </p>
    </div>
  );
}

function useKeys(playhead: Playhead, onJump: (at_ms: number) => void): void {
  const by = (step_ms: number) => (): void => onJump(playhead.now() + step_ms);
  useShortcuts([
    { key: "k", label: t("review.play_pause"), run: () => playhead.toggle() },
    { key: "j", label: t("review.back_10"), run: by(-SKIP_MS) },
    { key: "l", label: t("review.forward_10"), run: by(SKIP_MS) },
    { key: "ArrowLeft", run: by(-SKIP_MS) },
    { key: "ArrowRight", run: by(SKIP_MS) },
  ]);
  // The space bar belongs to whatever button has the focus; elsewhere it plays and pauses.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.key !== " " || isTyping(target) || target?.closest("button, a, [role=slider], dialog") != null) return;
      event.preventDefault();
      playhead.toggle();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [playhead]);
}

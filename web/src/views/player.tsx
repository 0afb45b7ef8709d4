/** The player: every venue's picture and sound, held together by one playhead. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { type Asks, Ensemble } from "../media/ensemble";
import type { Playhead } from "../media/playhead";
import "../styles/player.css";
import "../styles/tile.css";
import type { Manifest, Recorded } from "../types/wire";
import { EmptyState } from "../ui/elements";
import { t } from "../ui/i18n";
import { usePlayerKeys } from "./playerkeys";
import { type Layout, shown, standingOut, type Tile, tilesAt, venuesOf } from "./playerlayout";
import { type Sound, Sounds } from "./playersound";
import { PlayerTile } from "./playertile";
import { Transport } from "./playertransport";
import type { Lanes } from "./reviewlanes";
import { speakerAt, speakingAt, turnsOf, useSessionAt } from "./reviewstate";
import type { Box } from "./stagegrid";
import { Pager } from "./stagepager";
import { useSize } from "./stagesize";

const GAP = 6;

interface PlayerProps {
  readonly manifest: Manifest;
  readonly events: readonly Recorded[];
  readonly playhead: Playhead;
  readonly lanes: Lanes;
  readonly onJump: (at_ms: number) => void;
  readonly asks: Asks;
}

/** What is on the screen, and how large. ``large``: the tile that was chosen, if one was. */
export interface View {
  readonly layout: Layout;
  readonly large: string | null;
  readonly from: number;
}

export function Player(props: PlayerProps): JSX.Element {
  const { manifest, playhead, lanes, onJump } = props;
  const [view, setView] = useState<View>({ layout: "grid", large: null, from: 0 });
  const ensemble = useEnsemble(playhead, props.asks);
  const setLayout = (layout: Layout): void => setView((before) => ({ ...before, layout, from: 0 }));
  const isOver = manifest.stopped_ms !== null;
  usePlayerKeys({ playhead, ensemble, onJump, onLayout: setLayout });
  return (
    <section class="player" aria-label={t("review.pictures")}>
      {manifest.tracks.length === 0 ? (
        <EmptyState title={t(isOver ? "review.no_tracks" : "review.no_tracks_yet")}>
          {t(isOver ? "review.no_tracks_help" : "review.no_tracks_yet_help")}
        </EmptyState>
      ) : (
        <Pictures {...props} ensemble={ensemble} view={view} onView={setView} />
      )}
      <Transport
        playhead={playhead}
        ensemble={ensemble}
        lanes={lanes}
        onJump={onJump}
        layout={view.layout}
        onLayout={setLayout}
      />
    </section>
  );
}

interface PicturesProps extends PlayerProps {
  readonly ensemble: Ensemble;
  readonly view: View;
  readonly onView: (view: View) => void;
}

function Pictures({ manifest, events, playhead, ensemble, view, onView }: PicturesProps): JSX.Element {
  const { ref, width, height } = useSize();
  const [sound, setSound] = useState<Sound>({ off: new Set(), solo: null });
  const session = useSessionAt(manifest.session_id, events, playhead);
  const venues = useMemo(() => venuesOf(manifest, events), [manifest, events]);
  const turns = useMemo(() => turnsOf(events), [events]);
  const at_ms = playhead.at.value;
  const tiles = tilesAt(venues, manifest.tracks, at_ms);
  const speaking = speakingAt(turns, at_ms);
  const speaker = speakerAt(turns, at_ms);
  const chosen = tiles.some(({ key }) => key === view.large) ? view.large : null;
  const large = view.layout === "grid" ? null : (chosen ?? standingOut(tiles, session, speaker));
  const { places, boxes } = shown(tiles, { ...view, large, speaker }, { width, height }, GAP);
  const enlarge = ({ key }: Tile): void => {
    const layout = view.layout === "single" ? "single" : "speaker";
    onView(key === large ? { ...view, layout: "grid", large: null } : { ...view, layout, large: key });
  };
  return (
    <div class="pictures" ref={ref as { current: HTMLDivElement | null }} tabIndex={0} role="group" aria-label={t("review.pictures")}>
      <div class="pictures-tiles">
        {tiles.map((tile, n) => {
          const box = boxes[n] ?? null;
          return box === null ? null : (
            <PlayerTile
              key={tile.key}
              manifest={manifest}
              tile={tile}
              then={session.venues[tile.venue]}
              box={box}
              ensemble={ensemble}
              at_ms={at_ms}
              speaking={!tile.content && speaking.has(tile.venue)}
              sound={sound}
              onSound={setSound}
              large={tile.key === large}
              onLarge={() => enlarge(tile)}
            />
          );
        })}
      </div>
      <Sounds manifest={manifest} ensemble={ensemble} at_ms={at_ms} sound={sound} speaker={sound.solo ?? speaker} />
      {places.pages > 1 && (
        <Pager
          places={places}
          keys={PAGE_KEYS}
          elsewhere={speaking.size > 0 ? elsewhereOf(tiles, boxes, speaker) : null}
          onTurn={(from) => onView({ ...view, from })}
        />
      )}
      {playhead.waiting.value && (
        <p class="pictures-waiting" role="status">
          {t("review.buffering")}
        </p>
      )}
    </div>
  );
}

/** The arrows move the playhead here. */
const PAGE_KEYS = { before: ["PageUp", "PageUp"], next: ["PageDown", "PageDown"] } as const;

function elsewhereOf(
  tiles: readonly Tile[],
  boxes: readonly (Box | null)[],
  speaker: string | null,
): { tile: number; name: string } | null {
  const tile = tiles.findIndex(({ venue, content }) => venue === speaker && !content);
  const speaking = tiles[tile];
  return speaking === undefined || boxes[tile] !== null ? null : { tile, name: speaking.name };
}

function useEnsemble(playhead: Playhead, asks: Asks): Ensemble {
  const ensemble = useMemo(() => new Ensemble(playhead, asks), [playhead]);
  useEffect(() => () => ensemble.close(), [ensemble]);
  return ensemble;
}

/** What one would find at a place of the timeline: its picture, the time, who speaks, and what happened around it. */
import type { JSX } from "preact";

import type { Span } from "../../media/playhead";
import type { Manifest } from "../../types/wire";
import { clockTime, elapsed, t } from "../../ui/i18n";
import type { Dot, Lanes } from "../reviewlanes";
import type { DrawnBar, DrawnMark } from "./marks";
import { smallAt, venuesAt, type Small } from "./thumbnails";
import { lengthOf } from "./window";
import { barTitle, sentence } from "./words";

const CARD_PX = 264;
const LINES = 6;
/** Events no further away than this, in pixels, are around a place. */
const AROUND_PX = 14;

export interface Pointed {
  readonly at_ms: number;
  readonly x: number;
  readonly mark: DrawnMark | null;
  readonly bar: DrawnBar | null;
}

interface PreviewProps {
  readonly pointed: Pointed;
  readonly manifest: Manifest;
  readonly lanes: Lanes;
  readonly window: Span;
  readonly width: number;
}

export function Preview({ pointed, manifest, lanes, window, width }: PreviewProps): JSX.Element {
  const { mark, bar, x } = pointed;
  const at_ms = mark === null ? pointed.at_ms : mark.cluster.from_ms;
  const small = smallAt(manifest.tracks, venuesAt(lanes, manifest.chair, at_ms), at_ms);
  const around_ms = (AROUND_PX / Math.max(1, width)) * lengthOf(window);
  const dots = mark?.cluster.dots ?? nearest(lanes, at_ms, around_ms);
  const own = mark === null && bar?.bar.kind === "voice" ? bar.bar.venue : null; // said already
  const voices = lanes.speech.filter((turn) => turn.from_ms <= at_ms && at_ms < turn.to_ms && turn.venue !== own);
  const speaking = voices.map(({ label }) => label);
  return (
    <div class="preview" style={{ left: `${Math.max(0, Math.min(width - CARD_PX, x - CARD_PX / 2))}px` }}>
      {small !== null && <SmallPicture small={small} name={lanes.names.get(small.venue) ?? small.venue} />}
      <p class="preview-time">
        <time>{clockTime(at_ms)}</time> <span class="muted">{elapsed(at_ms - manifest.started_ms)}</span>
      </p>
      {bar !== null && mark === null && <p>{barTitle(bar.bar, lanes)}</p>}
      {speaking.length > 0 && <p class="preview-speaks">{t("timeline.speaks_here", { venues: [...new Set(speaking)].join("、") })}</p>}
      {dots.length > 0 && (
        <ul>
          {dots.slice(0, LINES).map(({ recorded }) => (
            <li key={`${recorded.stream}${recorded.seq}`}>
              <time>{clockTime(recorded.at_ms)}</time> <span>{sentence(recorded, lanes)}</span>
            </li>
          ))}
        </ul>
      )}
      {dots.length > LINES && <p class="muted">{t("timeline.more_here", { n: dots.length - LINES })}</p>}
    </div>
  );
}

/** A piece of the sheet; the sheet is fetched once and serves a quarter of an hour. */
function SmallPicture({ small, name }: { small: Small; name: string }): JSX.Element {
  const scale = CARD_PX / small.width_px;
  return (
    <div class="preview-still" style={{ height: `${small.height_px * scale}px` }}>
      <img
        src={small.href}
        alt=""
        width={small.sheet_px[0] * scale}
        height={small.sheet_px[1] * scale}
        style={{ transform: `translate(${-small.left_px * scale}px, ${-small.top_px * scale}px)` }}
      />
      <span class="preview-name">{name}</span>
    </div>
  );
}

/** The events around a moment, the nearest three, in their order. */
export function nearest(lanes: Lanes, at_ms: number, around_ms: number, most = 3): Dot[] {
  const all = Object.values(lanes.dots).flatMap((dots) => dots.filter((dot) => Math.abs(dot.at_ms - at_ms) <= around_ms));
  const near = all.sort((a, b) => Math.abs(a.at_ms - at_ms) - Math.abs(b.at_ms - at_ms)).slice(0, most);
  return near.sort((a, b) => a.at_ms - b.at_ms);
}

/** The timeline: who spoke, what the chair did, what was called, written and ordered; from hours down to seconds. */
import { effect, signal, type Signal } from "@preact/signals";
import { ChevronsDownUp, ChevronsUpDown, Maximize2, ZoomIn, ZoomOut } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Playhead, Span } from "../media/playhead";
import "../styles/timeline.css";
import type { Manifest } from "../types/wire";
import { IconButton } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { isNarrow } from "../ui/narrow";
import { ClipRange } from "./reviewclip";
import type { Lanes } from "./reviewlanes";
import { useSize } from "./stagesize";
import { Overview } from "./timeline/overview";
import { Preview, type Pointed } from "./timeline/preview";
import { rowsOf, UNITS_MAX, type Row, type Rows } from "./timeline/rows";
import { Track } from "./timeline/track";
import { followed, inside, lengthOf, PRESS, zoomed } from "./timeline/window";
import { laneText } from "./timeline/words";

interface TimelineProps {
  readonly manifest: Manifest;
  readonly playhead: Playhead;
  readonly lanes: Lanes;
  readonly onJump: (at_ms: number) => void;
  /** 剪辑: what is cut out. */
  readonly range: Span | null;
}

export function Timeline({ manifest, playhead, lanes, onJump, range }: TimelineProps): JSX.Element {
  const { span } = playhead;
  const [wish, look] = useState<Span | null>(null);
  const [unfolded, setUnfolded] = useState(false);
  const window = useMemo(() => (wish === null ? null : inside(wish, span)) ?? span, [wish, span.from_ms, span.to_ms]);
  const compact = isNarrow.value;
  const rows = useMemo(() => rowsOf(lanes, { compact, unfolded }), [lanes, compact, unfolded]);
  const { ref, width } = useSize();
  const section = useRef<HTMLElement>(null);
  const pointed = useMemo(() => signal<Pointed | null>(null), []);
  useFollowing(playhead, window, look);
  useHeads(section, playhead, window);
  const zoom = (factor: number): void => look(zoomed(window, factor, middleOf(playhead, window), span));
  useZoomKeys(zoom, () => look(null));
  return (
    <section class="timeline" aria-label={t("review.timeline")} ref={section}>
      <div class="timeline-zoom" role="group" aria-label={t("timeline.zoom")}>
        <Zoom window={window} span={span} onZoom={zoom} onAll={() => look(null)} />
        {(compact || rows.units > UNITS_MAX) && <Unfold unfolded={unfolded} onUnfold={setUnfolded} />}
      </div>
      <div class="timeline-above">
        <Overview lanes={lanes} span={span} window={window} width={width} onLook={look} />
        <Shown pointed={pointed} manifest={manifest} lanes={lanes} window={window} width={width} />
      </div>
      <div class="timeline-lanes">
        <Names rows={rows} />
        <div class="timeline-body" ref={ref as { current: HTMLDivElement | null }}>
          <Track
            manifest={manifest}
            playhead={playhead}
            lanes={lanes}
            rows={rows}
            window={window}
            width={width}
            pointed={pointed}
            onLook={look}
            onJump={onJump}
          />
          <ClipRange range={range} window={window} />
        </div>
      </div>
    </section>
  );
}

interface ShownProps {
  readonly pointed: Signal<Pointed | null>;
  readonly manifest: Manifest;
  readonly lanes: Lanes;
  readonly window: Span;
  readonly width: number;
}

function Shown({ pointed, ...rest }: ShownProps): JSX.Element | null {
  return pointed.value === null ? null : <Preview pointed={pointed.value} {...rest} />;
}

interface ZoomProps {
  readonly window: Span;
  readonly span: Span;
  readonly onZoom: (factor: number) => void;
  readonly onAll: () => void;
}

function Zoom({ window, span, onZoom, onAll }: ZoomProps): JSX.Element {
  const isAll = lengthOf(window) >= lengthOf(span);
  return (
    <>
      <IconButton icon={ZoomOut} label={t("timeline.zoom_out")} shortcut="-" disabled={isAll} onClick={() => onZoom(1 / PRESS)} />
      <IconButton icon={ZoomIn} label={t("timeline.zoom_in")} shortcut="+" onClick={() => onZoom(PRESS)} />
      <IconButton icon={Maximize2} label={t("timeline.zoom_all")} shortcut="0" disabled={isAll} onClick={onAll} />
    </>
  );
}

interface UnfoldProps {
  readonly unfolded: boolean;
  readonly onUnfold: (unfolded: boolean) => void;
}

/** Where units share rows, or lanes are left out: all of them. */
function Unfold({ unfolded, onUnfold }: UnfoldProps): JSX.Element {
  return (
    <IconButton
      icon={unfolded ? ChevronsDownUp : ChevronsUpDown}
      label={t(unfolded ? "timeline.fold" : "timeline.unfold")}
      expanded={unfolded}
      onClick={() => onUnfold(!unfolded)}
    />
  );
}

/** What each row is, and how much lies on it. */
function Names({ rows }: { rows: Rows }): JSX.Element {
  return (
    <div class="timeline-names">
      <div class="axis-name" />
      {rows.rows.map((row, n) => (
        <p key={row.key} style={{ height: `${row.height}px` }} class={row.unit === null ? "" : "unit"}>
          <Name row={row} isFirst={rows.rows[n - 1]?.lane !== row.lane} />
        </p>
      ))}
    </div>
  );
}

function Name({ row, isFirst }: { row: Row; isFirst: boolean }): JSX.Element {
  const name = row.unit === null ? laneText(row.lane) : row.name;
  const counted = row.unit === null && row.count > 0 && row.lane !== "recorded";
  return (
    <>
      {row.unit !== null && isFirst && <span class="visually-hidden">{laneText(row.lane)} </span>}
      <span title={name}>{name}</span>
      {counted && <span class="muted">{row.count}</span>}
    </>
  );
}

/** Zooming by keys and buttons keeps the playhead in its place, where it can be seen. */
function middleOf(playhead: Playhead, window: Span): number {
  const at_ms = playhead.now();
  return window.from_ms <= at_ms && at_ms <= window.to_ms ? at_ms : (window.from_ms + window.to_ms) / 2;
}

function useZoomKeys(zoom: (factor: number) => void, all: () => void): void {
  useShortcuts([
    { key: "+", label: t("timeline.zoom_in"), run: () => zoom(PRESS) },
    { key: "=", run: () => zoom(PRESS) },
    { key: "-", label: t("timeline.zoom_out"), run: () => zoom(1 / PRESS) },
    { key: "0", label: t("timeline.zoom_all"), run: all },
  ]);
}

/** The window goes after the playhead, unless somebody looks elsewhere. */
function useFollowing(playhead: Playhead, window: Span, look: (window: Span | null) => void): void {
  const latest = useRef(window);
  latest.current = window;
  useEffect(() => {
    let before_ms = playhead.at.peek();
    return effect(() => {
      const at_ms = playhead.at.value;
      const next = followed(latest.current, before_ms, at_ms, playhead.span);
      before_ms = at_ms;
      if (next !== null) look(next);
    });
  }, [playhead]);
}

/** Where the playhead stands on the axis, the lanes and the strip: past the virtual DOM, ten times a second. */
function useHeads(section: { current: HTMLElement | null }, playhead: Playhead, window: Span): void {
  useEffect(
    () =>
      effect(() => {
        const part = (of: Span): string => `${((100 * (playhead.at.value - of.from_ms)) / lengthOf(of)).toFixed(3)}%`;
        section.current?.style.setProperty("--at", part(window));
        section.current?.style.setProperty("--at-whole", part(playhead.span));
      }),
    [playhead, window],
  );
}

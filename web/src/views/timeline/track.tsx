/** The axis and the lanes: one slider, drawn on two canvases, which fingers, pointers, the wheel and keys move. */
import { effect, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

import type { Playhead, Span } from "../../media/playhead";
import type { Manifest } from "../../types/wire";
import { clockTime, elapsed, language, t } from "../../ui/i18n";
import type { Lanes } from "../reviewlanes";
import { Gestures, type Deeds, type Touch } from "./gestures";
import { barAt, Clusters, drawnOf, markAt, type Drawn, type DrawnMark } from "./marks";
import { AXIS_PX, Painter, type Picture } from "./paint";
import type { Pointed } from "./preview";
import type { Rows } from "./rows";
import { axisOf, CLOSEST_MS, keyTarget, lengthOf, showing, timeAt, xOf } from "./window";
import { wordsFor } from "./words";

interface TrackProps {
  readonly manifest: Manifest;
  readonly playhead: Playhead;
  readonly lanes: Lanes;
  readonly rows: Rows;
  readonly window: Span;
  readonly width: number;
  readonly pointed: Signal<Pointed | null>;
  readonly onLook: (window: Span | null) => void;
  readonly onJump: (at_ms: number) => void;
}

export function Track(props: TrackProps): JSX.Element {
  const { playhead, lanes, rows, window, width } = props;
  const { span } = playhead;
  const axis = useRef<HTMLCanvasElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const known = useMemo(() => new Clusters(), [rows]);
  const drawn = useMemo(() => drawnOf(rows.rows, window, width, known), [rows, window, width]);
  usePainting(props, axis, canvas, drawn);
  useSpoken(slider, playhead, lanes);
  const gestures = useGestures(props, drawn);
  const onWheel = useWheel(gestures);
  const on = handlersOf(gestures);
  return (
    <>
      <div class="axis" aria-hidden="true" ref={onWheel("axis")} {...on("axis")}>
        <canvas ref={axis} style={{ width: `${width}px`, height: `${AXIS_PX}px` }} />
        <div class="timeline-head" />
      </div>
      <div
        ref={(element) => {
          slider.current = element;
          onWheel("lanes")(element);
        }}
        class="timeline-track"
        role="slider"
        tabIndex={0}
        aria-label={t("review.playhead")}
        aria-valuemin={0}
        aria-valuemax={Math.round(lengthOf(span) / 1000)}
        aria-keyshortcuts="+ -"
        {...on("lanes")}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && atHead(props)}
        onBlur={() => (props.pointed.value = null)}
        onKeyDown={(event) => {
          const to_ms = keyTarget(event.key, playhead.now(), span, window);
          if (to_ms === null || event.ctrlKey || event.altKey || event.metaKey) return;
          event.preventDefault();
          event.stopPropagation(); // the arrows of the player jump ten seconds
          props.onJump(to_ms);
          atHead(props);
        }}
      >
        <canvas ref={canvas} style={{ width: `${width}px`, height: `${rows.height}px` }} />
        <div class="timeline-head" />
      </div>
    </>
  );
}

/** By keys one sees a preview as well: that of the playhead. */
function atHead({ playhead, window, width, pointed }: TrackProps): void {
  const at_ms = playhead.now();
  pointed.value = { at_ms, x: xOf(at_ms, window, width), mark: null, bar: null };
}

function usePainting(
  { lanes, rows, window, width, pointed }: TrackProps,
  axis: { current: HTMLCanvasElement | null },
  canvas: { current: HTMLCanvasElement | null },
  drawn: Drawn,
): void {
  const words = useMemo(() => wordsFor(rows.rows, lanes), [rows, lanes, language.value]);
  const painters = useRef<{ axis: Painter; lanes: Painter } | null>(null);
  const picture: Picture = { rows: rows.rows, drawn, axis: axisOf(window, width), window, width, height: rows.height, hot: null };
  useLayoutEffect(() => {
    if (axis.current === null || canvas.current === null) return undefined;
    painters.current ??= { axis: new Painter(axis.current), lanes: new Painter(canvas.current) };
    const both = painters.current;
    both.axis.axis(picture, words);
    let hot: DrawnMark | null | undefined; // not painted yet
    return effect(() => {
      const next = pointed.value?.mark ?? null;
      if (next === hot) return;
      both.lanes.lanes({ ...picture, hot: (hot = next) }, words);
    });
  }, [words, drawn, window, width]);
}

/** What a screen reader says of the playhead: once a second at most, and past the virtual DOM. */
function useSpoken(slider: { current: HTMLElement | null }, playhead: Playhead, lanes: Lanes): void {
  useLayoutEffect(() => {
    let said = -1;
    return effect(() => {
      const at_ms = playhead.at.value;
      const second = Math.round((at_ms - playhead.span.from_ms) / 1000);
      if (second === said) return;
      said = second;
      const voices = lanes.speech.filter((turn) => turn.from_ms <= at_ms && at_ms < turn.to_ms).map(({ label }) => label);
      const speaks = voices.length === 0 ? [] : [t("timeline.speaks_here", { venues: [...new Set(voices)].join("、") })];
      slider.current?.setAttribute("aria-valuenow", String(second));
      slider.current?.setAttribute("aria-valuetext", [clockTime(at_ms), elapsed(second * 1000), ...speaks].join(", "));
    });
  }, [playhead, lanes]);
}

function useGestures(props: TrackProps, drawn: Drawn): Gestures {
  const latest = useRef({ props, drawn });
  latest.current = { props, drawn };
  return useMemo(() => new Gestures(deedsOf(() => latest.current)), []);
}

function deedsOf(latest: () => { props: TrackProps; drawn: Drawn }): Deeds {
  return {
    ground: () => {
      const { playhead, window, width } = latest().props;
      return { span: playhead.span, window, width };
    },
    look: (window) => latest().props.onLook(window),
    jump: (at_ms) => latest().props.onJump(at_ms),
    press: (x, y, by) => {
      const { props, drawn } = latest();
      const mark = markAt(drawn, x, y, by);
      if (mark === null) return false;
      open(mark, props);
      return true;
    },
    hover: (x, y) => {
      const { props, drawn } = latest();
      if (x === null) props.pointed.value = null;
      else {
        const at_ms = timeAt(x, props.window, props.width);
        props.pointed.value = { at_ms, x, mark: markAt(drawn, x, y, "mouse"), bar: barAt(drawn, x, y) };
      }
    },
  };
}

/** One event is gone to; several that lie apart are looked at more closely, and those that do not are gone to as well. */
function open({ cluster }: DrawnMark, { playhead, window, onLook, onJump }: TrackProps): void {
  const apart_ms = cluster.to_ms - cluster.from_ms;
  const isOpenable = cluster.dots.length > 1 && apart_ms > 0 && lengthOf(window) > CLOSEST_MS;
  if (isOpenable) onLook(showing(cluster.from_ms, cluster.to_ms, playhead.span));
  else onJump(cluster.from_ms);
}

type Area = "axis" | "lanes";

function handlersOf(gestures: Gestures): (area: Area) => JSX.HTMLAttributes<HTMLDivElement> {
  return (area) => {
    const touch = (event: PointerEvent): Touch => {
      const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const by = event.pointerType === "touch" ? "touch" : "mouse";
      return { id: event.pointerId, x: event.clientX - box.left, y: event.clientY - box.top, onAxis: area === "axis", by };
    };
    return {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        gestures.press(touch(event));
      },
      onPointerMove: (event) => gestures.move(touch(event)),
      onPointerUp: (event) => gestures.release(touch(event)),
      onPointerCancel: () => gestures.cancel(),
      onPointerLeave: () => gestures.leave(),
    };
  };
}

/** Not by Preact: a wheel that is to scroll nothing must not be listened to passively. */
function useWheel(gestures: Gestures): (area: Area) => (element: HTMLElement | null) => void {
  return useMemo(() => {
    const of = (area: Area) => {
      const onWheel = (event: WheelEvent): void => {
        const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
        const scale = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
        const zooms = event.ctrlKey || event.metaKey || area === "axis";
        const did = gestures.wheel(event.clientX - box.left, event.deltaX * scale, event.deltaY * scale, zooms, event.shiftKey);
        if (did) event.preventDefault();
      };
      let before: HTMLElement | null = null;
      return (element: HTMLElement | null): void => {
        before?.removeEventListener("wheel", onWheel);
        element?.addEventListener("wheel", onWheel, { passive: false });
        before = element;
      };
    };
    const all = { axis: of("axis"), lanes: of("lanes") };
    return (area) => all[area];
  }, [gestures]);
}

/** The whole recording in one strip, and which part of it the timeline shows: drag it, or press where to look. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";

import type { Span } from "../../media/playhead";
import type { Lanes } from "../reviewlanes";
import { Painter, type Whole } from "./paint";
import { centred, inside, lengthOf, panned, timeAt } from "./window";

export const OVERVIEW_PX = 40;
/** So near to an end of the window one takes hold of the end. */
const END_PX = 9;

interface OverviewProps {
  readonly lanes: Lanes;
  readonly span: Span;
  readonly window: Span;
  readonly width: number;
  readonly onLook: (window: Span | null) => void;
}

interface Hold {
  readonly at_ms: number;
  readonly from: Span;
  readonly end: "from_ms" | "to_ms" | null;
}

/** For a pointer; the keys + and -, and the arrows of the timeline, do the same. */
export function Overview({ lanes, span, window, width, onLook }: OverviewProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const hold = useRef<Hold | null>(null);
  const whole = useMemo(() => wholeOf(lanes), [lanes]);
  const painter = useRef<Painter | null>(null);
  useEffect(() => {
    painter.current = canvas.current === null ? null : new Painter(canvas.current);
  }, []);
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    painter.current ??= new Painter(canvas.current);
    painter.current.whole(whole, span, width, OVERVIEW_PX);
  }, [whole, span.from_ms, span.to_ms, width]);
  const part = (ms: number): string => `${((ms - span.from_ms) / lengthOf(span)) * 100}%`;
  const place = (event: PointerEvent): number => {
    const x = event.clientX - (event.currentTarget as HTMLElement).getBoundingClientRect().left;
    return timeAt(x, span, width);
  };
  return (
    <div
      class="overview"
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at_ms = place(event);
        const end = endAt(at_ms, window, span, width);
        const isIn = window.from_ms <= at_ms && at_ms <= window.to_ms;
        const from = isIn || end !== null ? window : (centred(window, at_ms, span) ?? window);
        hold.current = { at_ms, from, end };
        if (from !== window) onLook(from);
      }}
      onPointerMove={(event) => {
        const held = hold.current;
        if (held === null) return;
        const by_ms = place(event) - held.at_ms;
        const { from, end } = held;
        onLook(end === null ? panned(from, by_ms, span) : inside(stretched(from, end, by_ms), span));
      }}
      onPointerUp={() => (hold.current = null)}
      onPointerCancel={() => (hold.current = null)}
    >
      <canvas ref={canvas} style={{ width: `${width}px`, height: `${OVERVIEW_PX}px` }} />
      <div class="overview-window" style={{ left: part(window.from_ms), right: `calc(100% - ${part(window.to_ms)})` }} />
      <div class="overview-head" />
    </div>
  );
}

function stretched(from: Span, end: "from_ms" | "to_ms", by_ms: number): Span {
  const moved = { ...from, [end]: from[end] + by_ms };
  return moved.from_ms <= moved.to_ms ? moved : { from_ms: moved.to_ms, to_ms: moved.from_ms };
}

function endAt(at_ms: number, window: Span, span: Span, width: number): Hold["end"] {
  if (lengthOf(window) >= lengthOf(span)) return null;
  const near_ms = (END_PX / Math.max(1, width)) * lengthOf(span);
  const [before, after] = [Math.abs(at_ms - window.from_ms), Math.abs(at_ms - window.to_ms)];
  if (lengthOf(window) < 3 * near_ms || Math.min(before, after) > near_ms) return null;
  return before < after ? "from_ms" : "to_ms";
}

function wholeOf({ recorded, gaps, speech, instructions, dots }: Lanes): Whole {
  const keys = [
    ...instructions.map(({ at_ms }) => ({ at_ms, tone: "order" as const })),
    ...dots.marker.map(({ at_ms }) => ({ at_ms, tone: "mark" as const })),
  ];
  return { recorded, gaps: gaps.filter(({ venue }) => venue === ""), speech, keys };
}

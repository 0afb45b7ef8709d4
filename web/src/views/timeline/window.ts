/** The visible part of a recording on its timeline: zoom, pan, follow, and the axis that fits it. Pure. */
import type { Span } from "../../media/playhead";

/** The closest look: five seconds across the whole width. */
export const CLOSEST_MS = 5_000;
/** One press of + or -. */
export const PRESS = 2;
/** How far 100 units of a wheel (one notch) zoom. */
const NOTCH = 1.25;

export const lengthOf = (span: Span): number => Math.max(1, span.to_ms - span.from_ms);

/** Of `window` what lies inside `span`; null stands for all of it. */
export function inside(window: Span, span: Span): Span | null {
  const whole = lengthOf(span);
  const length = Math.max(Math.min(CLOSEST_MS, whole), Math.min(whole, lengthOf(window)));
  if (length >= whole) return null;
  const from_ms = Math.max(span.from_ms, Math.min(span.to_ms - length, window.from_ms));
  return { from_ms, to_ms: from_ms + length };
}

/** `factor` above 1 looks closer; what lies at `around_ms` stays where it is. */
export function zoomed(window: Span, factor: number, around_ms: number, span: Span): Span | null {
  const now = lengthOf(window);
  const length = Math.max(Math.min(CLOSEST_MS, lengthOf(span)), now / factor);
  const part = (around_ms - window.from_ms) / now;
  const from_ms = around_ms - part * length;
  return inside({ from_ms, to_ms: from_ms + length }, span);
}

/** The factor of a wheel's turn; `pixels` as in `WheelEvent.deltaY` (down is away). */
export function wheelFactor(pixels: number): number {
  return NOTCH ** (-Math.max(-400, Math.min(400, pixels)) / 100);
}

export function panned(window: Span, by_ms: number, span: Span): Span | null {
  return inside({ from_ms: window.from_ms + by_ms, to_ms: window.to_ms + by_ms }, span);
}

/** With `at_ms` in the middle, at the same zoom. */
export function centred(window: Span, at_ms: number, span: Span): Span | null {
  return panned(window, at_ms - (window.from_ms + window.to_ms) / 2, span);
}

/** Two fingers: what was under each stays under it. `parts` are places across the width, from 0 to 1. */
export function pinched(times: readonly [number, number], parts: readonly [number, number], span: Span): Span | null {
  const apart = parts[1] - parts[0];
  if (Math.abs(apart) < 0.02) return inside({ from_ms: times[0], to_ms: times[1] }, span);
  const length = Math.max(CLOSEST_MS, (times[1] - times[0]) / apart);
  const middle_ms = (times[0] + times[1]) / 2;
  const from_ms = middle_ms - ((parts[0] + parts[1]) / 2) * length;
  return inside({ from_ms, to_ms: from_ms + length }, span);
}

/** A stretch of time with some air around it. */
export function showing(from_ms: number, to_ms: number, span: Span): Span | null {
  const air = Math.max(CLOSEST_MS / 2, (to_ms - from_ms) * 0.15);
  return inside({ from_ms: from_ms - air, to_ms: to_ms + air }, span);
}

/** Further than this between two looks is a jump, not playing. */
const JUMP_MS = 2_000;
/** Where the playhead stands after a page has been turned. */
const PAGE_PART = 0.1;

/**
 * The window after the playhead went from `before_ms` to `at_ms`: who plays out of it is followed page by page, who
 * jumps out of it is centred; who looks elsewhere while it plays is left alone. Null: it stays as it is.
 */
export function followed(window: Span, before_ms: number, at_ms: number, span: Span): Span | null {
  const sees = (ms: number): boolean => window.from_ms <= ms && ms <= window.to_ms;
  if (sees(at_ms)) return null;
  if (Math.abs(at_ms - before_ms) > JUMP_MS) return centred(window, at_ms, span);
  if (!sees(before_ms)) return null;
  return panned(window, at_ms - window.from_ms - PAGE_PART * lengthOf(window), span);
}

// --- the axis -----------------------------------------------------------------------------------------

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000);
/** A label needs so many pixels; from a minute on it says no seconds. */
const labelPx = (step_ms: number): number => (step_ms < 60_000 ? 84 : 58);

export interface Axis {
  readonly step_ms: number;
  /** Where the labels stand. */
  readonly times: readonly number[];
  /** Strokes between them. */
  readonly minor: readonly number[];
}

export function axisOf(window: Span, width_px: number): Axis {
  const step_ms = STEPS_MS.find((step) => (step / lengthOf(window)) * width_px >= labelPx(step)) ?? 7_200_000;
  const minor_ms = step_ms / MINOR[String(step_ms / 1000)]!;
  return { step_ms, times: between(window, step_ms), minor: between(window, minor_ms).filter((at) => at % step_ms !== 0) };
}

/** Into how many parts each step is cut. */
const MINOR: Record<string, number> = {
  1: 2, 2: 2, 5: 5, 10: 2, 15: 3, 30: 3, 60: 4, 120: 2, 300: 5, 600: 2, 900: 3, 1800: 3, 3600: 4, 7200: 2,
};

function between({ from_ms, to_ms }: Span, step_ms: number): number[] {
  const times: number[] = [];
  for (let at = Math.ceil(from_ms / step_ms) * step_ms; at <= to_ms; at += step_ms) times.push(at);
  return times;
}

// --- places ------------------------------------------------------------------------------------------

export function xOf(at_ms: number, window: Span, width_px: number): number {
  return ((at_ms - window.from_ms) / lengthOf(window)) * width_px;
}

export function timeAt(x: number, window: Span, width_px: number): number {
  const part = Math.max(0, Math.min(1, x / Math.max(1, width_px)));
  return window.from_ms + part * lengthOf(window);
}

/** WAI-ARIA Authoring Practices, slider. A step is what one can see at this zoom, five seconds at most. */
export function keyTarget(key: string, now_ms: number, span: Span, window: Span = span): number | null {
  const step_ms = Math.max(100, Math.min(5_000, Math.round(lengthOf(window) / 20_000) * 1_000));
  const leap_ms = Math.min(60_000, step_ms * 12);
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return now_ms - step_ms;
    case "ArrowRight":
    case "ArrowUp":
      return now_ms + step_ms;
    case "PageDown":
      return now_ms - leap_ms;
    case "PageUp":
      return now_ms + leap_ms;
    case "Home":
      return span.from_ms;
    case "End":
      return span.to_ms;
    default:
      return null;
  }
}

/** Zooming and panning a timeline, what follows the playhead, and the axis. */
import { describe, expect, it } from "vitest";

import {
  axisOf, centred, CLOSEST_MS, followed, inside, keyTarget, lengthOf, panned, pinched, showing, timeAt, wheelFactor, xOf, zoomed,
} from "../../../src/views/timeline/window";

const HOUR = 3_600_000;
const span = { from_ms: 0, to_ms: 4 * HOUR };
const hour = { from_ms: HOUR, to_ms: 2 * HOUR };

describe("the window", () => {
  it("never leaves the recording, is never closer than seconds, and is nothing where it is all", () => {
    expect(inside({ from_ms: -HOUR, to_ms: 0 }, span)).toEqual({ from_ms: 0, to_ms: HOUR });
    expect(inside({ from_ms: 3.5 * HOUR, to_ms: 4.5 * HOUR }, span)).toEqual({ from_ms: 3 * HOUR, to_ms: 4 * HOUR });
    expect(inside({ from_ms: 10, to_ms: 11 }, span)).toEqual({ from_ms: 10, to_ms: 10 + CLOSEST_MS });
    expect(inside({ from_ms: -9, to_ms: 5 * HOUR }, span)).toBeNull();
    expect(inside({ from_ms: 0, to_ms: 1 }, { from_ms: 0, to_ms: 800 })).toBeNull();
  });

  it("zooms from hours to seconds and back, and what lies under the pointer stays there", () => {
    const around = 1.25 * HOUR;
    let window = hour;
    for (let n = 0; n < 40; n += 1) {
      const before = xOf(around, window, 1000);
      window = zoomed(window, wheelFactor(-100), around, span) ?? span;
      expect(xOf(around, window, 1000)).toBeCloseTo(before, 6);
    }
    expect(lengthOf(window)).toBe(CLOSEST_MS);
    for (let n = 0; n < 80; n += 1) window = zoomed(window, wheelFactor(100), around, span) ?? span;
    expect(window).toEqual(span);
    expect(wheelFactor(-100) * wheelFactor(100)).toBeCloseTo(1);
  });

  it("pans to the ends and not over them", () => {
    expect(panned(hour, HOUR / 2, span)).toEqual({ from_ms: 1.5 * HOUR, to_ms: 2.5 * HOUR });
    expect(panned(hour, -9 * HOUR, span)).toEqual({ from_ms: 0, to_ms: HOUR });
    expect(centred(hour, 3 * HOUR, span)).toEqual({ from_ms: 2.5 * HOUR, to_ms: 3.5 * HOUR });
    expect(panned(span, HOUR, span)).toBeNull();
  });

  it("keeps under two fingers what was under them", () => {
    const times: [number, number] = [timeAt(400, hour, 1000), timeAt(600, hour, 1000)];
    const apart = pinched(times, [0.2, 0.8], span)!;
    expect(xOf(times[0], apart, 1000)).toBeCloseTo(200);
    expect(xOf(times[1], apart, 1000)).toBeCloseTo(800);
    expect(pinched(times, [0.5, 0.5], span)).toEqual({ from_ms: times[0], to_ms: times[1] });
  });

  it("shows a stretch with air around it", () => {
    const shown = showing(HOUR, HOUR + 100_000, span)!;
    expect([HOUR - shown.from_ms, shown.to_ms - HOUR - 100_000]).toEqual([15_000, 15_000]);
    expect(lengthOf(showing(HOUR, HOUR, span)!)).toBe(CLOSEST_MS);
  });

  it("turns a page behind who plays, goes to who jumps, and leaves alone who looks elsewhere", () => {
    expect(followed(hour, 1.9 * HOUR, 1.9 * HOUR + 100, span)).toBeNull();
    expect(followed(hour, 2 * HOUR - 50, 2 * HOUR + 50, span)).toEqual({ from_ms: 1.9 * HOUR + 50, to_ms: 2.9 * HOUR + 50 });
    expect(followed(hour, 1.5 * HOUR, 3 * HOUR, span)).toEqual({ from_ms: 2.5 * HOUR, to_ms: 3.5 * HOUR });
    expect(followed(hour, 3 * HOUR, 3 * HOUR + 100, span)).toBeNull();
  });
});

describe("the axis", () => {
  it("has round times at every zoom, as many as can be read", () => {
    for (const length_ms of [5_000, 12_000, 93_000, HOUR, 4 * HOUR, 26 * HOUR]) {
      for (const width of [320, 900, 1700]) {
        const { step_ms, times, minor } = axisOf({ from_ms: 1_234, to_ms: 1_234 + length_ms }, width);
        expect(times.length).toBeGreaterThan(0);
        expect((step_ms / length_ms) * width).toBeGreaterThanOrEqual(Math.min(58, (7_200_000 / length_ms) * width));
        expect(times.every((at) => at % step_ms === 0)).toBe(true);
        expect(minor.every((at) => at % step_ms !== 0)).toBe(true);
      }
    }
    expect(axisOf({ from_ms: 0, to_ms: 5_000 }, 1700).step_ms).toBe(1_000);
    expect(axisOf({ from_ms: 0, to_ms: 4 * HOUR }, 1700).step_ms).toBe(600_000);
  });

  it("obeys the keys of a slider, in finer steps where one looks closer", () => {
    const all = { from_ms: 0, to_ms: 100_000 };
    expect(keyTarget("ArrowLeft", 50_000, all)).toBe(45_000);
    expect(keyTarget("PageUp", 50_000, all)).toBe(110_000);
    expect(keyTarget("Home", 50_000, all)).toBe(0);
    expect(keyTarget("End", 50_000, all)).toBe(100_000);
    expect(keyTarget("a", 50_000, all)).toBeNull();
    expect(keyTarget("ArrowRight", 50_000, all, { from_ms: 40_000, to_ms: 60_000 })).toBe(51_000);
    expect(keyTarget("ArrowRight", 50_000, all, { from_ms: 48_000, to_ms: 53_000 })).toBe(50_100);
  });
});

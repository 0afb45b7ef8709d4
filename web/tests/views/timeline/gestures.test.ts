/** Fingers, pointer and wheel on the timeline. */
import { beforeEach, describe, expect, it } from "vitest";

import type { Span } from "../../../src/media/playhead";
import { Gestures, type Touch } from "../../../src/views/timeline/gestures";
import { inside, xOf } from "../../../src/views/timeline/window";

const span = { from_ms: 0, to_ms: 1_000_000 };
let window: Span;
let went: number[];
let pressed: string[];
let hovered: (number | null)[];
let answers: boolean;
let gestures: Gestures;

beforeEach(() => {
  window = span;
  [went, pressed, hovered, answers] = [[], [], [], false];
  gestures = new Gestures({
    ground: () => ({ span, window, width: 1000 }),
    look: (next) => (window = (next === null ? null : inside(next, span)) ?? span),
    jump: (at_ms) => went.push(Math.round(at_ms)),
    press: (_x, _y, by) => (pressed.push(by), answers),
    hover: (x) => hovered.push(x),
  });
});

const mouse = (x: number, part: Partial<Touch> = {}): Touch => ({ id: 1, x, y: 50, onAxis: false, by: "mouse", ...part });
const finger = (x: number, part: Partial<Touch> = {}): Touch => mouse(x, { by: "touch", ...part });

describe("a pointer", () => {
  it("goes to where it presses, at once, and drags the playhead along", () => {
    gestures.press(mouse(100));
    gestures.move(mouse(200));
    gestures.release(mouse(200));
    gestures.move(mouse(300));
    expect(went).toEqual([100_000, 200_000]);
    expect(hovered.at(-1)).toBe(300);
  });

  it("goes nowhere where a mark has answered", () => {
    answers = true;
    gestures.press(mouse(100));
    gestures.move(mouse(200));
    gestures.release(mouse(200));
    expect([went, pressed]).toEqual([[], ["mouse"]]);
  });

  it("pans by the axis", () => {
    window = { from_ms: 400_000, to_ms: 500_000 };
    gestures.press(mouse(500, { onAxis: true }));
    gestures.move(mouse(700, { onAxis: true }));
    gestures.release(mouse(700, { onAxis: true }));
    expect(window).toEqual({ from_ms: 380_000, to_ms: 480_000 });
    expect(went).toEqual([]);
  });
});

describe("a finger", () => {
  it("goes to where it was lifted, unless it scrolled the page", () => {
    gestures.press(finger(100));
    expect(went).toEqual([]);
    gestures.release(finger(100));
    expect(went).toEqual([100_000]);
    gestures.press(finger(300));
    gestures.cancel();
    gestures.release(finger(300));
    expect(went).toEqual([100_000]);
  });

  it("drags the playhead once it has moved, and shows no preview when it is gone", () => {
    gestures.press(finger(100));
    gestures.move(finger(104));
    gestures.move(finger(130));
    gestures.release(finger(130));
    expect(went).toEqual([130_000]);
    expect(hovered).toEqual([130, null]);
  });

  it("and another zoom, whichever is on the left", () => {
    gestures.press(finger(600));
    gestures.press(finger(400, { id: 2 }));
    gestures.move(finger(800));
    gestures.move(finger(200, { id: 2 }));
    expect(xOf(400_000, window, 1000)).toBeCloseTo(200);
    expect(xOf(600_000, window, 1000)).toBeCloseTo(800);
    gestures.release(finger(800));
    gestures.release(finger(200, { id: 2 }));
    expect(went).toEqual([]);
  });
});

describe("a wheel", () => {
  it("zooms with ctrl or on the axis, pans sideways, and else leaves the page its scroll", () => {
    expect(gestures.wheel(500, 0, -100, true, false)).toBe(true);
    expect(window).toEqual({ from_ms: 100_000, to_ms: 900_000 });
    expect(gestures.wheel(500, 0, 100, false, false)).toBe(false);
    expect(gestures.wheel(500, 50, 10, false, false)).toBe(true);
    expect(window.from_ms).toBe(140_000);
    expect(gestures.wheel(500, 0, -50, false, true)).toBe(true);
    expect(window.from_ms).toBe(100_000);
  });
});

/** The one clock of the review: where it stands, and how tracks catch up with it. */
import { describe, expect, it } from "vitest";

import { correction, Playhead, positionAt } from "../../src/media/playhead";

const SPAN = { from_ms: 10_000, to_ms: 70_000 };

function playheadAt(start_ms: number): { playhead: Playhead; pass: (ms: number) => void } {
  let page_ms = 500;
  const playhead = new Playhead(SPAN, start_ms, () => page_ms);
  return { playhead, pass: (ms) => (page_ms += ms) };
}

describe("the playhead", () => {
  it("stands until it plays, then goes with the page's clock", () => {
    const { playhead, pass } = playheadAt(20_000);
    pass(1_000);
    expect(playhead.now()).toBe(20_000);
    playhead.play();
    pass(1_500);
    expect(playhead.now()).toBe(21_500);
    playhead.pause();
    pass(9_000);
    expect(playhead.now()).toBe(21_500);
  });

  it("keeps its place when the speed changes", () => {
    const { playhead, pass } = playheadAt(20_000);
    playhead.play();
    pass(1_000);
    playhead.setSpeed(4);
    expect(playhead.now()).toBe(21_000);
    pass(1_000);
    expect(playhead.now()).toBe(25_000);
  });

  it("waits for what is being fetched, and goes on from there", () => {
    const { playhead, pass } = playheadAt(20_000);
    playhead.play();
    pass(1_000);
    playhead.wait(true);
    pass(5_000);
    expect(playhead.now()).toBe(21_000);
    expect(playhead.playing.value).toBe(true);
    playhead.wait(false);
    pass(1_000);
    expect(playhead.now()).toBe(22_000);
  });

  it("stops at the end and begins again from the start", () => {
    const { playhead, pass } = playheadAt(69_000);
    playhead.play();
    pass(5_000);
    playhead.tick();
    expect(playhead.now()).toBe(SPAN.to_ms);
    expect(playhead.playing.value).toBe(false);
    playhead.play();
    expect(playhead.now()).toBe(SPAN.from_ms);
  });

  it("never leaves the recording", () => {
    const { playhead } = playheadAt(0);
    expect(playhead.now()).toBe(SPAN.from_ms);
    playhead.skip(-10_000);
    expect(playhead.now()).toBe(SPAN.from_ms);
    playhead.seek(1e12);
    expect(playhead.now()).toBe(SPAN.to_ms);
    const anchor = { hub_ms: 60_000, page_ms: 0, rate: 2, running: true };
    expect(positionAt(anchor, 1e9, SPAN)).toBe(SPAN.to_ms);
  });
});

describe("a track that is off", () => {
  it("far off is sought", () => {
    expect(correction(0.31, 1, true)).toEqual({ seek: true, rate: 1 });
    expect(correction(-2, 1, true).seek).toBe(true);
  });

  it("near is nudged, faster when late and slower when early, by no more than can be heard", () => {
    const late = correction(0.2, 1, true);
    const early = correction(-0.2, 1, true);
    expect(late.seek || early.seek).toBe(false);
    expect(late.rate).toBeCloseTo(1.08);
    expect(early.rate).toBeCloseTo(0.92);
    expect(correction(0.01, 1, true)).toEqual({ seek: false, rate: 1 });
  });

  it("standing still shows the very picture, without nudging", () => {
    expect(correction(0.1, 1, false).seek).toBe(true);
    expect(correction(0.01, 1, false).seek).toBe(false);
  });

  it("at four times the speed the same error is four times smaller for the eye", () => {
    expect(correction(0.9, 4, true).seek).toBe(false);
    expect(correction(1.3, 4, true).seek).toBe(true);
  });
});

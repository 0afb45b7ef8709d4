/** The one clock of the review: where it stands, and how tracks catch up with it. */
import { describe, expect, it } from "vitest";

import { nextSpeed, Playhead, positionAt, shuttleSpeed } from "../../src/media/playhead";

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

describe("the clock and the sound that leads it", () => {
  it("goes to the sound step by step, and not to one that is far off", () => {
    const { playhead, pass } = playheadAt(20_000);
    playhead.play();
    pass(1_000);
    for (let n = 0; n < 20; n += 1) playhead.follow(20_950);
    expect(playhead.now()).toBeCloseTo(20_950, 0);
    playhead.follow(25_000);
    expect(playhead.now()).toBeCloseTo(20_950, 0);
  });

  it("listens to nothing while it stands", () => {
    const { playhead } = playheadAt(20_000);
    playhead.follow(20_100);
    expect(playhead.now()).toBe(20_000);
  });
});

describe("a session that goes on", () => {
  it("can be played up to the edge of what has been written, and no further", () => {
    const { playhead, pass } = playheadAt(60_000);
    let edge_ms = 62_000;
    playhead.goOnTo(() => edge_ms);
    playhead.seek(69_000);
    expect(playhead.now()).toBe(62_000);
    playhead.play();
    playhead.setSpeed(2);
    pass(1_000);
    edge_ms += 1_000;
    playhead.tick();
    expect(playhead.now()).toBe(63_000);
    expect(playhead.speed.value, "the present cannot be overtaken").toBe(1);
    expect(playhead.playing.value).toBe(true);
  });

  it("grows without losing the place, and ends like any other", () => {
    const { playhead, pass } = playheadAt(69_000);
    const jumps = playhead.jumps;
    playhead.goOnTo(() => 100_000);
    playhead.extend({ from_ms: 10_000, to_ms: 105_000 });
    playhead.play();
    pass(6_000);
    playhead.tick();
    expect(playhead.now()).toBe(75_000);
    expect(playhead.jumps).toBe(jumps);
    playhead.goOnTo(null);
    playhead.extend({ from_ms: 10_000, to_ms: 76_000 });
    pass(6_000);
    playhead.tick();
    expect(playhead.now()).toBe(76_000);
    expect(playhead.playing.value).toBe(false);
  });
});

describe("speeds", () => {
  it("go step by step and stop at both ends", () => {
    expect([0.5, 1, 3, 4].map((speed) => nextSpeed(speed, 1))).toEqual([0.75, 1.25, 4, 4]);
    expect([4, 1, 0.5].map((speed) => nextSpeed(speed, -1))).toEqual([3, 0.75, 0.5]);
  });

  it("double with each press of L, from one to four times", () => {
    expect(shuttleSpeed(false, 4)).toBe(1);
    expect([0.5, 1, 1.5, 2, 3, 4].map((speed) => shuttleSpeed(true, speed))).toEqual([1, 2, 2, 4, 4, 4]);
  });
});

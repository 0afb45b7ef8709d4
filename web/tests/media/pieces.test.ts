/** Which bytes come next. */
import { describe, expect, it } from "vitest";

import { isShort, nextStep, pieceEnd, PIECE_BYTES } from "../../src/media/pieces";

const KB = 1024;
const CUES = [0, 4, 8, 12, 16].map((time_s) => ({ time_s, offset: 10_000 + time_s * 200 * KB }));
const SIZE = 10_000 + 20 * 200 * KB;

describe("a piece", () => {
  it("after a jump is what the wanted second needs, from its key frame on", () => {
    const at = CUES[2]?.offset ?? 0;
    expect(pieceEnd(at, { from_s: 8, to_s: 8 }, CUES, 9.2, SIZE)).toBe(CUES[3]?.offset);
    expect(pieceEnd(at, { from_s: 8, to_s: 8 }, CUES, 11.8, SIZE), "and what begins right behind").toBe(CUES[4]?.offset);
  });

  it("going on is as much as is usual, and never beyond the end", () => {
    const fetched = { from_s: 8, to_s: 12 };
    expect(pieceEnd(CUES[3]?.offset ?? 0, fetched, CUES, 9, SIZE)).toBe((CUES[3]?.offset ?? 0) + PIECE_BYTES);
    expect(pieceEnd(SIZE - 1_000, { from_s: 8, to_s: 19 }, CUES, 9, SIZE)).toBe(SIZE);
    expect(pieceEnd(SIZE - 1_000, { from_s: 19, to_s: 19 }, CUES, 19.9, SIZE)).toBe(SIZE);
  });

  it("of sound is not a crumb", () => {
    const sound = [0, 2, 4, 6].map((time_s) => ({ time_s, offset: 500 + time_s * 4 * KB }));
    expect(pieceEnd(500, { from_s: 0, to_s: 0 }, sound, 0.5, 400 * KB)).toBe(500 + 48 * KB);
  });
});

describe("the next step", () => {
  it("cannot be left for later while less is there than an element needs to begin", () => {
    const fetched = { from_s: 8, to_s: 12 };
    expect([11.4, 11.5, 11.6, 12.5].map((time_s) => isShort(fetched, time_s))).toEqual([false, false, true, true]);
  });

  it("fetches further ahead when it plays faster", () => {
    const fetched = { from_s: 0, to_s: 20 };
    expect(nextStep(fetched, CUES, 5, 10)).toBe("enough");
    expect(nextStep(fetched, CUES, 5, 40)).toBe("on");
  });
});

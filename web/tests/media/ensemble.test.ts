/** When a track of the review may be moved to where the clock is. */
import { describe, expect, it } from "vitest";

import { covers, maySeek } from "../../src/media/ensemble";

describe("a track in step", () => {
  it("leaves a seek alone until it has had its time", () => {
    expect(maySeek(false, 0)).toBe(true);
    expect(maySeek(true, 0)).toBe(false);
    expect(maySeek(true, 999)).toBe(false);
    expect(maySeek(true, 1_000)).toBe(true);
  });

  it("is there from its first moment to before its last; one without an end goes on", () => {
    const track = { started_ms: 1_000, ended_ms: 2_000 };
    expect([999, 1_000, 1_999, 2_000].map((at_ms) => covers(track, at_ms))).toEqual([false, true, true, false]);
    expect(covers({ started_ms: 1_000, ended_ms: null }, 9_000)).toBe(true);
  });
});

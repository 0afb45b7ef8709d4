/** When a track of the review may be moved to where the clock is. */
import { describe, expect, it } from "vitest";

import { leadOf } from "../../src/media/ensemble";
import { covers, maySeek, shortest } from "../../src/media/voice";

describe("a track in step", () => {
  it("leaves a seek alone until it has had its time", () => {
    expect(maySeek(false, 0)).toBe(true);
    expect(maySeek(true, 0)).toBe(false);
    expect(maySeek(true, 999)).toBe(false);
    expect(maySeek(true, 1_000)).toBe(true);
  });

  it("is not waited for so near before a hole that an element has too few frames to begin with", () => {
    expect(shortest(null)).toBe(0.5);
    expect(shortest(170)).toBe(0.5); // 30 frames a second
    expect(shortest(1_000)).toBe(1); // five, as of shared content
    expect(shortest(30_000)).toBe(2); // a hole among them
  });

  it("is there from its first moment to before its last; one without an end goes on", () => {
    const track = { started_ms: 1_000, ended_ms: 2_000 };
    expect([999, 1_000, 1_999, 2_000].map((at_ms) => covers(track, at_ms))).toEqual([false, true, true, false]);
    expect(covers({ started_ms: 1_000, ended_ms: null }, 9_000)).toBe(true);
  });
});

describe("the sound that leads the clock", () => {
  const sound = (name: string, urgency: number, on = true, isLead = false) => ({ name, isLead, wish: { on, urgency } });

  it("is that of who speaks, and stays while it can be heard", () => {
    const [quiet, speaks] = [sound("quiet", 2), sound("speaks", 0.5)];
    expect(leadOf([quiet, speaks])).toBe(speaks);
    const leads = sound("leads", 2, true, true);
    expect(leadOf([speaks, leads])).toBe(leads);
  });

  it("is never one that is closed", () => {
    const closed = sound("closed", 0, false, true);
    const other = sound("other", 2);
    expect(leadOf([closed, other])).toBe(other);
    expect(leadOf([closed])).toBeNull();
  });
});

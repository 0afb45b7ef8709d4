/** How tracks come back to the clock: drawn, sought, or left alone. */
import { describe, expect, it } from "vitest";

import { correction, type Part } from "../../src/media/instep";

function playing(behind_s: number, part: Part, rate = 1, drawn = false): ReturnType<typeof correction> {
  return correction(behind_s, rate, { part, running: true, exact: false, drawn });
}

describe("a track that is off", () => {
  it("the sound that leads is never stretched", () => {
    for (const behind_s of [-0.39, -0.1, 0.02, 0.39]) {
      expect(playing(behind_s, "lead", 2)).toEqual({ seek: false, rate: 2, drawn: false });
    }
    expect(playing(2, "lead").seek, "a fault").toBe(true);
  });

  it("another sound is drawn by what nobody hears, and then until it is close", () => {
    expect(playing(0.02, "sound")).toEqual({ seek: false, rate: 1, drawn: false });
    const late = playing(0.06, "sound");
    expect(late.drawn).toBe(true);
    expect(late.rate).toBeCloseTo(1.04);
    expect(playing(-0.2, "sound").rate).toBeCloseTo(0.96);
    expect(playing(0.02, "sound", 1, true).drawn).toBe(true);
    expect(playing(0.005, "sound", 1, true)).toEqual({ seek: false, rate: 1, drawn: false });
    expect(playing(0.3, "sound").seek).toBe(true);
  });

  it("a picture is drawn quickly, and is sought only from far", () => {
    expect(playing(0.05, "picture").rate).toBeCloseTo(1.125);
    expect(playing(-0.5, "picture").rate).toBeCloseTo(0.75);
    expect(playing(0.7, "picture").seek).toBe(true);
    expect(playing(0.005, "picture")).toEqual({ seek: false, rate: 1, drawn: false });
  });

  it.each([0.5, 1, 2, 4])("at %s times two pictures are in step again within a second", (rate) => {
    // Each begins off by as much as elements take to start; the step is that of the ensemble.
    const off = [0.2 * rate, -0.2 * rate];
    const drawn = [false, false];
    for (let step = 0; step < 20; step += 1) {
      off.forEach((behind_s, n) => {
        const how = playing(behind_s, "picture", rate, drawn[n]);
        drawn[n] = how.drawn;
        off[n] = behind_s + (rate - how.rate) * 0.05;
      });
    }
    expect(Math.abs((off[0] ?? 1) - (off[1] ?? 0)) / rate).toBeLessThan(0.08);
  });

  it("after a jump it goes to the very frame, whatever it did before", () => {
    for (const running of [true, false]) {
      const exact = { part: "lead" as const, running, exact: true, drawn: true };
      expect(correction(0.001, 1, exact)).toEqual({ seek: true, rate: 1, drawn: false });
      expect(correction(0.0001, 1, exact).seek).toBe(false);
    }
  });

  it("standing still it stays where it stopped, unless that is seen to be elsewhere", () => {
    const still = { part: "picture" as const, running: false, exact: false, drawn: false };
    expect(correction(0.03, 1, still).seek).toBe(false);
    expect(correction(0.05, 1, still).seek).toBe(true);
  });
});

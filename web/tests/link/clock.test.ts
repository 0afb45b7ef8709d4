/** The hub's clock, told by the answer that was quickest. */
import { describe, expect, it } from "vitest";

import { HubClock } from "../../src/link/clock";

describe("HubClock", () => {
  it("takes half the round trip off", () => {
    const clock = new HubClock();
    clock.add(1_000, 501_050, 1_100);
    expect(clock.offset_ms).toBe(500_000);
    expect(clock.round_trip_ms).toBe(100);
  });

  it("believes the quickest answer", () => {
    const clock = new HubClock();
    clock.add(0, 10_010, 20);
    clock.add(1_000, 11_900, 2_000); // one leg was slow: its middle lies
    expect(clock.offset_ms).toBe(10_000);
  });

  it("forgets old answers, and everything on a new line", () => {
    const clock = new HubClock();
    clock.add(0, 10_005, 10);
    for (let turn = 1; turn <= 8; turn += 1) clock.add(turn * 1_000, turn * 1_000 + 20_050, turn * 1_000 + 100);
    expect(clock.offset_ms).toBe(20_000);
    clock.reset();
    expect(clock.offset_ms).toBeNull();
  });
});

/** The list of events: what is found, which lines are drawn, and where keys go. */
import { describe, expect, it } from "vitest";

import type { Actor, DomainEvent, Recorded } from "../../src/types/wire";
import type { Lanes } from "../../src/views/reviewlanes";
import { ANY, found, LINE_PX, lineBy, linesOf, partOf, scrollTo, seatsIn } from "../../src/views/reviewlist";
import { officer, recorded, xinyang } from "../samples";

const at = (at_ms: number, event: DomainEvent, by: Actor = officer): Recorded => ({ ...recorded(at_ms, event, by), at_ms });
const order = at(3, { type: "item.pinned", item_id: "o", pinned: true });
const events = [
  at(1, { type: "venue.joined", venue: "xinyang" }, xinyang),
  at(2, { type: "floor.given", venue: "xinyang", kind: "named" }),
  order,
  at(4, { type: "item.moved", item_id: "i", rank: "m" }, xinyang),
  at(5, { type: "track.urged", item_id: "o", seats: ["hebi", "xinyang"] }),
  at(6, { type: "venue.devices", venue: "xinyang", microphone: true, camera: true }, xinyang),
];
const lanes = { names: new Map([["xinyang", "信阳"], ["office", "总值班室"]]), instructions: [{ at_ms: 3, recorded: order }] } as unknown as Lanes;
const lines = linesOf(events, lanes, ({ event }) => `说 ${event.type}`);

describe("lines of events", () => {
  it("say who did it, for which unit, and leave out the hub's book-keeping", () => {
    expect(lines.map(({ kind, person, unit }) => [kind, person, unit])).toEqual([
      ["venue", "李强", "信阳"],
      ["control", "王建国", "总值班室"],
      ["instruction", "王建国", "总值班室"],
      ["board", "李强", "信阳"],
      ["board", "王建国", "总值班室"],
    ]);
  });

  it("are found by kind, by unit, by words, and by all three", () => {
    const times = (part: Partial<typeof ANY>): number[] => found(lines, { ...ANY, ...part }).map(({ at_ms }) => at_ms);
    expect(times({})).toEqual([1, 2, 3, 4, 5]);
    expect(times({ kind: "board" })).toEqual([3, 4, 5]);
    expect(times({ kind: "instruction" })).toEqual([3]);
    expect(times({ seat: "xinyang" })).toEqual([1, 2, 4, 5]);
    expect(times({ words: " FLOOR" })).toEqual([2]);
    expect(times({ words: "李强" })).toEqual([1, 4]);
    expect(times({ kind: "board", seat: "hebi", words: "urged" })).toEqual([5]);
  });

  it("know whom one can ask for, those with most first", () => {
    expect(seatsIn(lines, lanes).map(({ name, count }) => `${name} ${count}`)).toEqual(["信阳 4", "总值班室 3", "hebi 1"]);
  });
});

describe("a long list", () => {
  it("draws what is in sight and a little more, a short one all of it", () => {
    expect(partOf(150, 0, 400)).toEqual({ from: 0, to: 150 });
    expect(partOf(5_000, 0, 640)).toEqual({ from: 0, to: 18 });
    expect(partOf(5_000, 1_000 * LINE_PX, 640)).toEqual({ from: 992, to: 1_018 });
    expect(partOf(5_000, 99_999 * LINE_PX, 640)).toEqual({ from: 5_000, to: 5_000 });
  });

  it("scrolls to a line only where it is out of sight", () => {
    expect(scrollTo(3, 0, 640)).toBeNull();
    expect(scrollTo(100, 0, 640)).toBe(100 * LINE_PX - 192);
    expect(scrollTo(0, 500, 640)).toBe(0);
  });

  it("is walked by keys", () => {
    expect(["ArrowDown", "ArrowUp", "PageDown", "Home", "End", "x"].map((key) => lineBy(key, 5, 10, 9))).toEqual([6, 4, 9, 0, 9, null]);
    expect(lineBy("ArrowUp", 0, 10, 9)).toBe(0);
    expect(lineBy("Home", 0, 0, 9)).toBeNull();
  });
});

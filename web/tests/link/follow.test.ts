/** Rules J1 to J3: whatever the line does, a page ends with every event once and in order. */
import { describe, expect, it } from "vitest";

import { hear, nothingYet, replace, since, type Cursor } from "../../src/link/follow";
import type { Recorded } from "../../src/types/wire";
import { Chance } from "../random";
import { recorded } from "../samples";

/** The simplest state that tells loss and repetition: the list of what was applied. */
type Seen = readonly number[];
const apply = (state: Seen, one: Recorded): Seen => [...state, one.seq];
const log = Array.from({ length: 60 }, (_, index) => recorded(index + 1, { type: "board.closed" }));
const upTo = (seq: number): Seen => log.slice(0, seq).map((one) => one.seq);

describe("hearing events", () => {
  it("drops what was heard before", () => {
    const first = hear(nothingYet<Seen>("s"), log.slice(0, 3), apply, []);
    const second = hear(first.cursor, log.slice(1, 4), apply, []);
    expect(second.cursor).toMatchObject({ seq: 4, state: [1, 2, 3, 4] });
    expect(second.fresh.map((one) => one.seq)).toEqual([4]);
    expect(second.hole).toBe(false);
  });

  it("stops at a hole and says so", () => {
    const first = hear(nothingYet<Seen>("s"), log.slice(0, 3), apply, []);
    const second = hear(first.cursor, [log[4]!, log[5]!], apply, []);
    expect(second).toMatchObject({ hole: true, cursor: { seq: 3 } });
    expect(second.fresh).toEqual([]);
  });

  it("takes an empty answer for an empty stream, not for nothing", () => {
    expect(hear(nothingYet<Seen>("s"), [], apply, []).cursor.state).toEqual([]);
  });

  it("asks for everything until it knows something", () => {
    expect(since(nothingYet("s"))).toBeNull();
    expect(since({ stream: "s", seq: 7, state: [] })).toBe(7);
  });

  it("does not go back to an older snapshot", () => {
    const cursor: Cursor<Seen> = { stream: "s", seq: 9, state: upTo(9) };
    expect(replace(cursor, 5, upTo(5))).toBe(cursor);
    expect(replace(cursor, 12, upTo(12)).seq).toBe(12);
  });
});

/** A line that repeats, reorders whole pushes, loses them, and answers with a snapshot when far behind. */
function walk(seed: number): Cursor<Seen> {
  const chance = new Chance(seed);
  let cursor = nothingYet<Seen>("s");
  for (let turn = 0; turn < 200 && cursor.seq < log.length; turn += 1) {
    if (chance.happens(0.15)) {
      const seq = chance.below(log.length + 1);
      cursor = replace(cursor, seq, upTo(seq));
      continue;
    }
    const from = Math.max(0, cursor.seq + chance.below(9) - 5);
    const heard = hear(cursor, log.slice(from, from + 1 + chance.below(6)), apply, []);
    cursor = heard.cursor;
    if (heard.hole) cursor = hear(cursor, log.slice(since(cursor) ?? 0), apply, []).cursor;
  }
  return cursor;
}

describe("a page on a bad line", () => {
  it("misses nothing and applies nothing twice, whatever the seed", () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const cursor = walk(seed);
      expect(cursor.state ?? [], `seed ${seed}`).toEqual(upTo(cursor.seq));
    }
  });
});

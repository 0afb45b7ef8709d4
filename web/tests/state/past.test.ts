/** The past of a board: the same as its events folded one by one, and quick in both directions. */
import { describe, expect, it } from "vitest";

import { KEPT_EVERY, Past } from "../../src/state/past";
import { apply, initial } from "../../src/state/workspace";
import type { DomainEvent, Recorded, Workspace } from "../../src/types/wire";
import { item, officer, recorded, workspaceOf, xinyang } from "../samples";

function added(n: number): DomainEvent {
  const { item_id, board_id, rank, fields, state, reach } = item(`i${n}`, `m${n}`);
  return {
    type: "item.added", item_id, board_id, rank, fields, state, reach, units: [], shared: [], chain: null, number: null,
    pinned: false, session_id: null, media_ms: null, due_ms: null, late_min: null,
  };
}

/** As a long session leaves them: items written, edited, moved, pinned, voided, shown and hidden. */
function history(count: number): Recorded[] {
  return Array.from({ length: count }, (_, n) => {
    const item_id = `i${Math.floor(n / 4) * 4 - (n % 3) * 4}`;
    const events: DomainEvent[] = [
      added(n),
      { type: "item.edited", item_id, version: n, changes: { text: `第 ${n} 次` }, office: false },
      n % 5 === 0 ? { type: "item.hidden", item_id } : { type: "item.moved", item_id, rank: `r${n}` },
      n % 7 === 0 ? { type: "item.voided", item_id, reason: "重复" } : { type: "item.shown", item: item(`s${n % 50}`, "q", `${n}`) },
    ];
    return recorded(n + 1, events[n % 4]!, n % 2 === 0 ? officer : xinyang);
  });
}

describe("the past of a board", () => {
  const start: Workspace = workspaceOf([item("before", "a")]);

  it("is at every moment what its events make of it one by one, wherever one comes from", () => {
    const events = history(2_300);
    const one: Workspace[] = [start];
    for (const event of events) one.push(apply(one.at(-1)!, event));
    const past = new Past("board:b-1", events, start);
    for (const count of [0, 1, 499, 500, 501, 2_300, 3, 1_750, 1_751, 1_760, 1_700, 0, 1_000]) {
      expect(past.after(count)).toEqual(one[count]);
    }
    expect(start.items).toEqual({ before: item("before", "a") });
    expect(past.after(1_000)).toBe(past.after(1_000));
  });

  it("folds a few hundred of thousands of events at most, wherever one jumps", () => {
    const events = history(6_000);
    const folded: number[] = [];
    const watched = Object.assign([...events], {
      slice: (from: number, to: number) => {
        folded.push(to - from);
        return events.slice(from, to);
      },
    });
    const past = new Past("board:b-1", watched, initial());
    past.after(6_000);
    expect(folded.reduce((all, one) => all + one)).toBe(6_000);
    folded.length = 0;
    for (let n = 1; n <= 20; n += 1) past.after(6_000 - n * 3 * (KEPT_EVERY / 2) + 7);
    expect(folded).toHaveLength(20);
    expect(Math.max(...folded)).toBeLessThan(KEPT_EVERY);
  });
});

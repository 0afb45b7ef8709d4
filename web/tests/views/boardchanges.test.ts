/** Steps from change to change of the boards, and what glows. */
import { describe, expect, it } from "vitest";

import type { DomainEvent, Recorded } from "../../src/types/wire";
import { changesOf, passed, stepFrom } from "../../src/views/boardchanges";
import { item, officer, recorded, workspaceOf } from "../samples";

const at = (at_ms: number, event: DomainEvent): Recorded => ({ ...recorded(at_ms, event, officer), at_ms });
const moved = (item_id: string): DomainEvent => ({ type: "item.moved", item_id, rank: "m" });

const known = { ...item("a", "1"), board_id: "situation" };
const order = { ...item("o", "2"), board_id: "instruction" };
const boards = workspaceOf([known], ["situation", "instruction"]);
const events = [
  at(1_000, moved("a")),
  at(2_000, { type: "item.shown", item: order }),
  at(2_000, { type: "track.delivered", item_id: "o", seats: ["x"] }),
  at(3_000, { type: "item.pinned", item_id: "o", pinned: true }),
  at(3_000, { type: "item.pinned", item_id: "a", pinned: true }),
  at(4_000, { type: "item.shown", item: order }),
  at(5_000, moved("nobody knows it")),
  at(6_000, { type: "workspace.status_changed", status: "closed", reason: "" }),
  { ...at(7_000, moved("a")), stream: "session:s" },
  at(8_000, moved("a")),
];
const changes = changesOf("board:b-1", boards, events);

describe("changes of the boards", () => {
  it("are those that one can see, each on its board", () => {
    expect(changes.map(({ at_ms, board_id, items }) => [at_ms, board_id, ...items])).toEqual([
      [1_000, "situation", "a"],
      [2_000, "instruction", "o"],
      [3_000, "instruction", "o"],
      [3_000, "situation", "a"],
      [8_000, "situation", "a"],
    ]);
  });

  it("are gone through one after the other, on all boards or on one", () => {
    const own = changes.filter(({ board_id }) => board_id === "situation");
    expect([0, 1_000, 2_999, 8_000].map((ms) => stepFrom(own, ms, 1, false)?.at_ms ?? null)).toEqual([1_000, 3_000, 3_000, null]);
    expect([1_000, 3_000, 3_001, 9_000].map((ms) => stepFrom(own, ms, -1, false)?.at_ms ?? null)).toEqual([null, 1_000, 3_000, 8_000]);
  });

  it("go two back while it plays, not to the one that has just passed", () => {
    expect(stepFrom(changes, 3_400, -1, true)?.at_ms).toBe(2_000);
    expect(stepFrom(changes, 3_400, -1, false)?.at_ms).toBe(3_000);
  });

  it("glow as they are passed, not when one jumps over them or back", () => {
    expect([...passed(changes, 1_900, 2_000)]).toEqual(["o"]);
    expect([...passed(changes, 2_900, 3_100)]).toEqual(["o", "a"]);
    expect(passed(changes, 2_000, 2_900).size).toBe(0);
    expect(passed(changes, 0, 8_000).size).toBe(0);
    expect(passed(changes, 3_000, 2_000).size).toBe(0);
  });
});

/** What is asked of a unit: its order, its next step, and what was answered a moment ago. */
import { describe, expect, it } from "vitest";

import { askedOf, awaitsReply, inOrder, isUnsigned, movesOf, threeAnswers } from "../../src/state/asked";
import { make, refused } from "../../src/state/outbox";
import type { InboxRow } from "../../src/types/wire";

const NOW = 1_000_000;

function row(item_id: string, more: Partial<InboxRow> = {}): InboxRow {
  return {
    stream: "incident:i-1",
    session_id: "",
    incident_title: "强降雨防汛",
    exercise: false,
    item_id,
    board_id: "instruction",
    kind: "instruction",
    fields: { text: item_id },
    item_state: "issued",
    giver: "省委总值班室",
    state: "delivered",
    since_ms: NOW,
    sent_ms: NOW,
    due_ms: null,
    urged: 0,
    returned: "",
    extension: null,
    ...more,
  };
}

const keys = (rows: InboxRow[]): string[] => inOrder(askedOf(rows, [], {}), NOW).map(({ item_id }) => item_id);

describe("what is asked of a unit", () => {
  it("stands in the order in which it is to be done", () => {
    const rows = [
      row("signed", { state: "signed" }),
      row("later", { state: "signed", due_ms: NOW + 9 }),
      row("returned", { state: "returned" }),
      row("new"),
      row("late", { state: "working", due_ms: NOW - 1 }),
      row("blue", { kind: "warning", fields: { text: "", colour: "blue" } }),
      row("red", { kind: "warning", fields: { text: "", colour: "red" } }),
      row("done", { state: "replied" }),
    ];
    expect(keys(rows)).toEqual(["red", "blue", "late", "new", "returned", "later", "signed"]);
  });

  it("is signed for, then answered in words or moved on; a check is explained", () => {
    expect([isUnsigned(row("a")), isUnsigned(row("a", { kind: "check" }))]).toEqual([true, false]);
    expect(awaitsReply(row("a"))).toBe(false);
    expect(awaitsReply(row("a", { state: "signed" }))).toBe(true);
    expect(awaitsReply(row("a", { state: "signed", fields: { class: "reference" } }))).toBe(false);
    const task = row("a", { kind: "task", state: "signed", item_state: "todo" });
    expect([awaitsReply(task), movesOf(task).map(({ name }) => name)]).toEqual([false, ["start", "finish"]]);
  });

  it("shows what was answered here until the hub does, and a refusal instead of it", () => {
    const body = { stream: "incident:i-1", item_id: "a", seat: "xinyang", state: "signed" as const, text: "" };
    const wish = make({ name: "track.move", body }, "o-1", NOW);
    const [waiting] = askedOf([row("a")], [wish], { "incident:i-1/a": "signed" });
    expect([waiting?.state, waiting?.pending]).toEqual(["signed", true]);
    const problem = { code: "board.closed", zh: "", en: "", detail: {} };
    const [no] = askedOf([row("a")], refused([wish], "o-1", problem), { "incident:i-1/a": "signed" });
    expect([no?.state, no?.refused?.op]).toEqual(["delivered", "o-1"]);
  });

  it("puts the answers to the three questions into one text", () => {
    expect(threeAnswers(["甲", "乙", "丙"], ["一", " ", "三"])).toBe("甲：一；丙：三");
  });
});

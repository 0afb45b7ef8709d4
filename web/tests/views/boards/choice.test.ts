/** What of a board is shown: pinned first, filters that hide nothing unsent, groups in order. */
import { describe, expect, it } from "vitest";

import type { Row } from "../../../src/state/outbox";
import { added, initial } from "../../../src/state/workspace";
import type { Actor, Item, Workspace } from "../../../src/types/wire";
import { chosen, EVERYTHING, filtersOf, grouped, read, upTo, written, type Choice } from "../../../src/views/boards/choice";
import { columnsOf, leadOf } from "../../../src/views/boards/columns";
import { KINDS } from "../../../src/types/kinds";
import { fieldOf } from "../../../src/state/workspace";
import type { BoardKind } from "../../../src/types/wire";

const officer: Actor = { account: "o", person: "王建国", role: "officer", seat: "office", seat_name: "省委总值班室" };
const city: Actor = { account: "z", person: "李强", role: "seat", seat: "zhengzhou", seat_name: "郑州市委值班室" };
const ws: Workspace = {
  ...initial(),
  boards: { b: { board_id: "b", kind: "instruction", title: "批示指示板", opened_ms: 1 } },
};
const about = { ws, kind: "instruction", me: city, now_ms: 10_000 } as const;

function item(item_id: string, more: Partial<Item> = {}): Item {
  const event = {
    type: "item.added",
    board_id: "b",
    item_id,
    rank: item_id,
    fields: { text: item_id },
    state: "issued",
    reach: "unit",
    units: [],
    shared: [],
    chain: null,
    number: null,
    pinned: false,
    session_id: null,
    media_ms: null,
    due_ms: null,
    late_min: null,
  } as const;
  return { ...added(ws, { ...event, units: [], shared: [] }, officer, 1_000), ...more };
}

const row = (one: Item, more: Partial<Row> = {}): Row => ({ item: one, wishes: [], unsent: false, ...more });
const ids = (rows: readonly Row[], choice: Partial<Choice>): string[] =>
  chosen(rows, { ...EVERYTHING, ...choice }, about).rows.map(({ item: { item_id } }) => item_id);

describe("a choice", () => {
  it("is kept as a short text and read again, whatever stands in it", () => {
    const choice: Choice = { ...EVERYTHING, q: "郑州 & 开封", overdue: true, group: "unit" };
    expect(read(written(choice))).toEqual(choice);
    expect(written(EVERYTHING)).toBe("");
    expect(read("nonsense=1&overdue=0")).toEqual(EVERYTHING);
    expect(filtersOf(choice)).toBe(2);
  });
});

describe("the rows", () => {
  const rows = [
    row(item("a", { due_ms: 9_000 })),
    row(item("b", { pinned: true, state: "closed" })),
    row(item("c", { author: city })),
    row(item("d", { voided: { actor: officer, at_ms: 1, reason: "重复" } })),
  ];

  it("have what is pinned first, and what is void apart", () => {
    expect(ids(rows, {})).toEqual(["b", "a", "c"]);
    expect(chosen(rows, EVERYTHING, about).voided).toHaveLength(1);
  });

  it("are filtered by state, unit, lateness and owner", () => {
    expect(ids(rows, { state: "open" })).toEqual(["a", "c"]);
    expect(ids(rows, { overdue: true })).toEqual(["a"]);
    expect(ids(rows, { mine: true })).toEqual(["c"]);
    expect(ids(rows, { unit: "office" })).toEqual(["b", "a"]);
    expect(ids(rows, { q: "李强 C" })).toEqual(["c"]);
  });

  it("never hide what this page could not say yet", () => {
    expect(ids([row(item("new"), { unsent: true })], { q: "nothing of the kind" })).toEqual(["new"]);
  });

  it("are sorted without moving equals", () => {
    const some = [row(item("x")), row(item("y", { due_ms: 5 })), row(item("z"))];
    expect(ids(some, { sort: "due" })).toEqual(["y", "x", "z"]);
  });

  it("are grouped by state, unit or category", () => {
    expect(grouped(rows, "state", "instruction").map(({ key }) => key)).toEqual(["issued", "closed"]);
    expect(grouped(rows, "unit", "instruction").map(({ key }) => key)).toEqual(["office", "zhengzhou"]);
    expect(grouped(rows, "", "instruction")).toHaveLength(1);
    const first = upTo(grouped(rows, "unit", "instruction"), 1);
    expect(first.map(({ key, rows: some }) => [key, some.length])).toEqual([["office", 1]]);
  });
});

describe("the columns", () => {
  const MADE = ["text", "author", "units", "who", "due", "state", "updated", "missing", "late", "amount", "contact", "found"];
  it("of every kind are its fields or made of them, and a new line begins with one of its choices", () => {
    for (const kind of Object.keys(KINDS) as BoardKind[]) {
      const strange = columnsOf(kind).filter((id) => !MADE.includes(id) && fieldOf(kind, id) === undefined);
      expect([kind, strange]).toEqual([kind, []]);
      const lead = leadOf(kind);
      if (lead !== null) expect(fieldOf(kind, lead)?.type).toBe("choice");
    }
  });
});

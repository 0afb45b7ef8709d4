/** Who has not answered: overdue first, then silent, then at work. */
import { expect, test } from "vitest";

import { feedbackOf } from "../../src/state/asks";
import { apply, draft } from "../../src/state/workspace";
import type { Actor, Item, Progress, Workspace } from "../../src/types/wire";
import { officer, recorded, unit, workspaceOf, xinyang } from "../samples";

const yingji: Actor = { ...xinyang, account: "yingji", seat: "yingji", seat_name: "省应急管理厅" };
const empty: Workspace = {
  ...workspaceOf([], ["instruction", "task"]),
  units: { xinyang: unit(xinyang), yingji: unit(yingji, "dept") },
};

function order(item_id: string, made_ms: number, due = "", board_id = "instruction"): Item {
  const wish = { stream: "board:b-1", board_id, item_id, fields: { text: item_id, due }, units: ["xinyang", "yingji"] };
  return { ...draft(empty, wish, officer, made_ms), state: board_id === "task" ? "todo" : "issued" };
}

const moved = (ws: Workspace, item_id: string, seat: string, state: Progress): Workspace =>
  apply(ws, recorded(9, { type: "track.moved", item_id, seat, state, text: "已部署", late_min: null }, yingji));

const items = [order("a", 3), order("b", 2, "500"), order("c", 1, "900"), order("t", 1, "", "task")];
const all: Workspace = { ...empty, items: Object.fromEntries(items.map((one) => [one.item_id, one])) };
const names = (asks: readonly { readonly item: Item }[]): string[] => asks.map(({ item }) => item.item_id);

test("the table of answers has what is overdue on top, then the silent, then those at work, then the answers", () => {
  const some = moved(moved(all, "a", "xinyang", "signed"), "c", "yingji", "replied");
  const rows = feedbackOf(some, 600).map(({ item, track }) => `${item.item_id} ${track.unit.seat}`);
  expect(rows).toEqual(["b xinyang", "b yingji", "c xinyang", "a yingji", "a xinyang", "c yingji"]);
  const { b } = some.items;
  expect(names(feedbackOf({ ...some, items: { ...some.items, b: { ...b!, state: "revoked" } } }, 600))).not.toContain("b");
});

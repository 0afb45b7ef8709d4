/** Actors, items and events for the tests. */
import type { Actor, BoardKind, DomainEvent, Item, Recorded, Unit, Workspace } from "../src/types/wire";
import { draft, initial } from "../src/state/workspace";

export const xinyang: Actor = {
  account: "xinyang",
  person: "李强",
  role: "seat",
  seat: "xinyang",
  seat_name: "信阳市委值班室",
};
export const officer: Actor = {
  account: "officer",
  person: "王建国",
  role: "officer",
  seat: "office",
  seat_name: "省委总值班室",
};

export function recorded(seq: number, event: DomainEvent, by = xinyang, op: string | null = null): Recorded {
  return { stream: "board:b-1", seq, at_ms: 1_000 * seq, actor: by, event, op };
}

export function item(item_id: string, rank: string, text = item_id): Item {
  const wish = { stream: "board:b-1", board_id: "situation", item_id, fields: { text } };
  return { ...draft(initial(), wish, xinyang, 1_000), rank };
}

export function unit({ seat, seat_name }: Actor, level = "city"): Unit {
  const name = seat_name ?? "";
  return { seat: seat ?? "", name, short_name: name.slice(0, 2), level };
}

/** The boards of a session, one of each of these kinds; the board's id is its kind, as in the hub. */
export function workspaceOf(items: readonly Item[], kinds: readonly BoardKind[] = ["situation"]): Workspace {
  const boards = kinds.map((kind) => [kind, { board_id: kind, kind, title: kind, opened_ms: 1 }]);
  return {
    ...initial(),
    workspace_id: "b-1",
    opened_ms: 1,
    boards: Object.fromEntries(boards),
    items: Object.fromEntries(items.map((one) => [one.item_id, one])),
  };
}

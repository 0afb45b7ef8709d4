/** Actors, items and events for the tests. */
import type { Actor, Board, DomainEvent, Item, Recorded } from "../src/types/wire";
import { initial, newItem } from "../src/state/board";

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
  const written = { item_id, rank, text, category: "fact", credibility: "unverified", place: "", source: "" } as const;
  return newItem(written, xinyang, 1_000);
}

export function boardOf(...items: Item[]): Board {
  const byId = Object.fromEntries(items.map((one) => [one.item_id, one]));
  return { ...initial(), board_id: "b-1", opened_ms: 1, items: byId };
}

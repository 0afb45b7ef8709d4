/** A situation board: the same `apply` as hub/domain/board.py. Pure. */
import type { Actor, Board, Changes, Item, Recorded } from "../types/wire";

export const TEXT_MAX = 2000;
export const SHORT_MAX = 120;

export function streamOf(boardId: string): string {
  return `board:${boardId}`;
}

export function initial(): Board {
  return {
    noun: "board",
    board_id: "",
    kind: "situation",
    title: "",
    session_id: "",
    opened_ms: 0,
    closed_ms: null,
    items: {},
  };
}

/** Items as they stand on the board; `item_id` breaks a tie so that all screens agree. */
export function inOrder(state: Board): Item[] {
  return Object.values(state.items).sort(
    (a, b) => compare(a.rank, b.rank) || compare(a.item_id, b.item_id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The fields that are really there, by name. */
export function given(changes: Changes): Partial<Item> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null && value !== undefined));
}

/** B2: a unit's words are its own. */
export function mayEdit(item: Item, by: Actor): boolean {
  return item.voided === null && by.seat !== null && item.author.seat === by.seat;
}

/** The duty office may also put the board in order, void with a reason and say how far items are verified. */
export function mayArrange(item: Item, by: Actor): boolean {
  return item.voided === null && (mayEdit(item, by) || by.role === "officer");
}

export function apply(state: Board, recorded: Recorded): Board {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "board.opened": {
      const { type: _, ...named } = event;
      return { ...initial(), ...named, opened_ms: at_ms };
    }
    case "board.closed":
      return { ...state, closed_ms: at_ms };
    case "item.added": {
      const { type: _, ...named } = event;
      return withItem(state, newItem(named, actor, at_ms));
    }
    case "item.edited":
      return changed(state, event.item_id, (item) => {
        const fields = given(event.changes);
        const fields_at = { ...item.fields_at };
        for (const name of Object.keys(fields)) fields_at[name] = event.version;
        return { ...item, ...fields, version: event.version, fields_at, edited_by: actor, edited_ms: at_ms };
      });
    case "item.moved":
      return changed(state, event.item_id, (item) => ({ ...item, rank: event.rank }));
    case "item.voided":
      return changed(state, event.item_id, (item) => ({
        ...item,
        voided: { actor, at_ms, reason: event.reason },
      }));
    default:
      return state;
  }
}

type Written = Pick<Item, "item_id" | "rank" | "text" | "category" | "credibility" | "place" | "source">;

export function newItem(written: Written, author: Actor, created_ms: number): Item {
  return {
    ...written,
    author,
    created_ms,
    version: 1,
    fields_at: {},
    edited_by: null,
    edited_ms: null,
    voided: null,
  };
}

function changed(state: Board, key: string, change: (item: Item) => Item): Board {
  const item = state.items[key];
  return item === undefined ? state : withItem(state, change(item));
}

function withItem(state: Board, item: Item): Board {
  return { ...state, items: { ...state.items, [item.item_id]: item } };
}

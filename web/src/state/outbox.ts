/** Wishes for a board that are not in the log yet: kept, shown, sent again with the same op. Pure. */
import type { Actor, Board, Changes, Item, Problem, Recorded, Requests } from "../types/wire";
import { given, inOrder, newItem } from "./board";

export type WishName = "board.add" | "board.edit" | "board.move" | "board.void";

/** A wish's body without its op; the board and the item are always named. */
type BodyOf<N extends WishName> = Omit<Requests[N]["body"], "op">;

export type Wished =
  | { readonly name: "board.add"; readonly body: BodyOf<"board.add"> }
  | { readonly name: "board.edit"; readonly body: BodyOf<"board.edit"> }
  | { readonly name: "board.move"; readonly body: BodyOf<"board.move"> }
  | { readonly name: "board.void"; readonly body: BodyOf<"board.void"> };

/**
 * waiting: not acknowledged yet; done: in the log at `seq`, which this page has not heard yet;
 * conflict and refused: the person decides.
 */
export type WishState = "waiting" | "done" | "conflict" | "refused";

export type Wish = Wished & {
  readonly op: string;
  readonly state: WishState;
  /** It has been on its way at least once, so the hub may know this op already. */
  readonly tried: boolean;
  readonly made_ms: number;
  readonly seq: number | null;
  readonly problem: Problem | null;
};

export type Outbox = readonly Wish[];

/** What `board.conflict` carries: both values of every field that clashes. */
export interface Conflict {
  readonly version: number;
  readonly theirs: Partial<Record<keyof Changes, string>>;
  readonly yours: Partial<Record<keyof Changes, string>>;
  readonly by: Actor | null;
  readonly at_ms: number;
}

export function make(wished: Wished, op: string, made_ms: number): Wish {
  return { ...wished, op, made_ms, state: "waiting", tried: false, seq: null, problem: null };
}

/** Adds a wish; a change of words nobody has sent yet is folded into the wish that waits. */
export function put(outbox: Outbox, wish: Wish): Outbox {
  if (wish.name !== "board.edit") return [...outbox, wish];
  const { item_id, changes } = wish.body;
  const place = outbox.findIndex((other) => other.body.item_id === item_id && isFoldable(other));
  const waiting = outbox[place];
  if (waiting === undefined) return [...outbox, wish];
  return outbox.map((other) => (other === waiting ? folded(waiting, changes) : other));
}

function isFoldable(wish: Wish): boolean {
  return wish.state === "waiting" && !wish.tried && (wish.name === "board.add" || wish.name === "board.edit");
}

function folded(wish: Wish, changes: Changes): Wish {
  const fields = given(changes);
  if (wish.name === "board.add") return { ...wish, body: { ...wish.body, ...fields } };
  if (wish.name !== "board.edit") return wish;
  return { ...wish, body: { ...wish.body, changes: { ...wish.body.changes, ...fields } } };
}

/** The wish to send now: one at a time, in the order they were made. */
export function next(outbox: Outbox): Wish | null {
  return outbox.find((wish) => wish.state === "waiting" && !buildsOnUnheard(outbox, wish)) ?? null;
}

/** A second edit of an item must name the version the first one made, which only its event tells. */
function buildsOnUnheard(outbox: Outbox, wish: Wish): boolean {
  if (wish.name !== "board.edit") return false;
  const { item_id } = wish.body;
  return outbox.some(
    (other) => other.name === "board.edit" && other.body.item_id === item_id && other.state === "done",
  );
}

export function tried(outbox: Outbox, op: string): Outbox {
  return update(outbox, op, (wish) => ({ ...wish, tried: true }));
}

export function acknowledged(outbox: Outbox, op: string, seq: number): Outbox {
  return update(outbox, op, (wish) => ({ ...wish, state: "done", seq }));
}

/** The hub said no: a conflict shows both texts, anything else keeps the words and says why. */
export function refused(outbox: Outbox, op: string, problem: Problem): Outbox {
  const state = problem.code === "board.conflict" ? "conflict" : "refused";
  return update(outbox, op, (wish) => ({ ...wish, state, problem }));
}

export function dropped(outbox: Outbox, op: string): Outbox {
  return outbox.filter((wish) => wish.op !== op);
}

/** The same wish once more, unchanged: the hub did nothing with it, so a new op is in its right. */
export function again(outbox: Outbox, op: string, newOp: string): Outbox {
  return update(outbox, op, (wish) => ({
    ...wish,
    op: newOp,
    state: "waiting",
    tried: false,
    problem: null,
  }));
}

/** 保留我的: written over what the others wrote, in full knowledge of it. */
export function mine(outbox: Outbox, op: string, newOp: string): Outbox {
  return update(outbox, op, (wish) => {
    const conflict = conflictOf(wish);
    if (conflict === null || wish.name !== "board.edit") return wish;
    const body = { ...wish.body, base_version: conflict.version };
    return { ...wish, body, op: newOp, state: "waiting", tried: false, problem: null };
  });
}

/** Wishes that the log now holds are done with; later edits build on the version that was made. */
export function heard(outbox: Outbox, events: readonly Recorded[], seq: number): Outbox {
  let left = outbox;
  for (const { op, event } of events) {
    const wish = op === null ? undefined : left.find((other) => other.op === op);
    if (wish === undefined) continue;
    left = dropped(left, wish.op);
    if (event.type === "item.edited") left = rebased(left, event.item_id, event.version);
  }
  return left.filter((wish) => wish.state !== "done" || (wish.seq ?? 0) > seq);
}

function rebased(outbox: Outbox, itemId: string, version: number): Outbox {
  return outbox.map((wish) => {
    if (wish.name !== "board.edit" || wish.body.item_id !== itemId || wish.state !== "waiting") return wish;
    const base_version = Math.max(wish.body.base_version, version);
    return { ...wish, body: { ...wish.body, base_version } };
  });
}

function update(outbox: Outbox, op: string, change: (wish: Wish) => Wish): Outbox {
  return outbox.map((wish) => (wish.op === op ? change(wish) : wish));
}

export function conflictOf(wish: Wish): Conflict | null {
  if (wish.state !== "conflict" || wish.problem === null) return null;
  const { version, theirs, yours, by, at_ms } = wish.problem.detail;
  return {
    version: typeof version === "number" ? version : 0,
    theirs: (theirs ?? {}) as Conflict["theirs"],
    yours: (yours ?? {}) as Conflict["yours"],
    by: (by as Actor | undefined) ?? null,
    at_ms: typeof at_ms === "number" ? at_ms : 0,
  };
}

// --- what the person sees: the board with the waiting wishes laid over it ---------------------------

export interface Row {
  readonly item: Item;
  /** Wishes of this page about this item that the log does not hold yet. */
  readonly wishes: readonly Wish[];
  /** The item itself is not in the log yet. */
  readonly unsent: boolean;
}

export function rowsOf(board: Board, outbox: Outbox, me: Actor): Row[] {
  const rows = inOrder(board).map((item) => rowOf(item, outbox));
  const known = new Set(Object.keys(board.items));
  for (const wish of outbox) {
    if (wish.name !== "board.add" || known.has(wish.body.item_id)) continue;
    rows.push(unsentRow(wish, outbox, me));
  }
  return outbox.reduce(moved, rows);
}

function rowOf(item: Item, outbox: Outbox): Row {
  const wishes = outbox.filter((wish) => wish.body.item_id === item.item_id && wish.name !== "board.add");
  return { item: wishes.reduce(edited, item), wishes, unsent: false };
}

function unsentRow(wish: Extract<Wish, { name: "board.add" }>, outbox: Outbox, me: Actor): Row {
  const { item_id, text, category = "fact", credibility = "unverified", place = "", source = "" } = wish.body;
  const written = { item_id, rank: "", text, category, credibility, place, source };
  const wishes = outbox.filter((other) => other.body.item_id === item_id);
  return { item: wishes.reduce(edited, newItem(written, me, wish.made_ms)), wishes, unsent: true };
}

/** Words that wait for the line are shown as written; words the hub refused are shown beside, not instead. */
function edited(item: Item, wish: Wish): Item {
  const stands = wish.state === "waiting" || wish.state === "done";
  if (!stands || wish.name !== "board.edit") return item;
  return { ...item, ...given(wish.body.changes) };
}

function moved(rows: Row[], wish: Wish): Row[] {
  if (wish.name !== "board.move" || (wish.state !== "waiting" && wish.state !== "done")) return rows;
  const row = rows.find(({ item }) => item.item_id === wish.body.item_id);
  if (row === undefined) return rows;
  const others = rows.filter((other) => other !== row);
  const after = wish.body.after ?? null;
  const place = after === null ? 0 : others.findIndex(({ item }) => item.item_id === after) + 1;
  if (after !== null && place === 0) return rows;
  return [...others.slice(0, place), row, ...others.slice(place)];
}

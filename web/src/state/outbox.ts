/** Wishes for boards that are not in the log yet: kept, shown, sent again with the same op. Pure. */
import { KINDS } from "../types/kinds";
import type { Actor, Item, Problem, Recorded, Requests, Workspace } from "../types/wire";
import { draft, inOrder, kindOf } from "./workspace";

export type WishName =
  | "item.add"
  | "item.edit"
  | "item.move"
  | "item.state"
  | "item.void"
  | "item.annotate"
  | "track.move";

/** A wish's body without its op; the stream and the item are always named. */
export type BodyOf<N extends WishName> = Omit<Requests[N]["body"], "op">;

export type Wished = { [N in WishName]: { readonly name: N; readonly body: BodyOf<N> } }[WishName];

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
  /** Somebody else has changed the same field since: it builds on nothing later, so that both texts are shown. */
  readonly overtaken?: boolean;
};

export type Outbox = readonly Wish[];

/** What `board.conflict` carries: both values of every field that clashes. */
export interface Conflict {
  readonly version: number;
  readonly theirs: Readonly<Record<string, string>>;
  readonly yours: Readonly<Record<string, string>>;
  readonly by: Actor | null;
  readonly at_ms: number;
}

export function make(wished: Wished, op: string, made_ms: number): Wish {
  return { ...wished, op, made_ms, state: "waiting", tried: false, seq: null, problem: null };
}

/** Adds a wish; a change of words nobody has sent yet is folded into the wish that waits. */
export function put(outbox: Outbox, wish: Wish): Outbox {
  if (wish.name !== "item.edit") return [...outbox, wish];
  const { item_id, fields } = wish.body;
  const place = outbox.findIndex((other) => other.body.item_id === item_id && isFoldable(other));
  const waiting = outbox[place];
  if (waiting === undefined) return [...outbox, wish];
  return outbox.map((other) => (other === waiting ? folded(waiting, fields) : other));
}

function isFoldable(wish: Wish): boolean {
  return wish.state === "waiting" && !wish.tried && (wish.name === "item.add" || wish.name === "item.edit");
}

function folded(wish: Wish, fields: Readonly<Record<string, string>>): Wish {
  if (wish.name === "item.add") return { ...wish, body: { ...wish.body, fields: { ...wish.body.fields, ...fields } } };
  if (wish.name !== "item.edit") return wish;
  return { ...wish, body: { ...wish.body, fields: { ...wish.body.fields, ...fields } } };
}

/** The wish to send now: one at a time, in the order they were made. */
export function next(outbox: Outbox): Wish | null {
  return outbox.find((wish) => wish.state === "waiting" && !buildsOnUnheard(outbox, wish)) ?? null;
}

/** A second edit of an item must name the version the first one made, which only its event tells. */
function buildsOnUnheard(outbox: Outbox, wish: Wish): boolean {
  if (wish.name !== "item.edit") return false;
  const { item_id } = wish.body;
  return outbox.some(
    (other) => other.name === "item.edit" && other.body.item_id === item_id && other.state === "done",
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
    if (conflict === null || wish.name !== "item.edit") return wish;
    const body = { ...wish.body, base_version: conflict.version };
    return { ...wish, body, op: newOp, state: "waiting", tried: false, problem: null, overtaken: false };
  });
}

/** Wishes that the log now holds are done with; later edits build on the version that was made. */
export function heard(outbox: Outbox, events: readonly Recorded[], seq: number): Outbox {
  let left = outbox;
  for (const { op, event } of events) {
    const wish = op === null ? undefined : left.find((other) => other.op === op);
    if (wish === undefined) {
      if (event.type === "item.edited") left = overtaken(left, event.item_id, event.changes);
      continue;
    }
    left = dropped(left, wish.op);
    if (event.type === "item.edited") left = rebased(left, event.item_id, event.version);
  }
  return left.filter((wish) => wish.state !== "done" || (wish.seq ?? 0) > seq);
}

function rebased(outbox: Outbox, itemId: string, version: number): Outbox {
  return outbox.map((wish) => {
    if (wish.name !== "item.edit" || wish.body.item_id !== itemId || wish.state !== "waiting" || wish.overtaken) return wish;
    const base_version = Math.max(wish.body.base_version, version);
    return { ...wish, body: { ...wish.body, base_version } };
  });
}

/** An edit that waits, and a field of it that others have changed meanwhile. */
function overtaken(outbox: Outbox, itemId: string, changes: Readonly<Record<string, string>>): Outbox {
  const isMet = (wish: Wish): boolean =>
    wish.name === "item.edit" && wish.body.item_id === itemId && Object.keys(wish.body.fields).some((name) => name in changes);
  return outbox.map((wish) => (wish.state === "waiting" && isMet(wish) ? { ...wish, overtaken: true } : wish));
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

/** The rows of one board, with what this page has not been able to say yet. */
export function rowsOf(ws: Workspace, boardId: string, outbox: Outbox, me: Actor): Row[] {
  const rows = inOrder(ws, boardId).map((item) => rowOf(ws, item, outbox));
  for (const wish of outbox) {
    if (wish.name !== "item.add" || wish.body.board_id !== boardId || wish.body.item_id in ws.items) continue;
    rows.push(unsentRow(ws, wish, outbox, me));
  }
  return outbox.reduce(moved, rows);
}

function rowOf(ws: Workspace, item: Item, outbox: Outbox): Row {
  const wishes = outbox.filter((wish) => wish.body.item_id === item.item_id && wish.name !== "item.add");
  return { item: overlaid(ws, item, wishes), wishes, unsent: false };
}

function unsentRow(ws: Workspace, wish: Extract<Wish, { name: "item.add" }>, outbox: Outbox, me: Actor): Row {
  const wishes = outbox.filter((other) => other.body.item_id === wish.body.item_id);
  return { item: overlaid(ws, draft(ws, wish.body, me, wish.made_ms), wishes), wishes, unsent: true };
}

/** What waits for the line is shown as written; what the hub refused is shown beside, not instead. */
function overlaid(ws: Workspace, item: Item, wishes: readonly Wish[]): Item {
  const standing = wishes.filter(({ state }) => state === "waiting" || state === "done");
  return standing.reduce((so, wish) => {
    if (wish.name === "item.edit") return { ...so, fields: { ...so.fields, ...wish.body.fields } };
    if (wish.name !== "item.state") return so;
    const move = KINDS[kindOf(ws, so)].moves.find(({ name }) => name === wish.body.move);
    return move === undefined ? so : { ...so, state: move.target, state_ms: wish.made_ms };
  }, item);
}

function moved(rows: Row[], wish: Wish): Row[] {
  if (wish.name !== "item.move" || (wish.state !== "waiting" && wish.state !== "done")) return rows;
  const row = rows.find(({ item }) => item.item_id === wish.body.item_id);
  if (row === undefined) return rows;
  const others = rows.filter((other) => other !== row);
  const after = wish.body.after ?? null;
  const place = after === null ? 0 : others.findIndex(({ item }) => item.item_id === after) + 1;
  if (after !== null && place === 0) return rows;
  return [...others.slice(0, place), row, ...others.slice(place)];
}

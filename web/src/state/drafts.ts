/** Sends what people write on boards: each wish once, in order, however often the line breaks. */
import { effect, signal } from "@preact/signals";

import { isLineTrouble, problemOf } from "../link/problem";
import { hubNow, line, request } from "../link/socket";
import type { Changes, Done, Recorded, Requests } from "../types/wire";
import { streamOf } from "./board";
import { boardState, onFresh } from "./followed";
import { newId } from "./ids";
import * as box from "./outbox";
import type { Outbox, Wish, Wished } from "./outbox";

const KEY = "huishang.outbox";
const RETRY_MS = 2_000;

/** All unsent wishes of this tab, whichever board they are for. */
export const outbox = signal<Outbox>([]);
let owner: string | null = null;
let sending = false;

export interface Written {
  readonly text: string;
  readonly category?: Requests["board.add"]["body"]["category"];
  readonly credibility?: Requests["board.add"]["body"]["credibility"];
  readonly place?: string;
  readonly source?: string;
}

/** Returns the new item's id, so that the view can keep it in sight. */
export function addItem(board_id: string, written: Written): string {
  const item_id = newId("i");
  wish({ name: "board.add", body: { board_id, item_id, ...written } });
  return item_id;
}

export function editItem(board_id: string, item_id: string, base_version: number, changes: Changes): void {
  wish({ name: "board.edit", body: { board_id, item_id, base_version, changes } });
}

export function moveItem(board_id: string, item_id: string, after: string | null): void {
  wish({ name: "board.move", body: { board_id, item_id, after } });
}

export function voidItem(board_id: string, item_id: string, reason: string): void {
  wish({ name: "board.void", body: { board_id, item_id, reason } });
}

/** 采用对方, or giving up a wish that was refused. */
export function dropWish(op: string): void {
  outbox.value = box.dropped(outbox.peek(), op);
}

export const takeTheirs = dropWish;

/** 保留我的 */
export function keepMine(op: string): void {
  outbox.value = box.mine(outbox.peek(), op, newId("o"));
}

export function retryWish(op: string): void {
  outbox.value = box.again(outbox.peek(), op, newId("o"));
}

/** Takes up what this account left unsent on this tab; another account's words are not shown to it. */
export function startDrafts(account: string): () => void {
  owner = account;
  outbox.value = load(account);
  const stops = [
    effect(() => save(account, outbox.value)),
    effect(() => {
      if (line.value.state === "online" && box.next(outbox.value) !== null) queueMicrotask(() => void pump());
    }),
    onFresh(settle),
  ];
  return () => {
    for (const stop of stops) stop();
    owner = null;
    outbox.value = [];
  };
}

function wish(wished: Wished): void {
  outbox.value = box.put(outbox.peek(), box.make(wished, newId("o"), hubNow()));
}

async function pump(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let due = box.next(outbox.peek()); due !== null; due = box.next(outbox.peek())) {
      if (line.peek().state !== "online" || !(await send(due))) break;
    }
  } finally {
    sending = false;
  }
}

/** False when the hub did not take it now: the wish keeps its op and its place. */
async function send(due: Wish): Promise<boolean> {
  const account = owner;
  outbox.value = box.tried(outbox.peek(), due.op);
  try {
    const { seq } = await transmit(due);
    if (owner !== account) return false;
    outbox.value = box.acknowledged(outbox.peek(), due.op, seq);
    // The event may have come before its acknowledgement, or there was nothing to change.
    const board = boardState(due.body.board_id).peek();
    if (board.state === null || board.seq >= seq) dropWish(due.op);
    return true;
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (owner !== account) return false;
    if (isLineTrouble(problem) || problem.code === "too_many") {
      setTimeout(() => void pump(), RETRY_MS);
      return false;
    }
    outbox.value = box.refused(outbox.peek(), due.op, problem);
    return true;
  }
}

function transmit(due: Wish): Promise<Done> {
  const { op } = due;
  switch (due.name) {
    case "board.add":
      return request(due.name, { ...due.body, op });
    case "board.edit":
      return request(due.name, { ...due.body, op });
    case "board.move":
      return request(due.name, { ...due.body, op });
    case "board.void":
      return request(due.name, { ...due.body, op });
  }
}

/** The log has moved on: wishes it now holds leave the outbox. */
function settle(stream: string, events: readonly Recorded[], seq: number): void {
  const isAbout = (wish: Wish): boolean => streamOf(wish.body.board_id) === stream;
  const about = outbox.peek().filter(isAbout);
  if (about.length === 0) return;
  const others = outbox.peek().filter((wish) => !isAbout(wish));
  outbox.value = [...others, ...box.heard(about, events, seq)];
}

// --- kept over a reload of the tab ------------------------------------------------------------------

interface Kept {
  readonly account: string;
  readonly outbox: Outbox;
}

function load(account: string): Outbox {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Kept | null;
    return kept?.account === account ? kept.outbox : [];
  } catch {
    return [];
  }
}

function save(account: string, wishes: Outbox): void {
  try {
    if (wishes.length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify({ account, outbox: wishes } satisfies Kept));
  } catch {
    // storage is off or full: the wishes live as long as the page does
  }
}

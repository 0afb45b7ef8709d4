/** Sends what people write on boards and answer: each wish once, in order, however often the line breaks. */
import { effect, signal } from "@preact/signals";

import { isLineTrouble, problemOf } from "../link/problem";
import { hubNow, line, request } from "../link/socket";
import type { Done, Progress, Reach, Recorded } from "../types/wire";
import { isHeld, onFresh, workspaceState } from "./followed";
import { newId } from "./ids";
import { keepFor, keptFor } from "./kept";
import * as box from "./outbox";
import type { Outbox, Wish, Wished } from "./outbox";

const KEY = "huishang.outbox.3";
const RETRY_MS = 2_000;

/** All unsent wishes of this tab, whichever workspace they are for. */
export const outbox = signal<Outbox>([]);
let owner: string | null = null;
let sending = false;

export interface Written {
  readonly fields: Readonly<Record<string, string>>;
  /** Seats that are asked for something. */
  readonly units?: readonly string[];
  readonly shared?: readonly string[];
  readonly reach?: Reach;
  readonly state?: string;
  readonly chain?: string;
  readonly pinned?: boolean;
  /** The session during which it is written: the hub adds how far its recording is. */
  readonly session_id?: string;
}

/** Returns the new item's id, so that the view can keep it in sight. */
export function addItem(stream: string, board_id: string, written: Written): string {
  const item_id = newId("i");
  const { fields, units = [], shared = [], ...more } = written;
  const body = { stream, board_id, item_id, fields: { ...fields }, units: [...units], shared: [...shared], ...more };
  wish({ name: "item.add", body });
  return item_id;
}

export function editItem(
  stream: string,
  item_id: string,
  base_version: number,
  fields: Readonly<Record<string, string>>,
): void {
  wish({ name: "item.edit", body: { stream, item_id, base_version, fields: { ...fields } } });
}

export function moveItem(stream: string, item_id: string, after: string | null): void {
  wish({ name: "item.move", body: { stream, item_id, after } });
}

/** `move`: one of the moves of its kind. */
export function changeState(stream: string, item_id: string, move: string, reason = ""): void {
  wish({ name: "item.state", body: { stream, item_id, move, reason } });
}

export function voidItem(stream: string, item_id: string, reason: string): void {
  wish({ name: "item.void", body: { stream, item_id, reason } });
}

/** 批注; `office`: for the duty office alone. */
export function annotate(stream: string, item_id: string, text: string, office = false): void {
  wish({ name: "item.annotate", body: { stream, item_id, text, office } });
}

/** 已读, 签收, 办理中, 反馈 by the unit itself; 退回补充 and 确认 by the office. */
export function moveTrack(stream: string, item_id: string, seat: string, state: Progress, text = ""): void {
  wish({ name: "track.move", body: { stream, item_id, seat, state, text } });
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
  outbox.value = keptFor<Outbox>(KEY, account)?.value ?? [];
  const stops = [
    effect(() => keepFor(KEY, account, outbox.value.length === 0 ? null : outbox.value, hubNow())),
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
    const known = workspaceState(due.body.stream).peek();
    // Nobody hears the event where no view shows it; but a later edit has to know which version this one made.
    const isUnheard = !isHeld(due.body.stream) && due.name !== "item.edit";
    if (known.state === null || known.seq >= seq || isUnheard) dropWish(due.op);
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
    case "item.add":
      return request(due.name, { ...due.body, op });
    case "item.edit":
      return request(due.name, { ...due.body, op });
    case "item.move":
      return request(due.name, { ...due.body, op });
    case "item.state":
      return request(due.name, { ...due.body, op });
    case "item.void":
      return request(due.name, { ...due.body, op });
    case "item.annotate":
      return request(due.name, { ...due.body, op });
    case "track.move":
      return request(due.name, { ...due.body, op });
  }
}

/** The log has moved on: wishes it now holds leave the outbox. */
function settle(stream: string, events: readonly Recorded[], seq: number): void {
  const isAbout = (wish: Wish): boolean => wish.body.stream === stream;
  const about = outbox.peek().filter(isAbout);
  if (about.length === 0) return;
  const others = outbox.peek().filter((wish) => !isAbout(wish));
  outbox.value = [...others, ...box.heard(about, events, seq)];
}

/** What the person answers to what is asked of this seat; kept until the hub's own list shows it. */
import { computed, effect, signal } from "@preact/signals";

import { askedOf, inOrder, isUnsigned, type Asked } from "../state/asked";
import { changeState, moveTrack, outbox } from "../state/drafts";
import { hubNow, inbox, me } from "../state/store";
import { rankOf } from "../state/tracks";
import type { Progress } from "../types/wire";

const answered = signal<Readonly<Record<string, Progress>>>({});

/** Everything that waits for this seat, in the order in which it is to be done. */
export const asked = computed<readonly Asked[]>(() =>
  inOrder(askedOf(inbox.value ?? [], outbox.value, answered.value), hubNow()),
);

/** What the hub's list has caught up with is its own again: it may come back (退回补充). */
effect(() => {
  const rows = askedOf(inbox.value ?? [], [], {});
  const states = new Map(rows.map((row) => [row.key, row.state]));
  const left = Object.entries(answered.peek()).filter(([key, mine]) => {
    const known = states.get(key);
    return known !== undefined && rankOf(known) < rankOf(mine);
  });
  if (left.length < Object.keys(answered.peek()).length) answered.value = Object.fromEntries(left);
});

function answer(row: Asked, state: Progress, text = ""): void {
  const seat = me.peek()?.actor.seat;
  if (seat == null) return;
  answered.value = { ...answered.peek(), [row.key]: state };
  moveTrack(row.stream, row.item_id, seat, state, text);
}

/** 已读: somebody has opened it. Told once, however often it is opened. */
export function read(row: Asked): void {
  if (row.state === "delivered" && answered.peek()[row.key] === undefined) answer(row, "read");
}

/** 签收, of a warning 确认收到. */
export function sign(row: Asked): void {
  if (isUnsigned(row)) answer(row, "signed");
}

/** 反馈, of a warning the answers to the three questions. */
export function reply(row: Asked, text: string): void {
  answer(row, "replied", text);
}

/** 开始, 完成, 报告已整改. */
export function step(row: Asked, move: string): void {
  changeState(row.stream, row.item_id, move);
}

/** Who is looking at which item and who writes in it: what the hub says, and what this page says (rule B15). */
import { computed, effect, signal } from "@preact/signals";

import { line, on, request } from "../link/socket";
import type { Touch } from "../types/wire";

type ByItem = Readonly<Record<string, readonly Touch[]>>;

const all = signal<Readonly<Record<string, ByItem>>>({});

/** Somebody stays with an item for so long before the others are told. */
const STAYS_MS = 400;

interface Own {
  item_id: string | null;
  editing: boolean;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const own = new Map<string, Own>();

/** Everybody at this item but whoever is asking. */
export function touchesOf(stream: string, itemId: string, me: { seat: string | null; person: string } | null): Touch[] {
  const found = all.value[stream]?.[itemId] ?? [];
  return found.filter(({ seat, person }) => me === null || seat !== me.seat || person !== me.person);
}

/** Says that this page shows the stream, until the returned function is called. */
export function watchTouches(stream: string): () => void {
  const mine = own.get(stream) ?? { item_id: null, editing: false, users: 0, timer: undefined };
  own.set(stream, mine);
  mine.users += 1;
  if (mine.users === 1) say(stream, mine);
  return () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    clearTimeout(mine.timer);
    own.delete(stream);
    if (mine.item_id !== null) say(stream, { ...mine, item_id: null, editing: false });
    const { [stream]: _, ...left } = all.peek();
    all.value = left;
  };
}

/** This page shows the item in full now, or writes in it; null: none of them. */
export function touch(stream: string, item_id: string | null, editing: boolean): void {
  const mine = own.get(stream);
  if (mine === undefined || (mine.item_id === item_id && mine.editing === editing)) return;
  mine.item_id = item_id;
  mine.editing = editing;
  clearTimeout(mine.timer);
  mine.timer = setTimeout(() => say(stream, mine), STAYS_MS);
}

/** What is worth something only now is not sent again when the line is down. */
function say(stream: string, { item_id, editing }: Pick<Own, "item_id" | "editing">): void {
  if (line.peek().state === "online") request("item.touch", { stream, item_id, editing }).catch(() => undefined);
}

const isOnline = computed(() => line.value.state === "online");

/** Starts hearing; called once by main. */
export function startTouching(): void {
  on("touching", ({ stream, items, full }) => {
    if (!own.has(stream)) return;
    const before = full === true ? {} : (all.peek()[stream] ?? {});
    const left = Object.entries({ ...before, ...items }).filter(([, touches]) => touches.length > 0);
    all.value = { ...all.peek(), [stream]: Object.fromEntries(left) };
  });
  effect(() => {
    if (!isOnline.value) {
      all.value = {}; // nobody knows any more who is there
      return;
    }
    for (const [stream, mine] of own) say(stream, mine);
  });
}

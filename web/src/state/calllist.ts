/** 电话叫应名单 while somebody works through it: rows keep their place, and stay until the page is left. Pure. */
import type { PhoneRow } from "../types/wire";

export interface CallRow {
  readonly key: string;
  readonly row: PhoneRow;
  /** It is not on the hub's list any more: reached by telephone, signed on the page, or over. */
  readonly done: boolean;
}

export function keyOf({ stream, item_id, seat }: PhoneRow): string {
  return `${stream}/${item_id}/${seat}`;
}

/** `before`: what the page has shown so far. New rows come behind those that are there. */
export function merged(before: readonly CallRow[], now: readonly PhoneRow[]): CallRow[] {
  const fresh = new Map(now.map((row) => [keyOf(row), row]));
  const kept = before.map(({ key, row }) => ({ key, row: fresh.get(key) ?? row, done: !fresh.has(key) }));
  const known = new Set(before.map(({ key }) => key));
  const added = now.filter((row) => !known.has(keyOf(row)));
  return [...kept, ...added.map((row) => ({ key: keyOf(row), row, done: false }))];
}

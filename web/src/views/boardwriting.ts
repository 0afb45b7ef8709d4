/** What somebody is in the middle of writing on a board; it outlives a folded panel, not the page. */
import { signal } from "@preact/signals";

import type { Category, Item } from "../types/wire";

export interface Writing {
  readonly text: string;
  readonly category: Category;
  readonly place: string;
  readonly source: string;
  /** The version the writer was looking at; 0 for an item that is new. */
  readonly base_version: number;
}

export const CATEGORIES: readonly Category[] = ["fact", "judgement", "forecast", "gap"];
export const EMPTY: Writing = { text: "", category: "fact", place: "", source: "", base_version: 0 };

const all = signal<Readonly<Record<string, Writing>>>({});

/** `key` is the item being changed, or the board a new item is for. */
export function writingOf(key: string): Writing | null {
  return all.value[key] ?? null;
}

export function write(key: string, writing: Writing): void {
  all.value = { ...all.peek(), [key]: writing };
}

export function stopWriting(key: string): void {
  const { [key]: _, ...left } = all.peek();
  all.value = left;
}

export function writingFrom(item: Item): Writing {
  const { text, category, place, source, version } = item;
  return { text, category, place, source, base_version: version };
}

/** Only the fields that differ from the item as it stands. */
export function changesOf(item: Item, writing: Writing): Partial<Writing> {
  const names = ["text", "category", "place", "source"] as const;
  const changed = names.filter((name) => writing[name].trim() !== item[name]);
  return Object.fromEntries(changed.map((name) => [name, writing[name].trim()]));
}

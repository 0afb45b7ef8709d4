/** What somebody is in the middle of writing on a board; it outlives a folded panel, not the page. */
import { signal } from "@preact/signals";

import { valueOf } from "../state/workspace";
import type { Item } from "../types/wire";

export type Category = "fact" | "judgement" | "forecast" | "gap";

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

/** `key` is the item being changed, or the workspace and board a new item is for. */
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
  const { text = "", place = "", source = "" } = item.fields;
  const category = valueOf("situation", item, "category") as Category;
  return { text, category, place, source, base_version: item.version };
}

/** Only the fields that differ from the item as it stands. */
export function changesOf(item: Item, writing: Writing): Record<string, string> {
  const names = ["text", "category", "place", "source"] as const;
  const changed = names.filter((name) => writing[name].trim() !== valueOf("situation", item, name));
  return Object.fromEntries(changed.map((name) => [name, writing[name].trim()]));
}

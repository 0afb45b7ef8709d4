/** Which board of a workspace was looked at last, kept for the tab; and a wish to see one, from elsewhere on the page. */
import { signal } from "@preact/signals";

import { showItem } from "./context";

const KEY = "huishang.boards.looked";

export const looked = signal<Readonly<Record<string, string>>>(kept());

/** Counts the wishes: a panel that is folded, or shows something else, opens with each. */
export const wished = signal(0);

export function look(stream: string, boardId: string): void {
  looked.value = { ...looked.peek(), [stream]: boardId };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(looked.peek()));
  } catch {
    // without storage it lasts as long as the page
  }
}

/** Shows a board beside the consultation, and one of its items in full. */
export function seeBoard(stream: string, boardId: string, itemId: string | null = null): void {
  look(stream, boardId);
  if (itemId !== null) showItem(stream, boardId, itemId);
  wished.value += 1;
}

function kept(): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

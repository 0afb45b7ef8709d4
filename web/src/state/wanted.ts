/** The item that somebody has clicked on elsewhere: the page it leads to opens it, once. */
import { signal } from "@preact/signals";

export interface Wanted {
  readonly stream: string;
  readonly board_id: string;
  readonly item_id: string;
}

export const wanted = signal<Wanted | null>(null);

export interface Where {
  readonly stream: string;
  /** Of the session whose own boards they are; empty for an incident. */
  readonly session_id: string;
  readonly board_id?: string | null;
  readonly item_id?: string | null;
}

export function want({ stream, board_id = null, item_id = null }: Where): void {
  wanted.value = board_id === null || item_id === null ? null : { stream, board_id, item_id };
}

/** Where it stands: the page of the incident, or the session on whose boards it was written. */
export function pathTo({ stream, session_id }: Where): string {
  if (session_id !== "") return `/session/${encodeURIComponent(session_id)}`;
  return `/incident/${encodeURIComponent(stream.slice(stream.indexOf(":") + 1))}`;
}

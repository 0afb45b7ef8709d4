/** What every part of a board needs to know: the board, who looks at it, and what time it is there. */
import { effect, signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

import { keepFor, keptFor } from "../../state/kept";
import { isOfficer } from "../../state/workspace";
import { account, hubNow } from "../../state/store";
import type { Actor, Board, BoardKind, Workspace } from "../../types/wire";

export interface Context {
  readonly stream: string;
  readonly ws: Workspace;
  readonly board: Board;
  readonly kind: BoardKind;
  /** Null on a board that is only read. */
  readonly me: Actor | null;
  readonly sessionId: string | null;
  /** Cards instead of a table. */
  readonly compact: boolean;
  readonly now_ms: number;
  /** The second of a recording at which it is shown; null when it is live. */
  readonly at_ms: number | null;
}

export function isOffice({ me }: Context): boolean {
  return me !== null && isOfficer(me);
}

/** The hub's time, looked at anew every `every_ms`: for what counts in minutes. */
export function useNow(at_ms: number | null, every_ms = 10_000): number {
  const [, setTurn] = useState(0);
  useEffect(() => {
    if (at_ms !== null) return undefined;
    const timer = setInterval(() => setTurn((turn) => turn + 1), every_ms);
    return () => clearInterval(timer);
  }, [at_ms === null, every_ms]);
  return at_ms ?? hubNow();
}

// --- what is open, and what is being written: outlives a folded panel, and words a reload -------------

const open = signal<Readonly<Record<string, string>>>({});

const keyOf = (stream: string, boardId: string): string => `${stream}/${boardId}`;

export function openItem(stream: string, boardId: string): string | null {
  return open.value[keyOf(stream, boardId)] ?? null;
}

/** Opens the item in full on its board (from a timeline, a list, a link); null closes it. */
export function showItem(stream: string, boardId: string, itemId: string | null): void {
  const { [keyOf(stream, boardId)]: _, ...others } = open.peek();
  open.value = itemId === null ? others : { ...others, [keyOf(stream, boardId)]: itemId };
}

export interface Writing {
  readonly fields: Readonly<Record<string, string>>;
  /** The version the writer was looking at; 0 for an item that is new. */
  readonly base_version: number;
  readonly units: readonly string[];
  readonly more: boolean;
}

export const NOTHING: Writing = { fields: {}, base_version: 0, units: [], more: false };

const writings = signal<Readonly<Record<string, Writing>>>({});

/** `key` is the item being changed, or the board a new item is for. */
export function writingOf(key: string): Writing | null {
  return writings.value[key] ?? null;
}

export function write(key: string, writing: Writing): void {
  writings.value = { ...writings.peek(), [key]: writing };
}

export function stopWriting(key: string): void {
  const { [key]: _, ...left } = writings.peek();
  writings.value = left;
}

/** One text that is being written beside an item: an answer, a note. It outlives a row that is folded meanwhile. */
export function useKeptText(key: string): [string, (text: string) => void] {
  const text = writingOf(key)?.fields["text"] ?? "";
  return [text, (now) => (now === "" ? stopWriting(key) : write(key, { ...NOTHING, fields: { text: now } }))];
}

const KEY = "huishang.writing.1";
let writer: string | null = null;

/** Another account's words are not shown to whoever logs in next; a line that breaks takes nothing away. */
effect(() => {
  const now = account.value;
  if (now === null || now === writer) return;
  if (writer !== null) open.value = {};
  writer = now;
  writings.value = keptFor<typeof writings.value>(KEY, now)?.value ?? {};
});

/** Half a line is there again after a reload, in this tab. */
effect(() => {
  const now = writings.value;
  if (writer !== null) keepFor(KEY, writer, Object.keys(now).length === 0 ? null : now, hubNow());
});

/** What is asked of this page's seat, as the page shows it: with what the person has answered just now. Pure. */
import { KINDS, type Move } from "../types/kinds";
import type { InboxRow, Progress } from "../types/wire";
import type { Outbox, Wish } from "./outbox";
import { rankOf } from "./tracks";

export interface Asked extends InboxRow {
  readonly key: string;
  /** Answered on this page, and the hub does not know yet. */
  readonly pending: boolean;
  /** The answer that the hub has not taken. */
  readonly refused: Wish | null;
}

export function keyOf({ stream, item_id }: { stream: string; item_id: string }): string {
  return `${stream}/${item_id}`;
}

/** `answered`: how far the person has gone on this page; the lists of the hub come a moment later. */
export function askedOf(
  rows: readonly InboxRow[],
  outbox: Outbox,
  answered: Readonly<Record<string, Progress>>,
): Asked[] {
  return rows.map((row) => {
    const key = keyOf(row);
    const about = outbox.filter((wish) => wish.name === "track.move" && keyOf(wish.body) === key);
    const refused = about.find(({ state }) => state === "refused" || state === "conflict") ?? null;
    const mine = refused === null ? answered[key] : undefined;
    // What came back (退回补充) is asked anew, whatever was answered before.
    const isAhead = mine !== undefined && rankOf(mine) > rankOf(row.state);
    return { ...row, key, refused, state: isAhead ? mine : row.state, pending: about.some(({ state }) => state === "waiting") };
  });
}

/** 待签收: nobody of the unit has said that it knows. A check is explained, and not signed for. */
export function isUnsigned({ kind, state }: Pick<InboxRow, "kind" | "state">): boolean {
  return kind !== "check" && (state === "delivered" || state === "sent" || state === "read");
}

/** 待反馈: an answer in words is expected. A task and a hazard are moved on instead, a check is explained. */
export function awaitsReply({ kind, state, fields }: InboxRow): boolean {
  if (kind !== "instruction" && kind !== "warning") return false;
  return !isUnsigned({ kind, state }) && state !== "replied" && fields.class !== "reference";
}

/** 开始, 完成, 报告已整改: what the unit may say of the thing itself with one click. */
export function movesOf({ kind, item_state, state }: InboxRow): Move[] {
  if (isUnsigned({ kind, state })) return [];
  return KINDS[kind].moves.filter(
    ({ who, sources, needs_reason }) => who.includes("assignee") && sources.includes(item_state) && !needs_reason,
  );
}

export function isLate({ due_ms, state }: InboxRow, now_ms: number): boolean {
  return due_ms !== null && now_ms > due_ms && state !== "replied";
}

const COLOURS = ["red", "orange", "yellow", "blue"];

/** What is overdue, then what is unsigned (a warning first, by its colour), then what is due next. */
export function inOrder(rows: readonly Asked[], now_ms: number): Asked[] {
  return rows
    .filter(({ state }) => state !== "replied" && state !== "confirmed")
    .sort((a, b) => placeOf(a, now_ms) - placeOf(b, now_ms) || timeOf(a) - timeOf(b));
}

function placeOf(row: Asked, now_ms: number): number {
  if (isUnsigned(row) && row.kind === "warning") return COLOURS.indexOf(row.fields.colour ?? "blue");
  if (isLate(row, now_ms)) return 10;
  if (isUnsigned(row)) return 11;
  return row.state === "returned" ? 12 : 13;
}

function timeOf({ due_ms, sent_ms }: InboxRow): number {
  return due_ms ?? sent_ms + 1e12;
}

/** 三问: who commands, how many villages are affected, whether anybody was moved; one text for the record. */
export function threeAnswers(words: readonly [string, string, string], answers: readonly string[]): string {
  return words
    .map((word, place) => `${word}：${answers[place]?.trim() ?? ""}`)
    .filter((line) => !line.endsWith("："))
    .join("；");
}

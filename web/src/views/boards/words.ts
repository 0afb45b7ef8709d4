/** What fields, choices, states and times of an item are called, in the language of this page. */
import { fieldOf, valueOf } from "../../state/workspace";
import { KINDS, type Field, type Move, type Reach, type StateOf } from "../../types/kinds";
import type { Actor, Board, BoardKind, Item, Progress, Unit } from "../../types/wire";
import { clockTime, dateOf, language, t } from "../../ui/i18n";

export { shortClock as shortTime } from "../../ui/i18n";

/** Words of the table of kinds, which come in both languages. */
export function said({ zh, en }: { readonly zh: string; readonly en: string }): string {
  return language.value === "zh-CN" ? zh : en;
}

/** A board that was never given a name of its own is called as its kind is. */
export function boardTitle({ kind, title }: Board): string {
  return title === KINDS[kind].zh ? said(KINDS[kind]) : title;
}

export function labelOf(kind: BoardKind, name: string): string {
  const field = fieldOf(kind, name);
  return field === undefined ? name : said(field);
}

export function stateWord(kind: BoardKind, value: string): string {
  const state: StateOf | undefined = KINDS[kind].states.find((one) => one.value === value);
  return state === undefined ? value : said(state);
}

export function choiceWord(field: Field, value: string): string {
  const choice = field.choices.find((one) => one.value === value);
  return choice === undefined ? value : said(choice);
}

/** What stands in a field, as it is read; empty where nothing does. */
export function valueText(field: Field, value: string): string {
  if (field.type === "choice") return choiceWord(field, value);
  if (value === "") return "";
  return field.type === "time" ? dayTime(Number(value)) : value;
}

export function fieldText(kind: BoardKind, item: Item, name: string): string {
  const field = fieldOf(kind, name);
  return field === undefined ? "" : valueText(field, valueOf(kind, item, name));
}

/** A warning is confirmed, answered and closed; anything else is signed for, fed back and confirmed. */
export function progressWord(state: Progress, kind: BoardKind): string {
  const isWarned = kind === "warning" && (state === "signed" || state === "replied" || state === "confirmed");
  return isWarned ? t(`boards.warned_${state}`) : t(`boards.progress_${state}`);
}

export function reachWord(reach: Reach): string {
  return t(`boards.reach_${reach}`);
}

export function moveWord(move: Move): string {
  return said(move);
}

/** 2026-07-20 10:32 */
export function dayTime(ms: number): string {
  return `${dateOf(ms)} ${clockTime(ms).slice(0, 5)}`;
}

/** The office's short name where it is known, else what it was called when it wrote. */
export function whoShort(by: Actor, units: Readonly<Record<string, Unit>>, seats: SeatNames): string {
  const seat = by.seat ?? "";
  return seats[seat]?.short_name ?? units[seat]?.short_name ?? by.seat_name ?? by.person;
}

export function whoFull(by: Actor): string {
  return `${by.seat_name ?? ""} ${by.person}`.trim();
}

export type SeatNames = Readonly<Record<string, { readonly short_name: string; readonly name: string }>>;

/** 续报二: the number of a follow-up is written as it is read aloud. */
export function numberWord(n: number): string {
  if (language.value !== "zh-CN") return String(n);
  const digits = "零一二三四五六七八九";
  if (n < 10) return digits[n] ?? String(n);
  if (n < 20) return `十${n === 10 ? "" : digits[n - 10]}`;
  if (n < 100) return `${digits[Math.floor(n / 10)]}十${n % 10 === 0 ? "" : digits[n % 10]}`;
  return String(n);
}

export function shortened(text: string, most = 24): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

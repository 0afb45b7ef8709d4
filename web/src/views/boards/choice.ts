/** What of a board is shown and in which order: filters, groups, sorting, search. Pure; kept per board. */
import type { Row } from "../../state/outbox";
import { fieldsOf, isAuthor, isOpen, isOverdue, timeOf, valueOf } from "../../state/workspace";
import type { Actor, BoardKind, Item, Workspace } from "../../types/wire";
import { leadOf } from "./columns";

export type GroupBy = "" | "state" | "unit" | "category";
export type SortBy = "" | "updated" | "created" | "due" | "as_of";

export interface Choice {
  readonly q: string;
  /** A state of the kind, or `open`: whatever still waits. */
  readonly state: string;
  /** A seat: its own items and those asked of it. */
  readonly unit: string;
  readonly overdue: boolean;
  readonly unverified: boolean;
  readonly mine: boolean;
  readonly group: GroupBy;
  readonly sort: SortBy;
  readonly voided: boolean;
  readonly view: "" | "map";
}

export const EVERYTHING: Choice = {
  q: "",
  state: "",
  unit: "",
  overdue: false,
  unverified: false,
  mine: false,
  group: "",
  sort: "",
  voided: false,
  view: "",
};

/** Only what differs from everything, so that the text kept is short and an older one still reads. */
export function written(choice: Choice): string {
  const differs = Object.entries(choice).filter(([name, value]) => value !== EVERYTHING[name as keyof Choice]);
  return new URLSearchParams(differs.map(([name, value]) => [name, value === true ? "1" : String(value)])).toString();
}

export function read(text: string): Choice {
  const given = new URLSearchParams(text);
  const choice: Record<string, string | boolean> = { ...EVERYTHING };
  for (const [name, value] of given) {
    const known = EVERYTHING[name as keyof Choice];
    if (typeof known === "boolean") choice[name] = value === "1";
    else if (known !== undefined) choice[name] = value;
  }
  return choice as unknown as Choice;
}

/** How many filters hold: the button that takes them off says so. */
export function filtersOf({ q, state, unit, overdue, unverified, mine }: Choice): number {
  return [q.trim() !== "", state !== "", unit !== "", overdue, unverified, mine].filter(Boolean).length;
}

export interface About {
  readonly ws: Workspace;
  readonly kind: BoardKind;
  readonly me: Actor | null;
  readonly now_ms: number;
}

export interface Chosen {
  readonly rows: readonly Row[];
  readonly voided: readonly Row[];
}

/** Pinned first, then as chosen; what is void stands apart. */
export function chosen(rows: readonly Row[], choice: Choice, about: About): Chosen {
  const found = rows.filter((row) => fits(row, choice, about));
  const sorted = order(found, choice.sort);
  const valid = sorted.filter(({ item }) => item.voided === null);
  return {
    rows: [...valid.filter(({ item }) => item.pinned), ...valid.filter(({ item }) => !item.pinned)],
    voided: sorted.filter(({ item }) => item.voided !== null),
  };
}

function fits({ item, wishes, unsent }: Row, choice: Choice, about: About): boolean {
  // What this page has not been able to say yet is never out of sight.
  if (unsent || wishes.some(({ state }) => state === "conflict" || state === "refused")) return true;
  const { ws, kind, me, now_ms } = about;
  if (choice.state === "open" && !isOpen(ws, item)) return false;
  if (choice.state !== "" && choice.state !== "open" && item.state !== choice.state) return false;
  if (choice.unit !== "" && item.author.seat !== choice.unit && !(choice.unit in item.tracks)) return false;
  if (choice.overdue && !isOverdue(ws, item, now_ms)) return false;
  if (choice.unverified && valueOf(kind, item, "credibility") !== "unverified") return false;
  if (choice.mine && (me === null || !isMine(item, me))) return false;
  return matches(item, kind, choice.q);
}

/** Written by this office, or asked of it. */
export function isMine(item: Item, me: Actor): boolean {
  return isAuthor(item, me) || (me.seat !== null && me.seat in item.tracks);
}

/** Every word that was typed is somewhere in the item. */
export function matches(item: Item, kind: BoardKind, typed: string): boolean {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const fields = fieldsOf(kind).map((field) => {
    const value = item.fields[field.name] ?? "";
    const choice = field.choices.find((one) => one.value === value);
    return choice === undefined ? value : `${choice.zh} ${choice.en}`;
  });
  const units = Object.values(item.tracks).map(({ unit }) => `${unit.name} ${unit.short_name}`);
  const { seat_name, person } = item.author;
  const text = [...fields, ...units, seat_name ?? "", person].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

function order(rows: readonly Row[], sort: SortBy): Row[] {
  if (sort === "") return [...rows];
  const last = Number.MAX_SAFE_INTEGER;
  const key = ({ item }: Row): number => {
    switch (sort) {
      case "due":
        return item.due_ms ?? last;
      case "as_of":
        return -(timeOf(item, "as_of") ?? item.created_ms);
      case "created":
        return -item.created_ms;
      case "updated":
        return -updatedOf(item);
    }
  };
  return [...rows].sort((a, b) => key(a) - key(b)); // stable: equals stay in the board's own order
}

/** When something last happened to it, a unit's answer included. */
export function updatedOf(item: Item): number {
  const tracks = Object.values(item.tracks).map(({ since_ms }) => since_ms);
  return Math.max(item.created_ms, item.edited_ms ?? 0, item.state_ms, ...tracks);
}

export interface Group {
  readonly key: string;
  readonly rows: readonly Row[];
}

/** In the order of the table of kinds; units as their first item comes. An item asked of several is under its author. */
export function grouped(rows: readonly Row[], by: GroupBy, kind: BoardKind): Group[] {
  if (by === "") return [{ key: "", rows }];
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.item, by, kind);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found].map(([key, group]) => ({ key, rows: group }));
}

/** The first `most` rows of them, whatever their groups are. */
export function upTo(groups: readonly Group[], most: number): Group[] {
  let left = most;
  const shown = groups.map(({ key, rows }) => {
    const part = rows.slice(0, left);
    left -= part.length;
    return { key, rows: part };
  });
  return shown.filter(({ rows }) => rows.length > 0);
}

function keyOf(item: Item, by: GroupBy, kind: BoardKind): string {
  if (by === "state") return item.state;
  const lead = leadOf(kind);
  if (by === "category") return lead === null ? "" : valueOf(kind, item, lead);
  const asked = Object.keys(item.tracks);
  return asked.length === 1 ? (asked[0] ?? "") : (item.author.seat ?? "");
}

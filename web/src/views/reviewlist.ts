/** The events of a recording as lines: who did what when, by kind, by unit and by words. Pure. */
import type { Actor, Recorded } from "../types/wire";
import { kindOf, type EventKind, type Lanes } from "./reviewlanes";

/** 指示 are events of the boards that one looks for by themselves. */
export type LineKind = EventKind | "instruction";

export const LINE_KINDS: readonly LineKind[] = ["venue", "control", "board", "instruction", "marker", "recording"];

export interface Line {
  readonly recorded: Recorded;
  readonly at_ms: number;
  readonly kind: LineKind;
  readonly text: string;
  /** The person, and the unit's short name; the unit is empty where it is the hub itself. */
  readonly person: string;
  readonly unit: string;
  /** Every seat it is about: who did it, and to whom it was done. */
  readonly seats: readonly string[];
}

export interface Wanted {
  readonly kind: LineKind | null;
  readonly seat: string | null;
  readonly words: string;
}

export const ANY: Wanted = { kind: null, seat: null, words: "" };

export function linesOf(events: readonly Recorded[], lanes: Lanes, sentence: (recorded: Recorded) => string): Line[] {
  const orders = new Set(lanes.instructions.map(({ recorded }) => recorded));
  return events.flatMap((recorded) => {
    const kind = kindOf(recorded);
    if (kind === null) return [];
    const { actor, at_ms } = recorded;
    return [
      {
        recorded,
        at_ms,
        kind: orders.has(recorded) ? "instruction" : kind,
        text: sentence(recorded),
        person: actor.person,
        unit: unitOf(actor, lanes),
        seats: seatsOf(recorded),
      } satisfies Line,
    ];
  });
}

function unitOf({ seat, seat_name }: Actor, lanes: Lanes): string {
  return seat === null ? "" : (lanes.names.get(seat) ?? seat_name ?? seat);
}

function seatsOf({ actor, event }: Recorded): string[] {
  const seats = new Set<string>();
  if (actor.seat !== null) seats.add(actor.seat);
  if ("venue" in event && typeof event.venue === "string") seats.add(event.venue);
  if ("seat" in event && typeof event.seat === "string") seats.add(event.seat);
  if ("seats" in event && Array.isArray(event.seats)) for (const seat of event.seats) if (typeof seat === "string") seats.add(seat);
  return [...seats];
}

/** A board's lines are its instructions too. */
export function found(lines: readonly Line[], { kind, seat, words }: Wanted): readonly Line[] {
  const sought = words.trim().toLowerCase();
  if (kind === null && seat === null && sought === "") return lines;
  return lines.filter(
    (line) =>
      (kind === null || line.kind === kind || (kind === "board" && line.kind === "instruction")) &&
      (seat === null || line.seats.includes(seat)) &&
      (sought === "" || `${line.text} ${line.person} ${line.unit}`.toLowerCase().includes(sought)),
  );
}

export interface SeatChoice {
  readonly seat: string;
  readonly name: string;
  readonly count: number;
}

/** The units that occur, those with most to read about first. */
export function seatsIn(lines: readonly Line[], lanes: Lanes): SeatChoice[] {
  const counts = new Map<string, number>();
  for (const { seats } of lines) for (const seat of seats) counts.set(seat, (counts.get(seat) ?? 0) + 1);
  const choices = [...counts].map(([seat, count]) => ({ seat, count, name: lanes.names.get(seat) ?? seat }));
  return choices.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

// --- which lines are drawn -----------------------------------------------------------------------------

/** Every line is as high as every other: two lines of words and one of who did it. */
export const LINE_PX = 64;
/** As many are drawn whole, so that the browser's own search finds them. */
const FEW = 150;
const BEYOND = 8;

export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Which lines lie in sight, and some on either side. */
export function partOf(count: number, scrolled_px: number, height_px: number): Part {
  if (count <= FEW) return { from: 0, to: count };
  const first = Math.floor(scrolled_px / LINE_PX) - BEYOND;
  const last = Math.ceil((scrolled_px + Math.max(height_px, LINE_PX)) / LINE_PX) + BEYOND;
  return { from: Math.max(0, Math.min(first, count)), to: Math.max(0, Math.min(last, count)) };
}

/** How far to scroll for a line to lie in sight; null where it does. */
export function scrollTo(line: number, scrolled_px: number, height_px: number): number | null {
  const top = line * LINE_PX;
  if (top >= scrolled_px && top + LINE_PX <= scrolled_px + height_px) return null;
  return Math.max(0, top - Math.max(0, height_px - LINE_PX) / 3);
}

/** Which line a key goes to; null where it means nothing here. */
export function lineBy(key: string, at: number, count: number, page: number): number | null {
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 };
  const to = steps[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

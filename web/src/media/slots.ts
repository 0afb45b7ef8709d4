/** Which venue is in which slot: what the page asks of the hub, and what the hub says it shows. Pure. */

import type { Slot, SlotView } from "../types/wire";

/** One picture; ``key`` changes with the source, so that a tile never shows another venue's last frame. */
export interface Picture<T> {
  readonly key: string;
  readonly venue: string;
  readonly track: T;
  /** Paused: the line has no room for it. */
  readonly starved: boolean;
  /** The codec of a source that this browser cannot decode. */
  readonly undecodable: string | null;
}

export type Pictures<T> = ReadonlyMap<string, Picture<T>>;

/** A tile of the stage: whose picture it waits for, and how wide it is in device pixels. */
export interface Look {
  readonly venue: string;
  readonly width: number;
}

/** The camera of each venue that has a slot. */
export function picturesByVenue<T>(slots: readonly Slot[], tracks: ReadonlyMap<string, T>): Pictures<T> {
  const pictures = slots.filter(({ source }) => source !== "content").map((slot) => pictureIn(slot, tracks));
  return new Map(pictures.filter((one) => one !== null).map((one) => [one.venue, one]));
}

/** What the presenter shows; null when nobody does. */
export function contentIn<T>(slots: readonly Slot[], tracks: ReadonlyMap<string, T>): Picture<T> | null {
  const slot = slots.find(({ source, source_id }) => source === "content" && source_id !== null);
  return slot === undefined ? null : pictureIn(slot, tracks);
}

function pictureIn<T>(slot: Slot, tracks: ReadonlyMap<string, T>): Picture<T> | null {
  const track = tracks.get(slot.mid);
  const { mid, kind, venue, source_id, starved } = slot;
  if (kind !== "video" || venue === null || source_id === null || track === undefined) return null;
  const undecodable = slot.problem === "codec" ? (slot.codec ?? "") : null;
  return { key: `${mid}/${source_id}`, venue, track, starved, undecodable };
}

/**
 * The slots for what is looked at, with the fewest changes: who is in a slot stays there, who is new takes one
 * that nobody looks at. Whoever is looked at no more is paused where it is, and is back at once when the page
 * is turned back. Looks beyond the number of slots are left out, the last ones first.
 */
export function steer(
  mids: readonly string[],
  before: ReadonlyMap<string, string>,
  looks: readonly Look[],
): SlotView[] {
  const wanted = looks.slice(0, mids.length);
  const widths = new Map(wanted.map(({ venue, width }) => [venue, width]));
  const placed = new Map<string, string>();
  for (const mid of mids) {
    const venue = before.get(mid);
    if (venue !== undefined && widths.has(venue) && !placed.has(venue)) placed.set(venue, mid);
  }
  const taken = new Set(placed.values());
  const free = mids.filter((mid) => !taken.has(mid));
  // An empty slot before one whose venue may soon be looked at again.
  free.sort((a, b) => Number(before.has(a)) - Number(before.has(b)));
  for (const { venue } of wanted) {
    if (placed.has(venue)) continue;
    const mid = free.shift();
    if (mid !== undefined) placed.set(venue, mid);
  }
  const shown = new Map([...placed].map(([venue, mid]) => [mid, venue]));
  const named = new Set(shown.values());
  return mids.map((mid) => {
    const venue = shown.get(mid);
    if (venue !== undefined) return { mid, venue, width: widths.get(venue) ?? 0 };
    const former = before.get(mid);
    if (former === undefined || named.has(former)) return { mid, venue: null, width: 0 };
    named.add(former);
    return { mid, venue: former, width: 0 };
  });
}

/** Which venue each m-line of the subscribe connection carries, turned into pictures by venue. Pure. */

import type { Slot } from "../types/wire";

/** One picture; ``key`` changes with the source, so that a tile never shows another venue's last frame. */
export interface Picture<T> {
  key: string;
  track: T;
}

export type Pictures<T> = ReadonlyMap<string, Picture<T>>;

/** The camera of each venue that has a slot (a venue's content is shown only when it has no camera). */
export function picturesByVenue<T>(slots: readonly Slot[], tracks: ReadonlyMap<string, T>): Pictures<T> {
  const found = new Map<string, Picture<T> & { source: string }>();
  for (const slot of slots) {
    const track = tracks.get(slot.mid);
    if (slot.kind !== "video" || slot.venue === null || slot.source_id === null || track === undefined) continue;
    const source = slot.source ?? "camera";
    const known = found.get(slot.venue);
    if (known !== undefined && (known.source === "camera" || source !== "camera")) continue;
    found.set(slot.venue, { key: `${slot.mid}/${slot.source_id}`, track, source });
  }
  return found;
}

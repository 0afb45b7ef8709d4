/** Which pictures the player shows at a moment, how large, and on which page. Pure. */
import { covers } from "../media/voice";
import { mainPicture } from "../state/picture";
import type { Manifest, Recorded, Session } from "../types/wire";
import type { Box } from "./stagegrid";
import { placesOf, type Places } from "./stagepages";

/** 宫格 · 发言人 · 单画面 */
export const LAYOUTS = ["grid", "speaker", "single"] as const;
export type Layout = (typeof LAYOUTS)[number];

/** One picture: the camera of a venue, or what it shares. */
export interface Tile {
  readonly key: string;
  readonly venue: string;
  readonly name: string;
  readonly content: boolean;
}

/** Every picture is a decoder at work, and no eye follows more. */
const PICTURES_MAX = 16;

export function tileKey(venue: string, content: boolean): string {
  return content ? `${venue}/content` : venue;
}

/** Venues that left anything recorded, in the order in which they were invited. */
export function venuesOf(manifest: Manifest, events: readonly Recorded[]): { venue: string; name: string }[] {
  const names = new Map(manifest.tracks.map((track) => [track.venue, track.venue_name]));
  const invited = events.flatMap(({ event }) => (event.type === "venue.added" ? [event.venue] : []));
  const order = [...new Set([...invited, ...names.keys()])];
  return order.flatMap((venue) => {
    const name = names.get(venue);
    return name === undefined ? [] : [{ venue, name }];
  });
}

/** Every venue has its place for good; what one shares stands beside it for as long as it does. */
export function tilesAt(
  venues: readonly { venue: string; name: string }[],
  tracks: Manifest["tracks"],
  at_ms: number,
): Tile[] {
  const sharing = new Set(
    tracks.filter((track) => isContent(track) && covers(track, at_ms) && track.href !== "").map(({ venue }) => venue),
  );
  return venues.flatMap(({ venue, name }) => {
    const camera = { key: tileKey(venue, false), venue, name, content: false };
    return sharing.has(venue) ? [camera, { key: tileKey(venue, true), venue, name, content: true }] : [camera];
  });
}

export function isContent(track: Pick<Manifest["tracks"][number], "kind" | "source">): boolean {
  return track.kind === "video" && track.source === "content";
}

/** Who has the large picture where nobody was chosen: what is shared, else as in the session. */
export function standingOut(tiles: readonly Tile[], session: Session, speaker: string | null): string | null {
  const presenter = tiles.find(({ content, venue }) => content && venue === session.presenter);
  const content = presenter ?? tiles.find((tile) => tile.content);
  if (content !== undefined) return content.key;
  const picture = mainPicture(session, null, null, speaker);
  // Whom the chair put forward comes before who speaks, and that before a chair who is silent.
  const forward = picture === null || picture.why === "chair" ? null : picture.venue;
  const main = forward ?? speaker ?? session.chair;
  return tiles.find(({ venue }) => venue === main)?.key ?? tiles[0]?.key ?? null;
}

export interface Shown {
  readonly places: Places;
  /** One for each tile; null: on another page. */
  readonly boxes: readonly (Box | null)[];
}

/** ``large`` is a key, ``from`` the index of the tile that must be on the page. */
export function shown(
  tiles: readonly Tile[],
  choice: { readonly layout: Layout; readonly large: string | null; readonly speaker: string | null; readonly from: number },
  room: { readonly width: number; readonly height: number },
  gap: number,
): Shown {
  const { layout, from } = choice;
  const large = tiles.findIndex(({ key }) => key === choice.large);
  if (layout === "single") {
    const places = placesOf({ tiles: 1, large: 0, layout: "grid", content: false, from: 0 }, room, gap);
    return { places, boxes: tiles.map((_, n) => (n === Math.max(0, large) ? (places.boxes[0] ?? null) : null)) };
  }
  const pages = Math.ceil(tiles.length / PICTURES_MAX);
  const cells = layout === "grid" && pages > 1 ? Math.ceil(tiles.length / pages) : null;
  const content = layout === "speaker" && tiles[large]?.content === true;
  if (!content) {
    const scene = { tiles: tiles.length, large, layout: layout === "grid" ? ("grid" as const) : ("main" as const), content, from, cells };
    const places = placesOf(scene, room, gap);
    return { places, boxes: places.boxes };
  }
  // What is shared stands beside all others, and of those who speaks is the larger one.
  const others = tiles.filter((_, n) => n !== large);
  const speaking = others.findIndex(({ venue, content: shares }) => venue === choice.speaker && !shares);
  const scene = { tiles: others.length, large: speaking, layout: "main" as const, content, from, cells: null };
  const places = placesOf(scene, room, gap);
  const boxes = [...places.boxes];
  boxes.splice(large, 0, places.content);
  return { places, boxes };
}

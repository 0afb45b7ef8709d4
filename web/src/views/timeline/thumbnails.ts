/** Which picture shows a second of a recording: the venue that spoke then, else the one that was large. */
import type { ManifestTrack } from "../../types/wire";
import type { Lanes } from "../reviewlanes";

/** A place in a sheet of small pictures. */
export interface Small {
  readonly venue: string;
  readonly href: string;
  readonly left_px: number;
  readonly top_px: number;
  readonly width_px: number;
  readonly height_px: number;
  /** The whole sheet. */
  readonly sheet_px: readonly [number, number];
}

/** Venues whose picture says most about a moment, the first first. */
export function venuesAt(lanes: Lanes, chair: string, at_ms: number): string[] {
  const now = ({ from_ms, to_ms }: { from_ms: number; to_ms: number }): boolean => from_ms <= at_ms && at_ms < to_ms;
  const spoke = lanes.speech.filter(now).sort((a, b) => b.from_ms - a.from_ms);
  const large = ["turn", "broadcast"].flatMap((kind) => lanes.control.filter((one) => one.kind === kind && now(one)));
  return [...new Set([...spoke, ...large].map(({ venue }) => venue).filter(Boolean).concat(chair))];
}

/** The small picture of that second; null where none has been made. Content that is shared comes before a camera. */
export function smallAt(tracks: readonly ManifestTrack[], venues: readonly string[], at_ms: number): Small | null {
  const having = tracks.filter((track) => track.thumbnails !== null && covers(track, at_ms));
  const wanted = venues.map((venue) => having.find((track) => track.venue === venue)).find((track) => track !== undefined);
  const track = wanted ?? having[0];
  return track === undefined ? null : placeIn(track, at_ms);
}

function covers(track: ManifestTrack, at_ms: number): boolean {
  const { started_ms, ended_ms, thumbnails } = track;
  const end_ms = ended_ms ?? started_ms + (thumbnails?.count ?? 0) * (thumbnails?.every_ms ?? 0);
  return track.kind === "video" && started_ms <= at_ms && at_ms < end_ms;
}

export function placeIn(track: ManifestTrack, at_ms: number): Small | null {
  const small = track.thumbnails;
  if (small === null || small.count === 0) return null;
  const { every_ms, count, columns, rows, width_px, height_px } = small;
  const n = Math.max(0, Math.min(count - 1, Math.floor((at_ms - track.started_ms) / every_ms)));
  const place = n % (columns * rows);
  return {
    venue: track.venue,
    href: small.href.replace("{n}", String(Math.floor(n / (columns * rows)))),
    left_px: (place % columns) * width_px,
    top_px: Math.floor(place / columns) * height_px,
    width_px,
    height_px,
    sheet_px: [columns * width_px, rows * height_px],
  };
}

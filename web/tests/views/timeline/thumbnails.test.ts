/** Which small picture shows a second. */
import { describe, expect, it } from "vitest";

import type { ManifestTrack } from "../../../src/types/wire";
import type { Lanes } from "../../../src/views/reviewlanes";
import { placeIn, smallAt, venuesAt } from "../../../src/views/timeline/thumbnails";

const small = { every_ms: 10_000, count: 250, columns: 10, rows: 10, width_px: 160, height_px: 90, href: "/t/{n}?ticket=x" };

function track(venue: string, started_ms: number, part: Partial<ManifestTrack> = {}): ManifestTrack {
  return {
    track_id: venue, venue, venue_name: venue, source: "camera", kind: "video", codec: "vp8", media_type: "video/webm",
    state: "sealed", started_ms, ended_ms: started_ms + 2_500_000, size_bytes: 1, digest: "", algorithm: "sha256", href: "x", thumbnails: small, ...part,
  };
}

describe("a small picture", () => {
  it("is a place on a sheet", () => {
    const at = (ms: number): unknown => {
      const { href, left_px, top_px } = placeIn(track("a", 5_000), ms)!;
      return [href, left_px, top_px];
    };
    expect(at(5_000)).toEqual(["/t/0?ticket=x", 0, 0]);
    expect(at(5_000 + 123_000)).toEqual(["/t/0?ticket=x", 320, 90]);
    expect(at(5_000 + 1_000_000)).toEqual(["/t/1?ticket=x", 0, 0]);
    expect(at(5_000 + 9_999_999)).toEqual(["/t/2?ticket=x", 1440, 360]);
    expect(placeIn(track("a", 0, { thumbnails: null }), 0)).toBeNull();
  });

  it("is of who spoke, else of who was large, else of the chair, else of anybody", () => {
    const lanes = {
      speech: [{ venue: "a", from_ms: 0, to_ms: 10, label: "", row: 0 }],
      control: [{ kind: "turn", venue: "b", from_ms: 0, to_ms: 20, label: "", row: 0 }],
    } as unknown as Lanes;
    expect(venuesAt(lanes, "office", 5)).toEqual(["a", "b", "office"]);
    expect(venuesAt(lanes, "office", 15)).toEqual(["b", "office"]);
    const tracks = [track("c", 0), track("b", 0), track("a", 9_000)];
    expect(smallAt(tracks, ["a", "b", "office"], 5)?.venue).toBe("b");
    expect(smallAt(tracks, ["a"], 9_500)?.venue).toBe("a");
    expect(smallAt(tracks, ["x"], 5)?.venue).toBe("c");
    expect(smallAt(tracks.slice(2), ["a"], 5)).toBeNull();
  });
});

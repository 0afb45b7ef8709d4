/** Which pictures the player shows, and how large. */
import { describe, expect, it } from "vitest";

import { initial } from "../../src/state/session";
import type { ManifestTrack, Session } from "../../src/types/wire";
import { frameStep } from "../../src/views/playerkeys";
import { type Layout, shown, standingOut, tilesAt } from "../../src/views/playerlayout";
import { soundOf } from "../../src/views/playersound";
import { speakerAt, speakingAt, type Turn } from "../../src/views/reviewstate";

const ROOM = { width: 1_400, height: 700 };

function venues(count: number): { venue: string; name: string }[] {
  return Array.from({ length: count }, (_, n) => ({ venue: `v${n}`, name: `会场 ${n}` }));
}

function track(venue: string, source: string, started_ms = 0, ended_ms: number | null = null): ManifestTrack {
  return { venue, source, kind: "video", started_ms, ended_ms, href: "/x" } as ManifestTrack;
}

function session(...present: string[]): Session {
  const there = present.map((venue) => [venue, { venue, state: "joined" }] as const);
  return { ...initial(), chair: "v0", venues: Object.fromEntries(there) as unknown as Session["venues"] };
}

function choice(layout: Layout, large: string | null = null, from = 0): Parameters<typeof shown>[1] {
  return { layout, large, speaker: null, from };
}

describe("pictures", () => {
  it("of what a venue shares stand beside its camera for as long as it is shared", () => {
    const tracks = [track("v0", "camera"), track("v1", "camera"), track("v1", "content", 1_000, 5_000)];
    const keys = (at_ms: number): string[] => tilesAt(venues(2), tracks, at_ms).map(({ key }) => key);
    expect(keys(0)).toEqual(["v0", "v1"]);
    expect(keys(1_000)).toEqual(["v0", "v1", "v1/content"]);
    expect(keys(5_000)).toEqual(["v0", "v1"]);
  });

  it("of thirty venues come in pages, and no page has more than sixteen", () => {
    const tiles = tilesAt(venues(30), [], 0);
    const first = shown(tiles, choice("grid"), ROOM, 6);
    expect(first.places.pages).toBe(2);
    expect(first.boxes.filter((box) => box !== null)).toHaveLength(15);
    const second = shown(tiles, choice("grid", null, 15), ROOM, 6);
    expect(second.boxes.map((box) => box !== null).indexOf(true)).toBe(15);
    expect(shown(tiles, choice("grid"), { width: 370, height: 400 }, 6).places.pages).toBeGreaterThan(2);
  });

  it("large is one, alone or above the others, and what is shared has the others beside it", () => {
    const tiles = tilesAt(venues(5), [track("v2", "content")], 0);
    const alone = shown(tiles, choice("single", "v3"), ROOM, 6).boxes;
    expect(alone.filter((box) => box !== null)).toHaveLength(1);
    expect(alone[4]?.width).toBeGreaterThan(1_000);
    const above = shown(tiles, choice("speaker", "v1"), ROOM, 6).boxes;
    expect(above.every((box) => box !== null)).toBe(true);
    expect(Math.max(...above.map((box) => box?.width ?? 0))).toBe(above[1]?.width);
    const beside = shown(tiles, choice("speaker", "v2/content"), ROOM, 6).boxes;
    expect(Math.max(...beside.map((box) => box?.width ?? 0))).toBe(beside[3]?.width);
    expect(beside.every((box) => box !== null)).toBe(true);
  });
});

describe("the large picture where none was chosen", () => {
  const tiles = tilesAt(venues(3), [], 0);

  it("is what is shared, before anybody who speaks", () => {
    const shared = tilesAt(venues(3), [track("v2", "content")], 0);
    expect(standingOut(shared, session("v0", "v1", "v2"), "v1")).toBe("v2/content");
  });

  it("is whom the chair put forward, else who speaks, else the chair", () => {
    const of = session("v0", "v1", "v2");
    expect(standingOut(tiles, of, "v1")).toBe("v1");
    expect(standingOut(tiles, of, null)).toBe("v0");
    const broadcast = { ...of, picture: { ...of.picture, broadcast: { venue: "v2", since_ms: 0 } } };
    expect(standingOut(tiles, broadcast, "v1")).toBe("v2");
  });
});

describe("who speaks", () => {
  const turns: Turn[] = [
    { venue: "a", from_ms: 1_000, to_ms: 4_000 },
    { venue: "b", from_ms: 3_000, to_ms: 5_000 },
  ];

  it("may be several at once, and who began last keeps the place", () => {
    expect([...speakingAt(turns, 3_500)].sort()).toEqual(["a", "b"]);
    expect([...speakingAt(turns, 4_500)]).toEqual(["b"]);
    expect([999, 1_000, 3_000, 9_000].map((at_ms) => speakerAt(turns, at_ms))).toEqual([null, "a", "b", "b"]);
  });
});

describe("sound", () => {
  it("of one alone is that one's, whatever else is closed", () => {
    const off = new Set(["a"]);
    expect(["a", "b"].map((venue) => soundOf({ off, solo: null }, venue))).toEqual(["off", "on"]);
    expect(["a", "b"].map((venue) => soundOf({ off, solo: "a" }, venue))).toEqual(["on", "off"]);
  });
});

describe("one frame further", () => {
  const times = [0, 33, 67, 100];
  const frameAt = (now_ms: number, after: boolean): number | null =>
    (after ? times.find((time) => time > now_ms) : times.filter((time) => time <= now_ms).at(-1)) ?? null;

  it("and back goes through the real frames, one by one", () => {
    let at = 33.5;
    const seen: (number | null)[] = [];
    for (const step of [1, 1, -1, -1] as const) {
      at = frameStep(at, step, frameAt);
      seen.push(frameAt(at, false));
    }
    expect(seen).toEqual([67, 100, 67, 33]);
  });

  it("where nothing is known of frames is a usual one", () => {
    expect(frameStep(1_000, 1, () => null)).toBe(1_040);
    expect(frameStep(1_000, -1, () => null)).toBe(960);
  });
});

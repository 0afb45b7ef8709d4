/** Slots, levels and line quality: the pure halves of what comes in on the media line. */
import { describe, expect, it } from "vitest";

import { troubleOf } from "../../src/media/devices";
import { loudness, nextTurn, NOBODY, type Turn } from "../../src/media/levels";
import { barsOf, between, count, type Counters } from "../../src/media/quality";
import { contentIn, type Look, picturesByVenue, steer } from "../../src/media/slots";
import type { Slot } from "../../src/types/wire";
import { Chance } from "../random";

function slot(mid: string, kind: string, venue: string | null, source = "camera"): Slot {
  const source_id = venue === null ? null : `${venue}-${source}`;
  return { mid, kind, venue, source_id, source, codec: null, problem: null, starved: false };
}

describe("slots", () => {
  const tracks = new Map([
    ["4", "t4"],
    ["5", "t5"],
    ["6", "t6"],
  ]);

  it("become pictures by venue, empty ones do not", () => {
    const found = picturesByVenue([slot("4", "video", "yingji"), slot("5", "video", null), slot("6", "video", "zhengzhou")], tracks);
    expect([...found.keys()]).toEqual(["yingji", "zhengzhou"]);
    expect(found.get("zhengzhou")?.track).toBe("t6");
  });

  it("get a new key when another source comes into them, so that no old frame is left standing", () => {
    const before = picturesByVenue([slot("4", "video", "yingji")], tracks).get("yingji");
    const after = picturesByVenue([{ ...slot("4", "video", "yingji"), source_id: "other" }], tracks).get("yingji");
    expect(before?.key).not.toBe(after?.key);
  });

  it("of content are nobody's camera, and wait for the track", () => {
    const both = [slot("4", "video", "yingji", "content"), slot("5", "video", "yingji")];
    expect(picturesByVenue(both, tracks).get("yingji")?.track).toBe("t5");
    expect(contentIn(both, tracks)?.track).toBe("t4");
    expect(contentIn([slot("5", "video", "yingji")], tracks)).toBeNull();
    expect(picturesByVenue([slot("9", "video", "yingji")], tracks).size).toBe(0);
  });

  it("say why there is no picture", () => {
    const troubled = [
      { ...slot("4", "video", "yingji"), starved: true },
      { ...slot("5", "video", "xinyang"), codec: "h264", problem: "codec" } as const,
    ];
    const found = picturesByVenue(troubled, tracks);
    expect([found.get("yingji")?.starved, found.get("yingji")?.undecodable]).toEqual([true, null]);
    expect([found.get("xinyang")?.starved, found.get("xinyang")?.undecodable]).toEqual([false, "h264"]);
  });

  it("of sound are no pictures", () => {
    expect(picturesByVenue([slot("4", "audio", "yingji")], tracks).size).toBe(0);
  });
});

describe("steering the slots", () => {
  const looksAt = (...venues: string[]): Look[] => venues.map((venue, n) => ({ venue, width: 320 + 16 * n }));
  const shown = (view: ReturnType<typeof steer>): Map<string, string> =>
    new Map(view.flatMap(({ mid, venue, width }) => (venue !== null && width > 0 ? [[venue, mid]] : [])));
  const after = (view: ReturnType<typeof steer>): Map<string, string> =>
    new Map(view.flatMap(({ mid, venue }) => (venue === null ? [] : [[mid, venue]])));

  it("takes over what the hub shows already", () => {
    const view = steer(["4", "5", "6"], new Map([["6", "yingji"]]), looksAt("xinyang", "yingji"));
    expect(view).toEqual([
      { mid: "4", venue: "xinyang", width: 320 },
      { mid: "5", venue: null, width: 0 },
      { mid: "6", venue: "yingji", width: 336 },
    ]);
  });

  it("pauses whom nobody looks at, and finds it in its slot again", () => {
    const mids = ["4", "5", "6", "7"];
    const first = steer(mids, new Map(), looksAt("a", "b"));
    const second = steer(mids, after(first), looksAt("c", "d"));
    expect(second.filter(({ width }) => width === 0).map(({ venue }) => venue)).toEqual(["a", "b"]);
    expect(shown(steer(mids, after(second), looksAt("a", "b")))).toEqual(shown(first));
  });

  it("leaves out the last looks when there are too few slots", () => {
    expect([...shown(steer(["4", "5"], new Map(), looksAt("a", "b", "c"))).keys()]).toEqual(["a", "b"]);
  });

  it("changes as little as it can, whatever is looked at after what", () => {
    const chance = new Chance(7);
    const venues = Array.from({ length: 12 }, (_, n) => `v${n}`);
    for (let run = 0; run < 200; run += 1) {
      const mids = Array.from({ length: 1 + chance.below(9) }, (_, n) => `${n}`);
      let before = new Map<string, string>();
      for (let turn = 0; turn < 20; turn += 1) {
        const looks = looksAt(...venues.filter(() => chance.happens(0.4)));
        const view = steer(mids, before, looks);
        const seen = shown(view);
        // every slot once, nobody twice, and everybody who is looked at while there is room
        expect(view.map(({ mid }) => mid)).toEqual(mids);
        expect(new Set(after(view).values()).size).toBe(after(view).size);
        expect([...seen.keys()].sort()).toEqual(looks.slice(0, mids.length).map(({ venue }) => venue).sort());
        for (const { mid, venue, width } of view) {
          if (width > 0) expect(width).toBe(looks.find((look) => look.venue === venue)?.width);
          // whoever was there and is looked at still is there
          const former = before.get(mid);
          if (former !== undefined && seen.has(former)) expect(venue).toBe(former);
        }
        // nobody is put out while a slot stands empty
        const isEmptied = view.some(({ mid, venue }) => before.has(mid) && venue !== before.get(mid));
        if (isEmptied) expect(view.every(({ venue }) => venue !== null)).toBe(true);
        before = after(view);
      }
    }
  });
});

describe("voice switching", () => {
  const after = (...pushes: Record<string, number>[]): Turn => pushes.reduce(nextTurn, NOBODY);
  const yingji = { yingji: 20 };

  it("goes to who speaks for a second", () => {
    expect(after(yingji, yingji, yingji, yingji).speaker).toBeNull();
    expect(after(yingji, yingji, yingji, yingji, yingji).speaker).toBe("yingji");
  });

  it("is not moved by a cough, nor by silence", () => {
    const speaks = after(yingji, yingji, yingji, yingji, yingji);
    const cough = nextTurn(speaks, { zhengzhou: 10 });
    expect(nextTurn(cough, { yingji: 30 }).speaker).toBe("yingji");
    expect(nextTurn(speaks, { zhengzhou: 127 }).speaker).toBe("yingji");
  });

  it("stays with a speaker who is still heard, however loud another one is", () => {
    let turn = after(yingji, yingji, yingji, yingji, yingji);
    for (let n = 0; n < 20; n += 1) turn = nextTurn(turn, { yingji: 45, zhengzhou: 5 });
    expect(turn.speaker).toBe("yingji");
  });

  it("knows how loud a level is", () => {
    expect(loudness(127)).toBe(0);
    expect(loudness(0)).toBe(1);
    expect(loudness(30)).toBeGreaterThan(loudness(45));
  });
});

describe("line quality", () => {
  const at = (at_ms: number, part: Partial<Counters>): Counters => ({
    at_ms,
    rtt_ms: null,
    bytes: 0,
    packets: 0,
    lost: 0,
    frames: 0,
    ...part,
  });

  it("is what happened between two looks", () => {
    const quality = between(
      at(0, { bytes: 1_000, packets: 10, frames: 30 }),
      at(2_000, { rtt_ms: 12, bytes: 251_000, packets: 100, lost: 10, frames: 90 }),
    );
    expect(quality).toEqual({ rtt_ms: 12, loss: 0.1, rate_bps: 1_000_000, fps: 30 });
  });

  it("counts late packets that were taken for lost as nothing", () => {
    expect(between(at(0, { lost: 5 }), at(2_000, { packets: 10, lost: 3 })).loss).toBe(0);
  });

  it("has four bars at best and one at worst", () => {
    const quality = { rtt_ms: 10, loss: 0, rate_bps: 0, fps: 0 };
    expect(barsOf([quality])).toBe(4);
    expect(barsOf([quality, { ...quality, loss: 0.02 }])).toBe(3);
    expect(barsOf([{ ...quality, rtt_ms: 500 }])).toBe(2);
    expect(barsOf([{ ...quality, loss: 0.3 }])).toBe(1);
    expect(barsOf([])).toBe(0);
  });

  it("reads the browser's statistics", () => {
    const report = new Map<string, Record<string, unknown>>([
      ["p", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.02 }],
      ["o", { type: "outbound-rtp", bytesSent: 5, packetsSent: 2, framesEncoded: 1 }],
      ["r", { type: "remote-inbound-rtp", packetsLost: 3 }],
      ["i", { type: "inbound-rtp", bytesReceived: 7, packetsReceived: 4, packetsLost: 1 }],
    ]);
    expect(count(report, true, 0)).toEqual(at(0, { rtt_ms: 20, bytes: 5, packets: 2, lost: 3, frames: 1 }));
    expect(count(report, false, 0)).toEqual(at(0, { rtt_ms: 20, bytes: 7, packets: 4, lost: 1 }));
  });
});

describe("what is said when something fails", () => {
  it("each fault of a device has its name", () => {
    const named = (name: string): string => troubleOf(new DOMException("", name));
    expect(named("NotAllowedError")).toBe("refused");
    expect(named("NotFoundError")).toBe("absent");
    expect(named("NotReadableError")).toBe("busy");
    expect(named("SecurityError")).toBe("insecure");
    expect(troubleOf("?")).toBe("failed");
  });
});

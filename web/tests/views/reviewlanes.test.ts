/** What the timeline shows, where its playhead jumps, and the words of events. */
import { describe, expect, it } from "vitest";

import type { DomainEvent, Manifest, ManifestTrack, Recorded } from "../../src/types/wire";
import { zh } from "../../src/locales/zh-CN";
import { sentenceOf } from "../../src/views/eventwords";
import { countUntil, gapAt, kindOf, lanesOf, neighbour, spanOf, united } from "../../src/views/reviewlanes";
import { inRows } from "../../src/views/stretches";
import { item, officer, recorded, workspaceOf } from "../samples";

function at(at_ms: number, event: DomainEvent, seq = at_ms): Recorded {
  return { ...recorded(seq, event, officer), at_ms };
}

function track(track_id: string, venue: string, started_ms: number, ended_ms: number | null): ManifestTrack {
  return {
    track_id,
    venue,
    venue_name: venue,
    source: "camera",
    kind: "video",
    codec: "vp8",
    media_type: "video/webm",
    state: "sealed",
    started_ms,
    ended_ms,
    size_bytes: 1,
    digest: "",
    algorithm: "sha256",
    href: "",
    thumbnails: null,
  };
}

const manifest: Manifest = {
  recording_id: "r",
  session_id: "s",
  boards: "board:b",
  title: "强降雨防汛会商",
  kind: "consultation",
  exercise: false,
  classification: "",
  chair: "office",
  state: "ready",
  started_ms: 1_000,
  stopped_ms: 61_000,
  ticket_ms: 0,
  tracks: [track("t1", "yingji", 2_000, 20_000), track("t2", "yingji", 25_000, 61_000), track("t3", "office", 3_000, 61_000)],
  gaps: [{ from_ms: 20_000, to_ms: 25_000, reason: "lost", track_id: "t1", note: "", venue: "", source: "" }],
  kept: { until_ms: null, hold: null, destruction: null },
};

const speech = (venue: string, from_ms: number, to_ms: number): Recorded =>
  at(to_ms, { type: "venue.spoke", venue, from_ms, to_ms });

const order = item("o", "1");
const ordered = {
  item_id: "o",
  board_id: "instruction",
  rank: "1",
  fields: order.fields,
  state: "issued",
  reach: order.reach,
  shared: [],
  units: [],
  chain: null,
  number: null,
  pinned: false,
  session_id: "s",
  media_ms: 11_500,
  due_ms: null,
  late_min: null,
};

describe("lanes", () => {
  const events = [
    at(1_000, { type: "venue.added", venue: "yingji", name: "省应急管理厅", short_name: "应急" }, 1),
    at(2_000, { type: "venue.joined", venue: "yingji" }, 2),
    speech("yingji", 3_000, 5_000),
    speech("yingji", 6_000, 9_000),
    speech("office", 8_000, 10_000),
    at(12_000, { type: "item.moved", item_id: "i", rank: "m" }, 3),
    at(12_500, { type: "item.added", ...ordered }, 6),
    at(13_000, { type: "marker.set", marker_id: "m", kind: "decision", label: "转移" }, 4),
    at(99_000, { type: "recording.ready", digest: "", algorithm: "sha256" }, 5),
  ];
  const span = spanOf(manifest, events);
  const lanes = lanesOf(manifest, events, span, (gap) => gap.reason, workspaceOf([], ["situation", "instruction"]));

  it("span the recording, not what came after it", () => {
    expect(span).toEqual({ from_ms: 1_000, to_ms: 61_000 });
    expect(spanOf({ ...manifest, stopped_ms: null }, events).to_ms).toBe(99_000);
  });

  it("show tracks that overlap as one, and gaps with their reason", () => {
    expect(lanes.recorded.map(({ from_ms, to_ms }) => [from_ms, to_ms])).toEqual([[2_000, 61_000]]);
    expect(lanes.gaps).toEqual([{ from_ms: 20_000, to_ms: 25_000, label: "lost", row: 0, venue: "yingji" }]);
    expect(united([{ from_ms: 5, to_ms: 9, label: "", row: 0 }, { from_ms: 1, to_ms: 3, label: "", row: 0 }])).toHaveLength(2);
  });

  it("show what one venue misses once, camera and microphone together, and why", () => {
    const gap = { from_ms: 30_000, to_ms: 35_000, reason: "lost", track_id: "t2", note: "", venue: "yingji", source: "camera" };
    const gaps = [
      gap,
      { ...gap, from_ms: 30_400, to_ms: 36_000, track_id: "t9", source: "microphone" },
      { ...gap, venue: "", track_id: "", reason: "paused", note: "领导要求" },
    ];
    const shown = lanesOf({ ...manifest, gaps }, events, span, (one) => one.reason, workspaceOf([])).gaps;
    expect(shown.map(({ from_ms, to_ms, label, venue }) => [from_ms, to_ms, label, venue])).toEqual([
      [30_000, 36_000, "lost", "yingji"],
      [30_000, 35_000, "paused 领导要求", ""],
    ]);
  });

  it("join the stretches of one turn, name them shortly, and keep voices apart", () => {
    expect(lanes.speech).toEqual([
      { from_ms: 3_000, to_ms: 9_000, label: "应急", row: 0, venue: "yingji" },
      { from_ms: 8_000, to_ms: 10_000, label: "office", row: 1, venue: "office" },
    ]);
  });

  it("need no more than three rows, however many speak at once", () => {
    const many = Array.from({ length: 8 }, (_, n) => ({ from_ms: n, to_ms: 100, label: "", row: 0 }));
    expect(Math.max(...inRows(many).map((turn) => turn.row))).toBe(2);
  });

  it("put events by kind, and leave out the hub's book-keeping", () => {
    expect(lanes.dots.venue.map((dot) => dot.at_ms)).toEqual([2_000]);
    expect(lanes.dots.board).toHaveLength(2);
    expect(lanes.instructions.map((dot) => dot.at_ms)).toEqual([12_500]);
    expect(lanes.dots.marker).toHaveLength(1);
    expect(lanes.dots.recording).toEqual([]);
    expect(kindOf(at(1, { type: "recording.viewed", what: "view" }))).toBeNull();
    expect(kindOf(at(1, { type: "track.failed", track_id: "t", at_ms: 1, reason: "" }))).toBe("recording");
  });
});

describe("the playhead among events", () => {
  const dots = [10_000, 20_000, 20_000, 30_000].map((at_ms) => ({ at_ms, recorded: at(at_ms, { type: "recording.stopped" }) }));

  it("counts what has happened until then", () => {
    expect([9_999, 10_000, 20_000, 29_999, 30_000].map((ms) => countUntil(dots, ms))).toEqual([0, 1, 3, 3, 4]);
  });

  it("goes to the next and, twice, two back", () => {
    expect(neighbour(dots, 10_000, 1)?.at_ms).toBe(20_000);
    expect(neighbour(dots, 30_000, 1)).toBeNull();
    expect(neighbour(dots, 30_400, -1)?.at_ms).toBe(20_000);
    expect(neighbour(dots, 20_400, -1)?.at_ms).toBe(10_000);
    expect(neighbour(dots, 10_400, -1)).toBeNull();
  });

  it("knows the gap of a venue, not that of another one", () => {
    expect(gapAt(manifest, "yingji", 22_000)?.reason).toBe("lost");
    expect(gapAt(manifest, "office", 22_000)).toBeNull();
    expect(gapAt(manifest, "yingji", 25_000)).toBeNull();
    const whole = { ...manifest, gaps: [{ from_ms: 1, to_ms: null, reason: "crash", track_id: "", note: "", venue: "", source: "" }] };
    expect(gapAt(whole, "office", 50_000)?.reason).toBe("crash");
  });
});

describe("sentences", () => {
  const nameOf = (venue: string): string => ({ office: "总值班室", yingji: "应急" })[venue] ?? venue;
  const said = (event: DomainEvent): string => {
    const { key, words } = sentenceOf(at(1, event), nameOf, (code) => `<${code}>`);
    return String(zh[key]).replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? "?");
  };

  it("name the venue, the office and the reason", () => {
    expect(said({ type: "venue.answered", venue: "yingji", after_ms: 4_234 })).toBe("应急 已应答，用时 4.2 秒");
    expect(said({ type: "venue.left", venue: "yingji", reason: "hung_up" })).toBe("主席挂断 应急");
    expect(said({ type: "session.ended", reason: "" })).toBe("总值班室 结束会商");
    expect(said({ type: "session.ended", reason: "汛情解除" })).toBe("总值班室 结束会商：汛情解除");
    expect(said({ type: "recording.interrupted", from_ms: 1, reason: "storage.full" })).toBe("录制中断：<storage.full>");
    expect(said({ type: "marker.set", marker_id: "m", kind: "todo", label: "核实水位" })).toBe("待办：核实水位");
    expect(said({ type: "venue.devices", venue: "yingji", microphone: false, camera: true })).toBe("应急 关闭麦克风");
    expect(said({ type: "item.edited", item_id: "i", version: 2, changes: { place: "信阳" }, office: false })).toBe("总值班室 修改条目");
  });

  it("leave no hole in any text", () => {
    const events: DomainEvent[] = [
      { type: "venue.called", venue: "yingji", rings_until_ms: 1, automatic: false },
      { type: "venue.dropped", venue: "yingji" },
      { type: "source.ended", venue: "yingji", source_id: "x" },
      { type: "item.added", ...ordered },
      { type: "item.pinned", item_id: "i", pinned: false },
      { type: "track.moved", item_id: "i", seat: "yingji", state: "replied", text: "已转移", late_min: null },
      { type: "workspace.status_changed", status: "closed", reason: "汛情解除" },
      { type: "workspace.deadline_met", name: "phone", late_min: 3 },
      { type: "extension.answered", item_id: "i", seat: "yingji", granted: true },
      { type: "withheld" },
      { type: "item.voided", item_id: "i", reason: "重复" },
      { type: "recording.started", recording_id: "r", session_id: "s", title: "t" },
      { type: "track.failed", track_id: "t", at_ms: 1, reason: "crash" },
      { type: "board.opened", board_id: "b", kind: "situation", title: "态势研判板", session_id: "s" },
    ];
    expect(kindOf(at(1, events[5]!))).toBe("board"); // a unit's track; that of a file is the recording's
    for (const event of events) expect(said(event)).not.toMatch(/[?{}]/);
  });
});

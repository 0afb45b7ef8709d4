/** What is drawn at a zoom, and what lies under a press. */
import { describe, expect, it } from "vitest";

import type { DomainEvent, Recorded } from "../../../src/types/wire";
import type { Dot, Lanes, Turn } from "../../../src/views/reviewlanes";
import { barAt, CLUSTER_PX, clustered, Clusters, drawnOf, markAt } from "../../../src/views/timeline/marks";
import { nearest } from "../../../src/views/timeline/preview";
import { rowsOf, UNITS_MAX } from "../../../src/views/timeline/rows";
import { signOf, toneOf } from "../../../src/views/timeline/shapes";
import { timeAt, zoomed } from "../../../src/views/timeline/window";
import { officer, recorded } from "../../samples";

const HOUR = 3_600_000;
const span = { from_ms: 0, to_ms: 4 * HOUR };

const event = (at_ms: number, of: DomainEvent): Recorded => ({ ...recorded(at_ms, of, officer), at_ms });
const dot = (at_ms: number, of: DomainEvent = { type: "item.moved", item_id: "i", rank: "m" }): Dot => ({ at_ms, recorded: event(at_ms, of) });
const turn = (venue: string, from_ms: number, to_ms: number): Turn => ({ venue, label: venue, from_ms, to_ms, row: 0 });

function lanes(part: Partial<Lanes> = {}): Lanes {
  const dots = { venue: [], control: [], board: [], marker: [], recording: [] };
  return { recorded: [], gaps: [], speech: [], control: [], rings: [], instructions: [], names: new Map(), dots, ...part };
}

const wide = { compact: false, unfolded: false };

describe("rows", () => {
  it("are one a unit where few have spoken, and shared where many have, until they are unfolded", () => {
    const few = lanes({ speech: [turn("b", 5, 9), turn("a", 1, 3), turn("b", 20, 30)], names: new Map([["a", "信阳"]]) });
    const apart = rowsOf(few, wide).rows.filter(({ lane }) => lane === "speech");
    expect(apart.map(({ name, count }) => [name, count])).toEqual([["信阳", 1], ["b", 2]]);
    const many = lanes({ speech: Array.from({ length: UNITS_MAX + 1 }, (_, n) => turn(`v${n}`, 0, 10)) });
    const packed = rowsOf(many, wide).rows.filter(({ lane }) => lane === "speech");
    expect(packed).toHaveLength(1);
    expect(new Set(packed[0]!.bars.map(({ top }) => top)).size).toBe(4);
    expect(rowsOf(many, { ...wide, unfolded: true }).rows.filter(({ lane }) => lane === "speech")).toHaveLength(UNITS_MAX + 1);
  });

  it("in the hand are those that matter, and all of them when they are unfolded", () => {
    const of = lanes({ speech: [turn("a", 1, 3)], instructions: [dot(5)], dots: { ...lanes().dots, marker: [dot(3)] } });
    const hand = rowsOf(of, { compact: true, unfolded: false }).rows;
    expect(hand.map(({ lane }) => lane)).toEqual(["recorded", "speech", "key"]);
    expect(hand.at(-1)!.dots.map(({ at_ms }) => at_ms)).toEqual([3, 5]);
    expect(rowsOf(of, { compact: true, unfolded: true }).rows.map(({ lane }) => lane)).toContain("venue");
  });

  it("stand under each other, and an instruction lies on its own row alone", () => {
    const order = dot(5);
    const { rows, height } = rowsOf(lanes({ instructions: [order], dots: { ...lanes().dots, board: [dot(4), order] } }), wide);
    rows.reduce((top, row) => (expect(row.top).toBe(top), top + row.height), 0);
    expect(height).toBe(rows.reduce((sum, row) => sum + row.height, 0));
    expect(rows.find(({ lane }) => lane === "board")!.dots.map(({ at_ms }) => at_ms)).toEqual([4]);
  });

  it("show a gap of one venue as a part of the bar, and one of everything as all of it", () => {
    const gap = { from_ms: 10, to_ms: 20, label: "x", row: 0 };
    const [row] = rowsOf(lanes({ gaps: [{ ...gap, venue: "a" }, { ...gap, from_ms: 12, venue: "" }] }), wide).rows;
    expect(row!.bars.map(({ height }) => height)).toEqual([9, 16]);
  });
});

describe("marks", () => {
  it("lie on each other at no zoom: what would is one mark with its number", () => {
    const dots = [0, 1, 2, 30, 31, 100].map((at) => dot(at));
    expect(clustered(dots, 10).map(({ dots: own }) => own.length)).toEqual([3, 2, 1]);
    expect(clustered(dots, 0.5).map(({ dots: own }) => own.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(clustered([], 10)).toEqual([]);
    expect(clustered([dot(5), dot(5)], 0.001)[0]!.dots).toHaveLength(2);
  });

  it("do not regroup while one pans", () => {
    const { rows } = rowsOf(lanes({ dots: { ...lanes().dots, board: Array.from({ length: 400 }, (_, n) => dot(n * 31_000)) } }), wide);
    const known = new Clusters();
    const sizes = (from_ms: number): Map<number, number> => {
      const { marks } = drawnOf(rows, { from_ms, to_ms: from_ms + HOUR }, 1000, known);
      return new Map(marks.map(({ cluster }) => [cluster.from_ms, cluster.dots.length]));
    };
    const [here, there] = [sizes(HOUR), sizes(HOUR + 600_000)];
    for (const [from_ms, n] of here) if (there.has(from_ms)) expect(there.get(from_ms)).toBe(n);
    expect([...here.keys()].filter((from_ms) => there.has(from_ms)).length).toBeGreaterThan(10);
  });

  it("come apart as one looks closer, and words stand where there is room", () => {
    const { rows } = rowsOf(lanes({ instructions: [dot(HOUR), dot(HOUR + 20_000)] }), wide);
    const known = new Clusters();
    expect(drawnOf(rows, span, 1000, known).marks.map(({ cluster }) => cluster.dots.length)).toEqual([2]);
    const closer = drawnOf(rows, zoomed(span, 300, HOUR + 10_000, span)!, 1000, known).marks;
    expect(closer.map(({ cluster }) => cluster.dots.length)).toEqual([1, 1]);
    expect(closer[0]!.room).toBeGreaterThan(100);
  });

  it("are found under a pointer, and from further off under a finger", () => {
    const { rows } = rowsOf(lanes({ instructions: [dot(HOUR)] }), wide);
    const drawn = drawnOf(rows, span, 1000, new Clusters());
    const [mark] = drawn.marks;
    expect(markAt(drawn, mark!.x + 5, mark!.y, "mouse")).toBe(mark);
    expect(markAt(drawn, mark!.x + 15, mark!.y, "mouse")).toBeNull();
    expect(markAt(drawn, mark!.x + 15, mark!.y, "touch")).toBe(mark);
  });

  it("say trouble among others, and what they are by their shape", () => {
    const missed = signOf({ type: "venue.missed", venue: "a", offline: false }, "venue", false);
    expect(missed.shape).toBe("warn");
    expect(toneOf([{ shape: "disc", tone: "good" }, missed])).toBe("warn");
    expect(toneOf([{ shape: "disc", tone: "good" }, { shape: "ring", tone: "plain" }])).toBe("plain");
    expect(signOf({ type: "item.pinned", item_id: "i", pinned: true }, "board", true).shape).toBe("diamond");
  });

  it("have their neighbours in a preview: the nearest, in their order", () => {
    const of = lanes({ dots: { ...lanes().dots, board: [dot(100), dot(90), dot(900)], marker: [dot(104), dot(80)] } });
    expect(nearest(of, 100, 50).map(({ at_ms }) => at_ms)).toEqual([90, 100, 104]);
    expect(nearest(of, 500, 50)).toEqual([]);
  });
});

describe("bars", () => {
  it("are cut to the window, and no more are drawn than there are pixels", () => {
    const speech = Array.from({ length: 20_000 }, (_, n) => turn(`v${n % 3}`, n * 700, n * 700 + 500));
    const { rows } = rowsOf(lanes({ speech }), wide);
    const { bars } = drawnOf(rows, span, 1000, new Clusters());
    expect(bars.length).toBeLessThan(3 * 1100);
    const close = drawnOf(rows, { from_ms: HOUR, to_ms: HOUR + 10_000 }, 1000, new Clusters()).bars;
    expect(close.length).toBeLessThan(20);
    expect(close.every(({ x, width }) => x >= -1 && x + width <= 1002)).toBe(true);
  });

  it("are found under a pointer, the uppermost first", () => {
    const gap = { from_ms: HOUR, to_ms: 2 * HOUR, label: "断线", row: 0, venue: "a" };
    const { rows } = rowsOf(lanes({ recorded: [{ from_ms: 0, to_ms: 4 * HOUR, label: "", row: 0 }], gaps: [gap] }), wide);
    const drawn = drawnOf(rows, span, 1000, new Clusters());
    expect(barAt(drawn, 375, 18)?.bar.kind).toBe("gap");
    expect(barAt(drawn, 375, 6)?.bar.kind).toBe("recorded");
    expect(barAt(drawn, 100, 18)?.bar.kind).toBe("recorded");
    expect(barAt(drawn, 100, 300)).toBeNull();
  });
});

describe("four hours, thirty venues and five thousand events", () => {
  it("are few things to draw at any zoom", () => {
    const venues = Array.from({ length: 30 }, (_, n) => `v${n}`);
    const speech = Array.from({ length: 3_000 }, (_, n) => turn(venues[n % 30]!, n * 4_800, n * 4_800 + 4_000));
    const dots = Array.from({ length: 5_000 }, (_, n) => dot(n * 2_880));
    const { rows } = rowsOf(lanes({ speech, dots: { ...lanes().dots, board: dots } }), { compact: false, unfolded: true });
    const known = new Clusters();
    let window = span;
    let most = 0;
    for (let n = 0; n < 60; n += 1) {
      window = zoomed(window, 1.1, timeAt(333, window, 1700), span) ?? span;
      const { bars, marks } = drawnOf(rows, window, 1700, known);
      most = Math.max(most, bars.length + marks.length);
    }
    expect(most).toBeLessThan(30 * (1700 / 2) + 1700 / CLUSTER_PX);
  });
});

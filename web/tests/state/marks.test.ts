/** Markers of a session, live and afterwards, as one list and on the timeline. */
import { describe, expect, it } from "vitest";

import { apply, initial } from "../../src/state/keeping";
import { marksOf, mayChange, withMarks } from "../../src/state/marks";
import type { Actor, DomainEvent, Keeping, Recorded } from "../../src/types/wire";
import { officer, recorded } from "../samples";

const reviewer: Actor = { account: "reviewer", person: "赵静", role: "reviewer", seat: null, seat_name: null };

function at(at_ms: number, event: DomainEvent, actor = officer, stream = "session:s"): Recorded {
  return { ...recorded(at_ms, event, actor), at_ms, stream };
}

const live = [
  at(1_000, { type: "session.ended", reason: "" }),
  at(5_000, { type: "marker.set", marker_id: "m-1", kind: "decision", label: "启动二级响应" }),
  at(9_000, { type: "session.ended", reason: "" }),
];

function set(mark_id: string, at_ms: number, more: Partial<{ label: string; note: string; about: string }> = {}): DomainEvent {
  return { type: "mark.set", mark_id, kind: "todo", label: "核实人数", note: "", about: "", at_ms, ...more };
}

function kept(...events: DomainEvent[]): Keeping {
  return events.reduce((state: Keeping, event, n) => apply(state, at(20_000 + n, event, reviewer, "keeping:r")), initial());
}

describe("markers", () => {
  it("stand by their second, live and afterwards, with the notes of live ones", () => {
    const keeping = kept(set("k-1", 7_000), set("k-2", 5_000, { label: "", note: "由省防指行文", about: "m-1" }), set("k-3", 2_000));
    const marks = marksOf(live, keeping);
    expect(marks.map(({ id, isLive }) => [id, isLive])).toEqual([
      ["k-3", false],
      ["m-1", true],
      ["k-1", false],
    ]);
    expect(marks[1]?.notes.map(({ note }) => note)).toEqual(["由省防指行文"]);
    expect(marksOf(live, null).map(({ id }) => id)).toEqual(["m-1"]);
  });

  it("that are changed or removed by somebody else follow", () => {
    const change: DomainEvent = { type: "mark.changed", mark_id: "k-1", kind: "key", label: "核实失联人数", note: "", at_ms: 8_000 };
    const [first] = marksOf([], kept(set("k-1", 7_000), change));
    expect([first?.label, first?.kind, first?.at_ms, first?.version]).toEqual(["核实失联人数", "key", 8_000, 2]);
    expect(marksOf([], kept(set("k-1", 7_000), { type: "mark.removed", mark_id: "k-1" }))).toEqual([]);
  });

  it("a note whose marker nobody knows stands for itself", () => {
    expect(marksOf(live, kept(set("k-1", 7_000, { about: "m-none" }))).map(({ id }) => id)).toEqual(["m-1", "k-1"]);
  });

  it("that were set afterwards lie on the timeline as if they had been set then", () => {
    const keeping = kept(set("k-1", 500), set("k-2", 7_000, { label: "", note: "没有标题" }), set("k-3", 99_000));
    const events = withMarks(live, "r", keeping);
    expect(events.map(({ at_ms }) => at_ms)).toEqual([500, 1_000, 5_000, 7_000, 9_000, 99_000]);
    expect(events[3]).toMatchObject({ stream: "keeping:r", event: { type: "marker.set", kind: "todo", label: "没有标题" } });
    expect(new Set(events.map(({ stream, seq }) => `${stream}${seq}`)).size).toBe(events.length);
    expect(marksOf(events, keeping)).toEqual(marksOf(live, keeping));
    expect(withMarks(live, "r", initial())).toBe(live);
  });

  it("are changed by whose they are and by officers; live ones by nobody", () => {
    const [live_, later] = marksOf(live, kept(set("k-1", 7_000)));
    expect([live_, later].map((mark) => mark !== undefined && mayChange(mark, reviewer))).toEqual([false, true]);
    expect(later !== undefined && mayChange(later, { ...reviewer, account: "another" })).toBe(false);
    expect(later !== undefined && mayChange(later, officer)).toBe(true);
    expect(live_ !== undefined && mayChange(live_, officer)).toBe(false);
  });
});

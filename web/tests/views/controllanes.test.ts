/** What the chair did, as stretches of the timeline. */
import { describe, expect, it } from "vitest";

import type { DomainEvent, Recorded } from "../../src/types/wire";
import { controlOf, isSpan } from "../../src/views/controllanes";
import { kindOf } from "../../src/views/reviewlanes";
import { officer, recorded } from "../samples";

const at = (at_ms: number, event: DomainEvent): Recorded => ({ ...recorded(at_ms, event, officer), at_ms });
const span = { from_ms: 0, to_ms: 100 };
const nameOf = (venue: string): string => ({ xinyang: "信阳" })[venue] ?? venue;
const shown = (...events: Recorded[]): unknown[] =>
  controlOf(events, span, nameOf).map(({ kind, label, from_ms, to_ms, row }) => [kind, label, from_ms, to_ms, row]);

const started: DomainEvent = { type: "rollcall.started", rollcall_id: "rc", venues: ["xinyang"], answer_s: 12 };
const over: DomainEvent = { type: "rollcall.ended", rollcall_id: "rc", reason: "done" };
const again: DomainEvent = { type: "rollcall.appended", venue: "xinyang" };

describe("the lane 会控", () => {
  it("has a roll call from its start to its end, and 补点 afterwards as another stretch", () => {
    expect(shown(at(10, started), at(12, again), at(20, over), at(30, again), at(35, over))).toEqual([
      ["rollcall", "", 10, 20, 0],
      ["rollcall", "", 30, 35, 0],
    ]);
  });

  it("has who was named, what was broadcast and the carousel, in rows where they overlap", () => {
    expect(
      shown(
        at(5, { type: "broadcast.started", venue: null }),
        at(10, { type: "floor.given", venue: "xinyang", kind: "named" }),
        at(15, { type: "carousel.started", kind: "broadcast", venues: ["xinyang"], interval_s: 10, shown: "xinyang" }),
        at(20, { type: "floor.ended", venue: "xinyang", reason: "ended" }),
        at(25, { type: "broadcast.stopped", venue: null, reason: "stopped" }),
        at(30, { type: "carousel.stopped" }),
      ),
    ).toEqual([
      ["broadcast", "", 5, 25, 0],
      ["turn", "信阳", 10, 20, 1],
      ["carousel", "", 15, 30, 2],
    ]);
  });

  it("begins anew where one takes the place of another, and closes all at the session's end", () => {
    expect(
      shown(
        at(5, { type: "broadcast.started", venue: "xinyang" }),
        at(8, { type: "broadcast.started", venue: "hebi" }),
        at(50, { type: "session.ended", reason: "" }),
      ),
    ).toEqual([
      ["broadcast", "信阳", 5, 8, 0],
      ["broadcast", "hebi", 8, 50, 0],
    ]);
    expect(shown(at(5, started), at(150, over))).toEqual([["rollcall", "", 5, 100, 0]]);
    expect(shown(at(5, started))).toEqual([["rollcall", "", 5, 100, 0]]);
  });

  it("takes the chair's events; who was asked is a stroke, what opens a stretch has no dot", () => {
    const asked: DomainEvent = { type: "rollcall.asked", venue: "xinyang", place: 0, next_ms: 1 };
    expect([started, over, asked, { type: "session.locked", locked: true } as const].map((event) => kindOf(at(1, event)))).toEqual(
      Array(4).fill("control"),
    );
    expect(kindOf(at(1, { type: "session.ended", reason: "" }))).toBe("venue");
    expect(kindOf(at(1, { type: "carousel.turned", shown: "xinyang" }))).toBeNull();
    expect([isSpan(asked.type), isSpan("rollcall.ticked"), isSpan("chair.passed"), isSpan("floor.given")]).toEqual([false, true, false, true]);
  });
});

/** What a roll call comes to, and who is next in it. */
import { describe, expect, it } from "vitest";

import { nameIn } from "../../src/link/download";
import * as organisation from "../../src/state/organisation";
import * as session from "../../src/state/session";
import type { Level, Recorded, RollCall, RollResult, RollRow, Seat } from "../../src/types/wire";
import * as rows from "../../src/views/rollcallrows";
import { venueGroups } from "../../src/views/rollcallsetup";
import { countsText } from "../../src/views/rollcallstates";
import { officer, recorded } from "../samples";

function row(venue: string, result: RollResult | null, more: Partial<RollRow> = {}): RollRow {
  return { venue, late: false, asked_ms: null, result, result_ms: null, after_ms: null, by: null, note: "", ...more };
}

function roll(of: RollRow[], more: Partial<RollCall> = {}): RollCall {
  return { rollcall_id: "rc", rows: of, answer_s: 12, started_ms: 0, ended_ms: null, current: null, next_ms: null, ...more };
}

const asked = (asked_ms: number): Partial<RollRow> => ({ asked_ms });

const half = roll(
  [
    row("xinyang", "offline"),
    row("yingji", "answered", asked(1_000)),
    row("kaifeng", null, asked(5_000)),
    row("hebi", "on_leave"),
    row("luoyang", null),
    row("xinyang", null, { late: true }),
  ],
  { current: 2 },
);

describe("a roll call", () => {
  it("counts each venue once, as it answered last", () => {
    const { all, waiting, of } = rows.countsOf(half);
    expect([all, waiting, of.answered, of.offline, of.on_leave]).toEqual([5, 3, 1, 0, 1]);
    expect(rows.lastRows(half).map(({ venue }) => venue)).toEqual(["xinyang", "yingji", "kaifeng", "hebi", "luoyang"]);
    expect(countsText(half)).toBe("应答 1/5 · 请假 1 · 待点 3");
  });

  it("asks next whoever has no result yet, and says when it is the last", () => {
    expect(rows.currentRow(half)?.venue).toBe("kaifeng");
    expect(rows.nextRow(half)?.venue).toBe("luoyang");
    expect(rows.nextRow({ ...half, current: 4 })?.late).toBe(true);
    expect(rows.nextRow({ ...half, current: 5 })).toBeNull();
    expect(rows.nextRow({ ...half, current: null })).toBeNull();
  });

  it("misses those who did not answer or were not there, not those on leave, and not who came later", () => {
    const over = roll([row("a", "no_answer"), row("b", "offline"), row("c", "on_leave"), row("d", "sound_only"), row("b", "answered")]);
    expect(rows.missedIn(over)).toEqual(["a"]);
  });

  it("is corrected in the last row of a venue", () => {
    expect(half.rows.map((_, place) => rows.isLast(half, place))).toEqual([false, true, true, true, true, true]);
  });

  it("has in a recording the row whose turn it was", () => {
    const over = { ...half, ended_ms: 9_000 };
    expect([0, 1_000, 4_999, 5_000, 9_000, 9_001].map((ms) => rows.rowAt(over, ms))).toEqual([null, 1, 1, 2, 2, null]);
  });

  it("takes less than five minutes for twenty venues, however slow they are", () => {
    expect(rows.longestMs(20, 12)).toBeLessThan(5 * 60_000);
  });

  it("is read to a tenth of a second and waits whole ones", () => {
    expect(rows.secondsText(3_249)).toBe("3.2");
    expect([10_000, 10_001, 8_000].map((until) => rows.secondsLeft(until, 9_000))).toEqual([1, 2, 0]);
  });
});

describe("the venues to choose from", () => {
  const seat = (seat_id: string, level: Level, sort: number): Seat => ({ seat_id, level, sort }) as Seat;
  const seats = Object.fromEntries(
    [seat("office", "province", 0), seat("xinyang", "city", 9), seat("hebi", "city", 2), seat("yingji", "dept", 1)].map((one) => [
      one.seat_id,
      one,
    ]),
  );
  const added = ["office", "xinyang", "guest-1", "hebi", "yingji"].map(
    (venue, n): Recorded => recorded(n + 1, { type: "venue.added", venue, name: venue, short_name: venue }, officer),
  );
  const here = { ...added.reduce((state, one) => session.apply(state, one), session.initial()), chair: "office" };

  it("stand by level in the order of the office, without the chair; who has no seat stands last", () => {
    const groups = venueGroups(here, { ...organisation.initial(), seats });
    expect(groups.map(({ title, venues }) => [title, venues.map(({ venue }) => venue)])).toEqual([
      ["level.dept", ["yingji"]],
      ["level.city", ["hebi", "xinyang"]],
      ["rollcall.other_venues", ["guest-1"]],
    ]);
  });
});

describe("a file of the hub", () => {
  it("keeps the name that the hub gives it", () => {
    expect(nameIn("attachment; filename*=UTF-8''%E7%82%B9%E5%90%8D_1.csv")).toBe("点名_1.csv");
    expect(nameIn(null)).toBe("");
  });
});

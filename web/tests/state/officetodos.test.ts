/** 待办与超期: one order for everything that waits for the office; and the telephone list keeps its rows. */
import { describe, expect, it } from "vitest";

import { initial } from "../../src/state/booking";
import { merged } from "../../src/state/calllist";
import { BOOKING_MS, deskRows, lateCount } from "../../src/state/officetodos";
import type { Booking, PhoneRow, TodoRow, Todos } from "../../src/types/wire";

const NOW = 10_000_000;

function todo(kind: TodoRow["kind"], more: Partial<TodoRow> = {}): TodoRow {
  return {
    kind,
    stream: "incident:i-1",
    session_id: "",
    incident_title: "强降雨防汛",
    exercise: false,
    since_ms: NOW - 1,
    text: "",
    item_id: kind,
    board_id: "b",
    board: "instruction",
    units: [],
    due_ms: null,
    deadline: null,
    ...more,
  };
}

function call(seat: string): PhoneRow {
  return {
    stream: "incident:i-1",
    session_id: "",
    incident_title: "强降雨防汛",
    exercise: false,
    item_id: "i-1",
    board_id: "b",
    board: "warning",
    text: "",
    colour: "red",
    seat,
    name: seat,
    state: "sent",
    sent_ms: 1,
    escalated_ms: NOW - 5,
    urged: 0,
    phoned: [],
  };
}

describe("what waits for the office", () => {
  it("begins with calls and what is late; distant deadlines come last", () => {
    const far = todo("deadline", { deadline: "followup", due_ms: NOW + 3_600_000, item_id: "far" });
    const missed = todo("deadline", { deadline: "written", due_ms: NOW - 60_000, item_id: "missed" });
    const known: Todos = {
      rows: [far, todo("nomination"), todo("unsigned"), missed, todo("overdue", { due_ms: NOW - 9 })],
      phone: [call("xinyang"), call("kaifeng")],
      left_out: 0,
    };
    const rows = deskRows(known, [], [], NOW);
    expect(rows.map((row) => (row.of === "office" ? row.row.item_id : row.of))).toEqual([
      "phone",
      "missed",
      "overdue",
      "unsigned",
      "nomination",
      "far",
    ]);
    expect(lateCount(rows)).toBe(2);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it("counts a meeting down, and stands it with what is late until somebody begins or cancels it", () => {
    const meeting = (id: string, starts_ms: number, more: Partial<Booking> = {}): Booking => ({
      ...initial(),
      booking_id: id,
      planned_ms: 1,
      starts_ms,
      ...more,
    });
    const coming = meeting("coming", NOW + 60_000);
    const due = meeting("due", NOW - 60_000);
    const begun = meeting("begun", NOW - 60_000, { session_id: "s" });
    const known: Todos = { rows: [todo("unsigned")], phone: [], left_out: 0 };
    const rows = deskRows(known, [], [meeting("far", NOW + 2 * BOOKING_MS), coming, due, begun], NOW);
    expect(rows.map((row) => (row.of === "booking" ? [row.booking.booking_id, row.late] : row.of))).toEqual([
      ["due", true],
      ["coming", false],
      "office",
    ]);
    expect(lateCount(rows)).toBe(1);
  });

  it("keeps the rows of the telephone list in place while somebody works through it", () => {
    const first = merged([], [call("xinyang"), call("kaifeng")]);
    const then = merged(first, [call("anyang"), call("kaifeng")]);
    expect(then.map(({ row, done }) => [row.seat, done])).toEqual([
      ["xinyang", true],
      ["kaifeng", false],
      ["anyang", false],
    ]);
  });
});

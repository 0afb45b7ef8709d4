/** What a relief officer asks first: who is silent, how many are hurt, what closing would leave behind. */
import { describe, expect, it } from "vitest";

import {
  casualtiesNow,
  casualtySeries,
  chainHead,
  changesOf,
  emptyHeader,
  firstReportLate,
  lastSaid,
  looseEnds,
  needsReason,
  nextFollowup,
  unitsInOrder,
} from "../../src/state/incident";
import { draft } from "../../src/state/workspace";
import type { Actor, BoardKind, Casualties, Item, Unit, UnitTrack, Workspace } from "../../src/types/wire";
import { officer, unit, workspaceOf, xinyang } from "../samples";

const yingji: Actor = { ...xinyang, account: "yingji", seat: "yingji", seat_name: "省应急管理厅" };
const incident: Workspace = {
  ...workspaceOf([], ["situation", "report", "instruction", "task"]),
  nature: "incident",
  units: { xinyang: unit(xinyang), yingji: unit(yingji, "dept") },
};

let made = 0;
function item(kind: BoardKind, part: Partial<Item> = {}, fields: Record<string, string> = {}, units: string[] = []): Item {
  made += 1;
  const wish = { stream: "incident:i-1", board_id: kind, item_id: `i-${made}`, fields: { text: "一句话", ...fields }, units };
  return { ...draft(incident, wish, officer, made), ...part };
}

const withItems = (...items: Item[]): Workspace => ({
  ...incident,
  items: Object.fromEntries(items.map((one) => [one.item_id, one])),
});

describe("I6: casualties", () => {
  const entry = (as_of_ms: number, part: Partial<Casualties>) => ({
    entry: { as_of_ms, source: "省应急厅", dead: null, missing: null, injured: null, trapped: null, note: "", ...part },
    actor: officer,
    at_ms: as_of_ms + 5,
  });

  it("are ordered by when they were true, not by when they were written", () => {
    const ws = { ...incident, casualties: [entry(30, { dead: 2 }), entry(10, { dead: 1 }), entry(20, { dead: 5 })] };
    expect(casualtySeries(ws).map((one) => one.entry.as_of_ms)).toEqual([30, 20, 10]);
  });

  it("keep an earlier figure of what a later entry says nothing of, and zero is a figure", () => {
    const ws = { ...incident, casualties: [entry(10, { dead: 1, trapped: 37 }), entry(30, { dead: 0, injured: 4 })] };
    const now = casualtiesNow(ws);
    expect(now.map(({ name, n }) => [name, n])).toEqual([["dead", 0], ["injured", 4], ["trapped", 37]]);
    expect(now[2]?.of.entry.as_of_ms).toBe(10);
  });
});

describe("who is silent", () => {
  const track = (of: Unit, state: UnitTrack["state"]): UnitTrack => ({
    unit: of,
    state,
    since_ms: 1,
    times: {},
    person: null,
    replies: [],
    urged: [],
    phoned: [],
    escalated_ms: null,
    extension: null,
    due_ms: null,
    late_min: null,
    sent_ms: 1,
  } as UnitTrack);

  it("stands first among the units, with what it has not signed for", () => {
    const asked = item("instruction", { tracks: { yingji: track(unit(yingji, "dept"), "read") } });
    const rows = unitsInOrder(withItems(asked));
    expect(rows.map((row) => [row.unit.seat, row.silence?.items.length ?? 0])).toEqual([["yingji", 1], ["xinyang", 0]]);
  });

  it("is nobody once everything is signed", () => {
    const asked = item("instruction", { tracks: { yingji: track(unit(yingji, "dept"), "signed") } });
    expect(unitsInOrder(withItems(asked)).every((row) => row.silence === null)).toBe(true);
  });
});

describe("closing", () => {
  it("names open instructions, overdue tasks and what else is asked", () => {
    const ws = withItems(
      item("instruction", { state: "issued" }),
      item("instruction", { state: "closed" }),
      item("task", { due_ms: 10 }),
      item("task", { due_ms: 1_000 }),
      item("situation"),
    );
    expect(looseEnds(ws, 500)).toEqual({ instructions: 1, overdueTasks: 1, others: 1 });
  });

  it("needs a reason, and so does opening again", () => {
    expect([needsReason("active", "closed"), needsReason("draft", "void"), needsReason("closed", "monitoring")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(needsReason("active", "monitoring")).toBe(false);
  });
});

describe("reports", () => {
  const phone = item("report", { state: "submitted" }, { type: "phone", scope: "三个村" });
  const first = item("report", { state: "adopted" }, { type: "initial", casualties: "失联 2" });
  const second = item("report", { state: "submitted", number: 1 }, { type: "followup", casualties: "死亡 1" });
  const back = item("report", { state: "returned" }, { type: "followup", trend: "未核" });
  const ws = withItems(phone, first, second, back);

  it("follow the written first report, else the call", () => {
    expect(chainHead(ws)?.item_id).toBe(first.item_id);
    expect(chainHead(withItems(phone, second))?.item_id).toBe(phone.item_id);
    expect(chainHead(incident)).toBeNull();
  });

  it("carry what was said last of each element, but nothing of one that was returned", () => {
    const said = lastSaid(ws);
    expect([said["casualties"]?.text, said["scope"]?.text, said["trend"]]).toEqual(["死亡 1", "三个村", undefined]);
    expect(nextFollowup(ws)).toBe(2);
  });

  it("say how late the first one was, by whichever clock it met", () => {
    const deadlines = {
      phone: { name: "phone", due_ms: 10, met_ms: 70, late_min: 1 },
      written: { name: "written", due_ms: 20, met_ms: 90, late_min: 9 },
    } as Workspace["deadlines"];
    expect(firstReportLate({ ...incident, first_reported_ms: 70, deadlines })).toBe(1);
    expect(firstReportLate(incident)).toBeNull();
  });
});

describe("I2: the header in a form", () => {
  it("sends what is another value, trimmed, and never takes a time away", () => {
    const before = emptyHeader(60_000);
    expect(changesOf(before, { ...before, title: "  ", place: " 信阳 ", occurred_ms: null })).toEqual({ place: "信阳" });
    expect(changesOf(before, { ...before, sensitive: true, learned_ms: 5 })).toEqual({ sensitive: true, learned_ms: 5 });
  });
});

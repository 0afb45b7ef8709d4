/** Who may do what on a board, what is open and overdue, who is silent: as the hub's rules have it. */
import { describe, expect, it } from "vitest";

import {
  apply,
  boardOf,
  countsOf,
  draft,
  fieldOf,
  inOrder,
  initial,
  isFrozen,
  isOpen,
  isOverdue,
  mayAdd,
  mayAsk,
  mayExtend,
  mayVoid,
  mayWrite,
  missingElements,
  movesFor,
  nextDeadline,
  nextProgress,
  OWN_VOID_MS,
  ownRow,
  silentUnits,
  valueOf,
  writable,
} from "../../src/state/workspace";
import type { Actor, BoardKind, DomainEvent, Item, Workspace } from "../../src/types/wire";
import { officer, recorded, unit, workspaceOf, xinyang } from "../samples";

const yingji: Actor = { ...xinyang, account: "yingji", seat: "yingji", seat_name: "省应急管理厅" };
const incident: Workspace = {
  ...workspaceOf([], ["situation", "report", "instruction", "warning", "hazard", "duty", "opinion"]),
  nature: "incident",
  units: { xinyang: unit(xinyang), yingji: unit(yingji, "dept") },
};

function on(kind: BoardKind, by: Actor, fields: Record<string, string> = {}, units: string[] = []): Item {
  const wish = { stream: "incident:i-1", board_id: kind, item_id: `i-${kind}`, fields: { text: "一句话", ...fields }, units };
  return draft(incident, wish, by, 1_000);
}

const play = (state: Workspace, ...events: DomainEvent[]): Workspace =>
  events.reduce((so, event, n) => apply(so, recorded(n + 1, event, officer)), state);

const withItems = (...items: Item[]): Workspace => ({
  ...incident,
  items: Object.fromEntries(items.map((one) => [one.item_id, one])),
});

const board = (kind: BoardKind) => boardOf(incident, kind)!;

describe("B2: who writes", () => {
  it("units on the boards that are for units, in which they take part", () => {
    expect(mayAdd(incident, board("situation"), xinyang)).toBe(true);
    expect(mayAdd(incident, board("instruction"), xinyang)).toBe(false);
    expect(mayAdd(incident, board("instruction"), officer)).toBe(true);
    expect(mayAdd({ ...incident, units: {} }, board("situation"), xinyang)).toBe(false);
    expect(mayAdd({ ...incident, units: {}, nature: "session" }, board("situation"), xinyang)).toBe(true);
    expect(mayAdd({ ...incident, closed_ms: 1 }, board("situation"), officer)).toBe(false);
    expect(mayAdd(incident, board("situation"), { ...xinyang, role: "reviewer" })).toBe(false);
  });

  it("asks of others: the office, and a department with a warning", () => {
    expect([officer, yingji, xinyang].map((by) => mayAsk(incident, board("warning"), by))).toEqual([true, true, false]);
    expect(mayAsk(incident, board("situation"), officer)).toBe(false);
  });

  it("each field by whom the table names", () => {
    const report = on("report", xinyang);
    const may = (name: string, by: Actor, item = report): boolean => mayWrite(item, fieldOf("report", name)!, by);
    expect([may("text", xinyang), may("text", officer), may("text", yingji)]).toEqual([true, false, false]);
    expect([may("credibility", officer), may("credibility", yingji)]).toEqual([true, false]);
    expect([may("proposal", officer), may("proposal", xinyang)]).toEqual([true, false]);
    expect(may("due", xinyang, on("report", xinyang, { due: "5" }))).toBe(false);
    const hazard = on("hazard", officer, {}, ["xinyang"]);
    expect(mayWrite(hazard, fieldOf("hazard", "measure")!, xinyang)).toBe(true);
    expect(mayWrite(hazard, fieldOf("hazard", "measure")!, yingji)).toBe(false);
    expect(mayWrite({ ...hazard, voided: { actor: officer, at_ms: 1, reason: "重复" } }, fieldOf("hazard", "text")!, officer)).toBe(false);
  });

  it("nothing once an item is evidence", () => {
    const adopted = { ...on("report", xinyang), state: "adopted" };
    expect(isFrozen(incident, adopted)).toBe(true);
    expect(writable(incident, adopted, xinyang)).toEqual([]);
    expect(writable(incident, on("report", xinyang), xinyang).map(({ name }) => name)).toContain("measures");
  });

  it("takes back its own in ten minutes, the office at any time", () => {
    const item = on("situation", xinyang);
    expect(mayVoid(incident, item, xinyang, 1_000 + OWN_VOID_MS)).toBe(true);
    expect(mayVoid(incident, item, xinyang, 1_001 + OWN_VOID_MS)).toBe(false);
    expect(mayVoid(incident, item, yingji, 1_000)).toBe(false);
    expect(mayVoid(incident, item, officer, 1_001 + OWN_VOID_MS)).toBe(true);
  });

  it("B9: one row a unit, of opinions one in each session", () => {
    const opinion = { ...on("opinion", xinyang), session_id: "s-1" };
    expect(ownRow(withItems(opinion), board("opinion"), xinyang, "s-1")?.item_id).toBe("i-opinion");
    expect(ownRow(withItems(opinion), board("opinion"), xinyang, "s-2")).toBeNull();
    expect(ownRow(withItems(on("situation", xinyang)), board("situation"), xinyang)).toBeNull();
  });
});

describe("B11: the steps of an item", () => {
  const names = (item: Item, by: Actor): string[] => movesFor(withItems(item), item, by).map(({ name }) => name);

  it("by whom the table names", () => {
    const report = on("report", xinyang);
    expect([names(report, xinyang), names(report, officer)]).toEqual([["submit"], []]);
    expect(names({ ...report, state: "submitted" }, officer)).toEqual(["return", "adopt", "merge"]);
  });

  it("B12: a hazard is cleared by a second unit", () => {
    const hazard = { ...on("hazard", officer, {}, ["xinyang"]), state: "recheck", done_by: "xinyang" };
    expect(names(hazard, xinyang)).toEqual([]);
    expect(names(hazard, yingji)).toEqual(["clear", "reject"]);
  });
});

describe("tracks", () => {
  const item = on("instruction", officer, { due: "60000" }, ["xinyang", "yingji"]);
  const ask = withItems({ ...item, state: "issued" });
  const moved = (seat: string, state: "signed" | "replied"): DomainEvent => ({
    type: "track.moved",
    item_id: item.item_id,
    seat,
    state,
    text: "已部署",
    late_min: null,
  });

  it("T1, T2: go forward, the unit its own, the office returns and confirms", () => {
    const track = item.tracks["xinyang"]!;
    expect(nextProgress(track, xinyang)).toEqual(["read", "signed", "working", "replied"]);
    expect(nextProgress(track, yingji)).toEqual([]);
    expect(nextProgress(track, officer)).toEqual([]);
    const replied = play(ask, moved("xinyang", "replied")).items[item.item_id]!.tracks["xinyang"]!;
    expect(nextProgress(replied, xinyang)).toEqual(["replied"]);
    expect(nextProgress(replied, officer)).toEqual(["returned", "confirmed"]);
    expect(replied).toMatchObject({ person: "王建国", replies: [{ text: "已部署", returned: null }], times: { replied: 1_000 } });
  });

  it("are overdue while one has not answered in its own time", () => {
    const due = (state: Workspace, now_ms: number): boolean => isOverdue(state, state.items[item.item_id]!, now_ms);
    expect([due(ask, 60_000), due(ask, 60_001)]).toEqual([false, true]);
    const one = play(ask, moved("xinyang", "replied"));
    expect(due(one, 60_001)).toBe(true);
    const longer = play(
      one,
      { type: "extension.asked", item_id: item.item_id, seat: "yingji", due_ms: 90_000, reason: "道路中断" },
      { type: "extension.answered", item_id: item.item_id, seat: "yingji", granted: true },
    );
    expect([due(longer, 60_001), due(longer, 90_001)]).toEqual([false, true]);
    expect(due(play(one, moved("yingji", "replied")), 90_001)).toBe(false);
  });

  it("T6: more time is asked for in time", () => {
    const track = item.tracks["xinyang"]!;
    expect([mayExtend(item, track, xinyang, 60_000), mayExtend(item, track, xinyang, 60_001)]).toEqual([true, false]);
    expect(mayExtend(item, track, yingji, 1)).toBe(false);
  });

  it("name who is silent, the longest first", () => {
    const later = { ...on("warning", officer, {}, ["xinyang"]), created_ms: 9_000 };
    const both = { ...withItems({ ...item, state: "issued" }, later) };
    expect(silentUnits(both).map(({ unit: one, items }) => [one.seat, items.length])).toEqual([
      ["xinyang", 2],
      ["yingji", 1],
    ]);
    expect(silentUnits(play(both, moved("yingji", "signed"))).map(({ since_ms }) => since_ms)).toEqual([1_000]);
  });

  it("of which a viewer is shown none are not missed", () => {
    const unseen = { ...ask, items: { [item.item_id]: { ...item, tracks: {} } } };
    expect(play(unseen, moved("yingji", "signed"), { type: "track.delivered", item_id: item.item_id, seats: ["yingji"] })).toEqual(unseen);
  });
});

describe("what waits", () => {
  it("a report is late and not overdue; what is void or at its end is not open", () => {
    const late = { ...on("report", xinyang), due_ms: 2_000, state: "submitted" };
    expect([isOpen(incident, late), isOverdue(incident, late, 9_000)]).toEqual([true, false]);
    const settled = { ...on("situation", xinyang), state: "settled", due_ms: 2_000 };
    expect([isOpen(incident, settled), isOverdue(incident, settled, 9_000)]).toEqual([false, false]);
    const due = { ...on("situation", xinyang), due_ms: 2_000 };
    expect(countsOf(withItems(due), "situation", 2_001)).toEqual({ all: 1, open: 0, overdue: 0 }); // a fact is no work
    const hazard = { ...on("hazard", officer), due_ms: 2_000 };
    expect(countsOf(withItems(hazard), "hazard", 2_001)).toEqual({ all: 1, open: 1, overdue: 1 });
  });

  it("elements nobody has filled in are to be verified", () => {
    expect(missingElements(on("report", xinyang, { scope: "三个乡镇" }))).not.toContain("scope");
    expect(missingElements(on("report", xinyang))).toHaveLength(10);
  });

  it("values have their initial one, and the earliest deadline that is not met is next", () => {
    expect(valueOf("situation", on("situation", xinyang), "category")).toBe("fact");
    const state = play(
      incident,
      { type: "workspace.deadlines_set", deadlines: [deadline("written", 9), deadline("phone", 5)] },
      { type: "workspace.deadline_met", name: "phone", late_min: null },
    );
    expect(nextDeadline(state)?.name).toBe("written");
    expect(nextDeadline(incident)).toBeNull();
  });
});

const deadline = (name: "phone" | "written", due_ms: number) => ({ name, due_ms, met_ms: null, late_min: null });

describe("the fold", () => {
  it("shows and hides items to a viewer, and keeps its place over what is withheld", () => {
    const item = on("situation", xinyang);
    const shown = play(incident, { type: "withheld" }, { type: "item.shown", item });
    expect(inOrder(shown, "situation")).toEqual([item]);
    expect(play(shown, { type: "item.hidden", item_id: item.item_id })).toEqual(incident);
  });

  it("takes an older log's board for the whole of its workspace", () => {
    const opened: DomainEvent = { type: "board.opened", board_id: "b-9", kind: "situation", title: "态势板", session_id: "s-9" };
    expect(play(initial(), opened)).toMatchObject({ workspace_id: "b-9", nature: "session", session_id: "s-9" });
  });

  it("stamps the time of an item once", () => {
    const edit = (due: string, version: number): DomainEvent => ({
      type: "item.edited",
      item_id: "i-situation",
      version,
      changes: { due },
      office: false,
    });
    const state = play(withItems(on("situation", xinyang)), edit("", 2), edit("7000", 3), edit("9000", 4));
    expect(state.items["i-situation"]).toMatchObject({ due_ms: 7_000, version: 4, fields_at: { due: 4 } });
  });
});

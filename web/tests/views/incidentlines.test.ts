/** A line of the timeline: of which kind, how weighty, which filters let it through. */
import { describe, expect, it } from "vitest";

import { draft } from "../../src/state/workspace";
import type { Actor, DomainEvent, Workspace } from "../../src/types/wire";
import { EVERYTHING, fits, lineOf, merged, type Line, type Sayer } from "../../src/views/incidentlines";
import { officer, recorded, unit, workspaceOf, xinyang } from "../samples";

const empty: Workspace = {
  ...workspaceOf([], ["situation", "instruction", "report"]),
  nature: "incident",
  units: { xinyang: unit(xinyang) },
};
const wish = { stream: "incident:i-1", board_id: "instruction", item_id: "i-1", fields: { text: "全部转移" }, units: ["xinyang"] };
const item = draft(empty, wish, officer, 1_000);
const ws: Workspace = { ...empty, items: { [item.item_id]: item } };

const plain = (word: string): string => word;
const SAYER: Sayer = {
  level: plain,
  response: plain,
  status: plain,
  fields: (names) => names.join("、"),
  deadline: plain,
  counts: () => "死亡 1",
  units: (seats) => seats.join("、"),
  state: (_, state) => state,
  itemFields: (_, names) => names.join("、"),
  progress: (_, state) => state,
  time: String,
};

const line = (event: DomainEvent, seq = 1): Line | null => lineOf(recorded(seq, event, officer), ws, SAYER);
const added: DomainEvent = {
  type: "item.added",
  board_id: "instruction",
  item_id: "i-1",
  rank: "a",
  fields: { text: "全部转移" },
  state: "issued",
  reach: "unit",
  units: [unit(xinyang)],
  shared: [],
  chain: null,
  number: null,
  pinned: false,
  session_id: null,
  media_ms: null,
  due_ms: null,
  late_min: null,
};

describe("a line", () => {
  it("of an instruction is a key thing, of its kind, and leads to its item", () => {
    const found = line(added);
    expect(found).toMatchObject({ kind: "instruction", weight: "key", key: "timeline.added_for", seats: ["office", "xinyang"] });
    expect(found?.item?.item_id).toBe("i-1");
    expect(found?.params).toEqual({ text: "全部转移", units: "xinyang" });
  });

  it("that says only that a page was open is noise", () => {
    const moved = (state: "read" | "signed"): DomainEvent => ({ type: "track.moved", item_id: "i-1", seat: "xinyang", state, text: "", late_min: null });
    expect(line({ type: "track.delivered", item_id: "i-1", seats: ["xinyang"] })?.weight).toBe("noise");
    expect([line(moved("read"))?.weight, line(moved("signed"))?.weight]).toEqual(["noise", "plain"]);
  });

  it("by which the hub urges once more is noise, and by which a person does is not", () => {
    const urged: DomainEvent = { type: "track.urged", item_id: "i-1", seats: ["xinyang"] };
    const hub: Actor = { ...officer, account: "hub", role: "hub", seat: null, seat_name: null };
    expect(lineOf(recorded(1, urged, hub), ws, SAYER)?.weight).toBe("noise");
    expect(line(urged)?.weight).toBe("plain");
  });

  it("by hand stands at its own time", () => {
    expect(line({ type: "workspace.noted", when_ms: 42, text: "领导来电" })).toMatchObject({ kind: "note", when_ms: 42 });
  });

  it("is nothing for what was withheld, or is about an item that is not shown", () => {
    expect(line({ type: "withheld" })).toBeNull();
    expect(line({ type: "item.moved", item_id: "i-2", rank: "b" })).toBeNull();
  });
});

describe("filters", () => {
  const found = line(added)!;
  const noise = line({ type: "track.delivered", item_id: "i-1", seats: ["xinyang"] })!;

  it("hide the noise unless asked for, and all but key things when asked for", () => {
    expect([fits(found, "", EVERYTHING), fits(noise, "", EVERYTHING)]).toEqual([true, false]);
    expect(fits(noise, "", { ...EVERYTHING, withNoise: true })).toBe(true);
    expect(fits(noise, "", { ...EVERYTHING, withNoise: true, onlyKey: true })).toBe(false);
  });

  it("go by kind, by unit and by words", () => {
    expect(fits(found, "", { ...EVERYTHING, kind: "report" })).toBe(false);
    expect([fits(found, "", { ...EVERYTHING, seat: "xinyang" }), fits(found, "", { ...EVERYTHING, seat: "hebi" })]).toEqual([true, false]);
    expect([fits(found, "全部转移", { ...EVERYTHING, words: "转移" }), fits(found, "全部转移", { ...EVERYTHING, words: "抢通" })]).toEqual([true, false]);
  });
});

describe("pages and live events", () => {
  it("overlap without doubles, the newest first", () => {
    const of = (seq: number) => recorded(seq, { type: "withheld" }, officer);
    expect(merged([of(3), of(2)], [of(2), of(4)]).map(({ seq }) => seq)).toEqual([4, 3, 2]);
  });
});

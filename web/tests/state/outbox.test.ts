/** Nothing somebody has written is lost, and nothing is written twice. */
import { describe, expect, it } from "vitest";

import * as box from "../../src/state/outbox";
import type { Outbox, Wish } from "../../src/state/outbox";
import type { Problem } from "../../src/types/wire";
import { item, officer, recorded, workspaceOf, xinyang } from "../samples";

const stream = "board:b-1";
const add = (op: string, item_id: string, text = item_id): Wish =>
  box.make({ name: "item.add", body: { stream, board_id: "situation", item_id, fields: { text } } }, op, 1);
const edit = (op: string, item_id: string, base_version: number, fields: Record<string, string>): Wish =>
  box.make({ name: "item.edit", body: { stream, item_id, base_version, fields } }, op, 1);
const move = (op: string, item_id: string, after: string | null): Wish =>
  box.make({ name: "item.move", body: { stream, item_id, after } }, op, 1);
const close = (op: string, item_id: string): Wish =>
  box.make({ name: "item.state", body: { stream, item_id, move: "settle", reason: "" } }, op, 1);
const all = (...wishes: Wish[]): Outbox => wishes.reduce(box.put, [] as Outbox);
const edited = (seq: number, item_id: string, version: number, op: string | null) =>
  recorded(seq, { type: "item.edited", item_id, version, changes: { text: "x" }, office: false }, xinyang, op);

const conflict: Problem = {
  code: "board.conflict",
  zh: "",
  en: "",
  detail: { version: 7, theirs: { text: "对方" }, yours: { text: "我的" }, by: officer, at_ms: 5 },
};

describe("putting wishes in", () => {
  it("folds a change into the wish that was never sent", () => {
    const outbox = all(add("o1", "i1", "一"), edit("o2", "i1", 1, { text: "二" }));
    expect(outbox).toHaveLength(1);
    expect(outbox[0]).toMatchObject({ op: "o1", body: { fields: { text: "二" } } });
  });

  it("keeps them apart once the first may have reached the hub", () => {
    const outbox = box.put(box.tried(all(add("o1", "i1", "一")), "o1"), edit("o2", "i1", 1, { text: "二" }));
    expect(outbox.map((wish) => wish.op)).toEqual(["o1", "o2"]);
  });

  it("sends in order, each until it is answered", () => {
    let outbox = all(add("o1", "i1"), add("o2", "i2"));
    outbox = box.tried(outbox, "o1");
    expect(box.next(outbox)?.op).toBe("o1");
    outbox = box.acknowledged(outbox, "o1", 3);
    expect(box.next(outbox)?.op).toBe("o2");
  });
});

describe("the answer of the hub", () => {
  it("is kept until the board shows it", () => {
    const outbox = box.acknowledged(all(add("o1", "i1")), "o1", 3);
    expect(box.heard(outbox, [], 2)).toHaveLength(1);
    expect(box.heard(outbox, [], 3)).toHaveLength(0);
  });

  it("is known by its op when the event comes before the acknowledgement", () => {
    const event = recorded(3, { type: "board.closed" }, xinyang, "o1");
    expect(box.heard(all(add("o1", "i1")), [event], 3)).toEqual([]);
  });

  it("holds a second edit back until the first one's version is known, and builds on it", () => {
    let outbox = box.tried(all(edit("o1", "i1", 1, { text: "一" })), "o1");
    outbox = box.put(outbox, edit("o2", "i1", 1, { text: "二" }));
    outbox = box.acknowledged(outbox, "o1", 8);
    expect(box.next(outbox)).toBeNull();
    outbox = box.heard(outbox, [edited(8, "i1", 4, "o1")], 8);
    expect(box.next(outbox)).toMatchObject({ op: "o2", body: { base_version: 4 } });
  });

  it("does not carry a second edit over what somebody else wrote between the two", () => {
    let outbox = box.tried(all(edit("o1", "i1", 1, { place: "一" })), "o1");
    outbox = box.put(outbox, edit("o2", "i1", 1, { text: "二" }));
    outbox = box.heard(outbox, [edited(7, "i1", 2, "their-op"), edited(8, "i1", 3, "o1")], 8);
    expect(box.next(outbox)).toMatchObject({ op: "o2", body: { base_version: 1 } });
  });

  it("does not build on somebody else's edit: that is a conflict to be shown", () => {
    const outbox = box.heard(all(edit("o1", "i1", 1, { text: "一" })), [edited(8, "i1", 2, "their-op")], 8);
    expect(outbox[0]).toMatchObject({ body: { base_version: 1 } });
  });
});

describe("a conflict", () => {
  const clash = box.refused(all(edit("o1", "i1", 1, { text: "我的" })), "o1", conflict);

  it("shows both texts", () => {
    expect(box.conflictOf(clash[0]!)).toMatchObject({ theirs: { text: "对方" }, yours: { text: "我的" }, by: officer });
    expect(box.next(clash)).toBeNull();
  });

  it("keeps mine over the version that was shown", () => {
    expect(box.mine(clash, "o1", "o2")[0]).toMatchObject({ op: "o2", state: "waiting", body: { base_version: 7 } });
  });

  it("leaves the board as it is until the person has chosen", () => {
    const [row] = box.rowsOf(workspaceOf([item("i1", "1", "对方")]), "situation", clash, xinyang);
    expect(row?.item.fields.text).toBe("对方");
    expect(row?.wishes).toHaveLength(1);
  });
});

describe("another refusal", () => {
  it("keeps the words and tries again only when asked", () => {
    const no: Problem = { code: "board.closed", zh: "", en: "", detail: {} };
    const outbox = box.refused(all(add("o1", "i1", "一")), "o1", no);
    expect(box.next(outbox)).toBeNull();
    expect(box.rowsOf(workspaceOf([]), "situation", outbox, xinyang)[0]?.item.fields.text).toBe("一");
    expect(box.next(box.again(outbox, "o1", "o2"))?.op).toBe("o2");
  });
});

describe("what the person sees", () => {
  const ws = workspaceOf([item("i1", "1"), item("i2", "2"), item("i3", "3")]);
  const order = (outbox: Outbox): string[] =>
    box.rowsOf(ws, "situation", outbox, xinyang).map(({ item: one }) => one.item_id);

  it("has unsent items at the end and unsent words in place", () => {
    const rows = box.rowsOf(ws, "situation", all(add("o1", "i9", "新"), edit("o2", "i2", 1, { text: "改" })), xinyang);
    expect(rows.map(({ item: one }) => one.fields.text)).toEqual(["i1", "改", "i3", "新"]);
    expect(rows.map(({ unsent }) => unsent)).toEqual([false, false, false, true]);
  });

  it("has the state that a step will bring, and none that was refused", () => {
    const [row] = box.rowsOf(ws, "situation", all(close("o1", "i1")), xinyang);
    expect(row?.item.state).toBe("settled");
    const no: Problem = { code: "board.no_move", zh: "", en: "", detail: {} };
    const [kept] = box.rowsOf(ws, "situation", box.refused(all(close("o1", "i1")), "o1", no), xinyang);
    expect(kept).toMatchObject({ item: { state: "current" }, wishes: [{ state: "refused" }] });
  });

  it("has what was written for another board on that one only", () => {
    expect(box.rowsOf(workspaceOf([], ["task", "situation"]), "task", all(add("o1", "i9")), xinyang)).toEqual([]);
  });

  it("has rows where the person has put them", () => {
    expect(order(all(move("o1", "i3", null)))).toEqual(["i3", "i1", "i2"]);
    expect(order(all(move("o1", "i1", "i2")))).toEqual(["i2", "i1", "i3"]);
    expect(order(all(move("o1", "i1", "gone")))).toEqual(["i1", "i2", "i3"]);
  });
});

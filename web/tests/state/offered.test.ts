/** What the chair's screens offer: only what the hub does then. */
import { expect, test } from "vitest";

import { toRecall } from "../../src/state/call";
import { heirOf } from "../../src/state/chair";
import { areAllClosed, areSomeClosed } from "../../src/state/floor";
import { meeting, withVenue } from "../meeting";

const session = meeting(["office", "yingji", "xinyang"]);

test("silent seats are called again, guests in the field and the chair are not", () => {
  const silent = ["office", "yingji", "xinyang"].reduce((so, key) => withVenue(so, key, { state: "no_answer" }), session);
  expect(toRecall(silent)).toEqual(["yingji", "xinyang"]);
  expect(toRecall(withVenue(silent, "xinyang", { field: true }))).toEqual(["yingji"]);
  expect(toRecall(session)).toEqual([]);
});

test("who comes later counts among those whose microphones are closed", () => {
  const closed = ["yingji", "xinyang"].reduce((so, key) => withVenue(so, key, { muted: true }), session);
  const later = { floor: { ...session.floor, mute_on_entry: true } };
  expect([areAllClosed(session), areSomeClosed(session)]).toEqual([false, false]);
  expect([areAllClosed(closed), areSomeClosed(closed)]).toEqual([false, true]);
  expect([areAllClosed({ ...closed, ...later }), areSomeClosed({ ...closed, ...later })]).toEqual([true, true]);
  expect([areAllClosed({ ...session, ...later }), areSomeClosed({ ...session, ...later })]).toEqual([false, true]);
});

test("C3: the office keeps the chair while nobody of it can take it", () => {
  expect(heirOf(session, "office")).toBe("office");
  expect(heirOf({ ...session, heirs: ["yingji"] }, "office")).toBe("yingji");
  expect(heirOf({ ...session, chair: "xinyang" }, "xinyang")).toBe("office");
});

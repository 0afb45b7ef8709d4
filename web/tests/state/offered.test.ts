/** What the chair's screens offer: only what the hub does then. */
import { expect, test } from "vitest";

import { toRecall } from "../../src/state/call";
import { meeting, withVenue } from "../meeting";

const session = meeting(["office", "yingji", "xinyang"]);

test("silent seats are called again, guests in the field and the chair are not", () => {
  const silent = ["office", "yingji", "xinyang"].reduce((so, key) => withVenue(so, key, { state: "no_answer" }), session);
  expect(toRecall(silent)).toEqual(["yingji", "xinyang"]);
  expect(toRecall(withVenue(silent, "xinyang", { field: true }))).toEqual(["yingji"]);
  expect(toRecall(session)).toEqual([]);
});

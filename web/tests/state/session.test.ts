/** Why a venue is out of a session is told from its own leaving. */
import { expect, it } from "vitest";

import { whyLeft } from "../../src/state/session";
import { recorded } from "../samples";

const left = (seq: number, venue: string, reason: string) => recorded(seq, { type: "venue.left", venue, reason });

it("looks at the page's own venue, whoever else has left since", () => {
  const events = [left(1, "xinyang", "lost"), left(2, "xinyang", "hung_up"), left(3, "yingji", "lost")];
  expect(whyLeft(events, "xinyang")).toBe("hung_up");
  expect(whyLeft(events, "yingji")).toBe("lost");
});

it("takes it for a wish of the venue's own when nothing else is known", () => {
  expect(whyLeft([left(1, "yingji", "lost")], "xinyang")).toBe("left");
  expect(whyLeft([left(1, "xinyang", "")], "xinyang")).toBe("left");
  expect(whyLeft([], null)).toBe("left");
});

/** Who an end of a session hangs up, and why a venue is out of it. */
import { expect, it } from "vitest";

import { hungUpByEnd, initial, whyLeft } from "../../src/state/session";
import type { Session, VenueState } from "../../src/types/wire";
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

it("counts who is there or still rings as hung up by an end, but not the chair that ends it", () => {
  const states: Record<string, VenueState> = {
    office: "joined",
    yingji: "reconnecting",
    xinyang: "ringing",
    hebi: "declined",
    luoyang: "left",
  };
  const venues = Object.fromEntries(Object.entries(states).map(([venue, state]) => [venue, { venue, state }]));
  expect(hungUpByEnd({ ...initial(), chair: "office", venues } as unknown as Session)).toBe(2);
});

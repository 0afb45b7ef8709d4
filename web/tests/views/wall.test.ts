/** The small pictures of a wall: everybody but who is large; beside content whoever speaks stands first. */
import { expect, it } from "vitest";

import type { WallSession, WallVenue } from "../../src/types/wire";
import { mosaicOf } from "../../src/views/wall";

const venue = (key: string): WallVenue => ({
  venue: key,
  short_name: key,
  state: "joined",
  since_ms: 0,
  microphone: true,
  camera: true,
  field: false,
  place: "",
});
const session: WallSession = {
  session_id: "s",
  boards: "board:b",
  title: "防汛会商",
  kind: "consultation",
  exercise: false,
  classification: "",
  started_ms: 0,
  chair_name: "省委总值班室",
  main: { venue: "xinyang", short_name: "信阳", why: "named" },
  presenter: null,
  venues: [venue("office"), venue("yingji"), venue("xinyang")],
  recording: null,
};
const keys = (one: WallSession): string[] => mosaicOf(one).map((each) => each.venue);

it("shows small who is not large, and with content whoever would be large, first", () => {
  expect(keys(session)).toEqual(["office", "yingji"]);
  expect(keys({ ...session, presenter: "yingji" })).toEqual(["xinyang", "office", "yingji"]);
  expect(keys({ ...session, presenter: "yingji", main: null })).toEqual(["office", "yingji", "xinyang"]);
});

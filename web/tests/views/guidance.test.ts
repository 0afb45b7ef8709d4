/** A venue is told the one thing that matters, and what it can do about it. */
import { describe, expect, it } from "vitest";

import type { Floor, RollCall, Session } from "../../src/types/wire";
import { GRACE_MS, type Guidance, guidanceOf } from "../../src/views/guidance";
import { meeting, withVenue } from "../meeting";

const session = meeting(["office", "yingji", "xinyang"], { heirs: ["backup"] });

function withFloor(floor: Partial<Floor>, before: Session = session): Session {
  return { ...before, floor: { ...before.floor, ...floor } };
}

function told(state: Session, own = "yingji"): Pick<Guidance, "key" | "remedy"> | null {
  const guidance = guidanceOf(state, own, 0);
  return guidance && { key: guidance.key, remedy: guidance.remedy };
}

const turnOf = (venue: string, kind: "named" | "granted" = "named"): Partial<Floor> => ({
  turn: { venue, kind, since_ms: 5 },
});

it("says nothing while everybody may speak", () => {
  expect(told(session)).toBeNull();
  expect(told(session, "office")).toBeNull();
});

describe("who is called upon", () => {
  it("is told before anything else, with the way to end its turn", () => {
    const named = withFloor({ ...turnOf("yingji"), mode: "silent" });
    expect(guidanceOf(named, "yingji", 0)).toMatchObject({ key: "room.guide_named", tone: "call", since_ms: 5, remedy: "end_turn" });
    expect(told(withFloor(turnOf("yingji", "granted")))?.key).toBe("room.guide_granted");
  });

  it("hears of a roll call before its turn to speak", () => {
    const row = { venue: "xinyang", late: false, asked_ms: 7, result: null, result_ms: null, after_ms: null, by: null, note: "" };
    const roll: RollCall = { rollcall_id: "r", rows: [row], answer_s: 15, started_ms: 6, ended_ms: null, current: 0, next_ms: 9 };
    const asked = { ...withFloor(turnOf("yingji")), rollcalls: [roll] };
    expect(guidanceOf(asked, "xinyang", 0)).toMatchObject({ key: "room.guide_asked", tone: "call", since_ms: 7 });
    expect(told(asked)?.key).toBe("room.guide_other_asked");
    const answered = { ...asked, rollcalls: [{ ...roll, rows: [{ ...row, result: "answered" as const }] }] };
    expect(guidanceOf(answered, "xinyang", 0)).toMatchObject({ key: "rollcall.done", tone: "info" });
  });
});

it("counts the places of those who wait", () => {
  const waiting = withFloor({ queue: [{ venue: "xinyang", since_ms: 1 }, { venue: "yingji", since_ms: 2 }] });
  expect(guidanceOf(waiting, "yingji", 0)).toMatchObject({ key: "room.guide_waiting", params: { place: 2 }, remedy: "withdraw" });
});

describe("who is not heard learns why", () => {
  it.each([
    ["another one speaks", withFloor(turnOf("xinyang")), { key: "room.guide_other_speaks", remedy: "ask" }],
    ["and nobody can ask", withFloor({ ...turnOf("xinyang"), mode: "silent" }), { key: "room.guide_other_speaks", remedy: null }],
    ["on request", withFloor({ mode: "request" }), { key: "room.guide_request", remedy: "ask" }],
    ["silent", withFloor({ mode: "silent" }), { key: "room.guide_silent", remedy: null }],
    ["closed", withVenue(session, "yingji", { muted: true }), { key: "room.guide_closed", remedy: "ask" }],
    ["may open", withFloor({ self_unmute: true }, withVenue(session, "yingji", { muted: true })), { key: "room.guide_may_open", remedy: "open" }],
  ])("%s", (_, state, expected) => expect(told(state)).toEqual(expected));

  it("but not the chair, which is always heard", () => {
    expect(told(withFloor({ mode: "silent" }), "office")).toBeNull();
  });
});

describe("a chair that is cut off", () => {
  const chaired = withVenue({ ...session, chair: "xinyang" }, "xinyang", { state: "reconnecting", since_ms: 1_000 });

  it("is said to everybody but itself: since when, until when, and who comes next", () => {
    const guidance = guidanceOf(chaired, "yingji", 13_000);
    expect(guidance).toMatchObject({ key: "room.guide_chair_lost", tone: "warn", params: { cut: 12, left: 18, heir: "office" } });
    expect(guidanceOf(chaired, "yingji", 1_000 + 2 * GRACE_MS)?.params["left"]).toBe(0);
    expect(guidanceOf(chaired, "xinyang", 13_000)).toBeNull();
  });

  it("keeps the chair when nobody of the office is there", () => {
    const alone = withVenue(session, "office", { state: "reconnecting", since_ms: 0 });
    expect(guidanceOf(alone, "yingji", 3_000)?.key).toBe("room.guide_chair_cut");
  });
});

it("tells a venue that it is broadcast, when there is nothing else", () => {
  const shown = { ...session, picture: { ...session.picture, broadcast: { venue: "yingji", since_ms: 3 } } };
  expect(guidanceOf(shown, "yingji", 0)).toMatchObject({ key: "room.guide_broadcast", since_ms: 3 });
  expect(told(shown, "xinyang")).toBeNull();
});

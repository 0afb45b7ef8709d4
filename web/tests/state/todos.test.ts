/** What waits for the duty office: who is silent, and for how long; who asks. */
import { describe, expect, it } from "vitest";

import { initial } from "../../src/state/session";
import { RING_LATE_MS, todosOf } from "../../src/state/todos";
import type { Session, Venue } from "../../src/types/wire";

const NOW = 1_000_000;
const everywhere = (): boolean => true;

function venue(key: string, what: Partial<Venue>): Venue {
  return {
    venue: key,
    name: key,
    short_name: key,
    state: "idle",
    since_ms: NOW - 5_000,
    rings_until_ms: null,
    person: null,
    microphone: true,
    camera: true,
    muted: false,
    removed: false,
    lost: false,
    calls: 1,
    automatic: false,
    offline: false,
    alerted_ms: null,
    answer_ms: null,
    contacts: [],
    phone_calls: [],
    attendance: [],
    sources: {},
    ...what,
  } as Venue;
}

function session(...venues: Venue[]): Session {
  const all = Object.fromEntries([venue("office", { state: "joined" }), ...venues].map((one) => [one.venue, one]));
  return { ...initial(), session_id: "s-1", chair: "office", started_ms: 1, venues: all };
}

const kinds = (of: Session, isOnline = everywhere): string[] => todosOf(of, NOW, isOnline).map(({ kind }) => kind);

describe("todos", () => {
  it("leaves a young ring alone and names one that is late", () => {
    expect(kinds(session(venue("a", { state: "ringing" })))).toEqual([]);
    expect(kinds(session(venue("a", { state: "ringing", since_ms: NOW - RING_LATE_MS })))).toEqual(["rings_long"]);
    expect(kinds(session(venue("a", { state: "ringing", automatic: true })))).toEqual(["rings_long"]);
    expect(kinds(session(venue("a", { state: "ringing" })), () => false)).toEqual(["offline"]);
  });

  it("makes one line of venues that wait for the same, the longest first", () => {
    const of = session(
      venue("a", { state: "no_answer" }),
      venue("b", { state: "no_answer", since_ms: NOW - 9_000 }),
      venue("c", { state: "declined", since_ms: NOW - 7_000 }),
    );
    expect(todosOf(of, NOW, everywhere)).toEqual([
      { kind: "no_answer", session_id: "s-1", venues: ["b", "a"], since_ms: NOW - 9_000 },
      { kind: "declined", session_id: "s-1", venues: ["c"], since_ms: NOW - 7_000 },
    ]);
  });

  it("is done with a venue that was reached by telephone since", () => {
    const call = { name: "", phone: "", reached: true, note: "", at_ms: NOW - 1_000, person: "" };
    expect(kinds(session(venue("a", { state: "no_answer", phone_calls: [call] })))).toEqual([]);
    expect(kinds(session(venue("a", { state: "no_answer", phone_calls: [{ ...call, reached: false }] })))).toEqual([
      "no_answer",
    ]);
    expect(kinds(session(venue("a", { state: "no_answer", phone_calls: [{ ...call, at_ms: NOW - 6_000 }] })))).toEqual([
      "no_answer",
    ]);
  });

  it("names who asks for the chair or the floor, and nothing of a session that is over", () => {
    const of = session(venue("a", { state: "joined" }));
    const asking: Session = {
      ...of,
      chair_requests: { a: NOW - 2_000 },
      floor: { ...of.floor, queue: [{ venue: "a", since_ms: NOW - 3_000 }] },
    };
    expect(kinds(asking)).toEqual(["floor_request", "chair_request"]);
    expect(kinds({ ...asking, ended_ms: NOW })).toEqual([]);
  });
});

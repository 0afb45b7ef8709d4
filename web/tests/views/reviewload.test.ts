/** What has come of a session that goes on, in its place among what is known. */
import { describe, expect, it } from "vitest";

import type { Recorded } from "../../src/types/wire";
import { joined, lastOf } from "../../src/views/reviewload";
import { recorded } from "../samples";

const at = (stream: string, seq: number, at_ms: number): Recorded => ({
  ...recorded(seq, { type: "item.pinned", item_id: "o", pinned: true }),
  stream,
  at_ms,
});
const [session, boards, recording] = ["session:s-1", "incident:i-1", "recording:r-1"] as const;
const known = [at(session, 1, 10), at(recording, 1, 10), at(boards, 41, 20), at(session, 2, 30)];

describe("events that came later", () => {
  it("are asked for by the last numbers that are known", () => {
    const manifest = { session_id: "s-1", recording_id: "r-1" };
    expect(lastOf({ manifest, events: known })).toBe("2,41,1");
    expect(lastOf({ manifest, events: [] })).toBe("0,0,0");
  });

  it("go to their time, once, and leave each stream its order", () => {
    const later = [at(boards, 42, 25), at(session, 2, 30), at(session, 3, 29), at(recording, 2, 40)];
    expect(joined(known, later).map(({ stream, seq }) => `${stream} ${seq}`)).toEqual([
      `${session} 1`,
      `${recording} 1`,
      `${boards} 41`,
      `${boards} 42`,
      `${session} 2`,
      `${session} 3`,
      `${recording} 2`,
    ]);
  });

  it("are the very list where nothing came, so that nothing is drawn anew", () => {
    expect(joined(known, [])).toBe(known);
    expect(joined(known, known)).toBe(known);
  });
});

import { describe, expect, it } from "vitest";

import { counted, missing } from "../../src/state/gaps";
import { initial } from "../../src/state/recording";
import type { Gap } from "../../src/types/wire";

function gap(from_ms: number, to_ms: number | null, reason: string, venue = "", source = "camera"): Gap {
  return { from_ms, to_ms, reason, track_id: venue === "" ? "" : `${venue}-${source}`, note: "", venue, source };
}

describe("gaps", () => {
  it("counts one interruption once, whomever it concerned", () => {
    const gaps = [
      gap(10, 14, "hub.crashed"),
      gap(9, 17, "hub.crashed", "yingji"),
      gap(9, null, "hub.crashed", "xinyang"),
      gap(40, 50, "line.lost", "yingji"),
      gap(40, 51, "line.lost", "yingji", "microphone"),
      gap(80, 85, "line.lost", "yingji"),
    ];
    expect(counted(gaps).map((one) => one.from_ms)).toEqual([10, 40, 80]);
  });

  it("knows who is not being written now", () => {
    const recording = { ...initial(), gaps: [gap(1, null, "storage.full"), gap(2, 3, "line.lost", "a"), gap(4, null, "line.lost", "b")] };
    expect(missing(recording).map((one) => one.venue)).toEqual(["b"]);
  });
});

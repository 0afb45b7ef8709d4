import { describe, expect, test } from "vitest";

import type { ExportList } from "../../src/types/wire";
import { spanOfClip, withIn, withOut } from "../../src/views/reviewclip";
import { bytesOf } from "../../src/views/reviewexport";

const WHOLE = { from_ms: 1_000, to_ms: 61_000 };

describe("clip", () => {
  test("two points make a clip, one makes it to the end or from the beginning", () => {
    expect(spanOfClip({ in_ms: null, out_ms: null }, WHOLE)).toBeNull();
    expect(spanOfClip({ in_ms: 5_000, out_ms: null }, WHOLE)).toEqual({ from_ms: 5_000, to_ms: 61_000 });
    expect(spanOfClip({ in_ms: null, out_ms: 5_000 }, WHOLE)).toEqual({ from_ms: 1_000, to_ms: 5_000 });
    expect(spanOfClip({ in_ms: 5_000, out_ms: 9_000 }, WHOLE)).toEqual({ from_ms: 5_000, to_ms: 9_000 });
  });

  test("a point that would turn it round takes the other one away", () => {
    expect(withIn({ in_ms: 2_000, out_ms: 5_000 }, 3_000)).toEqual({ in_ms: 3_000, out_ms: 5_000 });
    expect(withIn({ in_ms: 2_000, out_ms: 5_000 }, 6_000)).toEqual({ in_ms: 6_000, out_ms: null });
    expect(withOut({ in_ms: 2_000, out_ms: null }, 1_500)).toEqual({ in_ms: null, out_ms: 1_500 });
  });
});

test("how large a film will be is the hub's rate times its length", () => {
  const list: ExportList = { rows: [], forms: ["mp4"], days: 7, rates: [{ height: 720, fps: 25, bytes_per_s: 160_000 }] };
  expect(bytesOf(list, 720, 25, WHOLE)).toBe(160_000 * 60);
  expect(bytesOf(list, 480, 5, WHOLE)).toBe(0);
});

import { describe, expect, it } from "vitest";

import { addressOf, isNothing, NOTHING, queryIn, requestOf } from "../../src/views/recordingquery";

describe("what is looked for among recordings", () => {
  it("stands in the address and comes back from it", () => {
    const query = { ...NOTHING, q: "防汛 水位", unit: "xinyang", from: "2026-07-20", held: true, kind: "drill" as const };
    expect(queryIn(`?${addressOf(query)}`)).toEqual(query);
    expect(isNothing(queryIn(""))).toBe(true);
  });

  it("leaves out what nobody understands", () => {
    expect(queryIn("?kind=party&from=yesterday&held=yes&exercise=2&x=1")).toEqual(NOTHING);
  });

  it("asks for whole days, the last one included", () => {
    const asked = new URLSearchParams(requestOf({ ...NOTHING, from: "2026-07-20", to: "2026-07-20" }));
    expect(Number(asked.get("to")) - Number(asked.get("from"))).toBe(24 * 3_600_000);
    expect(new Date(Number(asked.get("from"))).getHours()).toBe(0);
  });
});

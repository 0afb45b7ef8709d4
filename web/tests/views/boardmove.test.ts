/** Dropping a row between two others. */
import { describe, expect, it } from "vitest";

import { afterPlace } from "../../src/views/boardmove";

describe("afterPlace", () => {
  const ids = ["a", "b", "c"];

  it("names the neighbour above", () => {
    expect(afterPlace(ids, "c", 0)).toBeNull();
    expect(afterPlace(ids, "c", 1)).toBe("a");
    expect(afterPlace(ids, "a", 3)).toBe("c");
  });

  it("is nothing where the row stands already", () => {
    expect(afterPlace(ids, "b", 1)).toBeUndefined();
    expect(afterPlace(ids, "b", 2)).toBeUndefined();
    expect(afterPlace(ids, "x", 0)).toBeUndefined();
  });
});

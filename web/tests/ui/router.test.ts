/** Addresses and pages, both ways. */
import { describe, expect, it } from "vitest";

import { parse, pathOf } from "../../src/ui/router";

describe("addresses", () => {
  it.each(["/login", "/desk", "/session/s-1", "/recordings", "/recordings/r-1", "/admin", "/incident/i-1", "/incident/daily", "/incident/new", "/incident/phone", "/papers", "/papers/n-1"])("%s and back", (path) => {
    expect(pathOf(parse(path))).toBe(path);
  });

  it("that nobody knows are lost", () => {
    expect(parse("/")).toEqual({ page: "desk" });
    expect(parse("/nowhere").page).toBe("lost");
    expect(parse("/session").page).toBe("lost");
    expect(parse("/session/a/b").page).toBe("lost");
  });
});

/** What a tab keeps over a reload is for the account that wrote it. */
import { beforeEach, describe, expect, it } from "vitest";

import { keepFor, keptFor } from "../../src/state/kept";

const KEY = "huishang.form.1 phone";

describe("what is kept", () => {
  beforeEach(() => sessionStorage.clear());

  it("is there again with the time at which it was written", () => {
    keepFor(KEY, "officer", { text: "浉河漫堤" }, 1_000);
    expect(keptFor(KEY, "officer")).toEqual({ account: "officer", at_ms: 1_000, value: { text: "浉河漫堤" } });
  });

  it("is shown to nobody else, and is gone when it is given up", () => {
    keepFor(KEY, "officer", { text: "浉河漫堤" }, 1_000);
    expect(keptFor(KEY, "deputy")).toBeNull();
    keepFor(KEY, "officer", null, 2_000);
    expect(keptFor(KEY, "officer")).toBeNull();
  });

  it("is nothing where something else lies", () => {
    sessionStorage.setItem(KEY, "{broken");
    expect(keptFor(KEY, "officer")).toBeNull();
  });
});

/** What the hub says when it cannot give a file. */
import { expect, test } from "vitest";

import { codeOf } from "../../src/media/feed";

test("a refusal is known by its code, and anything else has none", () => {
  expect(codeOf({ code: "recording.store_failed", message: {} })).toBe("recording.store_failed");
  for (const body of [null, "", {}, { code: 503 }, []]) expect(codeOf(body)).toBeNull();
});

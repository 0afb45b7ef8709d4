/** What the hub says when it cannot give a file. */
import { expect, test } from "vitest";

import { codeOf } from "../../src/media/feed";

test("a refusal is known by its code, and anything else has none", () => {
  expect(codeOf({ error: { code: "recording.store_failed", zh: "", en: "", detail: {} } })).toBe("recording.store_failed");
  for (const body of [null, "", {}, { error: null }, { error: { code: 503 } }, { code: "recording.damaged" }, []]) expect(codeOf(body)).toBeNull();
});

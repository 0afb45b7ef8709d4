/** Where the record of a paper's source is looked at. */
import { describe, expect, it } from "vitest";

import type { PaperSource } from "../../src/types/wire";
import { addressOf } from "../../src/views/paperparts";

const source = (kind: PaperSource["kind"], stream: string, record: string): PaperSource => ({ key: 1, kind, stream, record, seq: 7, label: "" });

describe("a source leads to", () => {
  it("the very item on its incident's boards", () => {
    expect(addressOf(source("item", "incident:i-1", "i-31"))).toBe("/incident/i-1?item=i-31");
    expect(addressOf(source("casualties", "incident:i-1", "2"))).toBe("/incident/i-1");
  });

  it("the second of a recording", () => {
    expect(addressOf(source("moment", "session:s-1", "r-1?t=754"))).toBe("/recordings/r-1?t=754");
  });

  it("nothing where there is no page of it", () => {
    expect(addressOf(source("entry", "duty:office", "1"))).toBeNull();
  });
});

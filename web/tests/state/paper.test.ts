/** What stands in the text of a paper: the sources that it names. */
import { describe, expect, it } from "vitest";

import { numeral, piecesOf, sourcesOf } from "../../src/state/paper";
import type { PaperSection, PaperSource } from "../../src/types/wire";

const source = (key: number): PaperSource => ({
  key,
  kind: "item",
  stream: "incident:i-1",
  record: `i-${key}`,
  seq: key,
  label: "",
});

describe("sources in a text", () => {
  it("are runs and single ones, and the rest is text", () => {
    expect(piecesOf("收到报告3件［2-4、9］，其中迟报1件［3］。")).toEqual([
      "收到报告3件",
      [2, 3, 4, 9],
      "，其中迟报1件",
      [3],
      "。",
    ]);
    expect(piecesOf("［附件］")).toEqual(["［附件］"]);
  });

  it("never grow with what somebody types", () => {
    const [keys] = piecesOf("［1-999999999］");
    expect(keys?.length).toBe(5_000);
    expect(piecesOf("［9-1］")).toEqual([[]]);
  });

  it("belong to a section by its text and its table, each once", () => {
    const grid = { head: ["单位", "报送"], rows: [[{ text: "信阳", sources: [] }, { text: "2", sources: [2, 3] }]] };
    const section: PaperSection = { section_id: "x", title: "", text: "一件［1］。\n又一件［2］。", grid };
    expect(sourcesOf(section, [1, 2, 3, 4].map(source)).map(({ key }) => key)).toEqual([1, 2, 3]);
  });
});

it("sections are counted as on paper", () => {
  expect([1, 10, 11, 20, 21].map(numeral)).toEqual(["一", "十", "十一", "二十", "二十一"]);
});

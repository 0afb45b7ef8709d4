/** A table from a spreadsheet: read as it was meant, and what was not understood is said. */
import { describe, expect, it } from "vitest";

import { fromHtml, fromText, isTable, itemsOf, mapped, seatsNamed, timeIn } from "../../../src/views/boards/paste";

const UNITS = [
  { seat: "zhengzhou", name: "郑州市委值班室", short_name: "郑州" },
  { seat: "kaifeng", name: "开封市委值班室", short_name: "开封" },
];
const NOW = new Date(2026, 6, 20, 10, 32).getTime();

describe("the clipboard", () => {
  it("has cells between tabs, with line ends and quotes inside", () => {
    expect(fromText('甲\t"乙\n丙"\r\n"说""是"""\t2\r\n\r\n')).toEqual([
      ["甲", "乙\n丙"],
      ['说"是"', "2"],
    ]);
    expect(isTable(fromText("只是一句话"))).toBe(false);
    expect(isTable(fromText("两行\n话"))).toBe(true);
  });

  it("has the table of a piece of HTML and nothing that runs", () => {
    const html = "<style>td{}</style><table><tr><th>内容</th><th>地点</th></tr><tr><td> 积水\n深 </td><td>郑州</td></tr></table>";
    expect(fromHtml(html)).toEqual([
      ["内容", "地点"],
      ["积水 深", "郑州"],
    ]);
    expect(fromHtml("<p>没有表格</p>")).toEqual([]);
  });
});

describe("columns", () => {
  const table = fromText("隐患\t风险等级\t责任单位\t整改期限\t奖金\n老旧电梯\t较大\t郑州、开封市委值班室\t7月25日 18:00\t5\n");

  it("are known by Chinese and English names, by what else they are called, and the rest is left over", () => {
    const { targets, head } = mapped(table, "hazard", ["text"], true);
    expect(targets).toEqual(["text", "risk", "units", "due", null]);
    expect(head[4]).toBe("奖金");
    expect(mapped([["Text", "Due"], ["a", "b"]], "task", ["text"], true).targets).toEqual(["text", "due"]);
  });

  it("without names are taken in their order", () => {
    const { targets, head, rows } = mapped(fromText("老旧电梯\t郑州\n桥梁裂缝\t开封"), "hazard", ["text", "place"], true);
    expect(targets).toEqual(["text", "place"]);
    expect(head).toEqual([]);
    expect(rows).toHaveLength(2);
  });

  it("become fields, and a cell that is not understood is named, not guessed", () => {
    const [row] = itemsOf(mapped(table, "hazard", ["text"], true), "hazard", UNITS, NOW);
    expect(row).toEqual({
      fields: { text: "老旧电梯", risk: "larger", due: String(new Date(2026, 6, 25, 18, 0).getTime()) },
      units: ["zhengzhou", "kaifeng"],
      unread: {},
    });
    const odd = mapped(fromText("内容\t风险等级\t经度\n甲\t很大\t东经"), "hazard", ["text"], true);
    expect(itemsOf(odd, "hazard", UNITS, NOW)[0]?.unread).toEqual({ risk: "很大", lon: "东经" });
  });
});

describe("values", () => {
  it("of times are read as people write them", () => {
    expect(timeIn("2026-07-21 08:05", NOW)).toBe(new Date(2026, 6, 21, 8, 5).getTime());
    expect(timeIn("7月21日8时", NOW)).toBe(new Date(2026, 6, 21, 8, 0).getTime());
    expect(timeIn("17：30", NOW)).toBe(new Date(2026, 6, 20, 17, 30).getTime());
    expect(timeIn("尽快", NOW)).toBeNull();
    expect(timeIn("13月40日", NOW)).toBeNull();
  });

  it("of units are their names, and strangers are named", () => {
    expect(seatsNamed("郑州市、火星", UNITS)).toEqual({ seats: ["zhengzhou"], unknown: "火星" });
  });
});

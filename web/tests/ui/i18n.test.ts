/** Every text is there in both languages, with the same places to fill in. */
import { beforeEach, describe, expect, it } from "vitest";

import { en } from "../../src/locales/en";
import { zh, type Key, type Text } from "../../src/locales/zh-CN";
import { elapsed, language, lasting, say, t } from "../../src/ui/i18n";

const keys = Object.keys(zh) as Key[];
const forms = (text: Text | undefined): string[] => text === undefined ? [] : (typeof text === "string" ? [text] : [text.one, text.other]);
const places = (text: Text | undefined): string[] =>
  [...new Set(forms(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "")))].sort();

describe("the dictionaries", () => {
  it("have the same keys", () => expect(Object.keys(en).sort()).toEqual([...keys].sort()));

  it("have nothing empty, and the same places to fill in", () => {
    const odd = keys.filter((key) => {
      const isEmpty = [...forms(en[key]), ...forms(zh[key])].some((form) => form.trim() === "");
      return isEmpty || places(en[key]).join() !== places(zh[key]).join();
    });
    expect(odd).toEqual([]);
  });

  it("say microphone or loudspeaker, never a bare 静音", () => {
    for (const key of keys) for (const form of forms(zh[key])) expect(form).not.toMatch(/静音|闭音|哑音/);
  });

  it("have no Chinese left in English, but for the name of the other language", () => {
    const foreign = keys.filter((key) => key !== "app.language" && forms(en[key]).some((form) => /[\u4e00-\u9fff]/.test(form)));
    expect(foreign).toEqual([]);
  });
});

describe("t", () => {
  beforeEach(() => (language.value = "en"));

  it("fills in and counts", () => {
    expect(t("boards.count", { n: 1 })).toBe("1 item");
    expect(t("boards.count", { n: 2 })).toBe("2 items");
    language.value = "zh-CN";
    expect(t("boards.count", { n: 2 })).toBe("2 条");
  });

  it("says a refusal in the reader's language", () => {
    const problem = { code: "board.closed", zh: "关闭", en: "closed", detail: {} };
    expect(say(problem)).toBe("closed");
    language.value = "zh-CN";
    expect(say(problem)).toBe("关闭");
    expect(say({ code: "line.down", zh: "", en: "", detail: {} })).toBe(zh["error.line.down"]);
  });

  it("says lengths of time", () => {
    language.value = "zh-CN";
    expect([elapsed(14_900), elapsed(6_130_000), elapsed(-5)]).toEqual(["00:14", "01:42:10", "00:00"]);
    expect([lasting(5_000), lasting(12 * 60_000), lasting(3 * 3_600_000), lasting(50 * 3_600_000)]).toEqual([
      "刚刚",
      "12 分",
      "3 小时",
      "2 天",
    ]);
  });
});

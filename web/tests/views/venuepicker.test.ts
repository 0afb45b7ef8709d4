/** Venues are found by any part of their names, Chinese or Latin. */
import { expect, it } from "vitest";

import { carouselWords } from "../../src/views/picturewords";
import { matching } from "../../src/views/venuepicker";

const CHOICES = [
  { key: "yingji", name: "省应急管理厅指挥中心", short_name: "应急" },
  { key: "xinyang", name: "信阳市委值班室", short_name: "信阳" },
  { key: "xinxiang", name: "新乡市委值班室", short_name: "新乡" },
];
const found = (typed: string): string[] => matching(CHOICES, typed).map(({ key }) => key);

it("takes each word that was typed", () => {
  expect(found("")).toEqual(["yingji", "xinyang", "xinxiang"]);
  expect(found(" XIN")).toEqual(["xinyang", "xinxiang"]);
  expect(found("xin 信")).toEqual(["xinyang"]);
  expect(found("值班 新")).toEqual(["xinxiang"]);
  expect(found("洛阳")).toEqual([]);
});

it("counts a carousel down to its next turn", () => {
  const carousel = { kind: "cell", venues: ["a", "b", "c"], interval_s: 10, shown: "b", since_ms: 1_000, paused: false } as const;
  expect(carouselWords({ ...carousel, venues: [...carousel.venues] }, 4_500)).toBe("轮询 2/3 · 7 秒后切换");
  expect(carouselWords({ ...carousel, venues: [...carousel.venues], paused: true }, 4_500)).toBe("轮询 2/3 · 已暂停");
});

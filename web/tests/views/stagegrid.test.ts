/** The stage places every number of tiles in every room without overlap and as large as it can. */
import { describe, expect, it } from "vitest";

import { gridBoxes, type Box } from "../../src/views/stagegrid";

const ROOMS = [
  { width: 1_400, height: 900 },
  { width: 1_000, height: 640 },
  { width: 374, height: 680 },
  { width: 3_400, height: 1_900 },
];
const GAP = 8;

function overlap(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

function expectApart(boxes: readonly Box[], width: number): void {
  boxes.forEach((box, n) => {
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.left + box.width).toBeLessThanOrEqual(width + 1);
    boxes.slice(n + 1).forEach((other) => expect(overlap(box, other)).toBe(false));
  });
}

/** How wide a tile of 16:9 may be with so many columns and rows. */
function widthIn(room: { width: number; height: number }, columns: number, rows: number): number {
  const height = (room.height - (rows - 1) * GAP) / rows;
  return Math.min((room.width - (columns - 1) * GAP) / columns, (height * 16) / 9);
}

describe.each(ROOMS)("a stage of $width x $height", (room) => {
  it("keeps equal tiles apart", () => {
    for (let tiles = 1; tiles <= 30; tiles += 1) {
      const boxes = gridBoxes(tiles, room, GAP);
      expect(boxes).toHaveLength(tiles);
      expect(new Set(boxes.map((box) => box.width)).size).toBe(1);
      expectApart(boxes, room.width);
    }
  });

  it("makes equal tiles nearly as large as any number of columns would", () => {
    for (let tiles = 1; tiles <= 30; tiles += 1) {
      const largest = Math.max(
        ...Array.from({ length: tiles }, (_, n) => widthIn(room, n + 1, Math.ceil(tiles / (n + 1)))),
      );
      expect((gridBoxes(tiles, room, GAP)[0]?.width ?? 0) / 0.9).toBeGreaterThanOrEqual(Math.floor(largest));
    }
  });
});

it("stacks two tiles beside the open side panel of a large screen, where they are larger than side by side", () => {
  const beside = { width: 1_404, height: 948 };
  expect(gridBoxes(2, beside, GAP).map(({ width }) => width)).toEqual([835, 835]);
  expect(widthIn(beside, 2, 1)).toBe(698);
});

it("gives one tile all there is", () => {
  expect(gridBoxes(1, { width: 1_600, height: 900 }, GAP)).toEqual([{ left: 0, top: 0, width: 1_600, height: 900 }]);
});

it("stands in two columns on a telephone rather than in one that is hardly wider", () => {
  for (const [tiles, height] of [[6, 674], [5, 596]] as const) {
    const [first, second] = gridBoxes(tiles, { width: 374, height }, GAP);
    expect(second?.top).toBe(first?.top);
  }
});

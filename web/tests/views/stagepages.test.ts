/** The stage shows everybody on some page, nobody twice, and nobody moves because another one stands out. */
import { describe, expect, it } from "vitest";

import type { Box } from "../../src/views/stagegrid";
import { PAGER_HEIGHT, type Places, placesOf, type Scene } from "../../src/views/stagepages";

const ROOMS = [
  { width: 1_904, height: 860 },
  { width: 1_400, height: 900 },
  { width: 1_000, height: 540 },
  { width: 374, height: 520 },
  { width: 700, height: 300 },
];
const GAP = 8;
const TILES = [1, 2, 3, 7, 12, 25, 26, 30, 60];

function sceneOf(tiles: number, part: Partial<Scene> = {}): Scene {
  return { tiles, large: 0, layout: "grid", content: false, from: 0, ...part };
}

function* scenes(): Generator<Scene> {
  for (const tiles of TILES) {
    for (const layout of ["grid", "main"] as const) {
      for (const content of [false, true]) {
        for (const large of new Set([0, Math.floor(tiles / 2), tiles - 1])) {
          yield sceneOf(tiles, { layout, content, large });
        }
      }
    }
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

function pagesOf(scene: Scene, room: { width: number; height: number }): Places[] {
  const first = placesOf(scene, room, GAP);
  return Array.from({ length: first.pages }, (_, n) => placesOf({ ...scene, from: n * first.perPage }, room, GAP));
}

describe.each(ROOMS)("a stage of $width x $height", (room) => {
  it("keeps everything apart and inside", () => {
    for (const scene of scenes()) {
      for (const { boxes, content, kept } of pagesOf(scene, room)) {
        const all = [...boxes, content, kept].filter((box) => box !== null);
        all.forEach((box, n) => {
          expect(Math.min(box.left, box.top, box.width, box.height)).toBeGreaterThanOrEqual(0);
          expect(box.left + box.width).toBeLessThanOrEqual(room.width + 1);
          expect(box.top + box.height).toBeLessThanOrEqual(room.height + 1);
          for (const other of all.slice(n + 1)) expect(overlap(box, other)).toBe(false);
        });
      }
    }
  });

  it("has everybody on exactly one page, and who stands out on every page", () => {
    for (const scene of scenes()) {
      const pages = pagesOf(scene, room);
      const standsOut = scene.content || (scene.layout === "main" && scene.tiles > 1);
      for (let n = 0; n < scene.tiles; n += 1) {
        const shown = pages.filter(({ boxes }) => boxes[n] !== null).length;
        expect(shown).toBe(standsOut && n === scene.large ? pages.length : 1);
      }
    }
  });

  it("needs no more pictures at once than there are slots", () => {
    for (const scene of scenes()) {
      for (const { boxes } of pagesOf(scene, room)) {
        expect(boxes.filter((box) => box !== null).length).toBeLessThanOrEqual(25);
      }
    }
  });

  it("moves nobody else when another one stands out", () => {
    for (const tiles of TILES.filter((count) => count > 3)) {
      for (const part of [{ layout: "main" }, { content: true }] as const) {
        const before = placesOf(sceneOf(tiles, { ...part, large: 1 }), room, GAP);
        const after = placesOf(sceneOf(tiles, { ...part, large: 2 }), room, GAP);
        expect(after.boxes[0]).toEqual(before.boxes[0]);
        expect(after.boxes[3]).toEqual(before.boxes[3]);
        expect(after.boxes[1]).toEqual(before.kept);
        expect(after.boxes[2]).toEqual(before.boxes[1]);
      }
    }
  });

  it("shows the page of the tile that is asked for, or the nearest there is", () => {
    for (const scene of scenes()) {
      for (const from of [0, Math.floor(scene.tiles / 2), scene.tiles - 1]) {
        expect(placesOf({ ...scene, from }, room, GAP).boxes[from]).not.toBeNull();
      }
    }
    expect(placesOf(sceneOf(60, { from: 999 }), room, GAP).boxes[59]).not.toBeNull();
  });
});

it("keeps tiles of every page in the same cells", () => {
  const room = { width: 1_400, height: 900 };
  const [first, second] = pagesOf(sceneOf(49), room);
  expect(second?.boxes[25]).toEqual(first?.boxes[0]);
  expect(second?.boxes[48]).toEqual(first?.boxes[23]);
});

it("gives shared content most of the stage", () => {
  for (const room of ROOMS.slice(0, 4)) {
    const { content, boxes } = placesOf(sceneOf(12, { content: true, large: 4 }), room, GAP);
    expect(content).not.toBeNull();
    for (const box of boxes) expect(box?.width ?? 0).toBeLessThan((content?.width ?? 0) * 0.6);
  }
});

it("gives nobody a second place beside content while there is room for all", () => {
  for (const room of ROOMS.slice(0, 4)) {
    const { boxes, kept, pages } = placesOf(sceneOf(3, { content: true, large: 1 }), room, GAP);
    expect([kept, pages]).toEqual([null, 1]);
    expect(new Set(boxes.map((box) => box?.width)).size).toBe(1);
  }
});

it("has as many cells as the chair has set, also where fewer venues are there, and pages for the others", () => {
  const room = { width: 1_400, height: 900 };
  for (const cells of [4, 9, 16]) {
    const few = placesOf(sceneOf(3, { cells }), room, GAP);
    const many = placesOf(sceneOf(cells + 1, { cells, layout: "main" }), { ...room, height: room.height - PAGER_HEIGHT }, GAP);
    expect(few.perPage).toBe(cells);
    expect(many.perPage).toBe(cells);
    expect(many.pages).toBe(2);
  }
});

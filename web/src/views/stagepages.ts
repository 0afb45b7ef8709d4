/** The stage, page by page: how many tiles fit, and who keeps which place when one stands out. Pure. */
import { type Box, gridBoxes } from "./stagegrid";

interface Room {
  readonly width: number;
  readonly height: number;
}

/** What is to be shown. ``large`` is the index of the tile that stands out; ``content``: a screen is shared. */
export interface Scene {
  readonly tiles: number;
  readonly large: number;
  readonly layout: "grid" | "main";
  readonly content: boolean;
  /** The tile that must be on the page: so the same ones stay in view when the pages become larger or smaller. */
  readonly from: number;
  /** So many equal pictures a page, where the chair has set it. */
  readonly cells?: number | null;
}

export interface Places {
  /** One for each tile; null on another page. */
  readonly boxes: readonly (Box | null)[];
  readonly content: Box | null;
  /** The place of the large tile among the others, which it keeps while it stands out. */
  readonly kept: Box | null;
  readonly page: number;
  readonly pages: number;
  readonly perPage: number;
}

const RATIO = 16 / 9;
/** So many pictures a subscribe connection has slots for, and no eye follows more. */
const PAGE_MAX = 25;
/** Narrower than this a face says nothing; a telephone in the hand is nearer to the eye. */
const TILE_MIN = 232;
const TILE_MIN_PHONE = 148;
const PHONE = 600;
const STRIP_WIDE = 208;
/** In the strip a name is enough. */
const STRIP_MIN = 112;
/** The strip under the main picture takes at most this part of the height. */
const STRIP_PART = 0.3;
/** The column beside shared content. */
const COLUMN_PART = 0.18;
const COLUMN_MIN = 176;
const COLUMN_MAX = 320;
/** Room for turning the pages, below everything. */
export const PAGER_HEIGHT = 44;

export function placesOf(scene: Scene, room: Room, gap: number): Places {
  const whole = placed(scene, room, gap);
  return whole.pages === 1 ? whole : placed(scene, { ...room, height: room.height - PAGER_HEIGHT }, gap);
}

function placed(scene: Scene, room: Room, gap: number): Places {
  if (scene.tiles === 0) return { boxes: [], content: null, kept: null, page: 0, pages: 1, perPage: 1 };
  if (scene.content) return room.width > room.height * 1.2 ? besideContent(scene, room, gap) : belowContent(scene, room, gap);
  if (scene.cells != null) return equal(scene, room, gap);
  return scene.layout === "grid" || scene.tiles === 1 || scene.large < 0 ? equal(scene, room, gap) : main(scene, room, gap);
}

// --- the four arrangements --------------------------------------------------------------------------

/** Everybody alike, on as few pages as possible, each page as full as the others. */
function equal(scene: Scene, room: Room, gap: number): Places {
  const least = room.width < PHONE ? TILE_MIN_PHONE : TILE_MIN;
  const columns = fitting(room.width, least, gap);
  const rows = fitting(room.height, least / RATIO, gap);
  const most = Math.min(PAGE_MAX, columns * rows);
  const each = scene.cells == null ? Math.ceil(scene.tiles / Math.ceil(scene.tiles / most)) : Math.min(scene.cells, most);
  return paged({ ...scene, large: -1 }, gridBoxes(each, room, gap), null);
}

/** One large picture, the others in a strip below it. */
function main(scene: Scene, room: Room, gap: number): Places {
  const strip = stripOf(scene.tiles, room, gap);
  const width = Math.max(0, Math.floor(Math.min(room.width, (room.height - strip.height - gap) * RATIO)));
  const height = Math.floor(width / RATIO);
  const top = Math.max(0, Math.round((room.height - height - gap - strip.height) / 2));
  const large = { left: Math.round((room.width - width) / 2), top, width, height };
  return paged(scene, moved(strip.cells, 0, top + height + gap), large);
}

/** Content takes what there is; beside it everybody, or who speaks and under that the others page by page. */
function besideContent(scene: Scene, room: Room, gap: number): Places {
  const width = clamp(Math.floor(room.width * COLUMN_PART), COLUMN_MIN, COLUMN_MAX);
  const height = Math.floor(width / RATIO);
  const left = room.width - width;
  const content = { left: 0, top: 0, width: left - gap, height: room.height };
  if (scene.tiles <= fitting(room.height, height, gap)) {
    return { ...paged(scene, moved(rowsOf(scene.tiles, 1, width, gap), left, 0), null), content };
  }
  const speaker = { left, top: 0, width, height };
  const below = { width, height: room.height - height - gap };
  const cell = Math.floor((width - gap) / 2);
  const rows = fitting(below.height, cell / RATIO, gap);
  const cells = rowsOf(Math.min(scene.tiles, 2 * rows, PAGE_MAX - 1), 2, cell, gap);
  return { ...paged(scene, moved(cells, left, height + gap), speaker), content };
}

/** On a narrow stage content stands on top, below it everybody, or the speaker before the others. */
function belowContent(scene: Scene, room: Room, gap: number): Places {
  const all = stripOf(scene.tiles, room, gap);
  if (all.cells.length === scene.tiles) {
    const height = Math.min(room.height - all.height - gap, Math.ceil(room.width / RATIO));
    const content = { left: 0, top: 0, width: room.width, height };
    return { ...paged(scene, moved(all.cells, 0, height + gap), null), content };
  }
  const strip = stripOf(scene.tiles + 1, room, gap);
  const height = Math.min(room.height - strip.height - gap, Math.ceil(room.width / RATIO));
  const content = { left: 0, top: 0, width: room.width, height };
  const [speaker, ...cells] = moved(strip.cells, 0, height + gap);
  if (speaker === undefined || cells.length === 0) return { ...paged(scene, strip.cells, null), content };
  return { ...paged(scene, cells, speaker), content };
}

/** The tiles of one page in their cells: each keeps its own, also the one that stands out. */
function paged(scene: Scene, cells: readonly Box[], large: Box | null): Places {
  const pages = Math.max(1, Math.ceil(scene.tiles / cells.length));
  const page = clamp(Math.floor(scene.from / cells.length), 0, pages - 1);
  const boxes = Array.from({ length: scene.tiles }, (_, n) => cells[n - page * cells.length] ?? null);
  const kept = large === null ? null : (boxes[scene.large] ?? null);
  if (large !== null && scene.large >= 0) boxes[scene.large] = large;
  return { boxes, content: null, kept, page, pages, perPage: cells.length };
}

// --- rows and columns -------------------------------------------------------------------------------

/** One row under the main picture, or as many as stand in the height that the picture leaves free. */
function stripOf(tiles: number, room: Room, gap: number): { height: number; cells: Box[] } {
  const half = Math.floor((room.width - gap) / 2);
  const wide = Math.min(STRIP_WIDE, half, Math.floor(room.height * STRIP_PART * RATIO));
  const width = Math.max(Math.min(STRIP_MIN, half), wide);
  const height = Math.floor(width / RATIO);
  const columns = fitting(room.width, width, gap);
  const spare = room.height - Math.ceil(room.width / RATIO) - gap;
  const rows = Math.min(Math.ceil(tiles / columns), fitting(spare, height, gap));
  const shown = Math.min(tiles, rows * columns, PAGE_MAX - 1);
  const cells = centred(rowsOf(shown, columns, width, gap), columns, room.width, gap);
  return { height: Math.ceil(shown / columns) * (height + gap) - gap, cells };
}

function rowsOf(tiles: number, columns: number, width: number, gap: number): Box[] {
  const height = Math.floor(width / RATIO);
  return Array.from({ length: tiles }, (_, n) => ({
    left: (n % columns) * (width + gap),
    top: Math.floor(n / columns) * (height + gap),
    width,
    height,
  }));
}

/** Every row in the middle, also one that is not full. */
function centred(boxes: readonly Box[], columns: number, width: number, gap: number): Box[] {
  return boxes.map((box, n) => {
    const inRow = Math.min(columns, boxes.length - Math.floor(n / columns) * columns);
    const spare = width - inRow * box.width - (inRow - 1) * gap;
    return { ...box, left: Math.round(box.left + spare / 2) };
  });
}

function moved(boxes: readonly Box[], left: number, top: number): Box[] {
  return boxes.map((box) => ({ ...box, left: box.left + left, top: box.top + top }));
}

/** How many of ``each`` stand in ``all``, at least one. */
function fitting(all: number, each: number, gap: number): number {
  return Math.max(1, Math.floor((all + gap) / (each + gap)));
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

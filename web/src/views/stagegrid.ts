/** Where each tile of the stage stands, for a number of tiles and a room for them. Pure. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const RATIO = 16 / 9;
/** Narrower than this a face says nothing: the stage rather scrolls. */
const TILE_MIN = 148;
const STRIP_WIDE = 208;
/** Of two arrangements so alike the broader one is better: not a column of stamps on a telephone. */
const NEARLY = 0.9;
/** In the strip a name is enough. */
const STRIP_MIN = 112;
/** The strip under the main picture takes at most this part of the height. */
const STRIP_PART = 0.3;

interface Room {
  readonly width: number;
  readonly height: number;
}

/** Equal tiles, as large as they can be. */
export function gridBoxes(tiles: number, room: Room, gap: number): Box[] {
  const { columns, width } = best(tiles, room, gap);
  const height = Math.floor(width / RATIO);
  const rows = Math.ceil(tiles / columns);
  const top = Math.max(0, (room.height - rows * height - (rows - 1) * gap) / 2);
  return Array.from({ length: tiles }, (_, n) => {
    const row = Math.floor(n / columns);
    const inRow = Math.min(columns, tiles - row * columns);
    const left = (room.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      left: Math.round(left + (n % columns) * (width + gap)),
      top: Math.round(top + row * (height + gap)),
      width,
      height,
    };
  });
}

/** One main picture with the others in a strip below it; a single tile is the main picture alone. */
export function mainBoxes(tiles: number, main: number, room: Room, gap: number): Box[] {
  if (tiles <= 1) return gridBoxes(tiles, room, gap);
  const strip = stripOf(tiles - 1, room, gap);
  const picture = best(1, { width: room.width, height: room.height - strip.height - gap }, gap);
  const height = Math.floor(picture.width / RATIO);
  const spare = Math.max(0, room.height - height - gap - strip.full);
  const boxes: Box[] = [];
  let next = 0;
  for (let n = 0; n < tiles; n += 1) {
    if (n === main) {
      const left = Math.round((room.width - picture.width) / 2);
      boxes.push({ left, top: Math.round(spare / 2), width: picture.width, height });
      continue;
    }
    const box = strip.boxes[next];
    next += 1;
    if (box !== undefined) boxes.push({ ...box, top: box.top + Math.round(spare / 2) + height + gap });
  }
  return boxes;
}

/** ``height`` is what the main picture leaves to it, ``full`` what it really needs: the rest is scrolled to. */
function stripOf(tiles: number, room: Room, gap: number): { height: number; full: number; boxes: Box[] } {
  const limit = room.height * STRIP_PART;
  let width = Math.min(STRIP_WIDE, Math.floor((room.width - gap) / 2), Math.floor(limit * RATIO));
  width = Math.max(STRIP_MIN, width);
  const fits = (each: number): boolean => rowsOf(tiles, each, room, gap) * (each / RATIO + gap) - gap <= limit;
  while (width > STRIP_MIN && !fits(width)) width -= 4;
  const columns = Math.max(1, Math.floor((room.width + gap) / (width + gap)));
  const height = Math.floor(width / RATIO);
  const boxes = Array.from({ length: tiles }, (_, n) => {
    const inRow = Math.min(columns, tiles - Math.floor(n / columns) * columns);
    const left = (room.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      left: Math.round(left + (n % columns) * (width + gap)),
      top: Math.floor(n / columns) * (height + gap),
      width,
      height,
    };
  });
  const full = Math.ceil(tiles / columns) * (height + gap) - gap;
  return { height: Math.min(full, Math.max(limit, height)), full, boxes };
}

function rowsOf(tiles: number, width: number, room: Room, gap: number): number {
  return Math.ceil(tiles / Math.max(1, Math.floor((room.width + gap) / (width + gap))));
}

function best(tiles: number, room: Room, gap: number): { columns: number; width: number } {
  let found = { columns: 1, width: 0 };
  let widest = 0;
  for (let columns = 1; columns <= Math.max(1, tiles); columns += 1) {
    const rows = Math.ceil(Math.max(1, tiles) / columns);
    const byWidth = (room.width - gap * (columns - 1)) / columns;
    const byHeight = ((room.height - gap * (rows - 1)) / rows) * RATIO;
    const width = Math.floor(Math.min(byWidth, byHeight));
    if (width > found.width || width > widest * NEARLY) found = { columns, width };
    widest = Math.max(widest, width);
  }
  if (found.width >= TILE_MIN || tiles <= 1) return found;
  const columns = Math.max(1, Math.floor((room.width + gap) / (TILE_MIN + gap)));
  return { columns, width: Math.floor((room.width - gap * (columns - 1)) / columns) };
}

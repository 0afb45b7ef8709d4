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
/** Of two arrangements so alike the broader one is better: not a column of stamps on a telephone. */
const NEARLY = 0.9;

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

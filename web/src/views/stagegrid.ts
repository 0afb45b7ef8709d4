/** How many tiles stand side by side so that their pictures become as large as possible. Pure. */

export interface Grid {
  columns: number;
  rows: number;
  /** Width of one tile; its height follows from 16:9. */
  width: number;
}

const RATIO = 16 / 9;

export function gridOf(tiles: number, width: number, height: number, gap: number): Grid {
  let best: Grid = { columns: 1, rows: Math.max(1, tiles), width: 0 };
  for (let columns = 1; columns <= Math.max(1, tiles); columns += 1) {
    const rows = Math.ceil(Math.max(1, tiles) / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = ((height - gap * (rows - 1)) / rows) * RATIO;
    const each = Math.floor(Math.min(byWidth, byHeight));
    if (each > best.width) best = { columns, rows, width: each };
  }
  return best;
}

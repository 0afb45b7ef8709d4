/** Stretches on a lane of the timeline, and how those that overlap keep apart. Pure. */

/** A stretch on a lane; ``row`` keeps stretches apart that overlap. */
export interface Stretch {
  from_ms: number;
  to_ms: number;
  label: string;
  row: number;
}

const ROWS = 3;

/** Each stretch goes to the first row that is free; the last row takes what is left over. */
export function inRows<S extends Stretch>(stretches: readonly S[]): S[] {
  const ends: number[] = [];
  return [...stretches]
    .sort((a, b) => a.from_ms - b.from_ms)
    .map((stretch) => {
      const free = ends.findIndex((end) => end <= stretch.from_ms);
      const row = free >= 0 ? free : Math.min(ends.length, ROWS - 1);
      ends[row] = stretch.to_ms;
      return { ...stretch, row };
    });
}

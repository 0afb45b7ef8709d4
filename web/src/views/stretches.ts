/** Stretches on a lane of the timeline, and how those that overlap keep apart. Pure. */

/** A stretch on a lane; ``row`` keeps stretches apart that overlap. */
export interface Stretch {
  from_ms: number;
  to_ms: number;
  label: string;
  row: number;
}

const ROWS = 3;

/** Each stretch goes to the first row that is free; where all are taken, to the one that is free soonest. */
export function inRows<S extends Stretch>(stretches: readonly S[], most = ROWS): S[] {
  const ends: number[] = [];
  return [...stretches]
    .sort((a, b) => a.from_ms - b.from_ms)
    .map((stretch) => {
      const free = ends.findIndex((end) => end <= stretch.from_ms);
      const row = free >= 0 ? free : ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
      ends[row] = Math.max(ends[row] ?? 0, stretch.to_ms);
      return { ...stretch, row };
    });
}

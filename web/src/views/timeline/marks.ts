/** What of the rows is drawn at a zoom: bars cut to the window, dots that would lie on each other as one with a number. Pure. */
import type { Span } from "../../media/playhead";
import type { Dot } from "../reviewlanes";
import type { Bar, Row } from "./rows";
import { lengthOf, xOf } from "./window";

/** Dots nearer to each other than this are one mark. */
export const CLUSTER_PX = 20;
/** A bar is seen from this width on. */
const THINNEST_PX = 2;
/** What lies at the very edge stands this far from it: half a mark says nothing. */
const EDGE_PX = 9;
/** So much free room beside a dot is enough for a few words. */
const WORDS_PX = 44;

/** One dot, or as many as would lie on each other. */
export interface Cluster {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly dots: readonly Dot[];
}

/**
 * From the first dot of the row on, not of the window: nothing regroups while one pans. `apart_ms` is what
 * `CLUSTER_PX` means at this zoom.
 */
export function clustered(dots: readonly Dot[], apart_ms: number): Cluster[] {
  const clusters: Cluster[] = [];
  let first = 0;
  for (let n = 1; n <= dots.length; n += 1) {
    const begin = dots[first]!.at_ms;
    if (n < dots.length && dots[n]!.at_ms - begin < apart_ms) continue;
    clusters.push({ from_ms: begin, to_ms: dots[n - 1]!.at_ms, dots: dots.slice(first, n) });
    first = n;
  }
  return dots.length === 0 ? [] : clusters;
}

export interface DrawnBar {
  readonly bar: Bar;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface DrawnMark {
  readonly cluster: Cluster;
  readonly x: number;
  /** Its middle. */
  readonly y: number;
  /** Room for words to its right. */
  readonly room: number;
}

export interface Drawn {
  readonly bars: readonly DrawnBar[];
  readonly marks: readonly DrawnMark[];
}

/** Remembers the grouping of each row at the last zoom: panning asks for the same again and again. */
export class Clusters {
  private readonly known = new WeakMap<readonly Dot[], { apart_ms: number; clusters: Cluster[] }>();

  of(dots: readonly Dot[], apart_ms: number): Cluster[] {
    const last = this.known.get(dots);
    if (last !== undefined && last.apart_ms === apart_ms) return last.clusters;
    const clusters = clustered(dots, apart_ms);
    this.known.set(dots, { apart_ms, clusters });
    return clusters;
  }
}

export function drawnOf(rows: readonly Row[], window: Span, width_px: number, known: Clusters): Drawn {
  const bars: DrawnBar[] = [];
  const marks: DrawnMark[] = [];
  for (const row of rows) {
    bars.push(...barsOf(row, window, width_px));
    marks.push(...marksOf(row, window, width_px, known));
  }
  return { bars, marks };
}

/** Of bars that are thinner than a pixel and lie on each other one is drawn: never more than there are pixels. */
function barsOf(row: Row, window: Span, width_px: number): DrawnBar[] {
  const drawn: DrawnBar[] = [];
  const ends = new Map<string, number>();
  for (const bar of row.bars) {
    if (bar.from_ms > window.to_ms) break;
    if (bar.to_ms < window.from_ms) continue;
    const x = Math.max(-1, xOf(bar.from_ms, window, width_px));
    const end = Math.min(width_px + 1, xOf(bar.to_ms, window, width_px));
    const key = `${bar.kind}${bar.top}`;
    if (end < (ends.get(key) ?? -Infinity)) continue;
    const width = Math.max(THINNEST_PX, end - x);
    ends.set(key, x + width);
    drawn.push({ bar, x, y: row.top + bar.top, width });
  }
  return drawn;
}

function marksOf(row: Row, window: Span, width_px: number, known: Clusters): DrawnMark[] {
  if (row.dots.length === 0) return [];
  const apart_ms = (CLUSTER_PX / Math.max(1, width_px)) * lengthOf(window);
  const beyond_ms = apart_ms; // half a mark at the edge is drawn too
  const clusters = known.of(row.dots, apart_ms);
  const seen: DrawnMark[] = [];
  for (let n = firstEndingAt(clusters, window.from_ms - beyond_ms); n < clusters.length; n += 1) {
    const cluster = clusters[n]!;
    if (cluster.from_ms > window.to_ms + beyond_ms) break;
    const middle = middleOf(cluster, window, width_px);
    const isIn = cluster.to_ms >= window.from_ms && cluster.from_ms <= window.to_ms;
    const x = isIn ? Math.max(EDGE_PX, Math.min(width_px - EDGE_PX, middle)) : middle;
    const next = clusters[n + 1];
    const free = (next === undefined ? width_px : Math.min(width_px, middleOf(next, window, width_px) - 16)) - x - 9;
    seen.push({ cluster, x, y: row.top + middleIn(row), room: free >= WORDS_PX ? free : 0 });
  }
  return seen;
}

/** Where the dots of a row stand: 会控 has its bars above them, the calls theirs below. */
function middleIn(row: Row): number {
  if (row.lane === "control") return row.height - 7;
  return row.lane === "venue" ? 11 : row.height / 2;
}

function middleOf({ from_ms, to_ms }: Cluster, window: Span, width_px: number): number {
  return xOf((from_ms + to_ms) / 2, window, width_px);
}

function firstEndingAt(clusters: readonly Cluster[], at_ms: number): number {
  let low = 0;
  let high = clusters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clusters[middle]!.to_ms < at_ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far from a mark a press still means it: a finger is wider than a pointer. */
const NEAR_PX = { mouse: 9, touch: 20 } as const;

/** The mark under a press; the nearest, where it is between two. */
export function markAt(drawn: Drawn, x: number, y: number, by: keyof typeof NEAR_PX): DrawnMark | null {
  const near = NEAR_PX[by];
  const found = drawn.marks.filter((mark) => Math.abs(mark.x - x) <= near && Math.abs(mark.y - y) <= near + 3);
  return found.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0] ?? null;
}

/** The bar under a press: what was drawn last lies on top. */
export function barAt(drawn: Drawn, x: number, y: number): DrawnBar | null {
  const isOver = (one: DrawnBar): boolean =>
    one.x - 1 <= x && x <= one.x + one.width + 1 && one.y <= y && y <= one.y + one.bar.height;
  return drawn.bars.filter((one) => one.bar.kind !== "floor" && isOver(one)).at(-1) ?? null;
}

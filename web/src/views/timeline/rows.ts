/** The rows of the timeline, from what is known of a recording: which there are, how high, and what lies on each. Pure. */
import { isSpan } from "../controllanes";
import type { Dot, Lanes, Turn } from "../reviewlanes";
import { inRows, type Stretch } from "../stretches";

export type LaneName = "recorded" | "speech" | "control" | "venue" | "board" | "instruction" | "marker" | "key";

/** What a bar is; the painter knows the colour of each. `voice`: one of the colours of speaking units. */
export type BarKind = "recorded" | "gap" | "voice" | "floor" | "rollcall" | "turn" | "broadcast" | "carousel" | "ring";

export interface Bar {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly label: string;
  readonly kind: BarKind;
  /** From the top of the row. */
  readonly top: number;
  readonly height: number;
  readonly voice: number;
  /** Whose it is; empty where it is nobody's. */
  readonly venue: string;
}

export interface Row {
  readonly key: string;
  readonly lane: LaneName;
  /** The unit of a row of its own; else the lane's name stands beside it. */
  readonly unit: string | null;
  readonly name: string;
  readonly count: number;
  readonly top: number;
  readonly height: number;
  /** By their beginning. */
  readonly bars: readonly Bar[];
  /** By their time. */
  readonly dots: readonly Dot[];
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
  /** How many units have spoken: from some number on they share rows until somebody unfolds them. */
  readonly units: number;
}

export interface Wish {
  /** In the hand: the lanes that matter, and targets as wide as a finger. */
  readonly compact: boolean;
  /** A row for every unit, however many there are. */
  readonly unfolded: boolean;
}

/** As many units have a row each without being asked. */
export const UNITS_MAX = 5;
const VOICES = 8;
const BAR = 16;
const PITCH = 18;
const AIR = 4;
const LANE = 26;

interface Draft {
  readonly lane: LaneName;
  readonly unit?: string;
  readonly count: number;
  readonly height: number;
  readonly bars?: readonly Bar[];
  readonly dots?: readonly Dot[];
}

export function rowsOf(lanes: Lanes, { compact, unfolded }: Wish): Rows {
  const units = unitsOf(lanes.speech);
  const drafts: Draft[] = [recordedOf(lanes), ...speechOf(lanes, units, compact, unfolded)];
  if (compact && !unfolded) drafts.push(keyOf(lanes));
  else {
    drafts.push(controlOf(lanes), callsOf(lanes), boardOf(lanes));
    drafts.push(dotsOf("instruction", lanes.instructions), dotsOf("marker", lanes.dots.marker));
  }
  let top = 0;
  const rows = drafts.map(({ lane, unit, count, height, bars = [], dots = [] }): Row => {
    const name = unit === undefined ? "" : (lanes.names.get(unit) ?? unit);
    const row = { key: `${lane}${unit ?? ""}`, lane, unit: unit ?? null, name, count, top, height, bars, dots };
    top += height;
    return row;
  });
  return { rows, height: top, units: units.length };
}

/** Those that spoke, in the order in which they first did. */
export function unitsOf(speech: readonly Turn[]): string[] {
  return [...new Set([...speech].sort((a, b) => a.from_ms - b.from_ms).map(({ venue }) => venue))];
}

function recordedOf({ recorded, gaps }: Lanes): Draft {
  const bars = recorded.map((stretch) => bar(stretch, "recorded", { top: AIR, height: BAR }));
  // What is missing of one venue leaves a line of what is there of the others.
  const missing = gaps.map((gap) =>
    bar(gap, "gap", gap.venue === "" ? { top: AIR, height: BAR } : { top: AIR + 7, height: BAR - 7, venue: gap.venue }),
  );
  return { lane: "recorded", count: gaps.length, height: BAR + 2 * AIR, bars: byStart([...bars, ...missing]) };
}

function speechOf(lanes: Lanes, units: readonly string[], compact: boolean, unfolded: boolean): Draft[] {
  const voiceOf = new Map(units.map((unit, n) => [unit, n % VOICES]));
  const said = (turn: Turn, top: number): Bar =>
    bar(turn, "voice", { top, height: BAR, voice: voiceOf.get(turn.venue) ?? 0, venue: turn.venue });
  const isApart = units.length > 0 && (unfolded || (!compact && units.length <= UNITS_MAX));
  if (isApart) {
    return units.map((unit) => {
      const own = lanes.speech.filter(({ venue }) => venue === unit);
      const bars = own.map((turn) => said(turn, 1));
      return { lane: "speech", unit, count: own.length, height: PITCH, bars: byStart([...bars, ...floorsOf(lanes, unit)]) };
    });
  }
  const packed = inRows(lanes.speech, compact ? 2 : 4);
  const bars = packed.map((turn) => said(turn, AIR + turn.row * PITCH));
  return [
    { lane: "speech", count: units.length, height: heightOf(packed), bars: byStart([...bars, ...floorsOf(lanes, null)]) },
  ];
}

/** Who had the floor: a line over the voices. */
function floorsOf({ control }: Lanes, unit: string | null): Bar[] {
  const turns = control.filter(({ kind, venue }) => kind === "turn" && (unit === null || venue === unit));
  return turns.map((turn) => bar(turn, "floor", { top: 0, height: 3, venue: turn.venue }));
}

function controlOf({ control, dots }: Lanes): Draft {
  const bars = control.map((one) => bar(one, one.kind, { top: AIR + one.row * PITCH, height: BAR, venue: one.venue }));
  const rest = dots.control.filter(({ recorded }) => !isSpan(recorded.event.type));
  return { lane: "control", count: control.length + rest.length, height: heightOf(control) + 15, bars, dots: rest };
}

function callsOf({ rings, dots }: Lanes): Draft {
  const bars = rings.map((one) => bar(one, "ring", { top: 19 + one.row * 3, height: 2, venue: one.venue }));
  const both = byTime([...dots.venue, ...dots.recording]);
  return { lane: "venue", count: both.length, height: LANE + 2, bars, dots: both };
}

function boardOf({ dots, instructions }: Lanes): Draft {
  const own = new Set(instructions.map(({ recorded }) => recorded));
  return dotsOf("board", dots.board.filter(({ recorded }) => !own.has(recorded)));
}

/** 要点, in the hand: what was ordered and what was marked. */
function keyOf({ instructions, dots }: Lanes): Draft {
  const both = byTime([...instructions, ...dots.marker]);
  return { lane: "key", count: both.length, height: 34, dots: both };
}

function dotsOf(lane: LaneName, dots: readonly Dot[]): Draft {
  return { lane, count: dots.length, height: LANE, dots: byTime(dots) };
}

interface Place {
  readonly top: number;
  readonly height: number;
  readonly voice?: number;
  readonly venue?: string;
}

function bar({ from_ms, to_ms, label }: Stretch, kind: BarKind, { top, height, voice = 0, venue = "" }: Place): Bar {
  return { from_ms, to_ms, label, kind, top, height, voice, venue };
}

function heightOf(stretches: readonly Stretch[]): number {
  return (1 + Math.max(0, ...stretches.map(({ row }) => row))) * PITCH + AIR;
}

function byStart(bars: readonly Bar[]): Bar[] {
  return [...bars].sort((a, b) => a.from_ms - b.from_ms);
}

function byTime(dots: readonly Dot[]): Dot[] {
  return [...dots].sort((a, b) => a.at_ms - b.at_ms);
}

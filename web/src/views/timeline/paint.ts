/** Draws the timeline on its canvas; what and where has been worked out before (marks.ts, window.ts). */
import type { Span } from "../../media/playhead";
import type { Drawn, DrawnBar, DrawnMark } from "./marks";
import type { Row } from "./rows";
import type { Shape, Sign, Tone } from "./shapes";
import { xOf, type Axis } from "./window";

export const AXIS_PX = 22;

/** What is written beside a mark or in it. */
export interface Words {
  /** Of a bar. */
  readonly bar: (drawn: DrawnBar) => string;
  /** Of a single event. */
  readonly mark: (drawn: DrawnMark) => string;
  /** One sign in a flag: 决, 指, 办, 关. */
  readonly letter: (drawn: DrawnMark) => string;
  readonly sign: (drawn: DrawnMark) => Sign;
  readonly tone: (drawn: DrawnMark) => Tone;
  readonly tick: (at_ms: number, step_ms: number) => string;
}

export interface Picture {
  readonly rows: readonly Row[];
  readonly drawn: Drawn;
  readonly axis: Axis;
  readonly window: Span;
  readonly width: number;
  readonly height: number;
  /** The mark under the pointer. */
  readonly hot: DrawnMark | null;
}

export interface Whole {
  readonly recorded: readonly Span[];
  readonly gaps: readonly Span[];
  readonly speech: readonly Span[];
  readonly keys: readonly { readonly at_ms: number; readonly tone: Tone }[];
}

const FONT = "11px";

export class Painter {
  private readonly inks = new Map<string, string>();
  private readonly widths = new Map<string, number>();
  private family = "sans-serif";
  private hatch: CanvasPattern | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.family = getComputedStyle(canvas).fontFamily || "sans-serif";
  }

  lanes(picture: Picture, words: Words): void {
    const on = this.begin(picture.width, picture.height);
    if (on === null) return;
    on.fillStyle = this.ink("--tl-line");
    for (const { top } of picture.rows) on.fillRect(0, top, picture.width, 1);
    for (const at of picture.axis.times) {
      on.fillRect(Math.round(xOf(at, picture.window, picture.width)), 0, 1, picture.height);
    }
    for (const one of picture.drawn.bars) this.bar(on, one, words);
    for (const one of picture.drawn.marks) this.mark(on, one, words, one === picture.hot);
  }

  axis({ axis, window, width }: Picture, words: Words): void {
    const on = this.begin(width, AXIS_PX);
    if (on === null) return;
    on.fillStyle = this.ink("--tl-tick");
    for (const at of axis.minor) on.fillRect(Math.round(xOf(at, window, width)), AXIS_PX - 4, 1, 4);
    for (const at of axis.times) {
      const x = Math.round(xOf(at, window, width));
      on.fillStyle = this.ink("--tl-tick");
      on.fillRect(x, 4, 1, AXIS_PX - 4);
      on.fillStyle = this.ink("--tl-time");
      on.fillText(words.tick(at, axis.step_ms), x + 4, AXIS_PX / 2);
    }
  }

  /** The whole recording in little: what there is of it, how much was said, what stands out. */
  whole({ recorded, gaps, speech, keys }: Whole, span: Span, width: number, height: number): void {
    const on = this.begin(width, height);
    if (on === null) return;
    const stretch = (name: string, from_ms: number, to_ms: number, top: number, high: number): void => {
      on.fillStyle = this.ink(name);
      const x = xOf(from_ms, span, width);
      on.fillRect(x, top, Math.max(1, xOf(to_ms, span, width) - x), high);
    };
    for (const { from_ms, to_ms } of recorded) stretch("--tl-recorded", from_ms, to_ms, height - 9, 4);
    for (const { from_ms, to_ms } of speech) stretch("--tl-voice-0", from_ms, to_ms, 10, height - 22);
    for (const { from_ms, to_ms } of gaps) stretch("--tl-gap", from_ms, to_ms, height - 11, 8);
    for (const { at_ms, tone } of keys) stretch(`--tl-${tone}`, at_ms, at_ms, 2, 7);
  }

  private begin(width: number, height: number): CanvasRenderingContext2D | null {
    const scale = globalThis.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== wide) this.canvas.width = wide;
    if (this.canvas.height !== high) this.canvas.height = high;
    const on = this.canvas.getContext("2d");
    if (on === null || width <= 0) return null;
    on.setTransform(scale, 0, 0, scale, 0, 0);
    on.clearRect(0, 0, width, height);
    on.font = `${FONT} ${this.family}`;
    on.textBaseline = "middle";
    return on;
  }

  private bar(on: CanvasRenderingContext2D, drawn: DrawnBar, words: Words): void {
    const { bar, x, y, width } = drawn;
    on.fillStyle = this.ink(bar.kind === "voice" ? `--tl-voice-${bar.voice}` : `--tl-${bar.kind}`);
    if (bar.kind === "gap") {
      on.fillStyle = this.ink("--tl-ground");
      on.fillRect(x, y, width, bar.height);
      on.fillStyle = this.hatched(on);
      on.fillRect(x, y, width, bar.height);
      on.strokeStyle = this.ink("--tl-gap");
      on.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), bar.height - 1);
    } else rounded(on, x, y, width, bar.height, bar.kind === "floor" || bar.kind === "ring" ? 0 : 2);
    if (bar.height < 14) return;
    const begin = Math.max(0, x) + 4; // where the bar began before the window, its name stands at the edge
    const text = this.cut(on, words.bar(drawn), x + width - begin - 3);
    if (text === "") return;
    if (bar.kind === "gap") {
      on.fillStyle = this.ink("--tl-ground");
      on.fillRect(begin - 2, y + 1, this.measure(on, text) + 4, bar.height - 2);
    }
    on.fillStyle = this.ink(bar.kind === "gap" ? "--tl-gap" : "--tl-on-bar");
    on.fillText(text, begin, y + bar.height / 2 + 0.5);
  }

  private mark(on: CanvasRenderingContext2D, drawn: DrawnMark, words: Words, isHot: boolean): void {
    const { cluster, x, y, room } = drawn;
    const many = cluster.dots.length;
    if (isHot) {
      on.fillStyle = this.ink("--tl-hot");
      on.beginPath();
      on.arc(x, y, 12, 0, 2 * Math.PI);
      on.fill();
    }
    if (many > 1) {
      this.pill(on, x, y, many > 99 ? "99+" : String(many), words.tone(drawn));
      return;
    }
    const { shape, tone } = words.sign(drawn);
    on.fillStyle = on.strokeStyle = this.ink(`--tl-${tone}`);
    draw(on, shape, x, y);
    if (shape === "flag") {
      on.fillStyle = this.ink("--tl-on-mark");
      on.textAlign = "center";
      on.fillText(words.letter(drawn), x + 7, y - 2.5);
      on.textAlign = "start";
    }
    if (room === 0) return;
    const inset = shape === "flag" ? 18 : 9;
    on.fillStyle = this.ink("--tl-words");
    on.fillText(this.cut(on, words.mark(drawn), room - inset + 5), x + inset, y + 0.5);
  }

  /** A counted mark; trouble among what it stands for has a triangle of its own. */
  private pill(on: CanvasRenderingContext2D, x: number, y: number, text: string, tone: Tone): void {
    const width = Math.max(15, this.measure(on, text) + 7);
    on.fillStyle = this.ink(`--tl-${tone}`);
    rounded(on, x - width / 2, y - 7, width, 14, 7);
    on.fillStyle = this.ink("--tl-on-mark");
    on.textAlign = "center";
    on.fillText(text, x, y + 0.5);
    on.textAlign = "start";
    if (tone !== "warn") return;
    on.fillStyle = this.ink("--tl-warn");
    triangle(on, x + width / 2 - 1, y - 7, 4);
  }

  private ink(name: string): string {
    const known = this.inks.get(name);
    if (known !== undefined) return known;
    const ink = getComputedStyle(this.canvas).getPropertyValue(name).trim() || "#888888";
    this.inks.set(name, ink);
    return ink;
  }

  private measure(on: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.widths.size > 5_000) this.widths.clear();
      this.widths.set(text, (width = on.measureText(text).width));
    }
    return width;
  }

  /** As much of the text as fits, with an ellipsis where it is cut; nothing where not even that says anything. */
  private cut(on: CanvasRenderingContext2D, text: string, room: number): string {
    if (text === "" || room < 12) return "";
    const width = this.measure(on, text);
    if (width <= room) return text;
    const letters = [...text];
    const most = Math.floor((letters.length * (room - 10)) / width);
    return most < 2 ? (letters[0] !== undefined && room >= 14 ? letters[0] : "") : `${letters.slice(0, most).join("")}…`;
  }

  private hatched(on: CanvasRenderingContext2D): CanvasPattern | string {
    if (this.hatch !== null) return this.hatch;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const brush = tile.getContext("2d");
    if (brush === null) return this.ink("--tl-gap");
    brush.strokeStyle = this.ink("--tl-gap");
    brush.lineWidth = 2.5;
    for (const shift of [-8, 0, 8]) {
      brush.beginPath();
      brush.moveTo(shift, 8);
      brush.lineTo(shift + 8, 0);
      brush.stroke();
    }
    this.hatch = on.createPattern(tile, "repeat");
    return this.hatch ?? this.ink("--tl-gap");
  }
}

function draw(on: CanvasRenderingContext2D, shape: Shape, x: number, y: number): void {
  switch (shape) {
    case "disc":
      circle(on, x, y, 4);
      on.fill();
      break;
    case "ring":
      circle(on, x, y, 3.5);
      on.lineWidth = 1.75;
      on.stroke();
      on.lineWidth = 1;
      break;
    case "warn":
      triangle(on, x, y, 5.5);
      break;
    case "dash":
      on.fillRect(x - 4, y - 1.5, 8, 3);
      break;
    case "square":
      on.fillRect(x - 3.5, y - 3.5, 7, 7);
      break;
    case "diamond":
      on.beginPath();
      on.moveTo(x, y - 5);
      on.lineTo(x + 5, y);
      on.lineTo(x, y + 5);
      on.lineTo(x - 5, y);
      on.fill();
      break;
    case "flag":
      on.fillRect(x - 1, y - 9, 1.5, 19);
      rounded(on, x - 1, y - 9, 16, 13, 2);
      break;
    case "stroke":
      on.fillRect(x - 1, y - 6, 2, 12);
      break;
  }
}

function circle(on: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  on.beginPath();
  on.arc(x, y, radius, 0, 2 * Math.PI);
}

function triangle(on: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  on.beginPath();
  on.moveTo(x, y - size);
  on.lineTo(x + size, y + size * 0.8);
  on.lineTo(x - size, y + size * 0.8);
  on.fill();
}

function rounded(on: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, radius: number): void {
  on.beginPath();
  if (typeof on.roundRect === "function") on.roundRect(x, y, width, height, Math.min(radius, width / 2));
  else on.rect(x, y, width, height);
  on.fill();
}

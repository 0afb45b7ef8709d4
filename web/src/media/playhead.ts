/** The one clock of the review page: a position in hub time that every track follows. */

import { signal } from "@preact/signals";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;

/** Where the clock stood at one moment of the page; everything else is computed from it. */
export interface Anchor {
  hub_ms: number;
  page_ms: number;
  rate: number;
  running: boolean;
}

export interface Span {
  from_ms: number;
  to_ms: number;
}

/** Pure: the position at a moment of the page, kept inside the recording. */
export function positionAt(anchor: Anchor, page_ms: number, span: Span): number {
  const gone = anchor.running ? (page_ms - anchor.page_ms) * anchor.rate : 0;
  return clamp(anchor.hub_ms + gone, span);
}

export function clamp(hub_ms: number, span: Span): number {
  return Math.max(span.from_ms, Math.min(span.to_ms, hub_ms));
}

/** Pure: the next speed in that direction; the last one where there is none. */
export function nextSpeed(speed: number, step: -1 | 1): number {
  const further = step === 1 ? SPEEDS.find((one) => one > speed) : [...SPEEDS].reverse().find((one) => one < speed);
  return further ?? speed;
}

/** L as at an editing desk: it plays, and each further press doubles the speed, up to four times. */
export function shuttleSpeed(playing: boolean, speed: number): number {
  if (!playing) return 1;
  return speed < 1 ? 1 : Math.min(4, speed < 2 ? 2 : 4);
}

/** The sound that leads is further off than this only by a fault: it is sought. Nearer, the clock goes to it. */
const LEAD_OFF_MS = 400;
/** What one step of the clock takes up of the difference: measurements shake by a few milliseconds. */
const FOLLOW = 0.3;

export class Playhead {
  /** In steps of 100 ms, for views; `now()` is exact. */
  readonly at = signal(0);
  readonly playing = signal(false);
  readonly speed = signal(1);
  /** True while a track is being fetched and the clock waits for it. */
  readonly waiting = signal(false);
  /** Counts jumps: a track that has not seen the last one goes to the very moment. */
  jumps = 0;

  private readonly extent = signal<Span>({ from_ms: 0, to_ms: 0 });
  private anchor: Anchor;
  private edge: (() => number) | null = null;
  private moved: () => void = () => undefined;

  constructor(
    span: Span,
    start_ms = span.from_ms,
    private readonly pageClock: () => number = () => performance.now(),
  ) {
    this.extent.value = span;
    this.anchor = { hub_ms: clamp(start_ms, span), page_ms: pageClock(), rate: 1, running: false };
    this.at.value = this.anchor.hub_ms;
  }

  /** What can be played. Of a session that goes on it grows; a view that reads it is drawn again. */
  get span(): Span {
    return this.extent.value;
  }

  /** The recording has become longer, or has ended. */
  extend(span: Span): void {
    const known = this.extent.peek();
    if (known.from_ms !== span.from_ms || known.to_ms !== span.to_ms) this.extent.value = span;
  }

  /** While the session goes on: up to where there is something to play, asked anew each time. Null: it has ended. */
  goOnTo(edge: (() => number) | null): void {
    this.edge = edge;
  }

  get isLive(): boolean {
    return this.edge !== null;
  }

  /** How far one may go by now. */
  get edge_ms(): number {
    return this.limits().to_ms;
  }

  /** Called with every jump, pause and start, so that the tracks follow at once. */
  onMoved(moved: () => void): void {
    this.moved = moved;
  }

  now(): number {
    return positionAt(this.anchor, this.pageClock(), this.limits());
  }

  get running(): boolean {
    return this.anchor.running;
  }

  play(): void {
    if (this.now() >= this.limits().to_ms && !this.isLive) this.jumpTo(this.limits().from_ms);
    this.playing.value = true;
    this.reanchor(this.now());
    this.moved();
  }

  pause(): void {
    this.playing.value = false;
    this.reanchor(this.now());
    this.moved();
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play();
  }

  seek(hub_ms: number): void {
    this.jumpTo(hub_ms);
    this.moved();
  }

  skip(by_ms: number): void {
    this.seek(this.now() + by_ms);
  }

  setSpeed(speed: number): void {
    const here = this.now();
    this.speed.value = speed;
    this.reanchor(here);
    this.moved();
  }

  /** The clock stands still while a track that should be heard or seen has no data. */
  wait(waiting: boolean): void {
    if (waiting === this.waiting.value) return;
    const here = this.now();
    this.waiting.value = waiting;
    this.reanchor(here);
  }

  /** The sound that leads is here: the clock goes to it, for an ear notices what no eye does. */
  follow(hub_ms: number): void {
    const off = hub_ms - this.now();
    if (!this.anchor.running || Math.abs(off) > LEAD_OFF_MS * this.speed.value) return;
    this.reanchor(this.now() + off * FOLLOW);
  }

  /** Called a few times a second; the end of the recording stops it, the edge of the present slows it down. */
  tick(): void {
    const here = this.now();
    if (this.playing.value && here >= this.limits().to_ms) {
      if (!this.isLive) this.pause();
      else if (this.speed.value > 1) this.setSpeed(1);
      else this.reanchor(here);
    }
    this.publish(here);
  }

  private limits(): Span {
    const { from_ms, to_ms } = this.extent.peek();
    return { from_ms, to_ms: this.edge === null ? to_ms : Math.max(from_ms, this.edge()) };
  }

  private jumpTo(hub_ms: number): void {
    this.jumps += 1;
    this.reanchor(clamp(hub_ms, this.limits()));
  }

  private reanchor(hub_ms: number): void {
    const running = this.playing.value && !this.waiting.value;
    this.anchor = { hub_ms, page_ms: this.pageClock(), rate: this.speed.value, running };
    this.publish(hub_ms);
  }

  private publish(hub_ms: number): void {
    // Upwards: who jumps to an event must see what it did.
    const stepped = Math.ceil(hub_ms / 100) * 100;
    if (stepped !== this.at.value) this.at.value = stepped;
  }
}

/** The one clock of the review page: a position in hub time that every track follows. */

import { signal } from "@preact/signals";

export const SPEEDS = [0.5, 1, 1.5, 2, 4] as const;

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

/** How a track that is ``behind_s`` seconds late catches up. */
export interface Correction {
  seek: boolean;
  rate: number;
}

const SEEK_OVER_S = 0.3;
const CLOSE_ENOUGH_S = 0.03;
const NUDGE_MAX = 0.08;

/** Pure: far off is sought, near is nudged; a nudge under 8 % is heard by nobody. */
export function correction(behind_s: number, rate: number, running: boolean): Correction {
  const off = Math.abs(behind_s);
  // Faster playback is coarser: the limit is in seconds of the listener's time.
  if (off > SEEK_OVER_S * Math.max(1, rate)) return { seek: true, rate };
  if (!running) return { seek: off > CLOSE_ENOUGH_S, rate };
  if (off <= CLOSE_ENOUGH_S) return { seek: false, rate };
  const nudge = Math.max(-NUDGE_MAX, Math.min(NUDGE_MAX, behind_s));
  return { seek: false, rate: rate * (1 + nudge) };
}

export class Playhead {
  /** In steps of 100 ms, for views; `now()` is exact. */
  readonly at = signal(0);
  readonly playing = signal(false);
  readonly speed = signal(1);
  /** True while a track is being fetched and the clock waits for it. */
  readonly waiting = signal(false);

  private anchor: Anchor;

  constructor(
    readonly span: Span,
    start_ms = span.from_ms,
    private readonly pageClock: () => number = () => performance.now(),
  ) {
    this.anchor = { hub_ms: clamp(start_ms, span), page_ms: pageClock(), rate: 1, running: false };
    this.at.value = this.anchor.hub_ms;
  }

  now(): number {
    return positionAt(this.anchor, this.pageClock(), this.span);
  }

  get running(): boolean {
    return this.anchor.running;
  }

  play(): void {
    if (this.now() >= this.span.to_ms) this.seek(this.span.from_ms);
    this.playing.value = true;
    this.reanchor(this.now());
  }

  pause(): void {
    this.playing.value = false;
    this.reanchor(this.now());
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play();
  }

  seek(hub_ms: number): void {
    this.reanchor(clamp(hub_ms, this.span));
  }

  skip(by_ms: number): void {
    this.seek(this.now() + by_ms);
  }

  setSpeed(speed: number): void {
    const here = this.now();
    this.speed.value = speed;
    this.reanchor(here);
  }

  /** The clock stands still while a track that should be heard or seen has no data. */
  wait(waiting: boolean): void {
    if (waiting === this.waiting.value) return;
    const here = this.now();
    this.waiting.value = waiting;
    this.reanchor(here);
  }

  /** Called every animation frame or so; the end of the recording stops it. */
  tick(): void {
    const here = this.now();
    if (this.playing.value && here >= this.span.to_ms) this.pause();
    this.publish(here);
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

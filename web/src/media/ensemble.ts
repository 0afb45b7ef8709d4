/** All recorded tracks of a session, held in step with the playhead. */

import type { ManifestTrack } from "../types/wire";
import { Feed } from "./feed";
import { type Playhead, correction } from "./playhead";

/** Longer than this a track that gives nothing is left behind: one bad file must not stop the review. */
const PATIENCE_MS = 8_000;
const STEP_MS = 100;
/** Chrome never ends a seek to a few frames with a hole behind them: after this long it is sought again. */
const SEEK_STUCK_MS = 1_000;
/** An element shows nothing of a stretch shorter than this, so nobody waits for one. */
const SHORTEST_S = 0.5;
/** A hole shorter than this was a stutter to those who were there: the last picture stands. */
const STUTTER_S = 2;

/** Pure: does the track have anything at this moment? */
export function covers(track: Pick<ManifestTrack, "started_ms" | "ended_ms">, at_ms: number): boolean {
  return track.started_ms <= at_ms && (track.ended_ms === null || at_ms < track.ended_ms);
}

/** Pure: a seek under way is left to end, but not for ever. ``since_ms``: how long ago it was begun. */
export function maySeek(seeking: boolean, since_ms: number): boolean {
  return !seeking || since_ms >= SEEK_STUCK_MS;
}

class Voice {
  private readonly feed: Feed | null;
  private sought_ms = -Infinity;
  private starving_since: number | null = null;

  constructor(
    readonly track: ManifestTrack,
    readonly element: HTMLMediaElement,
  ) {
    const type = mimeOf(track);
    this.feed = Feed.plays(type) ? new Feed(element, { href: track.href, type, size_bytes: track.size_bytes }) : null;
    if (this.feed === null) element.src = track.href;
    element.preservesPitch = true;
  }

  /** Moves the element to where the clock is; true when the clock should wait for it. */
  follow(at_ms: number, rate: number, running: boolean, wished: boolean): boolean {
    const { element, track } = this;
    const at_s = (at_ms - track.started_ms) / 1000;
    this.feed?.want(Math.max(0, at_s));
    const hole_s = this.feed?.holeSince(at_s) ?? null;
    this.markHole(hole_s !== null && at_s - hole_s >= STUTTER_S);
    this.markUnplayable();
    if (!covers(track, at_ms) || hole_s !== null) {
      if (!element.paused) element.pause();
      if (hole_s !== null) this.showLastBefore(hole_s);
      this.starving_since = null;
      return false;
    }
    if (this.maySeek()) {
      const { seek, rate: nudged } = correction(at_s - element.currentTime, rate, running);
      if (seek) this.seek(at_s);
      if (element.playbackRate !== nudged) element.playbackRate = nudged;
    }
    const hungry = element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !this.nearEnd(at_ms, at_s);
    this.run(running && !hungry);
    return wished && hungry && this.patient();
  }

  close(): void {
    this.element.pause();
    if (this.feed !== null) this.feed.close();
    else this.element.removeAttribute("src");
  }

  private markHole(isLong: boolean): void {
    if (isLong) this.element.dataset.hole = "true";
    else delete this.element.dataset.hole;
  }

  /** Whoever jumps into a hole sees what those saw who were there. */
  private showLastBefore(hole_s: number): void {
    const from_s = Math.max(0, hole_s - SHORTEST_S);
    const { currentTime } = this.element;
    if ((currentTime < from_s - STEP_MS / 1000 || currentTime > hole_s) && this.maySeek()) this.seek(from_s);
  }

  /** A codec this browser has not, a file it cannot read: the tile says so. */
  private markUnplayable(): void {
    if (this.isUnplayable) this.element.dataset.unplayable = "true";
    else delete this.element.dataset.unplayable;
  }

  private get isUnplayable(): boolean {
    return this.feed?.failed === true || this.element.error !== null;
  }

  private run(running: boolean): void {
    const { element } = this;
    if (running && element.paused) element.play().catch(() => undefined);
    else if (!running && !element.paused) element.pause();
    if (element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) this.starving_since = null;
  }

  private patient(): boolean {
    if (this.isUnplayable) return false;
    this.starving_since ??= performance.now();
    return performance.now() - this.starving_since < PATIENCE_MS;
  }

  private maySeek(): boolean {
    const { seeking, readyState } = this.element;
    return maySeek(seeking, performance.now() - this.sought_ms) && readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  private seek(at_s: number): void {
    this.element.currentTime = at_s;
    this.sought_ms = performance.now();
  }

  /** The last frames, of the track or before a hole, have no future data, by their nature. */
  private nearEnd(at_ms: number, at_s: number): boolean {
    if ((this.feed?.holeSince(at_s + SHORTEST_S) ?? null) !== null) return true;
    return this.track.ended_ms !== null && at_ms > this.track.ended_ms - SHORTEST_S * 1000;
  }
}

export class Ensemble {
  private readonly voices = new Set<Voice>();
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly playhead: Playhead) {
    this.timer = setInterval(() => this.step(), STEP_MS);
  }

  /** An element joins; the result takes it out again. */
  add(track: ManifestTrack, element: HTMLMediaElement): () => void {
    const voice = new Voice(track, element);
    this.voices.add(voice);
    return () => {
      this.voices.delete(voice);
      voice.close();
    };
  }

  step(): void {
    const { playhead } = this;
    playhead.tick();
    const wished = playhead.playing.value;
    let waiting = false;
    for (const voice of this.voices) {
      if (voice.follow(playhead.now(), playhead.speed.value, playhead.running, wished)) waiting = true;
    }
    playhead.wait(waiting);
  }

  close(): void {
    clearInterval(this.timer);
    for (const voice of this.voices) voice.close();
    this.voices.clear();
  }
}

/** High profile, level 4.2: the most a camera sends; which it is stands in the file itself. */
const CODECS: Record<string, string> = { h264: "avc1.64002a" };

function mimeOf(track: ManifestTrack): string {
  const base = track.media_type.split(";")[0] ?? track.media_type;
  const codec = track.codec.toLowerCase();
  return `${base}; codecs="${CODECS[codec] ?? codec}"`;
}

/** One recorded track and the element that plays it, held to the clock. */

import type { ManifestTrack } from "../types/wire";
import { type Around, Feed } from "./feed";
import type { GrowingFile } from "./growing";
import { correction, type Part } from "./instep";
import { holds } from "./sourced";

/** Longer than this a track that gives nothing is left behind: one bad file must not stop the review. */
const PATIENCE_MS = 8_000;
const STEP_MS = 100;
/** Chrome never ends a seek to a few frames with a hole behind them: after this long it is sought again. */
const SEEK_STUCK_MS = 1_000;
/** Whoever drags the playhead jumps at each move: the elements follow so often. */
const REDIRECT_MS = 100;
/** An element does not begin in a stretch shorter than this, so nobody waits for one, */
const SHORTEST_S = 0.5;
/** or with fewer frames before a hole (Chrome: four), which last long where there are few a second, as of shared content. */
const SHORTEST_FRAMES = 5;
/** A hole shorter than this was a stutter to those who were there: the last picture stands. */
const STUTTER_S = 2;
const STALLED_MS = 1_000;
/** One that has fallen behind though its bytes are there is short of a processor: seeking costs more of that. */
const SEEK_EVERY_MS = 3_000;
const AT_HAND_S = 0.2;
/** What is fetched in advance, in seconds of the listener. */
const AHEAD_S = 10;

/** What the clock says to every track. */
export interface Beat {
  readonly at_ms: number;
  readonly rate: number;
  /** The clock goes, */
  readonly running: boolean;
  /** or would, if nobody made it wait. */
  readonly wished: boolean;
  readonly jumps: number;
}

/** How a track is wanted at this moment. */
export interface Wish {
  /** Of a sound: it is heard. Of a picture: it is seen. */
  readonly on: boolean;
  /** The least comes first when all ask for bytes. */
  readonly urgency: number;
}

/** Pure: does the track have anything at this moment? */
export function covers(track: Pick<ManifestTrack, "started_ms" | "ended_ms">, at_ms: number): boolean {
  return track.started_ms <= at_ms && (track.ended_ms === null || at_ms < track.ended_ms);
}

/** Pure: in how much before a hole an element does not begin, seconds; ``lasting_ms``: of its last SHORTEST_FRAMES. */
export function shortest(lasting_ms: number | null): number {
  return Math.min(STUTTER_S, Math.max(SHORTEST_S, (lasting_ms ?? 0) / 1000));
}

/** Pure: a seek under way is left to end, but not for ever. ``since_ms``: how long ago it was begun. */
export function maySeek(seeking: boolean, since_ms: number): boolean {
  return !seeking || since_ms >= SEEK_STUCK_MS;
}

export class Voice {
  readonly feed: Feed | null;
  wish: Wish = { on: true, urgency: 2 };
  /** Its sound leads the clock. */
  isLead = false;

  private sought_ms = -Infinity;
  private starving_since: number | null = null;
  private jump = -1;
  private drawn = false;
  private heard = { at_s: -1, page_ms: 0 };

  constructor(
    public track: ManifestTrack,
    readonly element: HTMLMediaElement,
    around: Around,
    growing: GrowingFile | null,
  ) {
    const type = mimeOf(track);
    this.feed = Feed.plays(type) ? new Feed(element, fileOf(track, type, growing), around) : null;
    if (this.feed === null) element.src = track.href;
    element.preservesPitch = true;
  }

  /** The track has another address, or another end. */
  renew(track: ManifestTrack, growing: GrowingFile | null): void {
    this.track = track;
    this.feed?.replace(fileOf(track, mimeOf(track), growing));
  }

  get isSound(): boolean {
    return this.track.kind === "audio";
  }

  /** Hub time of what comes out of the element now; null while nothing does. */
  position(): number | null {
    const { element, track } = this;
    if (element.paused || element.seeking || element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) return null;
    const now_ms = performance.now();
    if (element.currentTime !== this.heard.at_s) this.heard = { at_s: element.currentTime, page_ms: now_ms };
    if (now_ms - this.heard.page_ms > STALLED_MS) return null; // no device takes the sound: it leads nobody
    return track.started_ms + element.currentTime * 1000;
  }

  get seen_ms(): number {
    return this.track.started_ms + this.element.currentTime * 1000;
  }

  /** Hub time of the frame that is seen at a moment, or of the one after it; null where that is not known. */
  frameAt(hub_ms: number, after: boolean): number | null {
    const frames = this.feed?.frames;
    const at_ms = hub_ms - this.track.started_ms;
    const found_ms = after ? frames?.after(at_ms) : frames?.at(at_ms);
    return found_ms == null ? null : this.track.started_ms + found_ms;
  }

  /** Moves the element to where the clock is; true when the clock should wait for it. */
  follow(beat: Beat): boolean {
    const { element, track } = this;
    const at_s = (beat.at_ms - track.started_ms) / 1000;
    this.feed?.want(Math.max(0, at_s), AHEAD_S * Math.max(1, beat.rate), this.wish.urgency);
    const hole_s = this.feed?.holeSince(at_s) ?? null;
    this.mark("hole", hole_s !== null && at_s - hole_s >= STUTTER_S);
    this.mark("unplayable", this.isUnplayable);
    this.mark("trouble", this.feed?.trouble ?? false);
    if (!this.wish.on || !covers(track, beat.at_ms) || hole_s !== null) {
      if (!element.paused) element.pause();
      if (hole_s !== null) this.showLastBefore(hole_s);
      this.starving_since = null;
      return false;
    }
    this.hold(at_s, beat);
    const hungry = this.lacksBytes && !this.nearEnd(beat.at_ms, at_s);
    this.run(beat.running && !hungry);
    return beat.wished && hungry && this.patient();
  }

  close(): void {
    this.element.pause();
    if (this.feed !== null) this.feed.close();
    else this.element.removeAttribute("src");
  }

  private hold(at_s: number, beat: Beat): void {
    const exact = this.jump !== beat.jumps;
    if (!this.maySeek() && !(exact && this.mayRedirect())) return;
    const part: Part = !this.isSound ? "picture" : this.isLead ? "lead" : "sound";
    const how = { part, running: beat.running, exact, drawn: this.drawn };
    const { seek, rate, drawn } = correction(at_s - this.element.currentTime, beat.rate, how);
    this.drawn = drawn;
    this.jump = beat.jumps;
    const again = !exact && beat.running && performance.now() - this.sought_ms < SEEK_EVERY_MS;
    if (seek && !again) this.seek(at_s);
    if (this.element.playbackRate !== rate) this.element.playbackRate = rate;
  }

  /** A decoder that does not keep up leaves frames out; nobody waits for that, and all wait for bytes. */
  private get lacksBytes(): boolean {
    const { element } = this;
    if (element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) return false;
    const plays = !element.paused && !element.seeking;
    return !(plays && holds(element.buffered, element.currentTime + AT_HAND_S));
  }

  private mark(name: "hole" | "unplayable" | "trouble", on: boolean | string): void {
    const { dataset } = this.element;
    const value = on === false ? undefined : String(on);
    if (value === dataset[name]) return;
    if (value !== undefined) dataset[name] = value;
    else delete dataset[name];
  }

  /** Whoever jumps into a hole sees what those saw who were there. */
  private showLastBefore(hole_s: number): void {
    const from_s = Math.max(0, hole_s - this.shortestBefore(hole_s));
    const { currentTime } = this.element;
    if ((currentTime < from_s - STEP_MS / 1000 || currentTime > hole_s) && this.maySeek()) this.seek(from_s);
  }

  /** A codec this browser has not, a file it cannot read: the tile says so. */
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
    if (this.isUnplayable || (this.feed?.trouble ?? null) !== null) return false; // its tile says why
    this.starving_since ??= performance.now();
    return performance.now() - this.starving_since < PATIENCE_MS;
  }

  private maySeek(): boolean {
    const { seeking, readyState } = this.element;
    return maySeek(seeking, performance.now() - this.sought_ms) && readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  /** A seek whose place nobody wants any more would wait for bytes that are not fetched. */
  private mayRedirect(): boolean {
    const isLater = performance.now() - this.sought_ms >= REDIRECT_MS;
    return isLater && this.element.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  private seek(at_s: number): void {
    this.element.currentTime = at_s;
    this.sought_ms = performance.now();
  }

  private shortestBefore(at_s: number): number {
    return shortest(this.feed?.frames?.lasting(at_s * 1000, SHORTEST_FRAMES) ?? null);
  }

  /** The last frames, of the track or before a hole, have no future data, by their nature. */
  private nearEnd(at_ms: number, at_s: number): boolean {
    if ((this.feed?.holeSince(at_s + this.shortestBefore(at_s)) ?? null) !== null) return true;
    return this.track.ended_ms !== null && at_ms > this.track.ended_ms - SHORTEST_S * 1000;
  }
}

function fileOf(track: ManifestTrack, type: string, growing: GrowingFile | null): ConstructorParameters<typeof Feed>[1] {
  return { href: track.href, type, size_bytes: track.size_bytes, growing };
}

/** High profile, level 4.2: the most a camera sends; which it is stands in the file itself. */
const CODECS: Record<string, string> = { h264: "avc1.64002a" };

function mimeOf(track: ManifestTrack): string {
  const base = track.media_type.split(";")[0] ?? track.media_type;
  const codec = track.codec.toLowerCase();
  return `${base}; codecs="${CODECS[codec] ?? codec}"`;
}

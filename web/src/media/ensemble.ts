/** All recorded tracks of a session, held in step with the playhead; the sound that is heard leads it. */

import type { Growing, ManifestTrack } from "../types/wire";
import type { Around } from "./feed";
import { GrowingFiles, type GrowingFile } from "./growing";
import type { Playhead } from "./playhead";
import { Queue } from "./queue";
import { covers, Voice, type Wish } from "./voice";

const STEP_MS = 50;
const NEAR_MS = 200;
/** A browser has six to one host; one is left for everything else that the page asks of the hub. */
const CONNECTIONS = 5;
/** The first picture alone, so that something of the place is seen soon; of the others so many, so that nothing is idle. */
const DECODED_AT_ONCE = 3;
/** The elements say themselves when something has changed: nobody waits for the next step. */
const TELLING = ["loadedmetadata", "seeked", "canplay", "waiting"] as const;

/** What the tracks ask of the page. */
export interface Asks {
  readonly growing: (after_ms: number) => Promise<Growing>;
  /** The manifest is to be read again: a file is whole, has moved, or its ticket has run out. */
  readonly renew: () => void;
}

/** A track that has joined. */
export interface Member {
  /** From the next step on. */
  wish(wish: Wish): void;
  renew(track: ManifestTrack): void;
  leave(): void;
}

/** Pure: whose sound leads. The one that does goes on while it can; of the others the most urgent begins. */
export function leadOf<V extends { isLead: boolean; wish: Wish }>(sounding: readonly V[]): V | null {
  const urgent = sounding.filter(({ wish }) => wish.on).sort((a, b) => a.wish.urgency - b.wish.urgency);
  return urgent.find(({ isLead }) => isLead) ?? urgent[0] ?? null;
}

export class Ensemble {
  private readonly voices = new Set<Voice>();
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly files: GrowingFiles;
  private readonly around: Around;
  private isDue = false;
  private isClosed = false;

  constructor(
    private readonly playhead: Playhead,
    asks: Asks,
  ) {
    this.files = new GrowingFiles(asks.growing, () => this.soon(), asks.renew);
    this.around = {
      queue: new Queue(CONNECTIONS),
      decoder: new Queue(DECODED_AT_ONCE, 1),
      progressed: () => this.soon(),
      askForMore: () => this.files.want(),
      expired: asks.renew,
    };
    this.timer = setInterval(() => this.step(), STEP_MS);
    playhead.onMoved(() => this.soon());
  }

  /** An element joins. */
  add(track: ManifestTrack, element: HTMLMediaElement, wish: Wish): Member {
    const voice = new Voice(track, element, this.around, this.growingOf(track));
    voice.wish = wish;
    this.voices.add(voice);
    const told = (): void => this.soon();
    for (const name of TELLING) element.addEventListener(name, told);
    return {
      wish: (wanted) => (voice.wish = wanted),
      renew: (renewed) => voice.renew(renewed, this.growingOf(renewed)),
      leave: () => {
        for (const name of TELLING) element.removeEventListener(name, told);
        this.voices.delete(voice);
        voice.close();
      },
    };
  }

  /** Hub time of the frame that is seen at a moment, or of the one after it, of the foremost picture. */
  frameAt(hub_ms: number, after: boolean): number | null {
    for (const picture of this.foremost(hub_ms)) {
      const found_ms = picture.frameAt(hub_ms, after);
      if (found_ms !== null) return found_ms;
    }
    return null;
  }

  /** Where the foremost picture really is, a few milliseconds off the clock: from there one goes frame by frame. */
  seenAt(hub_ms: number): number {
    const seen_ms = this.foremost(hub_ms)[0]?.seen_ms ?? hub_ms;
    return Math.abs(seen_ms - hub_ms) < NEAR_MS ? seen_ms : hub_ms;
  }

  step(): void {
    const { playhead } = this;
    this.lead();
    playhead.tick();
    const beat = {
      at_ms: playhead.now(),
      rate: playhead.speed.value,
      running: playhead.running,
      wished: playhead.playing.value,
      jumps: playhead.jumps,
    };
    let waiting = false;
    for (const voice of this.voices) if (voice.follow(beat)) waiting = true;
    const hasWaited = playhead.waiting.value && !waiting;
    playhead.wait(waiting);
    if (hasWaited) this.soon(); // all are there: they begin together, and at once
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    for (const voice of this.voices) voice.close();
    this.voices.clear();
  }

  /** Once for all that is said in this moment. */
  private soon(): void {
    if (this.isDue || this.isClosed) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      if (!this.isClosed) this.step();
    });
  }

  private foremost(hub_ms: number): Voice[] {
    const pictures = [...this.voices].filter(({ isSound, wish, track }) => !isSound && wish.on && covers(track, hub_ms));
    return pictures.sort((a, b) => a.wish.urgency - b.wish.urgency);
  }

  private lead(): void {
    const { playhead } = this;
    const at_ms = playhead.now();
    const heard = new Map<Voice, number>();
    for (const voice of this.voices) {
      const position_ms = voice.isSound && covers(voice.track, at_ms) ? voice.position() : null;
      if (position_ms !== null) heard.set(voice, position_ms);
    }
    const lead = leadOf([...heard.keys()]);
    for (const voice of this.voices) voice.isLead = voice === lead;
    if (lead !== null) playhead.follow(heard.get(lead) ?? at_ms);
  }

  private growingOf(track: ManifestTrack): GrowingFile | null {
    return track.state === "writing" ? this.files.file(track.track_id, track.started_ms) : null;
  }
}

/** Showing this screen to everybody: one venue at a time, so the hub is asked first, then the person what to show. */

import { signal } from "@preact/signals";
import { pageProblem } from "../link/problem";
import { CONTENT_MAX_FPS } from "./encodings";

/** asking: the hub or the person has not answered yet. */
export type ShareState = "off" | "asking" | "on";

export interface ShareLine {
  /** Refused when another venue presents. */
  present(): Promise<unknown>;
  unpresent(): Promise<unknown>;
}

export class Share {
  readonly state = signal<ShareState>("off");
  private track: MediaStreamTrack | null = null;
  /** Of several starts only the last one counts: the browser's question may outlive what it was asked for. */
  private turn = 0;

  constructor(
    private readonly line: ShareLine,
    private readonly send: (content: MediaStreamTrack | null) => void,
  ) {}

  /** Throws what the hub refuses with; a person who shows nothing after all is no fault. */
  async start(): Promise<void> {
    if (this.state.value !== "off") return;
    this.state.value = "asking";
    this.turn += 1;
    const { turn } = this;
    const isOver = (): boolean => turn !== this.turn;
    try {
      await this.line.present();
    } catch (refusal) {
      if (!isOver()) this.over();
      throw refusal;
    }
    if (isOver()) return;
    let track: MediaStreamTrack | null;
    try {
      track = await openScreen();
    } catch (fault) {
      if (!isOver()) await this.stop();
      throw fault;
    }
    if (isOver()) return track?.stop();
    if (track === null) return this.stop();
    this.track = track;
    this.state.value = "on";
    // The browser's own bar (停止共享) ends the track.
    track.addEventListener("ended", () => void (track === this.track && this.stop()));
    this.send(track);
  }

  /** Nothing is captured any more, whether or not the hub can be told. */
  async stop(): Promise<void> {
    if (this.state.value === "off") return;
    this.over();
    await this.line.unpresent().catch(() => undefined);
  }

  /** The hub has ended it, or this page's part in the session is over. */
  over(): void {
    this.track?.stop();
    if (this.track !== null) this.send(null);
    this.track = null;
    this.turn += 1;
    this.state.value = "off";
  }

  /** The hub holds that this page presents, and it does not: a reload, or a line that broke as it stopped. */
  giveBack(): void {
    if (this.state.value === "off") this.line.unpresent().catch(() => undefined);
  }
}

/** Telephones have none. */
export function canShare(): boolean {
  return typeof (navigator as { mediaDevices?: Partial<MediaDevices> }).mediaDevices?.getDisplayMedia === "function";
}

async function openScreen(): Promise<MediaStreamTrack | null> {
  try {
    const video = { frameRate: { ideal: 5, max: CONTENT_MAX_FPS } };
    const stream = await navigator.mediaDevices.getDisplayMedia({ video, audio: false });
    const track = stream.getVideoTracks()[0] ?? null;
    if (track !== null) track.contentHint = "detail";
    return track;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === "NotAllowedError") return null; // dismissed
    throw pageProblem("share.failed");
  }
}

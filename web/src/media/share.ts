/** Showing this screen to everybody: one venue at a time, so the hub is asked first, then the person what to show. */

import { signal } from "@preact/signals";
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

  constructor(
    private readonly line: ShareLine,
    private readonly send: (content: MediaStreamTrack | null) => void,
  ) {}

  /** Throws what the hub refuses with; a person who shows nothing after all is no fault. */
  async start(): Promise<void> {
    if (this.state.value !== "off") return;
    this.state.value = "asking";
    try {
      await this.line.present();
    } catch (refusal) {
      this.over();
      throw refusal;
    }
    let track: MediaStreamTrack | null;
    try {
      track = await openScreen();
    } catch (fault) {
      await this.stop();
      throw fault;
    }
    if (track === null) return this.stop();
    if (this.isOver()) return track.stop();
    this.track = track;
    this.state.value = "on";
    // The browser's own bar (停止共享) ends the track.
    track.addEventListener("ended", () => void (track === this.track && this.stop()));
    this.send(track);
  }

  /** Nothing is captured any more, whether or not the hub can be told. */
  async stop(): Promise<void> {
    if (this.isOver()) return;
    this.over();
    await this.line.unpresent().catch(() => undefined);
  }

  /** The hub has ended it, or this page's part in the session is over. */
  over(): void {
    this.track?.stop();
    if (this.track !== null) this.send(null);
    this.track = null;
    this.state.value = "off";
  }

  private isOver(): boolean {
    return this.state.value === "off";
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
    throw thrown;
  }
}

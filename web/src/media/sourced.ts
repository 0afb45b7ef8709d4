/** An element's source that is filled by hand, one change after the other. */

/** Room is made behind the picture in steps of this, not at every piece. */
const FORGET_STEP_S = 15;
/** A large picture takes as long from its key frame; longer, and something is wrong with it. */
const LANDING_MS = 500;

export class Sourced {
  private buffer: SourceBuffer | null = null;
  private readonly source = new MediaSource();
  private readonly url = URL.createObjectURL(this.source);
  private isOpen = false;

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly type: string,
    private readonly stop: AbortSignal,
    ready: () => void,
  ) {
    element.src = this.url;
    const open = (): void => {
      URL.revokeObjectURL(this.url);
      this.isOpen = true;
      if (!stop.aborted) ready();
    };
    this.source.addEventListener("sourceopen", open, { once: true });
  }

  get isReady(): boolean {
    return this.isOpen && this.source.readyState !== "closed";
  }

  get buffered(): TimeRanges | undefined {
    return this.buffer?.buffered;
  }

  /** The file's description: the first one, or that of its copy. */
  async begin(description: Uint8Array, duration_s: number | null): Promise<void> {
    if (this.stop.aborted) return;
    if (this.buffer === null) {
      this.buffer = this.source.addSourceBuffer(this.type);
      this.buffer.mode = "segments";
    } else if (this.source.readyState === "open") {
      this.buffer.abort(); // half a cluster of the other file
    }
    const known_s = ends(this.buffer.buffered).at(-1) ?? 0;
    const isLonger = duration_s !== null && duration_s > known_s;
    if (isLonger && this.source.readyState === "open") this.source.duration = duration_s;
    await this.append(description);
  }

  append(bytes: Uint8Array): Promise<void> {
    return this.settled((buffer) => buffer.appendBuffer(bytes as BufferSource));
  }

  /** The place is left: everything goes. */
  async clear(): Promise<void> {
    if (this.buffer === null) return;
    if (this.source.readyState === "open") this.buffer.abort(); // forgets half a cluster
    if (this.buffer.buffered.length > 0) await this.settled((buffer) => buffer.remove(0, Infinity));
  }

  landed(given: AbortSignal): Promise<void> {
    return landed(this.element, given);
  }

  /** True when something was there before ``to_s`` that is gone now. */
  async forget(to_s: number): Promise<boolean> {
    const { buffer } = this;
    if (buffer === null || buffer.buffered.length === 0) return false;
    if (buffer.buffered.start(0) > to_s - FORGET_STEP_S) return false;
    await this.settled(() => buffer.remove(0, to_s));
    return true;
  }

  /** The browser takes no more: what has been seen goes at once. */
  async makeRoom(): Promise<void> {
    const to_s = this.element.currentTime - 1;
    if (to_s > 0) await this.settled((buffer) => buffer.remove(0, to_s)).catch(() => undefined);
  }

  end(): void {
    if (this.source.readyState === "open" && this.buffer?.updating === false) this.source.endOfStream();
  }

  close(): void {
    this.element.removeAttribute("src");
    this.element.load();
    URL.revokeObjectURL(this.url);
  }

  private settled(change: (buffer: SourceBuffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const { buffer } = this;
      if (buffer === null || this.stop.aborted) return resolve();
      const over = (): void => (buffer.removeEventListener("error", broken), resolve());
      const broken = (): void => (buffer.removeEventListener("updateend", over), reject(new Error("unreadable")));
      buffer.addEventListener("updateend", over, { once: true });
      buffer.addEventListener("error", broken, { once: true });
      try {
        change(buffer);
      } catch (thrown) {
        buffer.removeEventListener("updateend", over);
        buffer.removeEventListener("error", broken);
        reject(thrown instanceof Error ? thrown : new Error("refused"));
      }
    });
  }
}

/** Once an element shows the place where it was sought, or has had its time, or nobody wants it there any more. */
export function landed(element: Landing, given: AbortSignal): Promise<void> {
  if (!element.seeking || given.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      element.removeEventListener("seeked", over);
      given.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, LANDING_MS);
    element.addEventListener("seeked", over);
    given.addEventListener("abort", over);
  });
}

interface Landing extends EventTarget {
  readonly seeking: boolean;
}

export function holds(ranges: TimeRanges | undefined, time_s: number): boolean {
  for (let n = 0; ranges !== undefined && n < ranges.length; n += 1) {
    if (ranges.start(n) - 0.1 <= time_s && time_s < ranges.end(n)) return true;
  }
  return false;
}

export function ends(ranges: TimeRanges | undefined): number[] {
  return Array.from({ length: ranges?.length ?? 0 }, (_, n) => ranges?.end(n) ?? 0);
}

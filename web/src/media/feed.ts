/**
 * Feeds one recorded track to its element in pieces of the file.
 *
 * A plain ``src`` keeps one connection open for each element, and a browser has six to one host: with
 * three venues the fourth element would never start. Here every piece is one short Range request.
 */

import * as mp4 from "./mp4";
import { type Cue, type Head, cueBefore, readHead, readLateCues, segmentBody } from "./webm";

const PIECE_BYTES = 512 * 1024;
const HEAD_MAX_BYTES = 8 * 1024 * 1024;
const AHEAD_S = 20;
const BEHIND_S = 30;

export interface Recorded {
  href: string;
  type: string;
  size_bytes: number;
}

/** The stretch of seconds that has been fetched without a break in the bytes; it may hold holes. */
export interface Fetched {
  from_s: number;
  to_s: number;
}

/** Pure: go on where the last piece ended, jump to a cue, or leave it for now. */
export function nextStep(fetched: Fetched, cues: readonly Cue[], time_s: number): "enough" | "on" | Cue {
  if (fetched.from_s - 0.1 <= time_s && time_s <= fetched.to_s) {
    return fetched.to_s - time_s >= AHEAD_S ? "enough" : "on";
  }
  const cue = cueBefore(cues, time_s);
  const ahead = time_s > fetched.to_s && (cue === null || cue.time_s <= fetched.to_s + 0.5);
  return ahead || cue === null ? "on" : cue;
}

export class Feed {
  /** True once the file turned out to be unplayable; the tile then says so. */
  failed = false;

  private buffer: SourceBuffer | null = null;
  private readonly source = new MediaSource();
  private readonly url = URL.createObjectURL(this.source);
  private readonly stop = new AbortController();
  private cues: Cue[] = [];
  private fetched: Fetched = { from_s: 0, to_s: 0 };
  private next = 0;
  private busy = true;

  constructor(
    private readonly element: HTMLMediaElement,
    private readonly file: Recorded,
  ) {
    element.src = this.url;
    this.source.addEventListener("sourceopen", () => void this.open(), { once: true });
  }

  static plays(type: string): boolean {
    return typeof MediaSource !== "undefined" && MediaSource.isTypeSupported(type);
  }

  /** Sees to it that the next seconds from ``time_s`` are there. Called a few times a second. */
  want(time_s: number): void {
    if (this.busy || this.failed || this.buffer === null || this.source.readyState === "closed") return;
    const step = nextStep(this.fetched, this.cues, time_s);
    if (step === "enough") return;
    if (step !== "on") this.jump(step);
    if (this.next >= this.file.size_bytes) return this.finish();
    this.busy = true;
    void this.fetchNext(time_s);
  }

  /** The file has nothing at this second, a camera that was off, a line that was cut: since when. Else null. */
  holeSince(time_s: number): number | null {
    const { from_s, to_s } = this.fetched;
    const ranges = this.buffer?.buffered;
    if (time_s < from_s || time_s >= to_s || holds(ranges, time_s)) return null;
    return Math.max(from_s, ...ends(ranges).filter((end_s) => end_s <= time_s));
  }

  close(): void {
    this.stop.abort();
    this.element.removeAttribute("src");
    this.element.load();
    URL.revokeObjectURL(this.url);
  }

  private async open(): Promise<void> {
    URL.revokeObjectURL(this.url);
    try {
      const { bytes, head } = await this.readHead();
      this.cues = head.cues.length > 0 ? head.cues : await this.lateCues(bytes, head);
      this.buffer = this.source.addSourceBuffer(this.file.type);
      this.buffer.mode = "segments";
      if (head.duration_s !== null && head.duration_s > 0) this.source.duration = head.duration_s;
      this.next = head.header_end;
      await this.append(bytes.subarray(0, head.header_end));
    } catch {
      this.failed = !this.stop.signal.aborted;
    } finally {
      this.busy = false;
    }
  }

  private async readHead(): Promise<{ bytes: Uint8Array; head: Head }> {
    const read = this.file.type.startsWith("video/mp4") ? mp4.readHead : readHead;
    for (let size = 128 * 1024; ; size *= 4) {
      const bytes = await this.range(0, Math.min(size, this.file.size_bytes));
      const head = read(bytes);
      if (head !== null) return { bytes, head };
      if (size >= Math.min(HEAD_MAX_BYTES, this.file.size_bytes)) throw new Error("no header");
    }
  }

  private async lateCues(bytes: Uint8Array, head: Head): Promise<Cue[]> {
    const first = { time_s: 0, offset: head.header_end };
    if (head.cues_at === null) return [first];
    const late = await this.range(head.cues_at, this.file.size_bytes);
    return readLateCues(late, segmentBody(bytes)) ?? [first];
  }

  private async fetchNext(time_s: number): Promise<void> {
    const from = this.next;
    try {
      const piece = await this.range(from, Math.min(from + PIECE_BYTES, this.file.size_bytes));
      this.next = from + piece.length;
      const before = ends(this.buffer?.buffered);
      await this.append(piece);
      const grown = ends(this.buffer?.buffered).filter((end) => !before.includes(end));
      this.fetched = { ...this.fetched, to_s: Math.max(this.fetched.to_s, ...grown) };
      await this.forget(time_s);
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === "QuotaExceededError") this.next = from;
      else this.failed = !this.stop.signal.aborted;
    } finally {
      this.busy = false;
    }
  }

  /** Fetching goes on from another cluster. */
  private jump(cue: Cue): void {
    if (this.source.readyState === "open") this.buffer?.abort(); // forgets half a cluster
    this.next = cue.offset;
    this.fetched = { from_s: cue.time_s, to_s: cue.time_s };
  }

  private finish(): void {
    this.fetched = { ...this.fetched, to_s: Infinity };
    if (this.source.readyState === "open" && this.buffer?.updating === false) this.source.endOfStream();
  }

  private async forget(time_s: number): Promise<void> {
    const { buffer } = this;
    if (buffer === null || buffer.buffered.length === 0) return;
    if (buffer.buffered.start(0) > time_s - 2 * BEHIND_S) return;
    await this.settled(() => buffer.remove(0, time_s - BEHIND_S));
    this.fetched = { ...this.fetched, from_s: Math.max(this.fetched.from_s, time_s - BEHIND_S) };
  }

  private async append(bytes: Uint8Array): Promise<void> {
    const { buffer } = this;
    if (buffer !== null) await this.settled(() => buffer.appendBuffer(bytes as BufferSource));
  }

  private settled(change: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const { buffer } = this;
      if (buffer === null || this.stop.signal.aborted) return resolve();
      const over = (): void => (buffer.removeEventListener("error", broken), resolve());
      const broken = (): void => (buffer.removeEventListener("updateend", over), reject(new Error("unreadable")));
      buffer.addEventListener("updateend", over, { once: true });
      buffer.addEventListener("error", broken, { once: true });
      try {
        change();
      } catch (thrown) {
        buffer.removeEventListener("updateend", over);
        buffer.removeEventListener("error", broken);
        reject(thrown instanceof Error ? thrown : new Error("refused"));
      }
    });
  }

  private async range(from: number, to: number): Promise<Uint8Array> {
    const answer = await fetch(this.file.href, {
      headers: { Range: `bytes=${from}-${to - 1}` },
      signal: this.stop.signal,
    });
    if (!answer.ok) throw new Error(`media ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

function holds(ranges: TimeRanges | undefined, time_s: number): boolean {
  for (let n = 0; ranges !== undefined && n < ranges.length; n += 1) {
    if (ranges.start(n) - 0.1 <= time_s && time_s < ranges.end(n)) return true;
  }
  return false;
}

function ends(ranges: TimeRanges | undefined): number[] {
  return Array.from({ length: ranges?.length ?? 0 }, (_, n) => ranges?.end(n) ?? 0);
}

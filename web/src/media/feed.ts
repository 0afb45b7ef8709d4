/**
 * Feeds one recorded track to its element in pieces of the file.
 *
 * A plain ``src`` keeps one connection open for each element, and a browser has six to one host: with
 * three venues the fourth element would never start. Here every piece is one short Range request.
 */

import { FrameTimes } from "./frametimes";
import type { GrowingFile } from "./growing";
import * as mp4 from "./mp4";
import { type Fetched, isShort, nextStep, pieceEnd } from "./pieces";
import type { Queue } from "./queue";
import { Sourced, holds, ends } from "./sourced";
import { type Cue, type Head, cueBefore, readHead, readLateCues, segmentBody } from "./webm";

const HEAD_BYTES = 96 * 1024;
const HEAD_MAX_BYTES = 8 * 1024 * 1024;
const BEHIND_S = 15;
/** Whoever drags the playhead jumps at each move: bytes are asked for so often. */
const JUMPS_MS = 100;
/** A line that is cut, a hub that is started anew: it is tried again, later and later. */
const AGAIN_MS = [500, 1_000, 2_000, 5_000] as const;

export interface File {
  readonly href: string;
  readonly type: string;
  readonly size_bytes: number;
  /** What is known of a file that is being written; null: it is whole. */
  readonly growing: GrowingFile | null;
}

/** What a feed asks of others. */
export interface Around {
  readonly queue: Queue;
  /** Pictures on their way from a key frame: decoded all at once, the first would be there no sooner than the last. */
  readonly decoder: Queue;
  /** There may be something to play, or to ask for, that was not before. */
  readonly progressed: () => void;
  /** More of the growing file is wanted than is known. */
  readonly askForMore: () => void;
  /** The address is not answered any more: a ticket has run out, or the file has another place. */
  readonly expired: () => void;
}

/** What the hub answered to a request for bytes; `status` 0: nothing at all. */
class Unanswered extends Error {
  constructor(
    readonly status: number,
    readonly code: string | null = null,
  ) {
    super(`media ${status}`);
  }
}

export class Feed {
  /** True once the file turned out to be unplayable; the tile then says so. */
  failed = false;
  /** The code by which the hub said why it cannot give the bytes now; null while it gives them. */
  trouble: string | null = null;
  /** Of pictures: when each frame stands. */
  frames: FrameTimes | null = null;

  private readonly sourced: Sourced;
  private readonly stop = new AbortController();
  private under = new AbortController();
  private replacement: File | null = null;
  private cues: readonly Cue[] = [];
  private fetched: Fetched = { from_s: 0, to_s: 0 };
  private next = 0;
  private isOpen = false;
  private busy = false;
  private fails = 0;
  private notBefore_ms = 0;
  private jumped_ms = -Infinity;
  private heading: number | null = null;
  private urgency = 0;
  /** What the element holds is of a place that was left. */
  private isElsewhere = false;

  constructor(
    element: HTMLMediaElement,
    private file: File,
    private readonly around: Around,
  ) {
    this.sourced = new Sourced(element, file.type, this.stop.signal, around.progressed);
  }

  static plays(type: string): boolean {
    return typeof MediaSource !== "undefined" && MediaSource.isTypeSupported(type);
  }

  /** The same track under another address: with a new ticket, or whole at last. */
  replace(file: File): void {
    if (this.file.growing !== null && file.growing === null) this.replacement = file;
    else this.file = file;
  }

  /** Sees to it that the next seconds from ``time_s`` are there. Called a few times a second. */
  want(time_s: number, ahead_s: number, urgency: number): void {
    if (this.failed || !this.sourced.isReady) return;
    const step = this.isOpen ? nextStep(this.fetched, this.cues, time_s, ahead_s) : "on";
    const isJump = step !== "enough" && step !== "on";
    if (isJump && performance.now() - this.jumped_ms < JUMPS_MS) return;
    if (this.busy) {
      // Nobody waits for that any more, unless it is the very jump, still waiting for its turn.
      if (this.isOpen && isJump && step.offset !== this.heading) this.under.abort();
      return;
    }
    if (performance.now() < this.notBefore_ms) return;
    if (!this.isOpen || this.replacement !== null) return this.do(urgency, () => this.open());
    this.settle();
    if (this.wantsMore(time_s, ahead_s)) this.around.askForMore();
    if (step === "enough") return;
    if (isJump) {
      this.heading = step.offset;
      // Of equals the one first that has the shortest way from its key frame.
      return this.do(urgency + (time_s - step.time_s) / 1000, () => this.jump(step, time_s));
    }
    if (this.around.decoder.isBusy && !isShort(this.fetched, time_s)) return; // others are not there yet
    if (this.next < this.size) this.do(urgency + this.fetched.to_s - time_s, () => this.goOn(time_s));
    else if (this.file.growing === null) this.finish();
  }

  /** The file has nothing at this second, a camera that was off, a line that was cut: since when. Else null. */
  holeSince(time_s: number): number | null {
    const { from_s, to_s } = this.fetched;
    const ranges = this.sourced.buffered;
    if (time_s < from_s || time_s >= to_s || holds(ranges, time_s)) return null;
    return Math.max(from_s, ...ends(ranges).filter((end_s) => end_s <= time_s));
  }

  close(): void {
    this.stop.abort();
    this.under.abort();
    this.sourced.close();
  }

  private get size(): number {
    return this.file.growing?.size_bytes ?? this.file.size_bytes;
  }

  /** One thing at a time. */
  private do(urgency: number, what: () => Promise<void>): void {
    this.busy = true;
    this.urgency = Math.max(0, urgency);
    this.under = new AbortController();
    const { signal } = this.under;
    void what()
      .then(() => this.succeeded())
      .catch((thrown: unknown) => this.went(thrown, signal))
      .finally(() => {
        this.busy = false;
        this.heading = null;
        if (!this.stop.signal.aborted) this.around.progressed();
      });
  }

  private succeeded(): void {
    this.fails = 0;
    this.trouble = null;
  }

  private went(thrown: unknown, signal: AbortSignal): void {
    if (this.stop.signal.aborted || signal.aborted) return;
    this.notBefore_ms = performance.now() + (AGAIN_MS[this.fails] ?? 5_000);
    if (thrown instanceof DOMException && thrown.name === "QuotaExceededError") return void this.sourced.makeRoom();
    const status = thrown instanceof Unanswered ? thrown.status : null;
    this.trouble = thrown instanceof Unanswered && thrown.status >= 500 ? thrown.code : null;
    const isMoved = status !== null && status >= 400 && this.file.growing !== null;
    if (status === 401 || isMoved) this.around.expired();
    else if (status === null || (status >= 400 && status < 500)) this.failed = true;
    this.fails += 1;
  }

  /** Of a file that is being written: what is known of it comes to its end. */
  private wantsMore(time_s: number, ahead_s: number): boolean {
    const { growing } = this.file;
    if (growing === null) return false;
    const isAtEnd = this.next >= growing.size_bytes && this.fetched.to_s - time_s < ahead_s;
    return isAtEnd || time_s > growing.settled_s;
  }

  /** All there is has been fetched: where there was no frame by now there will be none. */
  private settle(): void {
    const { growing } = this.file;
    if (growing === null || this.next < growing.size_bytes) return;
    this.fetched = { ...this.fetched, to_s: Math.max(this.fetched.to_s, growing.settled_s) };
  }

  private async open(): Promise<void> {
    this.file = this.replacement ?? this.file;
    const { growing, type } = this.file;
    const found = growing === null ? await this.wholeHead() : await this.growingHead(growing);
    if (found === null) return;
    const { bytes, head } = found;
    this.cues = head.cues;
    const timescale = type.startsWith("video/mp4") ? mp4.timescaleOf(bytes) : null;
    this.frames ??= type.startsWith("video/") ? new FrameTimes(timescale) : null;
    await this.sourced.begin(bytes.subarray(0, head.header_end), head.duration_s);
    // What is there stays: the seconds of both files are the same, only their bytes are not.
    this.next = this.isOpen ? (cueBefore(head.cues, this.fetched.to_s)?.offset ?? head.header_end) : head.header_end;
    if (this.isOpen) this.frames?.reset();
    this.replacement = null;
    this.isOpen = true;
  }

  private async growingHead(growing: GrowingFile): Promise<{ bytes: Uint8Array; head: Head } | null> {
    const header_end = growing.cues[0]?.offset;
    if (header_end === undefined) {
      this.around.askForMore();
      this.notBefore_ms = performance.now() + 200; // nothing is known of it yet
      return null;
    }
    const head = { header_end, duration_s: null, cues: growing.cues, cues_at: null };
    return { bytes: await this.range(0, header_end), head };
  }

  private async wholeHead(): Promise<{ bytes: Uint8Array; head: Head }> {
    const read = this.file.type.startsWith("video/mp4") ? mp4.readHead : readHead;
    for (let size = HEAD_BYTES; ; size *= 4) {
      const bytes = await this.range(0, Math.min(size, this.file.size_bytes));
      const head = read(bytes);
      if (head !== null) return { bytes, head: { ...head, cues: await this.cuesOf(bytes, head) } };
      if (size >= Math.min(HEAD_MAX_BYTES, this.file.size_bytes)) throw new Error("no header");
    }
  }

  private async cuesOf(bytes: Uint8Array, head: Head): Promise<Cue[]> {
    const first = { time_s: 0, offset: head.header_end };
    if (head.cues.length > 0) return head.cues;
    if (head.cues_at === null) return [first];
    const late = await this.range(head.cues_at, this.file.size_bytes);
    return readLateCues(late, segmentBody(bytes)) ?? [first];
  }

  /** Fetching goes on from another cluster; what was kept of the old place makes room. */
  private async jump(cue: Cue, time_s: number): Promise<void> {
    this.jumped_ms = performance.now();
    this.next = cue.offset;
    this.fetched = { from_s: cue.time_s, to_s: cue.time_s };
    this.frames?.reset();
    this.isElsewhere = true;
    await this.goOn(time_s);
  }

  private async goOn(time_s: number): Promise<void> {
    const from = this.next;
    const piece = await this.range(from, pieceEnd(from, this.fetched, this.cues, time_s, this.size));
    if (!this.isElsewhere) return this.take(from, piece, time_s);
    const land = async (): Promise<void> => {
      await this.sourced.clear();
      this.isElsewhere = false;
      await this.take(from, piece, time_s);
      if (!isShort(this.fetched, time_s)) await this.sourced.landed(this.under.signal);
    };
    if (this.frames === null) return land();
    return this.around.decoder.run(this.urgency, this.under.signal, land);
  }

  private async take(from: number, piece: Uint8Array, time_s: number): Promise<void> {
    const before = ends(this.sourced.buffered);
    await this.sourced.append(piece);
    this.next = from + piece.length;
    this.frames?.take(piece);
    const grown = ends(this.sourced.buffered).filter((end) => !before.includes(end));
    this.fetched = { ...this.fetched, to_s: Math.max(this.fetched.to_s, ...grown) };
    this.settle();
    if (!(await this.sourced.forget(time_s - BEHIND_S))) return;
    this.frames?.forget((time_s - BEHIND_S) * 1000);
    this.fetched = { ...this.fetched, from_s: Math.max(this.fetched.from_s, time_s - BEHIND_S) };
  }

  private finish(): void {
    this.fetched = { ...this.fetched, to_s: Infinity };
    this.sourced.end();
  }

  private range(from: number, to: number): Promise<Uint8Array> {
    return this.around.queue.run(this.urgency, this.under.signal, () => this.fetch(from, to));
  }

  private async fetch(from: number, to: number): Promise<Uint8Array> {
    const headers: HeadersInit = { Range: `bytes=${from}-${to - 1}` };
    // Sealed meanwhile, it has another file under this address, in which other bytes lie here.
    if (this.file.growing !== null) headers["If-Match"] = '"growing"';
    const unanswered = (): never => {
      throw new Unanswered(0);
    };
    const answer = await fetch(this.file.href, { headers, signal: this.under.signal }).catch(unanswered);
    if (!answer.ok) throw new Unanswered(answer.status, codeOf(await answer.json().catch(() => null)));
    return new Uint8Array(await answer.arrayBuffer().catch(unanswered));
  }
}

/** Pure: the code in what the hub answers to what it refuses; null where it is no answer of the hub's. */
export function codeOf(body: unknown): string | null {
  const code: unknown = (body as { error?: { code?: unknown } | null } | null)?.error?.code;
  return typeof code === "string" ? code : null;
}

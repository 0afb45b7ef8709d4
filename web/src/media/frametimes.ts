/** When the frames of what has been fetched stand, read from the bytes as they go by. Pure. */

/** Takes the pieces of a file in order, cut anywhere; the first begins with a cluster or a fragment. */
export class FrameTimes {
  /** Milliseconds from the beginning of the file, rising. */
  private times: number[] = [];
  private rest = new Uint8Array(0);
  private skipped = 0;
  private readonly reader: Reader;

  /** ``timescale``: of an MP4 file; null for WebM. */
  constructor(timescale: number | null) {
    this.reader = timescale === null ? new WebmReader() : new Mp4Reader(timescale);
  }

  /** Fetching goes on elsewhere. */
  reset(): void {
    this.times = [];
    this.rest = new Uint8Array(0);
    this.skipped = 0;
  }

  take(piece: Uint8Array): void {
    const bytes = this.rest.length === 0 ? piece : joined(this.rest, piece);
    let at = this.skipped;
    while (at < bytes.length) {
      const step = this.reader.step(bytes, at, (time_ms) => this.note(time_ms));
      if (step === null) break; // the rest of it is in the next piece
      at += step;
    }
    this.skipped = Math.max(0, at - bytes.length);
    this.rest = bytes.slice(Math.min(at, bytes.length));
  }

  /** Nobody steps so far back. */
  forget(before_ms: number): void {
    const first = this.times.findIndex((time_ms) => time_ms >= before_ms);
    if (first > 0) this.times.splice(0, first);
  }

  /** The frame that is seen at a moment; null where that is not known. */
  at(time_ms: number): number | null {
    return this.times[this.count(time_ms) - 1] ?? null;
  }

  /** The frame after the one that is seen then. */
  after(time_ms: number): number | null {
    return this.times[this.count(time_ms)] ?? null;
  }

  /** How long the last ``frames`` before a moment have taken, up to it; null where so many are not known. */
  lasting(time_ms: number, frames: number): number | null {
    const first = this.times[this.count(time_ms) - frames];
    return first === undefined ? null : time_ms - first;
  }

  private count(time_ms: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? Infinity) <= time_ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private note(time_ms: number): void {
    const place = this.count(time_ms);
    if (this.times[place - 1] !== time_ms) this.times.splice(place, 0, time_ms);
  }
}

/** How many bytes to go on; null: more must be there first. */
interface Reader {
  step(bytes: Uint8Array, at: number, note: (time_ms: number) => void): number | null;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

// --- WebM: RFC 9559 ---------------------------------------------------------------------------------

const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;

class WebmReader implements Reader {
  private cluster_ms = 0;

  step(bytes: Uint8Array, at: number, note: (time_ms: number) => void): number | null {
    const id = vint(bytes, at, true);
    const size = id && vint(bytes, at + id.length, false);
    if (id === null || size === null) return null;
    const head = id.length + size.length;
    if (id.value === CLUSTER || id.value === BLOCK_GROUP) return head; // what is inside comes next
    const body = at + head;
    if (id.value === TIMESTAMP) {
      if (body + size.value > bytes.length) return null;
      this.cluster_ms = bytes.subarray(body, body + size.value).reduce((value, byte) => value * 256 + byte, 0);
    }
    if (id.value === SIMPLE_BLOCK || id.value === BLOCK) {
      const track = vint(bytes, body, false);
      if (track === null || body + track.length + 2 > bytes.length) return null;
      const high = bytes[body + track.length] ?? 0;
      const low = bytes[body + track.length + 1] ?? 0;
      note(this.cluster_ms + (((high << 8) | low) << 16 >> 16)); // signed
    }
    return head + size.value;
  }
}

function vint(bytes: Uint8Array, at: number, marker: boolean): { value: number; length: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const length = Math.clz32(first) - 23;
  if (length > 8) throw new Error("not a WebM file");
  if (at + length > bytes.length) return null;
  let value = marker ? first : first & (0xff >> length);
  for (let n = 1; n < length; n += 1) value = value * 256 + (bytes[at + n] ?? 0);
  return { value, length };
}

// --- MP4: ISO 14496-12, 8.8 -------------------------------------------------------------------------

class Mp4Reader implements Reader {
  private next = 0;
  private duration = 0;

  constructor(private readonly timescale: number) {}

  step(bytes: Uint8Array, at: number, note: (time_ms: number) => void): number | null {
    if (at + 8 > bytes.length) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === "moof" || kind === "traf") return 8; // what is inside comes next
    if (kind !== "tfhd" && kind !== "tfdt" && kind !== "trun") return Math.max(8, size);
    if (at + size > bytes.length) return null;
    const flags = view.getUint32(at + 8) & 0xff_ffff;
    if (kind === "tfhd") this.duration = defaultDuration(view, at, flags) ?? this.duration;
    if (kind === "tfdt") this.next = view.getUint8(at + 8) === 1 ? Number(view.getBigUint64(at + 12)) : view.getUint32(at + 12);
    if (kind === "trun") this.run(view, at, flags, note);
    return size;
  }

  private run(view: DataView, at: number, flags: number, note: (time_ms: number) => void): void {
    const samples = view.getUint32(at + 12);
    const first = at + 16 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
    const width = 4 * [0x100, 0x200, 0x400, 0x800].filter((bit) => flags & bit).length;
    for (let n = 0; n < samples; n += 1) {
      note(Math.round((this.next / this.timescale) * 1000));
      this.next += flags & 0x100 ? view.getUint32(first + n * width) : this.duration;
    }
  }
}

function defaultDuration(view: DataView, at: number, flags: number): number | null {
  if ((flags & 0x8) === 0) return null;
  return view.getUint32(at + 16 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0));
}

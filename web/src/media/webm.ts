/** Reads the head of a WebM file: where its header ends, and which byte holds which second. Pure. */

/** A cluster that can be decoded from its first frame on. */
export interface Cue {
  time_s: number;
  offset: number;
}

export interface Head {
  /** Bytes [0, header_end) are the initialization segment. */
  header_end: number;
  duration_s: number | null;
  cues: Cue[];
  /** Where the cues are when they stand behind what was read. */
  cues_at: number | null;
}

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const CUES = 0x1c53bb6b;
const INFO = 0x1549a966;
const SEEK_HEAD = 0x114d9b74;

interface Element {
  id: number;
  start: number;
  body: number;
  /** Null: of unknown size, as a live writer leaves it. */
  end: number | null;
}

/** Null: more bytes are needed. Throws on what is no WebM. */
export function readHead(bytes: Uint8Array): Head | null {
  const segment = findSegment(bytes);
  if (segment === null) return null;
  const head: Head = { header_end: 0, duration_s: null, cues: [], cues_at: null };
  let scale_ns = 1_000_000;
  let at = segment.body;
  for (;;) {
    const element = elementAt(bytes, at);
    if (element === null) return null;
    if (element.id === CLUSTER) return { ...head, header_end: element.start };
    if (element.end === null || element.end > bytes.length) return null;
    if (element.id === INFO) {
      scale_ns = uint(bytes, child(bytes, element, 0x2ad7b1)) ?? scale_ns;
      const duration = child(bytes, element, 0x4489);
      head.duration_s = duration === null ? null : (float(bytes, duration) * scale_ns) / 1e9;
    }
    if (element.id === CUES) head.cues = readCues(bytes, element, segment.body, scale_ns);
    if (element.id === SEEK_HEAD) head.cues_at = cuesPosition(bytes, element, segment.body);
    at = element.end;
  }
}

/** Cues that stand at the end of the file, fetched by themselves: ``bytes`` begin at ``cues_at``. */
export function readLateCues(bytes: Uint8Array, segment_body: number): Cue[] | null {
  const element = elementAt(bytes, 0);
  if (element === null || element.end === null || element.end > bytes.length) return null;
  return element.id === CUES ? readCues(bytes, element, segment_body, 1_000_000) : [];
}

/** Cluster positions count from here. */
export function segmentBody(bytes: Uint8Array): number {
  return findSegment(bytes)?.body ?? 0;
}

/** The last cue at or before a second; the first one when there is none. */
export function cueBefore(cues: readonly Cue[], time_s: number): Cue | null {
  let found = cues[0] ?? null;
  for (const cue of cues) {
    if (cue.time_s > time_s) break;
    found = cue;
  }
  return found;
}

function findSegment(bytes: Uint8Array): Element | null {
  const ebml = elementAt(bytes, 0);
  if (ebml === null) return null;
  if (ebml.id !== 0x1a45dfa3 || ebml.end === null) throw new Error("not a WebM file");
  const segment = elementAt(bytes, ebml.end);
  if (segment !== null && segment.id !== SEGMENT) throw new Error("not a WebM file");
  return segment;
}

function readCues(bytes: Uint8Array, cues: Element, segment_body: number, scale_ns: number): Cue[] {
  const found: Cue[] = [];
  for (const point of children(bytes, cues)) {
    if (point.id !== 0xbb) continue;
    const time = uint(bytes, child(bytes, point, 0xb3));
    const positions = child(bytes, point, 0xb7);
    const cluster = positions === null ? null : uint(bytes, child(bytes, positions, 0xf1));
    if (time === null || cluster === null) continue;
    found.push({ time_s: (time * scale_ns) / 1e9, offset: segment_body + cluster });
  }
  return found;
}

function cuesPosition(bytes: Uint8Array, seek_head: Element, segment_body: number): number | null {
  for (const seek of children(bytes, seek_head)) {
    if (uint(bytes, child(bytes, seek, 0x53ab)) === CUES) {
      const position = uint(bytes, child(bytes, seek, 0x53ac));
      return position === null ? null : segment_body + position;
    }
  }
  return null;
}

function* children(bytes: Uint8Array, parent: Element): Generator<Element> {
  let at = parent.body;
  while (parent.end !== null && at < parent.end) {
    const element = elementAt(bytes, at);
    if (element === null || element.end === null) return;
    yield element;
    at = element.end;
  }
}

function child(bytes: Uint8Array, parent: Element, id: number): Element | null {
  for (const element of children(bytes, parent)) if (element.id === id) return element;
  return null;
}

/** RFC 8794, section 6: an id keeps its length marker, a size does not; a size of all ones is unknown. */
function elementAt(bytes: Uint8Array, start: number): Element | null {
  const id = vint(bytes, start, true);
  if (id === null) return null;
  const size = vint(bytes, id.next, false);
  if (size === null) return null;
  const end = size.value === null ? null : size.next + size.value;
  return { id: id.value ?? 0, start, body: size.next, end };
}

function vint(bytes: Uint8Array, at: number, marker: boolean): { value: number | null; next: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const length = Math.clz32(first) - 23;
  if (length > 8) throw new Error("not a WebM file");
  if (at + length > bytes.length) return null;
  let value = marker ? first : first & (0xff >> length);
  let ones = (first & (0xff >> length)) === 0xff >> length;
  for (let n = 1; n < length; n += 1) {
    const byte = bytes[at + n] ?? 0;
    ones &&= byte === 0xff;
    value = value * 256 + byte; // not a shift: positions pass 32 bits
  }
  return { value: ones && !marker ? null : value, next: at + length };
}

function uint(bytes: Uint8Array, element: Element | null): number | null {
  if (element === null || element.end === null) return null;
  let value = 0;
  for (let at = element.body; at < element.end; at += 1) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

function float(bytes: Uint8Array, element: Element): number {
  const size = (element.end ?? element.body) - element.body;
  const view = new DataView(bytes.buffer, bytes.byteOffset + element.body, size);
  return size === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

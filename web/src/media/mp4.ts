/** Reads the head of a fragmented MP4 file: where its header ends, and which byte holds which second. Pure. */

import type { Cue, Head } from "./webm";

/** Null: more bytes are needed. Throws on what is no MP4 file, or one that is not in fragments. */
export function readHead(bytes: Uint8Array): Head | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head: Head = { header_end: 0, duration_s: null, cues: [], cues_at: null };
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === "moof") return { ...head, header_end: at };
    if ((at === 0 && kind !== "ftyp") || kind === "mdat" || size < 8) throw new Error("not a fragmented MP4 file");
    if (at + size > bytes.length) return null;
    if (kind === "sidx") Object.assign(head, readIndex(view, at, size));
    at += size;
  }
  return null;
}

/** ISO 14496-12, 8.16.3: the fragments stand one after the other, from the end of the index on. */
function readIndex(view: DataView, at: number, size: number): Pick<Head, "cues" | "duration_s"> {
  const scale = view.getUint32(at + 16);
  const wide = view.getUint8(at + 8) === 1; // version 1: times and places have eight bytes
  const number = (where: number): number => (wide ? Number(view.getBigUint64(where)) : view.getUint32(where));
  const list = at + (wide ? 36 : 28);
  let time = number(at + 20);
  let offset = at + size + number(at + (wide ? 28 : 24));
  const cues: Cue[] = [];
  for (let n = 0; n < view.getUint16(list + 2); n += 1) {
    cues.push({ time_s: time / scale, offset });
    offset += view.getUint32(list + 4 + 12 * n) & 0x7fff_ffff; // the top bit: an index of indices
    time += view.getUint32(list + 8 + 12 * n);
  }
  return { cues, duration_s: time / scale };
}

/** Ticks a second of the one track, from ``moov``; its boxes are gone into, all others passed by. */
export function timescaleOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    // ISO 14496-12, 8.4.2.2: version 1 has its two dates in eight bytes each
    if (kind === "mdhd") return view.getUint32(at + (view.getUint8(at + 8) === 1 ? 28 : 20));
    at += kind === "moov" || kind === "trak" || kind === "mdia" ? 8 : Math.max(8, view.getUint32(at));
  }
  throw new Error("no timescale");
}

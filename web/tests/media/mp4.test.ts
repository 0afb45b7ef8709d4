/** The head of a fragmented MP4 file, written here byte by byte as the recorder's remuxer does. */
import { describe, expect, it } from "vitest";

import { readHead } from "../../src/media/mp4";

type Bytes = number[];

function uint(value: number, bytes: number): Bytes {
  return Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** (bytes - 1 - n)) % 256);
}

function box(kind: string, ...body: Bytes): Bytes {
  return [...uint(8 + body.length, 4), ...[...kind].map((letter) => letter.charCodeAt(0)), ...body];
}

/** Fragments of (bytes, ticks), 1,000 ticks a second. */
function sidx(version: 0 | 1, first_offset: number, ...fragments: [size: number, ticks: number][]): Bytes {
  const wide = version === 1 ? 8 : 4;
  return box(
    "sidx",
    ...[version, 0, 0, 0, ...uint(1, 4), ...uint(1_000, 4), ...uint(0, wide), ...uint(first_offset, wide), 0, 0],
    ...uint(fragments.length, 2),
    ...fragments.flatMap(([size, ticks]) => [...uint(size, 4), ...uint(ticks, 4), 0x90, 0, 0, 0]),
  );
}

const FTYP = box("ftyp", ...new Array<number>(20).fill(0));
const MOOV = box("moov", ...new Array<number>(100).fill(0));
const MOOF = box("moof", 1, 2, 3);
const MDAT = box("mdat", ...new Array<number>(30).fill(9));

function file(...parts: Bytes[]): Uint8Array {
  return new Uint8Array(parts.flat());
}

describe("the head of a fragmented MP4", () => {
  for (const version of [0, 1] as const) {
    it(`says where it ends and where each second lies (version ${version})`, () => {
      const index = sidx(version, 0, [500, 2_000], [700, 2_500], [300, 1_000]);
      const head = readHead(file(FTYP, MOOV, index, MOOF, MDAT));
      const end = FTYP.length + MOOV.length + index.length;
      expect(head?.header_end).toBe(end);
      expect(head?.duration_s).toBeCloseTo(5.5);
      expect(head?.cues).toEqual([
        { time_s: 0, offset: end },
        { time_s: 2, offset: end + 500 },
        { time_s: 4.5, offset: end + 1_200 },
      ]);
    });
  }

  it("reads a file without an index, as one that was never sealed", () => {
    const head = readHead(file(FTYP, MOOV, MOOF, MDAT));
    expect(head).toEqual({ header_end: FTYP.length + MOOV.length, duration_s: null, cues: [], cues_at: null });
  });

  it("asks for more where the header is cut", () => {
    const whole = file(FTYP, MOOV, sidx(1, 0, [1, 1]), MOOF, MDAT);
    const end = readHead(whole)?.header_end ?? 0;
    for (let size = 0; size < end; size += 1) expect(readHead(whole.subarray(0, size))).toBeNull();
    expect(readHead(whole.subarray(0, end + 8))?.header_end).toBe(end);
  });

  it("throws on what cannot be fed in pieces", () => {
    expect(() => readHead(file(FTYP, MDAT, MOOV))).toThrow();
    expect(() => readHead(file(box("free"), FTYP))).toThrow();
    expect(() => readHead(new Uint8Array(64))).toThrow();
  });

  it("may begin in the middle of a larger buffer", () => {
    const bytes = file([7, 7, 7], FTYP, MOOV, sidx(0, 16, [5, 5]), MOOF);
    const head = readHead(bytes.subarray(3));
    expect(head?.cues).toEqual([{ time_s: 0, offset: (head?.header_end ?? 0) + 16 }]);
  });
});

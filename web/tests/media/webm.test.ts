/** The head of a WebM file, written here byte by byte as the recorder's muxer does. */
import { describe, expect, it } from "vitest";

import { nextStep } from "../../src/media/pieces";
import { cueBefore, readHead, readLateCues, segmentBody } from "../../src/media/webm";

type Bytes = number[];

function element(id: Bytes, body: Bytes): Bytes {
  return [...id, ...size(body.length), ...body];
}

/** A size in eight bytes, as FFmpeg writes those it fills in later. */
function size(length: number): Bytes {
  return [0x01, ...uint(length, 7)];
}

function uint(value: number, bytes: number): Bytes {
  return Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** (bytes - 1 - n)) % 256);
}

function double(value: number): Bytes {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [...new Uint8Array(view.buffer)];
}

const EBML = element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x86, 0x81, 1]);
const INFO = element(
  [0x15, 0x49, 0xa9, 0x66],
  [...element([0x2a, 0xd7, 0xb1], uint(1_000_000, 3)), ...element([0x44, 0x89], double(12_345))],
);
const TRACKS = element([0x16, 0x54, 0xae, 0x6b], [0xae, 0x81, 0]);
const VOID = element([0xec], [0, 0, 0]);
const CLUSTER = element([0x1f, 0x43, 0xb6, 0x75], [0xe7, 0x81, 0]);

function cues(...points: [ms: number, position: number][]): Bytes {
  const one = ([ms, position]: [number, number]): Bytes =>
    element(
      [0xbb],
      [
        ...element([0xb3], uint(ms, 2)),
        ...element([0xb7], [...element([0xf7], [1]), ...element([0xf1], uint(position, 6))]),
      ],
    );
  return element([0x1c, 0x53, 0xbb, 0x6b], points.flatMap(one));
}

function file(...parts: Bytes[]): Uint8Array {
  const body = parts.flat();
  // The segment's size is unknown while it is written live.
  return new Uint8Array([...EBML, 0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255, ...body]);
}

describe("a WebM head", () => {
  it("says where it ends, how long the file is, and where each second lies", () => {
    const bytes = file(INFO, TRACKS, cues([0, 900], [5_000, 2 ** 33]), VOID, CLUSTER);
    const head = readHead(bytes);
    const body = segmentBody(bytes);
    expect(head?.duration_s).toBeCloseTo(12.345);
    expect(head?.header_end).toBe(bytes.length - CLUSTER.length);
    expect(head?.cues).toEqual([
      { time_s: 0, offset: body + 900 },
      { time_s: 5, offset: body + 2 ** 33 },
    ]);
  });

  it("asks for more bytes, wherever it is cut", () => {
    const whole = file(INFO, TRACKS, cues([0, 900]), CLUSTER);
    const end = readHead(whole)?.header_end ?? 0;
    for (let cut = 0; cut < end + 4; cut += 1) expect(readHead(whole.subarray(0, cut))).toBeNull();
  });

  it("finds cues at the end of the file by the seek head", () => {
    const late = cues([0, 700], [1_000, 800]);
    const seek = element([0x4d, 0xbb], [
      ...element([0x53, 0xab], [0x1c, 0x53, 0xbb, 0x6b]),
      ...element([0x53, 0xac], uint(4_000, 3)),
    ]);
    const bytes = file(element([0x11, 0x4d, 0x9b, 0x74], seek), INFO, TRACKS, CLUSTER);
    const head = readHead(bytes);
    const body = segmentBody(bytes);
    expect(head?.cues).toEqual([]);
    expect(head?.cues_at).toBe(body + 4_000);
    expect(readLateCues(new Uint8Array(late), body)).toEqual([
      { time_s: 0, offset: body + 700 },
      { time_s: 1, offset: body + 800 },
    ]);
  });

  it("is refused when it is something else", () => {
    expect(() => readHead(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toThrow();
    expect(() => readHead(new TextEncoder().encode("<!doctype html><html>"))).toThrow();
  });
});

describe("where a feed goes on", () => {
  const clusters = [0, 10, 20, 30].map((time_s) => ({ time_s, offset: 1_000 + time_s * 100 }));

  it("finds the cluster that holds a second", () => {
    expect(cueBefore(clusters, 19.9)?.time_s).toBe(10);
    expect(cueBefore(clusters, 20)?.time_s).toBe(20);
    expect(cueBefore(clusters, -1)?.time_s).toBe(0);
    expect(cueBefore([], 5)).toBeNull();
  });

  it("fetches ahead, and then leaves the line to the others", () => {
    expect(nextStep({ from_s: 0, to_s: 15 }, clusters, 3)).toBe("on");
    expect(nextStep({ from_s: 0, to_s: 40 }, clusters, 3)).toBe("enough");
  });

  it("jumps over what nobody watches, forwards and back", () => {
    expect(nextStep({ from_s: 0, to_s: 5 }, clusters, 33)).toEqual(clusters[3]);
    expect(nextStep({ from_s: 30, to_s: 38 }, clusters, 12)).toEqual(clusters[1]);
  });

  it("goes on when the wished second lies in the cluster that is being fetched", () => {
    expect(nextStep({ from_s: 10, to_s: 12 }, clusters, 18)).toBe("on");
    expect(nextStep({ from_s: 0, to_s: 0 }, [], 18)).toBe("on");
  });
});

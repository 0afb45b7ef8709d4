/** The times of frames, read from clusters and fragments that are cut anywhere. */
import { describe, expect, it } from "vitest";

import { FrameTimes } from "../../src/media/frametimes";

type Bytes = number[];

function uint(value: number, bytes: number): Bytes {
  return Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** (bytes - 1 - n)) % 256);
}

function element(id: Bytes, body: Bytes): Bytes {
  return [...id, 0x10, ...uint(body.length, 3), ...body];
}

function block(id: Bytes, relative_ms: number, size: number): Bytes {
  return element(id, [0x81, ...uint(relative_ms & 0xffff, 2), 0x80, ...new Array<number>(size).fill(7)]);
}

function cluster(at_ms: number, ...blocks: Bytes[]): Bytes {
  return element([0x1f, 0x43, 0xb6, 0x75], [...element([0xe7], uint(at_ms, 4)), ...blocks.flat()]);
}

function box(kind: string, ...body: Bytes): Bytes {
  return [...uint(8 + body.length, 4), ...[...kind].map((letter) => letter.charCodeAt(0)), ...body];
}

function all(frames: FrameTimes): number[] {
  const found: number[] = [];
  for (let at = frames.after(-1); at !== null; at = frames.after(at)) found.push(at);
  return found;
}

const WEBM = new Uint8Array([
  ...cluster(1_000, block([0xa3], 0, 300), block([0xa3], 40, 5), element([0xa0], block([0xa1], 80, 9))),
  ...element([0xec], [0, 0, 0]),
  ...cluster(1_160, block([0xa3], -40, 1), block([0xa3], 7, 70_000), block([0xa3], 35, 2)),
]);

const MP4 = new Uint8Array([
  ...box(
    "moof",
    ...box("mfhd", ...uint(0, 8)),
    ...box(
      "traf",
      ...box("tfhd", 0, 2, 0, 0x8, ...uint(1, 4), ...uint(3_000, 4)),
      ...box("tfdt", 1, 0, 0, 0, ...uint(90_000, 8)),
      ...box("trun", 0, 0, 2, 0x1, ...uint(2, 4), ...uint(99, 4), ...uint(10, 4), ...uint(10, 4)),
      ...box("trun", 0, 0, 3, 0x1, ...uint(1, 4), ...uint(99, 4), ...uint(4_500, 4), ...uint(10, 4)),
    ),
  ),
  ...box("mdat", ...new Array<number>(50).fill(9)),
]);

describe("the times of frames", () => {
  it.each([1, 3, 64, 1_000_000])("of WebM in pieces of %s bytes", (size) => {
    const frames = new FrameTimes(null);
    for (let at = 0; at < WEBM.length; at += size) frames.take(WEBM.subarray(at, at + size));
    expect(all(frames)).toEqual([1_000, 1_040, 1_080, 1_120, 1_167, 1_195]);
    expect(frames.at(1_166.9)).toBe(1_120);
    expect(frames.after(1_167.5)).toBe(1_195);
    expect(frames.at(999)).toBeNull();
    expect(frames.after(1_195)).toBeNull();
  });

  it.each([1, 5, 1_000])("of MP4 in pieces of %s bytes", (size) => {
    const frames = new FrameTimes(90_000);
    for (let at = 0; at < MP4.length; at += size) frames.take(MP4.subarray(at, at + size));
    expect(all(frames)).toEqual([1_000, 1_033, 1_067]);
  });

  it("say how long the last of them have taken", () => {
    const frames = new FrameTimes(90_000);
    frames.take(MP4);
    expect(frames.lasting(1_100, 3)).toBe(100);
    expect(frames.lasting(1_050, 2)).toBe(50);
    expect(frames.lasting(1_050, 3)).toBeNull();
  });

  it("begin anew after a jump, and what is far behind is forgotten", () => {
    const frames = new FrameTimes(null);
    frames.take(WEBM.subarray(0, 200));
    frames.reset();
    frames.take(WEBM);
    frames.forget(1_100);
    expect(all(frames)).toEqual([1_120, 1_167, 1_195]);
  });
});

/** What is sent follows the devices, the capture's size and what the hub has use for, over one connection. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { cameraEncodings, encodingCount, RIDS } from "../../src/media/encodings";
import { Publisher } from "../../src/media/publisher";
import type { MediaAnswer } from "../../src/types/wire";

describe("the encodings of a camera", () => {
  it("are as many as its picture is worth, also upright", () => {
    expect(encodingCount({ width: 1280, height: 720 })).toBe(3);
    expect(encodingCount({ width: 720, height: 1280 })).toBe(3);
    expect(encodingCount({ width: 960, height: 540 })).toBe(3);
    expect(encodingCount({ width: 640, height: 480 })).toBe(2);
    expect(encodingCount({ width: 480, height: 270 })).toBe(2);
    expect(encodingCount({ width: 320, height: 240 })).toBe(1);
  });

  it("begin small, double in size, and the last that is sent is the whole picture", () => {
    for (const size of [{ width: 1920, height: 1080 }, { width: 640, height: 360 }, { width: 320, height: 180 }]) {
      const encodings = cameraEncodings(size, null);
      const sent = encodings.filter(({ active }) => active);
      expect(encodings.map(({ rid }) => rid)).toEqual(RIDS);
      expect(sent).toHaveLength(encodingCount(size));
      expect(sent).toEqual(encodings.slice(0, sent.length));
      expect(sent.map(({ scaleResolutionDownBy = 0 }) => scaleResolutionDownBy)).toEqual([4, 2, 1].slice(-sent.length));
    }
  });

  it("rest while nobody looks, and nothing makes a small camera larger", () => {
    const active = (width: number, ...wanted: string[]): boolean[] =>
      cameraEncodings({ width, height: (width * 9) / 16 }, new Set(wanted)).map(({ active: is }) => is === true);
    expect(active(1280, "q", "f")).toEqual([true, false, true]);
    expect(active(640, "q", "f")).toEqual([true, false, false]);
  });
});

/** A sender that takes parameters only as the browser does: those it gave last, once. */
class Sender {
  readonly set: RTCRtpSendParameters[] = [];
  readonly tracks: unknown[] = [];
  private turn = 0;

  constructor(private encodings: RTCRtpEncodingParameters[]) {}

  getParameters(): { transactionId: string; encodings: RTCRtpEncodingParameters[] } {
    this.turn += 1;
    return { transactionId: `${this.turn}`, encodings: this.encodings.map((one) => ({ ...one })) };
  }

  async setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    if (parameters.transactionId !== `${this.turn}`) throw new DOMException("", "InvalidModificationError");
    await Promise.resolve();
    this.turn += 1;
    this.encodings = parameters.encodings;
    this.set.push(parameters);
  }

  replaceTrack(track: unknown): Promise<void> {
    this.tracks.push(track);
    return Promise.resolve();
  }

  get active(): string[] {
    return this.encodings.filter(({ active }) => active).map(({ rid }) => rid ?? "");
  }
}

const connections: { senders: Sender[] }[] = [];

class Connection {
  connectionState = "new";
  localDescription = { sdp: "offer" };
  readonly senders: Sender[] = [];

  constructor() {
    connections.push(this);
  }

  addTransceiver(_: unknown, { sendEncodings = [{}] }: RTCRtpTransceiverInit): object {
    const sender = new Sender(sendEncodings as RTCRtpEncodingParameters[]);
    this.senders.push(sender);
    return { sender, mid: `${this.senders.length - 1}`, direction: "sendonly" };
  }

  setLocalDescription = (): Promise<void> => Promise.resolve();
  setRemoteDescription = (): Promise<void> => Promise.resolve();
  close(): void {}
}

function track(width: number, height: number): MediaStreamTrack {
  return { kind: "video", getSettings: () => ({ width, height }) } as unknown as MediaStreamTrack;
}

interface Published {
  publisher: Publisher;
  asked: Record<string, string>[];
  camera: Sender;
}

async function published(): Promise<Published> {
  const asked: Record<string, string>[] = [];
  const answer = (): Promise<MediaAnswer> => Promise.resolve({ resource: `r${asked.length}`, sdp: "" });
  const publisher = new Publisher({
    publish: (_, sources) => (asked.push(sources), answer()),
    restart: answer,
    close: () => Promise.resolve(),
  });
  await publisher.open();
  await settled();
  const camera = connections[0]?.senders[1];
  if (camera === undefined) throw new Error("no camera");
  return { publisher, asked, camera };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  connections.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("RTCPeerConnection", Connection);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a publisher", () => {
  it("names its three sources before it has any of them", async () => {
    const { publisher, asked } = await published();
    expect(asked).toEqual([{ 0: "microphone", 1: "camera", 2: "content" }]);
    publisher.close();
  });

  it("takes a camera, another one and none without a new connection", async () => {
    const { publisher, camera } = await published();
    const [first, second] = [track(1280, 720), track(640, 360)];
    publisher.send("camera", first);
    publisher.send("camera", second);
    publisher.send("camera", null);
    await settled();
    expect(camera.tracks).toEqual([null, null, null]);
    publisher.send("camera", second);
    await settled();
    expect(camera.tracks.at(-1)).toBe(second);
    expect(connections).toHaveLength(1);
    publisher.close();
  });

  it("sends what the hub has use for, and what the capture allows", async () => {
    const { publisher, camera } = await published();
    const encodings = (...rids: string[]): void =>
      publisher.take({ session_id: "s", resource: "r1", encodings: { 1: rids } });
    publisher.send("camera", track(1280, 720));
    await settled();
    expect(camera.active).toEqual(["q", "h", "f"]);
    encodings("q");
    encodings("q", "f");
    encodings("q", "h");
    await settled();
    expect(camera.active).toEqual(["q", "h"]);
    publisher.send("camera", track(320, 180));
    await settled();
    expect(camera.active).toEqual(["q"]);
    publisher.close();
  });

  it("does not take what was said of a connection that is over", async () => {
    const { publisher, camera } = await published();
    publisher.take({ session_id: "s", resource: "r0", encodings: { 1: ["q"] } });
    await settled();
    expect(camera.active).toEqual(["q", "h", "f"]);
    publisher.close();
  });
});

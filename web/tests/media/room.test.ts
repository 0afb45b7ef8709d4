/** Devices are held once, and given back whatever happens while the browser asks for them. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Room } from "../../src/media/room";
import { initial } from "../../src/state/session";
import { meeting, withVenue } from "../meeting";

/** Devices as the browser gives them: each opening waits until the test lets it through. */
const opened: MediaStreamTrack[] = [];
let allow: (() => void)[] = [];

function newTrack(kind: string): MediaStreamTrack {
  const track = new EventTarget() as EventTarget & { kind: string; readyState: string; enabled: boolean; stop(): void };
  Object.assign(track, { kind, readyState: "live", enabled: true, stop: () => (track.readyState = "ended") });
  opened.push(track as unknown as MediaStreamTrack);
  return track as unknown as MediaStreamTrack;
}

function getUserMedia({ video, audio }: MediaStreamConstraints): Promise<unknown> {
  const tracks = (): MediaStreamTrack[] => [...(audio ? [newTrack("audio")] : []), ...(video ? [newTrack("video")] : [])];
  const stream = (): unknown => {
    const all = tracks();
    const of = (kind: string) => () => all.filter((track) => track.kind === kind);
    return { getTracks: () => all, getAudioTracks: of("audio"), getVideoTracks: of("video") };
  };
  return new Promise((resolve) => allow.push(() => resolve(stream())));
}

async function allowAll(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    for (const let_through of allow.splice(0)) let_through();
    await Promise.resolve();
  }
}

const live = (): string[] => opened.filter((track) => track.readyState === "live").map((track) => track.kind);

const asked: string[] = [];
const heard = new Map<string, (push: never) => void>();

function newRoom(): Room {
  return new Room("s-1", "yingji", {
    request: (name) => (asked.push(name), new Promise<never>(() => undefined)),
    on: (name, take) => (heard.set(name, take as (push: never) => void), () => undefined),
    op: () => "o-1",
  });
}

beforeEach(() => {
  opened.length = asked.length = 0;
  allow = [];
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
  vi.stubGlobal("RTCPeerConnection", class {
    connectionState = "new";
    addTransceiver(): object {
      const settable = { getParameters: () => ({ encodings: [] }), setParameters: () => Promise.resolve() };
      return { sender: { ...settable, replaceTrack: () => Promise.resolve() }, setCodecPreferences: () => undefined };
    }
    setLocalDescription(): Promise<void> {
      return Promise.resolve();
    }
    close(): void {}
  });
  vi.stubGlobal("RTCRtpReceiver", { getCapabilities: () => null });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("gives back what the browser hands over after the room was left", async () => {
  const room = newRoom();
  void room.enter(null);
  await vi.advanceTimersByTimeAsync(0);
  room.close();
  await allowAll();
  expect(opened).toHaveLength(2);
  expect(live()).toEqual([]);
});

it("holds one camera after three quick presses, and none after the last one turned it off", async () => {
  const room = newRoom();
  void room.enter(null);
  await vi.advanceTimersByTimeAsync(0);
  await allowAll();
  for (const on of [false, true, true]) void room.setCamera(on);
  expect(live()).toEqual(["audio"]);
  await allowAll();
  expect(live()).toEqual(["audio", "video"]);
  void room.setCamera(true);
  void room.setCamera(false);
  await allowAll();
  expect(live()).toEqual(["audio"]);
  expect(room.own.value.camera).toBe(false);
  room.close();
  expect(live()).toEqual([]);
});

it("turns the microphone off at once, while the browser still asks about the camera", async () => {
  const room = newRoom();
  void room.enter(null);
  await vi.advanceTimersByTimeAsync(0);
  await allowAll();
  void room.setCamera(true);
  void room.setMicrophone(false);
  expect(opened[0]?.enabled).toBe(false);
  expect(room.own.value.microphone).toBe(false);
  room.close();
  await allowAll();
  expect(live()).toEqual([]);
});

it("gives back a turn to present that it does not use: after a reload, or when a cut line kept the end from the hub", async () => {
  const room = newRoom();
  const told = (): number => asked.filter((name) => name === "session.unpresent").length;
  room.heed({ ...initial(), presenter: "xinyang" });
  expect(told()).toBe(0);
  room.heed({ ...initial(), presenter: "yingji" });
  expect(told()).toBe(1);
  void room.comeBack();
  expect(told()).toBe(2);
  room.close();
  room.heed({ ...initial(), presenter: "yingji" });
  expect(told()).toBe(2);
});

it("calls its line no better than the hub does", () => {
  const room = newRoom();
  room.subscriber.peer.state.value = "connected";
  expect(room.bars.value).toBe(4);
  const fair = { state: "fair", since_ms: 0, up: null, down: null };
  heard.get("media.lines")?.({ session_id: "s-1", venues: { yingji: fair } } as never);
  expect(room.bars.value).toBe(3);
  room.close();
});

describe("the floor", () => {
  const session = meeting(["office", "yingji", "xinyang"]);
  const turn = { venue: "yingji", kind: "named", since_ms: 1 } as const;
  const named = { ...session, floor: { ...session.floor, turn } };
  const other = { ...session, floor: { ...session.floor, turn: { ...turn, venue: "xinyang" } } };

  async function entered(): Promise<Room> {
    const room = newRoom();
    void room.enter(null);
    await settled();
    return room;
  }

  async function settled(): Promise<void> {
    await vi.advanceTimersByTimeAsync(0);
    await allowAll();
  }

  it("turns the microphone of who is called upon on, and after the turn off again if it was off before", async () => {
    const room = await entered();
    void room.setMicrophone(false);
    room.heed(session);
    room.heed(named);
    await settled();
    expect(room.own.value.microphone).toBe(true);
    expect(room.called.value).toBe(true);
    room.heed(session);
    await settled();
    expect(room.own.value.microphone).toBe(false);
    room.close();
  });

  it("leaves it as its venue has switched it during the turn", async () => {
    const room = await entered();
    room.heed(named);
    await settled();
    expect(room.own.value.microphone).toBe(true);
    room.heed(session);
    await settled();
    expect(room.own.value.microphone).toBe(true);
    room.heed(named);
    void room.setMicrophone(false);
    await settled();
    expect(room.own.value.microphone).toBe(false);
    room.close();
  });

  it("is closed while another one speaks, and the device stays as it was", async () => {
    const room = await entered();
    room.heed(other);
    expect(room.access.value).toBe("closed");
    expect(room.own.value.microphone).toBe(true);
    room.heed(session);
    expect(room.access.value).toBe("free");
    room.close();
  });

  it("is opened for a turn although the chair has closed the microphone, and closed after it", async () => {
    const room = await entered();
    room.heed(withVenue(session, "yingji", { muted: true }));
    expect(room.own.value.microphone).toBe(false);
    room.heed(withVenue(named, "yingji", { muted: true }));
    await settled();
    expect(room.own.value.microphone).toBe(true);
    room.heed(withVenue(session, "yingji", { muted: true }));
    await settled();
    expect(room.own.value.microphone).toBe(false);
    room.close();
  });

  it("opens the device when the hub has opened what the venue wanted open", async () => {
    const room = await entered();
    const closed = { ...session, floor: { ...session.floor, self_unmute: true } };
    room.heed(withVenue(closed, "yingji", { muted: true }));
    expect(room.access.value).toBe("self");
    room.awaitOpening(true);
    room.heed(closed);
    await settled();
    expect(room.own.value.microphone).toBe(true);
    room.close();
  });
});

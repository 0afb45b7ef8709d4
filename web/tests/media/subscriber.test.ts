/** The page says what it looks at: once it has settled, after every new connection, and with enough slots. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { pageProblem } from "../../src/link/problem";
import type { Look } from "../../src/media/slots";
import { Subscriber } from "../../src/media/subscriber";
import type { MediaAnswer, SlotView } from "../../src/types/wire";

const connections: Connection[] = [];

class Connection {
  connectionState = "new";
  localDescription: { sdp: string } | null = null;
  places: { mid: string | null; kind: string; direction: string }[] = [];
  onconnectionstatechange: () => void = () => undefined;

  constructor() {
    connections.push(this);
  }

  addTransceiver(kind: string): object {
    const place = { mid: null, kind, direction: "recvonly" };
    this.places.push(place);
    return place;
  }

  createOffer = (): Promise<{ sdp: string }> => Promise.resolve({ sdp: "" });

  setLocalDescription(): Promise<void> {
    this.places.forEach((place, n) => (place.mid = `${n}`));
    this.localDescription = { sdp: `${this.places.length}` };
    return Promise.resolve();
  }

  setRemoteDescription(): Promise<void> {
    this.connectionState = "connected";
    this.onconnectionstatechange();
    return Promise.resolve();
  }

  close(): void {
    this.connectionState = "closed";
  }
}

const views: { resource: string; shown: string[]; content: number }[] = [];
const offers: string[] = [];
let refuse = false;
let cut = false;

function makeSubscriber(): Subscriber {
  const answer = (sdp: string): Promise<MediaAnswer> => {
    offers.push(sdp);
    return Promise.resolve({ resource: `r${connections.length}`, sdp: "" });
  };
  return new Subscriber({
    subscribe: answer,
    restart: (_, sdp) => (cut ? Promise.reject(pageProblem("line.timeout")) : answer(sdp)),
    close: () => Promise.resolve(),
    view: (resource, slots) => {
      if (refuse) return Promise.reject(new Error("refused"));
      views.push({ resource, shown: shownIn(slots), content: slots.at(-1)?.width ?? 0 });
      return Promise.resolve();
    },
  });
}

function shownIn(slots: readonly SlotView[]): string[] {
  return slots.filter(({ venue, width }) => venue !== null && width > 0).map(({ venue }) => venue ?? "");
}

const looksAt = (...venues: string[]): Look[] => venues.map((venue) => ({ venue, width: 320 }));
const crowd = (size: number): string[] => Array.from({ length: size }, (_, n) => `v${n}`);

beforeEach(() => {
  connections.length = views.length = offers.length = 0;
  refuse = cut = false;
  vi.useFakeTimers();
  vi.stubGlobal("RTCPeerConnection", Connection);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("begins with few slots, the last of them for content", async () => {
  const subscriber = makeSubscriber();
  await subscriber.peer.open();
  expect(offers).toEqual(["14"]);
  expect(connections[0]?.places.map(({ kind }) => kind[0]).join("")).toBe("aaaavvvvvvvvvv");
  subscriber.close();
});

it("says what is looked at once it has settled, and only what is new", async () => {
  const subscriber = makeSubscriber();
  await subscriber.peer.open();
  await vi.advanceTimersByTimeAsync(200);
  views.length = 0;
  subscriber.look(looksAt("a"), 0);
  await vi.advanceTimersByTimeAsync(100);
  subscriber.look(looksAt("a", "b"), 960);
  await vi.advanceTimersByTimeAsync(100);
  expect(views).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(views).toEqual([{ resource: "r1", shown: ["a", "b"], content: 960 }]);
  subscriber.look(looksAt("a", "b"), 960);
  await vi.advanceTimersByTimeAsync(500);
  expect(views).toHaveLength(1);
  subscriber.close();
});

it("offers more slots when more is looked at, and never fewer", async () => {
  const subscriber = makeSubscriber();
  await subscriber.peer.open();
  for (const size of [9, 10, 30, 5]) {
    subscriber.look(looksAt(...crowd(size)), 0);
    await vi.advanceTimersByTimeAsync(300);
    expect(views.at(-1)?.shown).toHaveLength(Math.min(25, size));
  }
  expect(offers).toEqual(["14", "21", "30"]);
  expect(connections).toHaveLength(1);
  subscriber.close();
});

it("names no slot that the hub has not heard of, and offers it again", async () => {
  const subscriber = makeSubscriber();
  await subscriber.peer.open();
  cut = true;
  subscriber.look(looksAt(...crowd(12)), 0);
  await vi.advanceTimersByTimeAsync(300);
  expect(views.at(-1)?.shown).toHaveLength(9);
  cut = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(views.at(-1)?.shown).toHaveLength(12);
  expect(connections).toHaveLength(1);
  subscriber.close();
});

it("says it anew over a new line and over a new connection", async () => {
  const subscriber = makeSubscriber();
  subscriber.look(looksAt("a"), 0);
  await subscriber.peer.open();
  await vi.advanceTimersByTimeAsync(0);
  await subscriber.renew();
  await vi.advanceTimersByTimeAsync(0);
  await subscriber.peer.open();
  await vi.advanceTimersByTimeAsync(0);
  expect(views.map(({ resource, shown }) => [resource, shown])).toEqual([
    ["r1", ["a"]],
    ["r1", ["a"]],
    ["r2", ["a"]],
  ]);
  subscriber.close();
});

it("says it again when it was refused", async () => {
  refuse = true;
  const subscriber = makeSubscriber();
  subscriber.look(looksAt("a"), 0);
  await subscriber.peer.open();
  await vi.advanceTimersByTimeAsync(500);
  refuse = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(views).toHaveLength(1);
  subscriber.close();
});

it("pauses its pictures while nobody sees the page, and has them back at once", async () => {
  const subscriber = makeSubscriber();
  await subscriber.peer.open();
  subscriber.look(looksAt("a", "b"), 960);
  await vi.advanceTimersByTimeAsync(200);
  subscriber.rest(true);
  await vi.advanceTimersByTimeAsync(1_000); // a short look at another tab
  subscriber.rest(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(views.at(-1)).toEqual({ resource: "r1", shown: ["a", "b"], content: 960 });
  const before = views.length;
  subscriber.rest(true);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(views.slice(before)).toEqual([{ resource: "r1", shown: [], content: 0 }]);
  subscriber.look(looksAt("a", "b", "c"), 960); // who comes meanwhile is not shown either
  await vi.advanceTimersByTimeAsync(2_500);
  expect(views.at(-1)?.shown).toEqual([]);
  subscriber.rest(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(views.at(-1)).toEqual({ resource: "r1", shown: ["a", "b", "c"], content: 960 });
  subscriber.close();
});

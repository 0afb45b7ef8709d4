/** A media connection outlives a cut line when the hub still knows it, and begins anew when it does not. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { pageProblem, Refused } from "../../src/link/problem";
import { Peer } from "../../src/media/peer";
import type { MediaAnswer } from "../../src/types/wire";

/** The browser's own part, as far as a peer uses it. */
class Connection {
  static readonly all: Connection[] = [];
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  localDescription: { sdp: string } | null = null;
  onconnectionstatechange: () => void = () => undefined;

  constructor() {
    Connection.all.push(this);
  }

  createOffer(options: RTCOfferOptions): Promise<{ sdp: string }> {
    return Promise.resolve({ sdp: options.iceRestart === true ? "restart" : "again" });
  }

  setLocalDescription(offer?: { sdp: string }): Promise<void> {
    this.localDescription = offer ?? { sdp: "first" };
    return Promise.resolve();
  }

  setRemoteDescription(): Promise<void> {
    this.become("connected");
    return Promise.resolve();
  }

  close(): void {
    this.connectionState = "closed";
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

const PATIENCE_MS = 10_000; // for a busy machine
const answered = (resource: string): Promise<MediaAnswer> => Promise.resolve({ resource, sdp: "" });
const forgotten = new Refused({ code: "media.unknown_resource", zh: "", en: "", detail: {} });

function makePeer(restart: (sdp: string) => Promise<MediaAnswer>): { peer: Peer; asked: string[] } {
  const asked: string[] = [];
  const plan = {
    prepare: () => undefined,
    ask: (_: RTCPeerConnection, sdp: string) => (asked.push(sdp), answered(`r${asked.length}`)),
    answered: () => undefined,
  };
  const line = {
    restart: (_: string, sdp: string) => (asked.push(sdp), restart(sdp)),
    close: () => Promise.resolve(),
  };
  return { peer: new Peer(plan, line), asked };
}

beforeEach(() => {
  Connection.all.length = 0;
  vi.stubGlobal("RTCPeerConnection", Connection);
});

afterEach(() => vi.unstubAllGlobals());

describe("after a broken line", () => {
  it("keeps what flows when it has asked too often", async () => {
    const often = new Refused({ code: "too_many", zh: "", en: "", detail: { retry_ms: 500 } });
    const { peer, asked } = makePeer(() => Promise.reject(often));
    await peer.open();
    await peer.renew();
    expect(await peer.offerMore()).toBe(false);
    expect(asked).toEqual(["first", "again", "again"]);
    expect(Connection.all).toHaveLength(1);
    peer.close();
  });

  it("goes on with the connection that the hub still knows, without an ICE restart", async () => {
    const { peer, asked } = makePeer(() => answered("r1"));
    await peer.open();
    await peer.renew();
    expect(asked).toEqual(["first", "again"]);
    expect(Connection.all).toHaveLength(1);
    expect([peer.state.value, peer.resource]).toEqual(["connected", "r1"]);
    peer.close();
  });

  it("begins anew when the hub has forgotten it", async () => {
    const { peer, asked } = makePeer(() => Promise.reject(forgotten));
    await peer.open();
    await peer.renew();
    await vi.waitFor(() => expect(peer.resource).toBe("r3"), PATIENCE_MS);
    expect(asked).toEqual(["first", "again", "first"]);
    expect(Connection.all.map(({ connectionState }) => connectionState)).toEqual(["closed", "connected"]);
    peer.close();
  });

  it("keeps what flows when the line breaks once more", async () => {
    const { peer } = makePeer(() => Promise.reject(pageProblem("line.timeout")));
    await peer.open();
    await peer.renew();
    expect([Connection.all.length, peer.state.value, peer.resource]).toEqual([1, "connected", "r1"]);
    peer.close();
  });

  it("finds a new way on the same connection when the media had broken as well", async () => {
    const { peer, asked } = makePeer(() => answered("r1"));
    await peer.open();
    Connection.all[0]?.become("failed");
    await peer.renew();
    expect(asked).toEqual(["first", "restart"]);
    expect([Connection.all.length, peer.state.value]).toEqual([1, "connected"]);
    peer.close();
  });
});

describe("while the network is away", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** The network takes no answer: connections stay what they are. */
  class Cut extends Connection {
    override setRemoteDescription(): Promise<void> {
      return Promise.resolve();
    }
  }

  const MINUTE_MS = 60_000;

  it("asks again every few seconds, stops after ten minutes, and begins anew when a person asks", async () => {
    const { peer, asked } = makePeer(() => answered("r1"));
    await peer.open();
    vi.stubGlobal("RTCPeerConnection", Cut);
    const [stood] = Connection.all;
    if (stood !== undefined) stood.setRemoteDescription = () => Promise.resolve();
    stood?.become("disconnected");
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(peer.state.value).toBe("lost");
    expect(asked.length).toBeGreaterThan(7);

    await vi.advanceTimersByTimeAsync(9 * MINUTE_MS + 15_000);
    expect(peer.state.value).toBe("stopped");
    const asked_by_then = asked.length;
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(asked.length).toBe(asked_by_then);

    vi.stubGlobal("RTCPeerConnection", Connection);
    await peer.hurry();
    expect(peer.state.value).toBe("connected");
    peer.close();
  });

  it("asks at once when the network changes, and not twice for two signs of it", async () => {
    const { peer, asked } = makePeer(() => answered("r1"));
    await peer.open();
    Connection.all[0]?.become("disconnected");
    await Promise.all([peer.hurry(), peer.hurry()]);
    expect(asked).toEqual(["first", "restart"]);
    peer.close();
  });

  it("keeps the connection while nobody can be asked: it may heal by itself", async () => {
    const { peer } = makePeer(() => Promise.reject(pageProblem("line.down")));
    await peer.open();
    Connection.all[0]?.become("disconnected");
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect([Connection.all.length, peer.resource, peer.state.value]).toEqual([1, "r1", "lost"]);
    Connection.all[0]?.become("connected");
    expect(peer.state.value).toBe("connected");
    peer.close();
  });

  it("lets a connection heal that has just found its way", async () => {
    const { peer, asked } = makePeer(() => Promise.reject(pageProblem("line.timeout")));
    await peer.open();
    const [stood] = Connection.all;
    stood?.become("disconnected");
    if (stood !== undefined) stood.iceConnectionState = "connected";
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual(["first"]);
    await vi.advanceTimersByTimeAsync(2_000); // but not for ever
    expect(asked).toEqual(["first", "restart"]);
    peer.close();
  });

  it("lets a slow hub answer before it asks again", async () => {
    let answer: (told: MediaAnswer) => void = () => undefined;
    let asked = 0;
    const plan = {
      prepare: () => undefined,
      ask: () => ((asked += 1), new Promise<MediaAnswer>((resolve) => (answer = resolve))),
      answered: () => undefined,
    };
    const peer = new Peer(plan, { restart: () => answered("r1"), close: () => Promise.resolve() });
    void peer.open();
    await vi.advanceTimersByTimeAsync(7_000);
    expect([asked, peer.state.value]).toEqual([1, "blocked"]);
    answer({ resource: "r1", sdp: "" });
    await vi.advanceTimersByTimeAsync(0);
    expect([asked, peer.state.value]).toEqual([1, "connected"]);
    peer.close();
  });

  it("waits longer each time the hub says no", async () => {
    const full = new Refused({ code: "media.overloaded", zh: "", en: "", detail: {} });
    const at_s: number[] = [];
    const began = Date.now();
    const plan = {
      prepare: () => undefined,
      ask: () => (at_s.push(Math.round((Date.now() - began) / 1000)), Promise.reject(full)),
      answered: () => undefined,
    };
    const peer = new Peer(plan, { restart: () => answered("r1"), close: () => Promise.resolve() });
    await peer.open();
    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(at_s).toEqual([0, 4, 12, 28, 58, 88, 118]);
    expect([peer.state.value, peer.refusal.value]).toEqual(["blocked", full]);
    peer.close();
  });
});

describe("relays", () => {
  it("are asked for anew with every connection, and their absence stops nothing", async () => {
    const used: unknown[] = [];
    vi.stubGlobal(
      "RTCPeerConnection",
      class extends Connection {
        constructor(wish: RTCConfiguration) {
          super();
          used.push(wish.iceServers);
        }
      },
    );
    const relay = { urls: ["turn:relay.example:3478"], username: "u", credential: "c" };
    const relays = vi.fn<() => Promise<RTCIceServer[]> | null>();
    relays.mockReturnValueOnce(Promise.resolve([relay]));
    relays.mockReturnValueOnce(Promise.reject(pageProblem("line.timeout")));
    relays.mockReturnValueOnce(null);
    const plan = { prepare: () => undefined, ask: () => answered("r1"), answered: () => undefined };
    const peer = new Peer(plan, { restart: () => answered("r1"), close: () => Promise.resolve(), relays });
    for (let time = 0; time < 3; time += 1) await peer.open();
    expect(used).toEqual([[relay], [], []]);
    peer.close();
  });
});

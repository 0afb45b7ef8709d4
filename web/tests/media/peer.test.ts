/** A media connection outlives a cut line when the hub still knows it, and begins anew when it does not. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { pageProblem, Refused } from "../../src/link/problem";
import { Peer } from "../../src/media/peer";
import type { MediaAnswer } from "../../src/types/wire";

/** The browser's own part, as far as a peer uses it. */
class Connection {
  static readonly all: Connection[] = [];
  connectionState: RTCPeerConnectionState = "new";
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
    await vi.waitFor(() => expect(peer.resource).toBe("r3"));
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

  it("begins anew when the media had broken as well", async () => {
    const { peer, asked } = makePeer(() => answered("r1"));
    await peer.open();
    Connection.all[0]?.become("failed");
    await peer.renew();
    expect(asked).toEqual(["first", "first"]);
    expect(peer.state.value).toBe("connected");
    peer.close();
  });
});

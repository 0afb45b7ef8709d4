/** One media connection of this page: the page offers, the hub answers, and it is kept alive until closed. */

import { signal } from "@preact/signals";
import { isLineTrouble, problemOf } from "../link/problem";
import type { MediaAnswer } from "../types/wire";

/**
 * connecting: the first seconds. blocked: still nothing after 4 s, trying on. lost: it stood and broke.
 * closed: over, by us or by the hub.
 */
export type PeerState = "connecting" | "connected" | "blocked" | "lost" | "closed";

/** What differs between a publish and a subscribe connection. */
export interface Plan {
  prepare(connection: RTCPeerConnection): void;
  ask(connection: RTCPeerConnection, sdp: string): Promise<MediaAnswer>;
  answered(connection: RTCPeerConnection, resource: string): void;
}

/** The two requests that concern any media connection. */
export interface Line {
  restart(resource: string, sdp: string): Promise<MediaAnswer>;
  close(resource: string): Promise<unknown>;
}

/** The page must say within 5 s that media does not get through; entering takes a part of them. */
export const BLOCKED_MS = 4_000;
const RETRY_MS = 8_000;
const GRACE_MS = 2_000;
/** How often the same resource is offered again before a new one is asked for. */
const RESTARTS = 2;

export class Peer {
  readonly state = signal<PeerState>("connecting");
  readonly since = signal(Date.now());
  /** What the hub said to the last offer, when it said no; null when the network is to blame. */
  readonly refusal = signal<unknown>(null);
  /** Where the hub wants its packets, as ``UDP 10.0.0.5:8443``: what a network admin must let through. */
  readonly address = signal<string | null>(null);
  connection: RTCPeerConnection | null = null;
  resource: string | null = null;

  private turn = 0;
  private restarts = 0;
  private stood = false;
  private busy = false;
  private offers: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly line: Line,
  ) {}

  /** A fresh connection; what stood before is dropped. Never rejects: failure leads to the next try. */
  async open(): Promise<void> {
    const turn = ++this.turn;
    this.drop();
    this.restarts = 0;
    this.offers = Promise.resolve();
    if (this.state.value === "closed") this.become("connecting");
    // The hub is on the same network and ICE-lite: no STUN server is ever asked.
    const connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
    this.connection = connection;
    connection.onconnectionstatechange = () => {
      if (turn === this.turn) this.changed(connection.connectionState);
    };
    this.arm(BLOCKED_MS);
    try {
      this.plan.prepare(connection);
      await connection.setLocalDescription();
      const answer = await this.plan.ask(connection, connection.localDescription?.sdp ?? "");
      if (turn !== this.turn) {
        this.line.close(answer.resource).catch(() => undefined);
        return;
      }
      this.resource = answer.resource;
      await connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
      this.refusal.value = null;
      this.address.value = addressIn(answer.sdp);
      this.plan.answered(connection, answer.resource);
    } catch (refusal) {
      // Refused or cut off: the timer that runs already says so and tries again.
      if (turn === this.turn) this.refusal.value = refusal;
    }
  }

  /** A fresh offer on the same resource (ICE restart); a new connection when the hub knows it no more. */
  async restart(): Promise<void> {
    const { connection, resource, turn } = this;
    if (this.busy || this.state.value === "closed") return;
    if (connection === null || resource === null || this.restarts >= RESTARTS) return this.open();
    this.restarts += 1;
    this.busy = true;
    this.arm(RETRY_MS);
    try {
      await this.offerAgain(connection, resource, turn, { iceRestart: true });
    } catch {
      if (turn === this.turn) this.restarts = RESTARTS; // next time anew
    } finally {
      this.busy = false;
    }
  }

  /** The line to the hub is new. What flows goes on if the hub still knows it; all else begins anew. */
  async renew(): Promise<void> {
    const { connection, resource, turn } = this;
    if (connection?.connectionState !== "connected" || resource === null || this.busy) return this.open();
    this.busy = true;
    try {
      await this.offerAgain(connection, resource, turn, {});
    } catch (refusal) {
      // When the line breaks once more its return asks again; a refusal means the hub has forgotten.
      if (turn === this.turn && !isLineTrouble(problemOf(refusal))) void this.open();
    } finally {
      this.busy = false;
    }
  }

  /** M-lines were added: the hub hears of them as soon as it knows the connection; else it begins anew. */
  async offerMore(): Promise<void> {
    const { connection, resource, turn } = this;
    if (connection === null || resource === null) return;
    try {
      await this.offerAgain(connection, resource, turn, {});
    } catch (refusal) {
      if (turn === this.turn && !isLineTrouble(problemOf(refusal))) void this.open();
    }
  }

  /** Over for good. ``told``: the hub closed it itself and need not be asked. */
  close(told = false): void {
    const { resource } = this;
    this.turn += 1;
    this.drop();
    this.become("closed");
    if (resource !== null && !told) this.line.close(resource).catch(() => undefined);
  }

  /** One offer after the other: an answer must meet its own offer. */
  private offerAgain(
    connection: RTCPeerConnection,
    resource: string,
    turn: number,
    options: RTCOfferOptions,
  ): Promise<void> {
    const made = this.offers.then(() => this.offerOnce(connection, resource, turn, options));
    this.offers = made.catch(() => undefined);
    return made;
  }

  private async offerOnce(
    connection: RTCPeerConnection,
    resource: string,
    turn: number,
    options: RTCOfferOptions,
  ): Promise<void> {
    if (turn !== this.turn) return;
    await connection.setLocalDescription(await connection.createOffer(options));
    const answer = await this.line.restart(resource, connection.localDescription?.sdp ?? "");
    if (turn === this.turn) await connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.connection?.close();
    this.connection = null;
    this.resource = null;
  }

  private changed(now: RTCPeerConnectionState): void {
    switch (now) {
      case "connected":
        clearTimeout(this.timer);
        this.restarts = 0;
        this.stood = true;
        this.become("connected");
        break;
      case "disconnected":
        // Chromium reports a short burst of loss like this; most heal by themselves.
        this.arm(GRACE_MS);
        break;
      case "failed":
        this.become(this.stood ? "lost" : "blocked");
        this.arm(GRACE_MS);
        break;
    }
  }

  /** One timer: when it rings and nothing stands, say so and try again. */
  private arm(after_ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.connection?.connectionState === "connected") return;
      this.become(this.stood ? "lost" : "blocked");
      this.arm(RETRY_MS);
      void this.restart();
    }, after_ms);
  }

  private become(state: PeerState): void {
    if (this.state.value === state) return;
    this.state.value = state;
    this.since.value = Date.now();
  }
}

/** Pure: the first UDP candidate of an answer (RFC 8839, section 5.1). */
export function addressIn(sdp: string): string | null {
  const found = /^a=candidate:\S+ \d+ udp \d+ (\S+) (\d+) typ /im.exec(sdp);
  const [, host, port] = found ?? [];
  if (host === undefined || port === undefined) return null;
  return `UDP ${host.includes(":") ? `[${host}]` : host}:${port}`;
}

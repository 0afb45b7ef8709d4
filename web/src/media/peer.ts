/** One media connection of this page: the page offers, the hub answers, and it is kept alive until closed. */

import { signal } from "@preact/signals";
import { isLineTrouble, problemOf } from "../link/problem";
import type { MediaAnswer } from "../types/wire";
import { addressesIn } from "./address";

/**
 * connecting: the first seconds. blocked: still nothing after 4 s, trying on. lost: it stood and broke.
 * stopped: tried for ten minutes, a person tries again (rule J11). closed: over, by us or by the hub.
 */
export type PeerState = "connecting" | "connected" | "blocked" | "lost" | "stopped" | "closed";

/** What differs between a publish and a subscribe connection. */
export interface Plan {
  prepare(connection: RTCPeerConnection): void;
  ask(connection: RTCPeerConnection, sdp: string): Promise<MediaAnswer>;
  answered(connection: RTCPeerConnection, resource: string): void;
}

/** The requests that concern any media connection. */
export interface Line {
  restart(resource: string, sdp: string): Promise<MediaAnswer>;
  close(resource: string): Promise<unknown>;
  /** Relays to be reached by; null or left out when the hub has none. */
  relays?(): Promise<RTCIceServer[]> | null;
}

/** The page must say within 5 s that media does not get through; entering takes a part of them. */
export const BLOCKED_MS = 4_000;
/** Chromium's checks go on for about so long: there is always somebody knocking when the network returns. */
const RETRY_MS = 8_000;
const GRACE_MS = 2_000;
const FOUND: readonly RTCIceConnectionState[] = ["connected", "completed"];
/** How long to wait after the hub itself said no, each time longer. */
const REFUSED_MS = [4_000, 8_000, 16_000, 30_000] as const;
/** J11: how long a page tries by itself to come back. */
export const PATIENCE_MS = 10 * 60_000;
/**
 * How often the same resource is offered again before a new one is asked for. The hub says itself when it has
 * forgotten one; this is for a browser that no offer heals.
 */
const RESTARTS = 6;

export class Peer {
  readonly state = signal<PeerState>("connecting");
  readonly since = signal(Date.now());
  /** What the hub said to the last offer, when it said no; null when the network is to blame. */
  readonly refusal = signal<unknown>(null);
  /** Where the hub wants its packets, UDP and TCP: what a network admin must let through. */
  readonly address = signal<string | null>(null);
  connection: RTCPeerConnection | null = null;
  resource: string | null = null;

  private turn = 0;
  private restarts = 0;
  private refusals = 0;
  private stood = false;
  private busy = false;
  /** The hub has not answered the first offer of this connection yet. */
  private asking = false;
  private spared = false;
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
    this.asking = true;
    this.offers = Promise.resolve();
    if (this.state.value === "closed" || this.state.value === "stopped") this.become("connecting");
    this.arm(BLOCKED_MS);
    // The hub is ICE-lite and mostly on the same network: no STUN server is ever asked.
    const relays = this.line.relays?.() ?? null;
    const iceServers = relays === null ? [] : await relays.catch(() => []);
    if (turn !== this.turn) return;
    const connection = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    this.connection = connection;
    connection.onconnectionstatechange = () => {
      if (turn === this.turn) this.changed(connection.connectionState);
    };
    try {
      this.plan.prepare(connection);
      await connection.setLocalDescription();
      const answer = await this.plan.ask(connection, connection.localDescription?.sdp ?? "");
      if (turn !== this.turn) {
        this.line.close(answer.resource).catch(() => undefined);
        return;
      }
      this.asking = false;
      this.resource = answer.resource;
      await connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
      this.refusal.value = null;
      this.refusals = 0;
      this.address.value = addressesIn(answer.sdp);
      this.plan.answered(connection, answer.resource);
    } catch (refusal) {
      if (turn !== this.turn) return;
      this.asking = false;
      this.refusal.value = refusal;
      // Cut off: the timer that runs already says so and tries again.
      if (isLineTrouble(problemOf(refusal))) return;
      this.arm(REFUSED_MS[this.refusals] ?? REFUSED_MS[3]);
      this.refusals += 1;
    }
  }

  /** A fresh offer on the same resource (ICE restart); a new connection when the hub knows it no more. */
  async restart(): Promise<void> {
    const { connection, resource, turn } = this;
    if (this.busy || this.state.value === "closed") return;
    if (connection === null || resource === null || this.restarts >= RESTARTS) return this.open();
    this.busy = true;
    this.arm(RETRY_MS);
    try {
      await this.offerAgain(connection, resource, turn, { iceRestart: true });
      this.restarts += 1;
    } catch (refusal) {
      this.refused(refusal, turn);
    } finally {
      this.busy = false;
    }
  }

  /**
   * Asks for a new way now instead of waiting for the old one to be seen to fail: the network has changed,
   * or a person wants it tried again.
   */
  async hurry(): Promise<void> {
    if (this.state.value === "closed") return;
    this.restarts = 0;
    await this.restart();
  }

  /** The line to the hub is new. What flows goes on if the hub still knows it; all else finds its way anew. */
  async renew(): Promise<void> {
    await this.offers; // what was on its way when the line broke fails first
    const { connection, resource, turn } = this;
    if (connection?.connectionState !== "connected" || resource === null) return this.hurry();
    try {
      await this.offerAgain(connection, resource, turn, {});
    } catch (refusal) {
      this.refused(refusal, turn);
    }
  }

  /** M-lines were added; true when the hub has them too. */
  async offerMore(): Promise<boolean> {
    const { connection, resource, turn } = this;
    if (connection === null || resource === null) return false;
    try {
      await this.offerAgain(connection, resource, turn, {});
      return turn === this.turn;
    } catch (refusal) {
      this.refused(refusal, turn);
      return false;
    }
  }

  /** Over for good. ``told``: the hub closed it itself and need not be asked. */
  close(told = false): void {
    this.end("closed", told);
  }

  private end(state: "closed" | "stopped", told: boolean): void {
    const { resource } = this;
    this.turn += 1;
    this.drop();
    this.become(state);
    if (resource !== null && !told) this.line.close(resource).catch(() => undefined);
  }

  /** The hub has forgotten the connection. When the line broke or it was asked too often, what flows goes on. */
  private refused(refusal: unknown, turn: number): void {
    const problem = problemOf(refusal);
    if (turn === this.turn && !isLineTrouble(problem) && problem.code !== "too_many") void this.open();
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
      // A way has just been found: whoever began anew now would be back later.
      this.spared = !this.spared && FOUND.includes(this.connection?.iceConnectionState ?? "new");
      if (this.spared) return this.arm(GRACE_MS);
      if (Date.now() - this.since.value >= PATIENCE_MS) return this.end("stopped", false);
      this.arm(RETRY_MS);
      if (!this.asking) void this.restart(); // a second offer would only make a slow hub slower
    }, after_ms);
  }

  private become(state: PeerState): void {
    if (this.state.value === state) return;
    this.state.value = state;
    this.since.value = Date.now();
  }
}

/** The one line to the hub: requests that are answered, pushes that are heard, and its own state. */
import { signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import * as msgpack from "socket.io-msgpack-parser";

import type { Problem, Pushes, Requests } from "../types/wire";
import { HubClock } from "./clock";
import { isLoginTrouble, isProblem, pageProblem, Refused } from "./problem";

/** `since_ms` is this machine's wall clock. `closed`: nobody is logged in, or the hub refused. */
export interface Line {
  readonly state: "closed" | "connecting" | "online" | "reconnecting";
  readonly since_ms: number;
}

type Heard<N extends keyof Pushes> = (body: Pushes[N]) => void;

const ANSWER_MS = 8_000;
const PING_EVERY_MS = 5_000;
const PROBE_MS = 2_000;
/** So many pings without an answer and the line is taken for dead, long before TCP notices. */
const PINGS_LOST = 2;

export const line = signal<Line>({ state: "closed", since_ms: Date.now() });
/** Milliseconds a message needs to the hub and back; null when unknown. */
export const roundTrip = signal<number | null>(null);
/** Hub time at which the hub was last heard: what is shown is as old as that. */
export const heardAt = signal<number | null>(null);
/** Hub time minus this page's monotonic clock. */
export const clockOffset = signal<number>(Date.now() - performance.now());

const clock = new HubClock();
const heard = new Map<string, Set<(body: never) => void>>();
let socket: Socket | null = null;
let pingTimer: ReturnType<typeof setInterval> | null = null;
let pingsLost = 0;
let onRefusal: (problem: Problem) => void = () => undefined;

/** Hub time now, in milliseconds since 1970. */
export function hubNow(): number {
  return performance.now() + clockOffset.value;
}

/**
 * Connects with this token and keeps connected; `refused` is told when the hub will not have it.
 * By `page` the hub knows the page again after a broken line: its place and its media stay its own.
 */
export function open(token: string, page: string, refused: (problem: Problem) => void): void {
  close();
  onRefusal = refused;
  set("connecting");
  socket = io({
    transports: ["websocket"],
    parser: msgpack,
    auth: { token, page },
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5, // thirty pages must not come back in the same millisecond
    timeout: 6_000,
  });
  socket.on("connect", onConnect);
  socket.on("disconnect", onDisconnect);
  socket.on("connect_error", onConnectError);
  socket.onAny((name: string, body: unknown) => deliver(name, body));
}

export function close(): void {
  stopPinging();
  socket?.removeAllListeners();
  socket?.offAny();
  socket?.disconnect();
  socket = null;
  set("closed");
}

/** Sends a request and waits for its answer; throws `Refused`, also when the line does not carry it. */
export async function request<N extends keyof Requests>(
  name: N,
  body: Requests[N]["body"],
  answer_ms: number = ANSWER_MS,
): Promise<Requests[N]["result"]> {
  if (socket === null || !socket.connected) throw pageProblem("line.down");
  let ack: unknown;
  try {
    ack = await socket.timeout(answer_ms).emitWithAck(name, body);
  } catch {
    throw pageProblem("line.timeout");
  }
  return unpack<N>(ack);
}

/** Hears every push of this name until the returned function is called. */
export function on<N extends keyof Pushes>(name: N, fn: Heard<N>): () => void {
  const set = heard.get(name) ?? new Set();
  heard.set(name, set);
  set.add(fn as (body: never) => void);
  return () => void set.delete(fn as (body: never) => void);
}

/** Tries again now instead of waiting: the network has just come back, or the person asks. */
export function hurry(): void {
  if (socket === null) return;
  if (!socket.connected) socket.disconnect().connect();
  // What looks connected may hang on a network that is gone: TCP would notice in minutes, the pings in seconds.
  else request("ping", {}, PROBE_MS).catch(() => socket?.io.engine?.close());
}

function unpack<N extends keyof Requests>(ack: unknown): Requests[N]["result"] {
  if (typeof ack !== "object" || ack === null) throw pageProblem("line.garbled");
  const { ok, result, error } = ack as { ok?: unknown; result?: unknown; error?: unknown };
  if (ok === true) return (result ?? {}) as Requests[N]["result"];
  if (!isProblem(error)) throw pageProblem("line.garbled");
  if (isLoginTrouble(error)) onRefusal(error);
  throw new Refused({ ...error, detail: error.detail ?? {} });
}

function deliver(name: string, body: unknown): void {
  heardAt.value = hubNow();
  for (const fn of heard.get(name) ?? []) (fn as (body: unknown) => void)(body);
}

function onConnect(): void {
  clock.reset();
  pingsLost = 0;
  set("online");
  stopPinging();
  pingTimer = setInterval(() => void ping(), PING_EVERY_MS);
  void ping();
}

function onDisconnect(reason: string): void {
  stopPinging();
  if (line.value.state !== "closed") set("reconnecting");
  // Socket.IO leaves it to us when the hub closed the connection on purpose (a restart does that).
  if (reason === "io server disconnect") setTimeout(() => socket?.connect(), 400 + Math.random() * 800);
}

function onConnectError(error: Error & { data?: unknown }): void {
  if (isProblem(error.data) && isLoginTrouble(error.data)) {
    const problem = error.data;
    close();
    onRefusal(problem);
    return;
  }
  if (line.value.state === "online") set("reconnecting");
  // A refusal by the server's middleware ends Socket.IO's own attempts, so they are ours from here.
  if (socket !== null && !socket.active) setTimeout(() => socket?.connect(), 1_000 + Math.random() * 2_000);
}

async function ping(): Promise<void> {
  const sent_ms = performance.now();
  try {
    const { hub_ms } = await request("ping", {}, PING_EVERY_MS - 500);
    pingsLost = 0;
    clock.add(sent_ms, hub_ms, performance.now());
    clockOffset.value = clock.offset_ms ?? clockOffset.value;
    roundTrip.value = clock.round_trip_ms;
    heardAt.value = hubNow();
  } catch {
    pingsLost += 1;
    if (pingsLost >= PINGS_LOST) {
      pingsLost = 0;
      socket?.io.engine?.close();
    }
  }
}

function stopPinging(): void {
  if (pingTimer !== null) clearInterval(pingTimer);
  pingTimer = null;
  roundTrip.value = null;
}

function set(state: Line["state"]): void {
  if (line.value.state !== state) line.value = { state, since_ms: Date.now() };
}

/** The streams this page follows: one signal each, kept whole across lost connections. */
import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";

import { hear, nothingYet, replace, since, type Cursor } from "../link/follow";
import { problemOf } from "../link/problem";
import { line, on, request } from "../link/socket";
import type {
  Duty,
  Keeping,
  Organisation,
  Paper,
  Problem,
  Recorded,
  Recording,
  Session,
  SpotCheck,
  Workspace,
} from "../types/wire";
import * as duty from "./duty";
import * as keeping from "./keeping";
import * as organisation from "./organisation";
import * as paper from "./paper";
import * as recording from "./recording";
import * as session from "./session";
import * as spotcheck from "./spotcheck";
import { rulesOf, type State } from "./streams";

/** `state` is null until the hub has sent it, or when `problem` says why it does not. */
export interface Followed<S extends State> {
  readonly state: S | null;
  readonly seq: number;
  readonly problem: Problem | null;
  /** The latest events heard live, newest last: for 动态 and for what has just changed. */
  readonly recent: readonly Recorded[];
}

interface Entry {
  readonly signal: Signal<Followed<State>>;
  cursor: Cursor<State>;
  users: number;
  asking: boolean;
  /** A hole was found while an answer was on its way. */
  again: boolean;
}

const RECENT = 60;
const NOTHING: Followed<State> = { state: null, seq: 0, problem: null, recent: [] };
const entries = new Map<string, Entry>();
const listeners = new Set<(stream: string, events: readonly Recorded[], seq: number) => void>();

/** Called with every batch of new events of any followed stream (empty after a snapshot). */
export function onFresh(fn: (stream: string, events: readonly Recorded[], seq: number) => void): () => void {
  listeners.add(fn);
  return () => void listeners.delete(fn);
}

/** The state of a stream as far as this page knows it; follow it first with `hold`. */
function signalOf<S extends State>(stream: string): ReadonlySignal<Followed<S>> {
  return entryOf(stream).signal as unknown as ReadonlySignal<Followed<S>>;
}

export const organisationState = (): ReadonlySignal<Followed<Organisation>> => signalOf(organisation.STREAM);
export const sessionState = (id: string): ReadonlySignal<Followed<Session>> => signalOf(session.streamOf(id));
/** By its stream: `incident:…`, or `board:…` of a session's own boards. */
export const workspaceState = (stream: string): ReadonlySignal<Followed<Workspace>> => signalOf(stream);
export const recordingState = (id: string): ReadonlySignal<Followed<Recording>> =>
  signalOf(recording.streamOf(id));
/** For those alone who keep it: officers of its office, and reviewers. */
export const keepingState = (id: string): ReadonlySignal<Followed<Keeping>> => signalOf(keeping.streamOf(id));
export const paperState = (id: string): ReadonlySignal<Followed<Paper>> => signalOf(paper.streamOf(id));
export const dutyState = (seatId: string): ReadonlySignal<Followed<Duty>> => signalOf(duty.streamOf(seatId));
export const spotCheckState = (id: string): ReadonlySignal<Followed<SpotCheck>> => signalOf(spotcheck.streamOf(id));

/** Follows a stream until the returned function is called; several holders share one subscription. */
export function hold(stream: string): () => void {
  const entry = entryOf(stream);
  entry.users += 1;
  if (entry.users === 1) void ask(stream, entry);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    entry.users -= 1;
    if (entry.users === 0) void release(stream, entry);
  };
}

/** Some view of this page shows it. */
export function isHeld(stream: string): boolean {
  return (entries.get(stream)?.users ?? 0) > 0;
}

/** The hub has stopped telling a stream (rule P5), and now does again: what was missed is asked for. */
export function followAgain(stream: string): void {
  const entry = entries.get(stream);
  if (entry !== undefined && entry.users > 0) void ask(stream, entry);
}

/** Somebody else has logged in on this page: nothing that was followed before is theirs. */
export function forgetAll(): void {
  for (const [stream, entry] of entries) {
    entry.cursor = nothingYet(stream);
    entry.signal.value = NOTHING;
  }
}

function entryOf(stream: string): Entry {
  const known = entries.get(stream);
  if (known !== undefined) return known;
  const entry: Entry = {
    signal: signal(NOTHING),
    cursor: nothingYet(stream),
    users: 0,
    asking: false,
    again: false,
  };
  entries.set(stream, entry);
  return entry;
}

async function ask(stream: string, entry: Entry): Promise<void> {
  if (line.peek().state !== "online") return; // `resume` asks when the line is back
  if (entry.asking) {
    entry.again = true;
    return;
  }
  entry.asking = true;
  try {
    await request("follow", { stream, since: since(entry.cursor) ?? first(stream) });
    if (entry.signal.peek().problem !== null) entry.signal.value = { ...entry.signal.peek(), problem: null };
  } catch (thrown) {
    entry.signal.value = { ...entry.signal.peek(), problem: problemOf(thrown) };
  } finally {
    entry.asking = false;
  }
  if (entry.again && entry.users > 0) {
    entry.again = false;
    await ask(stream, entry);
  }
}

/** A session is asked for from its first event, so that 动态 is not empty on a page that has just come. */
function first(stream: string): number | null {
  return stream.startsWith("session:") ? 0 : null;
}

async function release(stream: string, entry: Entry): Promise<void> {
  // A view that closes and opens again in one breath keeps its subscription.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  if (entry.users > 0) return;
  if (line.peek().state !== "online") return;
  await request("unfollow", { stream }).catch(() => undefined);
}

function publish(stream: string, entry: Entry, fresh: readonly Recorded[]): void {
  const before = entry.signal.peek();
  entry.signal.value = {
    state: entry.cursor.state,
    seq: entry.cursor.seq,
    problem: null,
    recent: fresh.length === 0 ? before.recent : [...before.recent, ...fresh].slice(-RECENT),
  };
  for (const fn of listeners) fn(stream, fresh, entry.cursor.seq);
}

function resume(): void {
  for (const [stream, entry] of entries) if (entry.users > 0) void ask(stream, entry);
}

/** Starts hearing; called once by main. */
export function startFollowing(): void {
  on("events", ({ stream, events }) => {
    const entry = entries.get(stream);
    if (entry === undefined) return;
    const { initial, apply } = rulesOf(stream);
    const heard = hear(entry.cursor, events, apply, initial());
    entry.cursor = heard.cursor;
    publish(stream, entry, heard.fresh);
    if (heard.hole) void ask(stream, entry);
  });
  on("snapshot", ({ stream, seq, state }) => {
    const entry = entries.get(stream);
    if (entry === undefined) return;
    entry.cursor = replace(entry.cursor, seq, state);
    publish(stream, entry, []);
  });
  effect(() => {
    if (line.value.state === "online") resume();
  });
}

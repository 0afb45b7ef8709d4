/** The one room of this page: it goes on while the person looks at another view. */
import { effect, signal, untracked } from "@preact/signals";

import * as actions from "../actions";
import { problemOf } from "../link/problem";
import { line, on, request } from "../link/socket";
import { BOTH, type Capture, type Wanted } from "../media/devices";
import { Room } from "../media/room";
import { isPresent } from "../state/call";
import { newId } from "../state/ids";
import { hold, me, sessionState } from "../state/store";

export const room = signal<Room | null>(null);

/** Answers a ring and takes the place in the session; throws when the hub says no. */
export async function answerRing(sessionId: string, ready: Capture | null): Promise<void> {
  await actions.answer(sessionId);
  take(sessionId, ready, BOTH);
}

/** Comes in without a ring, or back after a reload. */
export async function enterRoom(sessionId: string): Promise<void> {
  const wanted = switchesOf(sessionId);
  await joined(sessionId);
  take(sessionId, null, wanted);
}

/** The venue leaves the session; the page's part ends even if the hub cannot be told. */
export async function leaveRoom(sessionId: string): Promise<void> {
  closeRoom();
  await actions.leave(sessionId);
}

export function closeRoom(): void {
  room.peek()?.close();
  room.value = null;
}

/** Whoever had switched the microphone off must not be heard because the page was loaded again. */
function switchesOf(sessionId: string): Wanted {
  const own = sessionState(sessionId).peek().state?.venues[me.peek()?.actor.seat ?? ""];
  if (own === undefined || !isPresent(own.state)) return BOTH;
  return { microphone: own.microphone, camera: own.camera };
}

function take(sessionId: string, ready: Capture | null, wanted: Wanted): void {
  const former = room.peek();
  // One page sends to one session: in the former one the venue would sit without picture and sound.
  const hasMoved = former !== null && former.isHere() && former.sessionId !== sessionId;
  former?.close();
  if (hasMoved) actions.leave(former.sessionId).catch(() => undefined);
  const next = new Room(sessionId, me.peek()?.actor.seat ?? null, { request, on, op: () => newId("o") });
  room.value = next;
  void next.enter(ready, wanted);
}

/** Being there already is what was wished: another page of this seat, or this one before its reload. */
async function joined(sessionId: string): Promise<void> {
  try {
    await actions.join(sessionId);
  } catch (thrown) {
    if (problemOf(thrown).code !== "session.already_joined") throw thrown;
  }
}

/** Three things end or renew a room from outside: the session, the line, the login. */
effect(() => {
  const here = room.value;
  if (here === null) return undefined;
  const release = hold(`session:${here.sessionId}`);
  const state = sessionState(here.sessionId);
  let wasThere = false;
  const stop = effect(() => {
    const session = state.value.state;
    const own = session?.venues[here.ownVenue ?? ""];
    if (session === null || own === undefined) return;
    untracked(() => here.heed(session));
    const there = isPresent(own.state);
    if (session.ended_ms !== null || (wasThere && !there)) setTimeout(() => closeIfStill(here), 0);
    wasThere ||= there;
  });
  return () => {
    stop();
    release();
  };
});

let cut = false;
effect(() => {
  const { state } = line.value;
  if (state === "reconnecting") cut = true;
  if (state !== "online" || !cut) return;
  cut = false;
  void untracked(comeBack);
});

effect(() => {
  if (me.value === null) setTimeout(() => closeRoom(), 0);
});

async function comeBack(): Promise<void> {
  const here = room.peek();
  if (here === null || !here.isHere()) return;
  try {
    await joined(here.sessionId);
    await here.comeBack();
  } catch {
    // The session has ended or the venue was taken out meanwhile: its stream says so.
  }
}

function closeIfStill(here: Room): void {
  if (room.peek() === here) closeRoom();
}

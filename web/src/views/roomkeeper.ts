/** The one room of this page: it goes on while the person looks at another view. */
import { effect, signal, untracked } from "@preact/signals";

import * as actions from "../actions";
import { onNetworkChange } from "../link/network";
import { isLineTrouble, problemOf } from "../link/problem";
import { hurry, line, on, request } from "../link/socket";
import { BOTH, type Capture, type Wanted } from "../media/devices";
import { PATIENCE_MS } from "../media/peer";
import { Room } from "../media/room";
import { isPresent } from "../state/call";
import { followAgain } from "../state/followed";
import { newId } from "../state/ids";
import { forgetPlace, keepPlace, keptPlace } from "../state/place";
import { whyLeft } from "../state/session";
import { hold, me, sessions, sessionState, welcome } from "../state/store";
import { route } from "../ui/router";

export const room = signal<Room | null>(null);
/** Since when the line is cut (this machine's clock), or since a person asked again; null while it stands. */
export const cutSince = signal<number | null>(null);

/** Answers a ring and takes the place in the session; throws when the hub says no. */
export async function answerRing(sessionId: string, ready: Capture | null): Promise<void> {
  await actions.answer(sessionId);
  hearAgain(sessionId);
  take(sessionId, ready, BOTH);
}

/** Comes in without a ring, or back after a reload. */
export async function enterRoom(sessionId: string): Promise<void> {
  const wanted = switchesOf(sessionId);
  await joined(sessionId);
  hearAgain(sessionId);
  take(sessionId, null, wanted);
}

/** The venue leaves the session; the page's part ends even if the hub cannot be told. */
export async function leaveRoom(sessionId: string): Promise<void> {
  closeRoom();
  await actions.leave(sessionId);
}

export function closeRoom(): void {
  if (room.peek() !== null) forgetPlace();
  room.peek()?.close();
  room.value = null;
}

/** After ten minutes nothing is tried by itself any more; a person wants it tried again (rule J11). */
export function tryAgain(): void {
  if (cutSince.peek() !== null) cutSince.value = Date.now();
  hurry();
  room.peek()?.hurry(false);
}

/** Whoever had switched the microphone off must not be heard because the page was loaded again (rule J12). */
function switchesOf(sessionId: string): Wanted {
  const kept = keptPlace(me.peek()?.account ?? "");
  if (kept?.session_id === sessionId) return kept;
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
  const next = new Room(sessionId, me.peek()?.actor.seat ?? null, { request, on, op: () => newId("o"), relays });
  next.subscriber.rest(document.hidden);
  room.value = next;
  void next.enter(ready, wanted);
}

function relays(): Promise<RTCIceServer[]> | null {
  return welcome.peek()?.relayed === true ? request("media.relays", {}).then(({ servers }) => servers) : null;
}

/** S19: a removed venue hears nothing more of the session, until it is called again and comes. */
function hearAgain(sessionId: string): void {
  const own = sessionState(sessionId).peek().state?.venues[me.peek()?.actor.seat ?? ""];
  if (own?.removed === true) followAgain(`session:${sessionId}`);
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
  const endings = [
    release,
    effect(() => keepIn(here)),
    effect(() => {
      const { state: session, recent } = state.value;
      const own = session?.venues[here.ownVenue ?? ""];
      if (session === null || own === undefined) return;
      untracked(() => here.heed(session));
      const hasGone = wasThere && !isPresent(own.state);
      wasThere = isPresent(own.state);
      if (session.ended_ms !== null) setTimeout(() => closeIfStill(here), 0);
      else if (hasGone && whyLeft(recent, here.ownVenue) === "lost") void untracked(comeBack);
      else if (hasGone) setTimeout(() => closeIfStill(here), 0);
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
});

effect(() => {
  const { state, since_ms } = line.value;
  const cut_ms = cutSince.peek();
  if (state === "reconnecting") cutSince.value = cut_ms ?? since_ms;
  if (state !== "online" || cut_ms === null) return;
  cutSince.value = null;
  if (Date.now() - cut_ms < PATIENCE_MS) void untracked(comeBack);
  else setTimeout(() => closeRoom(), 0); // the page says so, and a person enters again
});

effect(() => {
  if (me.value === null) setTimeout(() => closeRoom(), 0);
});

onNetworkChange((isSure) => room.peek()?.hurry(isSure));

document.addEventListener("visibilitychange", () => room.peek()?.subscriber.rest(document.hidden));

/** J11: the venue takes its place again, also when the hub has meanwhile let it go as lost. */
async function comeBack(): Promise<void> {
  const here = room.peek();
  if (here === null || !here.isHere()) return;
  try {
    await joined(here.sessionId);
    await here.comeBack();
  } catch (thrown) {
    // A line that has broken again leads here again when it is back; else the session has no place for it.
    if (!isLineTrouble(problemOf(thrown))) closeIfStill(here);
  }
}

function closeIfStill(here: Room): void {
  if (room.peek() === here) closeRoom();
}

// --- a reload (rule J12) ------------------------------------------------------------------------------

function keepIn(here: Room): void {
  const { microphone, camera, microphoneTrouble, cameraTrouble } = here.own.value;
  if (here.state.value === "displaced") forgetPlace();
  if (here.state.value !== "in") return;
  const account = untracked(() => me.value?.account ?? "");
  const session_id = here.sessionId;
  const kept = keptPlace(account);
  keepPlace({
    account,
    session_id,
    microphone: microphone || microphoneTrouble !== null,
    camera: camera || cameraTrouble !== null,
    chosen: kept?.session_id === session_id ? kept.chosen : null,
  });
}

/** A duplicated tab brings a copy of the place along, and must not take it from the other one. */
let isReload = performance.getEntriesByType("navigation").some((entry) => "type" in entry && entry.type === "reload");

/** The page was loaded again while the room went on behind another view: there it goes on again. */
effect(() => {
  const running = sessions.value;
  if (!isReload || running === null) return;
  isReload = false;
  const place = keptPlace(me.peek()?.account ?? "");
  const mine = running.find(({ session_id }) => session_id === place?.session_id)?.mine;
  if (place === null || !isPresent(mine ?? "idle") || route.peek().page === "session") return;
  enterRoom(place.session_id).catch(() => undefined);
});

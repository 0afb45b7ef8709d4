/** A guest's part in its session: by a code, one line, one room, and coming back by itself. */
import { effect, signal, untracked } from "@preact/signals";

import * as api from "../link/api";
import { onNetworkChange } from "../link/network";
import { isLineTrouble, problemOf } from "../link/problem";
import { close, line, on, open, request } from "../link/socket";
import { BOTH, type Capture } from "../media/devices";
import type { Offered } from "../media/subscriber";
import { Room } from "../media/room";
import { isPresent } from "../state/call";
import { forgetGuest, keepGuest, keptGuest, type GuestPlace } from "../state/guestplace";
import { newId } from "../state/ids";
import { welcome } from "../state/store";
import type { GuestView } from "../types/wire";

/** code: nobody yet. entering: on the way. in: there. left: by itself, may come back. over: for good. */
export type Phase = "code" | "entering" | "in" | "left" | "over" | "displaced";

export const phase = signal<Phase>("code");
export const view = signal<GuestView | null>(null);
export const room = signal<Room | null>(null);

/** Sound as everybody, and the one picture that the hub chooses. */
const OFFERED: Offered = { audio: 4, video: [1] };
const page = newId("p");
let place: GuestPlace | null = null;
let ready: Capture | null = null;

/** Called once by the page. A place that is still good is taken again without a word. */
export function startGuest(): void {
  on("guest", heard);
  onNetworkChange((isSure) => room.peek()?.hurry(isSure));
  document.addEventListener("visibilitychange", () => room.peek()?.subscriber.rest(document.hidden));
  effect(() => {
    if (line.value.state === "online") void untracked(arrive);
  });
  effect(() => {
    const here = room.value;
    if (here?.state.value === "displaced") untracked(() => leaveHouse("displaced"));
    else if (here?.state.value === "in") keepSwitches(here);
  });
  const kept = keptGuest(location.hash.slice(1), Date.now());
  if (kept !== null) connect(kept);
}

/** Throws when the hub does not take the code; `capture` is the preview, which goes on as what is sent. */
export async function enterByCode(code: string, person: string, capture: Capture | null): Promise<void> {
  const { token, expires_ms, session_id, venue } = await api.enterAsGuest(code, person);
  ready = capture;
  connect({ code, token, expires_ms, session_id, venue, microphone: true, camera: true });
}

export async function leave(): Promise<void> {
  const session_id = place?.session_id;
  leaveHouse("left");
  if (session_id !== undefined) await request("session.leave", { op: newId("o"), session_id });
}

export function comeAgain(): void {
  if (place !== null) connect(place);
}

function connect(kept: GuestPlace): void {
  place = kept;
  keepGuest(kept);
  history.replaceState(null, "", "/guest"); // the code is used: nobody else needs to read it here
  phase.value = "entering";
  if (line.peek().state === "online") void arrive();
  else open(kept.token, page, () => leaveHouse("over"));
}

/** The line stands: into the session, or back to where media still flows. */
async function arrive(): Promise<void> {
  const kept = place;
  if (kept === null || (phase.peek() !== "entering" && phase.peek() !== "in")) return;
  try {
    await request("session.join", { op: newId("o"), session_id: kept.session_id });
  } catch (thrown) {
    if (!isLineTrouble(problemOf(thrown))) leaveHouse("over");
    return;
  }
  const here = room.peek();
  if (here?.isHere() === true) return here.comeBack();
  const next = new Room(kept.session_id, kept.venue, { request, on, op: () => newId("o"), relays }, OFFERED);
  room.value = next;
  phase.value = "in";
  await next.enter(ready, ready === null ? { microphone: kept.microphone, camera: kept.camera } : BOTH);
  ready = null;
}

function heard(news: GuestView): void {
  const before = view.peek();
  view.value = news;
  if (news.ended) leaveHouse("over");
  // The hub has let it go as lost while its line was cut; the line is back, so it comes in again (J11).
  else if (phase.peek() === "in" && before !== null && isPresent(before.state) && news.state === "left") void arrive();
}

function leaveHouse(where: "left" | "over" | "displaced"): void {
  if (phase.peek() === "over") return;
  phase.value = where;
  room.peek()?.close();
  room.value = null;
  if (where !== "over") return;
  place = null;
  forgetGuest();
  close();
}

function keepSwitches(here: Room): void {
  const { microphone, camera, microphoneTrouble, cameraTrouble } = here.own.value;
  if (place === null) return;
  place = {
    ...place,
    microphone: microphone || microphoneTrouble !== null,
    camera: camera || cameraTrouble !== null,
  };
  keepGuest(place);
}

function relays(): Promise<RTCIceServer[]> | null {
  return welcome.peek()?.relayed === true ? request("media.relays", {}).then(({ servers }) => servers) : null;
}

/** What the own venue does about speaking: its microphone, its hand, its turn; and what it is told at that moment. */
import { useEffect, useRef } from "preact/hooks";

import * as actions from "../actions";
import type { Room } from "../media/room";
import { placeInQueue } from "../state/floor";
import { runningRollCall } from "../state/rollcall";
import type { Session } from "../types/wire";
import type { Key, Params } from "../ui/i18n";
import { t } from "../ui/i18n";
import { announce, attempt, toast } from "../ui/toast";
import type { Remedy } from "./guidance";

export function microphoneText(room: Room): Key {
  const { microphone } = room.own.value;
  switch (room.access.value) {
    case "closed":
      return "consultation.muted_here";
    case "self":
      return "consultation.microphone_turn_on";
    case "free":
      return microphone ? "consultation.microphone_turn_off" : "consultation.microphone_turn_on";
  }
}

/** It sends, and the hub passes it on. */
export function isHeard(room: Room): boolean {
  return room.own.value.microphone && room.access.value === "free";
}

/** What the chair has closed is not opened here; who tries hears why. Off is always possible. */
export function switchMicrophone(room: Room): void {
  const { microphone } = room.own.peek();
  const access = room.access.peek();
  if (access === "self") return void openItself(room);
  if (access === "free") return void attempt(() => room.setMicrophone(!microphone));
  if (microphone) void attempt(() => room.setMicrophone(false));
  toast(t(room.muted.peek() ? "consultation.muted_now" : "room.closed_now"), "info", "muted");
}

/** 允许自行开麦: the hub opens it first, then the device. */
async function openItself(room: Room): Promise<void> {
  room.awaitOpening(true);
  const went = await attempt(() => actions.openMicrophone(room.sessionId));
  if (!went) room.awaitOpening(false);
}

export function remedy(what: Remedy, room: Room): void {
  const id = room.sessionId;
  switch (what) {
    case "ask":
      return void attempt(() => actions.requestFloor(id));
    case "withdraw":
      return void attempt(() => actions.endFloorRequest(id));
    case "end_turn":
      return void attempt(() => actions.endTurn(id));
    case "open":
      return void openItself(room);
  }
}

export interface Hand {
  readonly key: Key;
  readonly params?: Params;
  /** Null while nobody may ask. */
  readonly what: Remedy | null;
}

/** 申请发言 H: what the key and the button do now; null for the chair, which needs no hand. */
export function handOf(session: Session, own: string | null): Hand | null {
  if (own === null || own === session.chair) return null;
  if (session.floor.turn?.venue === own) return { key: "room.end_own_turn", what: "end_turn" };
  const place = placeInQueue(session, own);
  if (place !== null) return { key: "room.withdraw", params: { place }, what: "withdraw" };
  return { key: "room.ask", what: session.floor.mode === "silent" ? null : "ask" };
}

/** What a venue is called upon for; null while it is not. */
type Calling = "asked" | "named" | "granted";

function callingOf(session: Session | null, own: string | null): Calling | null {
  if (session === null || own === null) return null;
  const asked = runningRollCall(session)?.asked ?? null;
  if (asked !== null) return asked === own ? "asked" : null;
  const { turn } = session.floor;
  return turn?.venue === own ? turn.kind : null;
}

/** Said at the moment it happens: who speaks on would not look at a button. */
export function useFloorWords(session: Session | null, room: Room | null): void {
  const own = room?.ownVenue ?? null;
  const calling = callingOf(session, own);
  const isMuted = session?.venues[own ?? ""]?.muted ?? false;
  const before = useRef({ calling, isMuted });
  useEffect(() => {
    const was = before.current;
    before.current = { calling, isMuted };
    if (calling !== null && calling !== was.calling) {
      const isDeaf = room !== null && room.own.peek().microphoneTrouble !== null;
      const text = t(isDeaf ? "room.now_without" : `room.now_${calling}`);
      announce(text, "assertive");
      toast(text, "info", "muted");
    } else if (calling === null && (was.calling === "named" || was.calling === "granted")) {
      toast(t("room.now_over"), "info", "muted");
    } else if (isMuted !== was.isMuted) {
      toast(t(isMuted ? "consultation.muted_now" : "consultation.unmuted_now"), "info", "muted");
    }
  }, [calling, isMuted]);
}

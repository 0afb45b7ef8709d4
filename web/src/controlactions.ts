/** What a person can do at the chair's desk and before it, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { CarouselKind, Done, Requests, RollResult, SpeakMode } from "./types/wire";

type ControlName = Extract<keyof Requests, `${"chair" | "floor" | "picture" | "rollcall" | "session"}.${string}`>;
type Rest<N extends ControlName> = Omit<Requests[N]["body"], "op" | "session_id">;

function wish<N extends ControlName>(name: N, session_id: string, rest: Rest<N>): Promise<Done> {
  const body = { op: newId("o"), session_id, ...rest } as unknown as Requests[N]["body"];
  return request(name, body) as Promise<Done>;
}

// --- 主席 -----------------------------------------------------------------------------------------

export const requestChair = (id: string): Promise<Done> => wish("chair.request", id, {});
/** Without a venue one's own; with one the chair denies it. */
export const endChairRequest = (id: string, venue: string | null = null): Promise<Done> =>
  wish("chair.end_request", id, { venue });
export const transferChair = (id: string, venue: string): Promise<Done> => wish("chair.transfer", id, { venue });
export const releaseChair = (id: string): Promise<Done> => wish("chair.release", id, {});
export const takeChair = (id: string): Promise<Done> => wish("chair.take", id, {});

// --- 发言 -----------------------------------------------------------------------------------------

export const setSpeakMode = (id: string, mode: SpeakMode): Promise<Done> => wish("floor.mode", id, { mode });
export const allowSelfUnmute = (id: string, allowed: boolean): Promise<Done> =>
  wish("floor.self_unmute", id, { allowed });
export const openMicrophone = (id: string): Promise<Done> => wish("floor.open_microphone", id, {});
export const nameSpeaker = (id: string, venue: string): Promise<Done> => wish("floor.name", id, { venue });
export const requestFloor = (id: string): Promise<Done> => wish("floor.request", id, {});
export const grantFloor = (id: string, venue: string): Promise<Done> => wish("floor.grant", id, { venue });
/** Without a venue one's own; with one the chair denies it. */
export const endFloorRequest = (id: string, venue: string | null = null): Promise<Done> =>
  wish("floor.end_request", id, { venue });
export const endTurn = (id: string): Promise<Done> => wish("floor.end_turn", id, {});

// --- 画面 -----------------------------------------------------------------------------------------

/** Without a venue the multi-picture. */
export const broadcastVenue = (id: string, venue: string | null): Promise<Done> =>
  wish("picture.broadcast", id, { venue });
export const stopBroadcast = (id: string): Promise<Done> => wish("picture.stop_broadcast", id, {});
export const startCarousel = (id: string, kind: CarouselKind, venues: string[], interval_s: number): Promise<Done> =>
  wish("picture.carousel", id, { kind, venues, interval_s });
export const pauseCarousel = (id: string, paused: boolean): Promise<Done> => wish("picture.pause", id, { paused });
export const turnCarousel = (id: string): Promise<Done> => wish("picture.turn", id, {});
export const stopCarousel = (id: string): Promise<Done> => wish("picture.stop_carousel", id, {});
export const setLayout = (id: string, layout: number | null): Promise<Done> => wish("picture.layout", id, { layout });
export const setVoiceSwitching = (id: string, on: boolean): Promise<Done> => wish("picture.voice", id, { on });

// --- 点名 -----------------------------------------------------------------------------------------

export const startRollCall = (id: string, venues: string[], answer_s: number): Promise<Done> =>
  wish("rollcall.start", id, { venues, answer_s });
export const answerRollCall = (id: string): Promise<Done> => wish("rollcall.answer", id, {});
export const tickRollCall = (
  id: string,
  tick: { rollcall_id: string; venue: string; result: RollResult; note?: string },
): Promise<Done> => wish("rollcall.tick", id, { note: "", ...tick });
export const nextInRollCall = (id: string, venue: string): Promise<Done> => wish("rollcall.next", id, { venue });
export const askAgain = (id: string, venues: string[]): Promise<Done> => wish("rollcall.again", id, { venues });
export const endRollCall = (id: string): Promise<Done> => wish("rollcall.end", id, {});

// --- 会商 -----------------------------------------------------------------------------------------

export const noteRinging = (id: string): Promise<Done> => wish("session.ringing", id, {});
export const escalateCall = (id: string, venue: string): Promise<Done> => wish("session.escalate", id, { venue });
export const notePhoneCall = (
  id: string,
  call: { venue: string; name: string; phone: string; reached: boolean; note: string },
): Promise<Done> => wish("session.phone", id, call);
export const lockSession = (id: string, locked: boolean): Promise<Done> => wish("session.lock", id, { locked });
export const lockPresentation = (id: string, locked: boolean): Promise<Done> =>
  wish("session.lock_presentation", id, { locked });
export const planEnd = (id: string, ends_ms: number | null): Promise<Done> =>
  wish("session.plan_end", id, { ends_ms });
export const renameVenue = (id: string, venue: string, short_name: string): Promise<Done> =>
  wish("session.rename", id, { venue, short_name });
export const removeVenue = (id: string, venue: string): Promise<Done> => wish("session.remove", id, { venue });

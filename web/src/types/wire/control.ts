// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { RollResult } from "./rollcall";
import type { CarouselKind, SpeakMode } from "./session";

/** Go on to the next contact of a venue that does not answer; a contact with a seat is called there. */
export interface SessionEscalate {
  op: string;
  session_id: string;
  venue: string;
}

/** 申请主席. */
export interface ChairRequest {
  op: string;
  session_id: string;
}

/** Take one's own request back; with `venue` the chair denies that venue's. */
export interface ChairEndRequest {
  op: string;
  session_id: string;
  venue?: string | null;
}

/** 转移主席, also as the answer to a request. */
export interface ChairTransfer {
  op: string;
  session_id: string;
  venue: string;
}

/** 释放主席: back to the duty office, or from it to its backup. */
export interface ChairRelease {
  op: string;
  session_id: string;
}

/** 剥夺主席: an officer of the duty office takes the chair. */
export interface ChairTake {
  op: string;
  session_id: string;
}

export interface FloorMode {
  op: string;
  session_id: string;
  mode: SpeakMode;
}

/** 允许自行开麦. */
export interface FloorSelfUnmute {
  op: string;
  session_id: string;
  allowed: boolean;
}

/** Open the own microphone that the chair has closed; refused with `floor.closed_by_chair`. */
export interface FloorOpenMicrophone {
  op: string;
  session_id: string;
}

/** 点名发言: this venue and the chair are heard, nobody else. */
export interface FloorName {
  op: string;
  session_id: string;
  venue: string;
}

/** 申请发言. */
export interface FloorRequest {
  op: string;
  session_id: string;
}

/** 同意发言. */
export interface FloorGrant {
  op: string;
  session_id: string;
  venue: string;
}

/** Take one's own request back; with `venue` the chair denies that venue's. */
export interface FloorEndRequest {
  op: string;
  session_id: string;
  venue?: string | null;
}

/** By the speaker or by the chair. */
export interface FloorEndTurn {
  op: string;
  session_id: string;
}

/** 广播会场; without a venue the multi-picture is broadcast. */
export interface PictureBroadcast {
  op: string;
  session_id: string;
  venue?: string | null;
}

export interface PictureStopBroadcast {
  op: string;
  session_id: string;
}

/** Begin a carousel (轮询) over `venues`; a running one is replaced. */
export interface PictureCarousel {
  op: string;
  session_id: string;
  kind: CarouselKind;
  venues: string[];
  interval_s?: number;
}

export interface PicturePause {
  op: string;
  session_id: string;
  paused: boolean;
}

/** The next venue of the carousel, at once. */
export interface PictureTurn {
  op: string;
  session_id: string;
}

export interface PictureStopCarousel {
  op: string;
  session_id: string;
}

/** 1, 4, 9 or 16 pictures side by side on every screen; None leaves it to each venue. */
export interface PictureLayout {
  op: string;
  session_id: string;
  layout?: number | null;
}

/** 声控切换. */
export interface PictureVoice {
  op: string;
  session_id: string;
  on: boolean;
}

export interface RollCallStart {
  op: string;
  session_id: string;
  venues: string[];
  answer_s?: number;
}

/** This venue is asked, and is here. */
export interface RollCallAnswer {
  op: string;
  session_id: string;
}

export interface RollCallTick {
  op: string;
  session_id: string;
  venue: string;
  rollcall_id: string;
  result: RollResult;
  note?: string;
}

/** Go on; `venue` is the one that is asked as far as the chair's screen knows. */
export interface RollCallNext {
  op: string;
  session_id: string;
  venue: string;
}

/** 补点: ask these at the end of the run, also when it is over. */
export interface RollCallAgain {
  op: string;
  session_id: string;
  venues: string[];
}

export interface RollCallEnd {
  op: string;
  session_id: string;
}

/** This page shows the call to its seat (已送达). */
export interface SessionRinging {
  op: string;
  session_id: string;
}

/** One line about a call by telephone (电话叫应). */
export interface SessionPhone {
  op: string;
  session_id: string;
  venue: string;
  name: string;
  phone: string;
  reached: boolean;
  note?: string;
}

export interface SessionLock {
  op: string;
  session_id: string;
  locked: boolean;
}

/** 锁定演示. */
export interface SessionLockPresentation {
  op: string;
  session_id: string;
  locked: boolean;
}

/** 延长会商: when it should be over, in hub milliseconds; it never ends by itself. */
export interface SessionPlanEnd {
  op: string;
  session_id: string;
  ends_ms?: number | null;
}

export interface SessionRename {
  op: string;
  session_id: string;
  venue: string;
  short_name: string;
}

/** 删除会场: hung up, and in again only by a call. */
export interface SessionRemove {
  op: string;
  session_id: string;
  venue: string;
}

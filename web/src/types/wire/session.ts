// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";
import type { Invitation } from "./outside";
import type { RollCall } from "./rollcall";

/** 会商 · 联席会议 · 调度呼叫 · 视频抽查 · 演练 */
export type SessionKind = "consultation" | "joint_meeting" | "dispatch_call" | "spot_check" | "drill";

/** 决定 · 指示 · 待办 · 关键信息 */
export type MarkerKind = "decision" | "instruction" | "todo" | "key";

/** 自由发言 · 申请发言 · 静默 */
export type SpeakMode = "free" | "request" | "silent";

/** 主席轮询 · 广播轮询 · 多画面轮询 */
export type CarouselKind = "chair" | "broadcast" | "cell";

/** Whom to reach when an office does not answer: a person, or another seat of it. */
export interface Contact {
  name: string;
  post: string;
  phone: string;
  seat_id: string | null;
}

/** `venue`: the seat that speaks to it, None where it is nobody in particular. */
export interface AgendaItem {
  title: string;
  venue: string | null;
  minutes: number;
}

export interface SessionStarted {
  type: "session.started";
  session_id: string;
  title: string;
  kind: SessionKind;
  chair: string;
  board_id: string;
  recording_id: string;
  exercise: boolean;
  heirs: string[];
  classification: string;
  ring_ms: number;
  auto_recall: boolean;
  agenda: AgendaItem[];
  incident_id: string | null;
}

export interface VenueAdded {
  type: "venue.added";
  venue: string;
  name: string;
  short_name: string;
}

/** `automatic`: by the hub, since nobody has answered. */
export interface VenueCalled {
  type: "venue.called";
  venue: string;
  rings_until_ms: number;
  automatic: boolean;
}

/** `after_ms`: from ring to answer, measured on the hub. */
export interface VenueAnswered {
  type: "venue.answered";
  venue: string;
  after_ms: number;
}

export interface VenueDeclined {
  type: "venue.declined";
  venue: string;
}

export interface VenueMissed {
  type: "venue.missed";
  venue: string;
  offline: boolean;
}

export interface VenueJoined {
  type: "venue.joined";
  venue: string;
}

export interface VenueDropped {
  type: "venue.dropped";
  venue: string;
}

export interface VenueReturned {
  type: "venue.returned";
  venue: string;
}

export interface VenueLeft {
  type: "venue.left";
  venue: string;
  reason: string;
}

export interface DevicesSet {
  type: "venue.devices";
  venue: string;
  microphone: boolean;
  camera: boolean;
}

export interface VenueMuted {
  type: "venue.muted";
  venue: string;
}

export interface VenueUnmuted {
  type: "venue.unmuted";
  venue: string;
}

export interface PresentationStarted {
  type: "presentation.started";
  venue: string;
}

/** `reason`: stopped (by the venue), by_chair, left (the session), ended (its content did). */
export interface PresentationStopped {
  type: "presentation.stopped";
  venue: string;
  reason: string;
}

export interface SourceStarted {
  type: "source.started";
  source: Source;
}

/** One incoming stream of a venue. `name` is camera, microphone or content; `kind` audio or video. */
export interface Source {
  source_id: string;
  venue: string;
  name: string;
  kind: string;
  codec: string;
}

export interface SourceEnded {
  type: "source.ended";
  venue: string;
  source_id: string;
}

export interface VenueSpoke {
  type: "venue.spoke";
  venue: string;
  from_ms: number;
  to_ms: number;
}

export interface MarkerSet {
  type: "marker.set";
  marker_id: string;
  kind: MarkerKind;
  label: string;
}

export interface SessionEnded {
  type: "session.ended";
  reason: string;
}

export interface ChairRequested {
  type: "chair.requested";
  venue: string;
}

/** `reason`: withdrawn, denied, granted or left. */
export interface ChairRequestEnded {
  type: "chair.request_ended";
  venue: string;
  reason: string;
}

/** `reason`: transferred, released, taken, left (it went) or lost (its line did not come back). */
export interface ChairPassed {
  type: "chair.passed";
  venue: string;
  former: string;
  reason: string;
}

export interface SpeakModeSet {
  type: "floor.mode";
  mode: SpeakMode;
}

export interface SelfUnmuteSet {
  type: "floor.self_unmute";
  allowed: boolean;
}

export interface MuteOnEntrySet {
  type: "floor.mute_on_entry";
  on: boolean;
}

export interface FloorRequested {
  type: "floor.requested";
  venue: string;
}

/** `reason`: granted, denied, withdrawn, left, silent (nobody may ask any more) or chair (it steers). */
export interface FloorRequestEnded {
  type: "floor.request_ended";
  venue: string;
  reason: string;
}

export interface FloorGiven {
  type: "floor.given";
  venue: string;
  kind: TurnKind;
}

/** 点名发言 · 申请获准 */
export type TurnKind = "named" | "granted";

/** `reason`: spoken (by itself), by_chair, replaced, left or chair (it steers now). */
export interface FloorEnded {
  type: "floor.ended";
  venue: string;
  reason: string;
}

export interface BroadcastStarted {
  type: "broadcast.started";
  venue: string | null;
}

/** `reason`: by_chair or left. */
export interface BroadcastStopped {
  type: "broadcast.stopped";
  venue: string | null;
  reason: string;
}

export interface CarouselStarted {
  type: "carousel.started";
  kind: CarouselKind;
  venues: string[];
  interval_s: number;
  shown: string | null;
}

export interface CarouselPaused {
  type: "carousel.paused";
  paused: boolean;
}

export interface CarouselTurned {
  type: "carousel.turned";
  shown: string | null;
}

export interface CarouselStopped {
  type: "carousel.stopped";
}

export interface LayoutSet {
  type: "picture.layout";
  layout: number | null;
}

export interface VoiceSwitchingSet {
  type: "picture.voice";
  on: boolean;
}

/** `after_ms`: since it was called. */
export interface VenueAlerted {
  type: "venue.alerted";
  venue: string;
  after_ms: number;
}

export interface CallEscalated {
  type: "call.escalated";
  venue: string;
  contact: Contact;
}

export interface PhoneCallNoted {
  type: "call.phoned";
  venue: string;
  name: string;
  phone: string;
  reached: boolean;
  note: string;
}

export interface SessionLocked {
  type: "session.locked";
  locked: boolean;
}

export interface PresentationLocked {
  type: "presentation.locked";
  locked: boolean;
}

export interface EndPlanned {
  type: "session.end_planned";
  ends_ms: number | null;
}

export interface VenueRenamed {
  type: "venue.renamed";
  venue: string;
  short_name: string;
}

export interface VenueRemoved {
  type: "venue.removed";
  venue: string;
}

/** A seat as it is named when it becomes a venue of the session. */
export interface Invited {
  venue: string;
  name: string;
  short_name: string;
}

/** State of a stream `session:{id}`; venues keep the order in which they were invited.
 * 
 * `office` has started it; `chair` steers it now, since `chair_since_ms`. `heirs`: seats of the
 * office that take the chair over, the first of them first. `chair_requests`: who asks for it, since when.
 * `classification`: the marking that held when it began. `ends_ms`: when it should be over. */
export interface Session {
  noun: "session";
  session_id: string;
  title: string;
  kind: SessionKind;
  office: string;
  heirs: string[];
  chair: string;
  chair_since_ms: number;
  chair_requests: Record<string, number>;
  board_id: string;
  incident_id: string | null;
  recording_id: string;
  exercise: boolean;
  classification: string;
  ring_ms: number;
  auto_recall: boolean;
  started_ms: number;
  ends_ms: number | null;
  ended_ms: number | null;
  locked: boolean;
  presenter: string | null;
  presented_ms: number | null;
  presenter_locked: boolean;
  floor: Floor;
  picture: Picture;
  rollcalls: RollCall[];
  venues: Record<string, Venue>;
  markers: Marker[];
  agenda: AgendaItem[];
  invitations: Record<string, Invitation>;
}

/** `self_unmute`: 允许自行开麦. `mute_on_entry`: who is called from now on comes in with a closed
 * microphone. `spoken_ms`: how long each venue has had the floor, its present turn aside. */
export interface Floor {
  mode: SpeakMode;
  self_unmute: boolean;
  mute_on_entry: boolean;
  turn: Turn | null;
  queue: Waiting[];
  spoken_ms: Record<string, number>;
}

/** The venue that has the floor, since `since_ms`. */
export interface Turn {
  venue: string;
  kind: TurnKind;
  since_ms: number;
}

export interface Waiting {
  venue: string;
  since_ms: number;
}

/** `layout`: how many pictures the chair wants side by side, 1 being one large one; None leaves it to
 * each venue. `voice`: 声控切换, the large picture follows who speaks. */
export interface Picture {
  broadcast: Broadcast | null;
  carousel: Carousel | null;
  layout: number | null;
  voice: boolean;
}

/** 广播会场; without a venue it is the multi-picture (广播多画面) that everybody sees. */
export interface Broadcast {
  venue: string | null;
  since_ms: number;
}

/** 轮询 over `venues` in their order; `shown` is the one whose turn it is, since `since_ms`.
 * 
 * It turns every `interval_s` while it is not `paused`. `shown` is None while none of them is there. */
export interface Carousel {
  kind: CarouselKind;
  venues: string[];
  interval_s: number;
  shown: string | null;
  since_ms: number;
  paused: boolean;
}

/** 会场: a seat taking part. `state` holds since `since_ms`.
 * 
 * `microphone` and `camera` are its own switches; `muted` is the chair's (麦克风由主席关闭) and stays
 * when the venue goes and comes. `removed`: by the chair. `lost`: it left, its line did not come back.
 * 
 * Of its call: `automatic`, the hub itself has called again; `offline`, nobody was at the seat then;
 * `alerted_ms`, since when a page of the seat shows it; `answer_ms`, from ring to answer, the last time;
 * `contacts`, whom one has gone on to, in that order.
 * 
 * `field`: 现场, a telephone that came in by a code, at `place`; nobody's seat. */
export interface Venue {
  venue: string;
  name: string;
  short_name: string;
  state: VenueState;
  since_ms: number;
  rings_until_ms: number | null;
  person: string | null;
  microphone: boolean;
  camera: boolean;
  muted: boolean;
  removed: boolean;
  lost: boolean;
  calls: number;
  automatic: boolean;
  offline: boolean;
  alerted_ms: number | null;
  answer_ms: number | null;
  contacts: Contact[];
  phone_calls: PhoneCall[];
  attendance: Interval[];
  sources: Record<string, Source>;
  field: boolean;
  place: string;
}

/** 未呼叫 · 响铃 · 已接入 · 重连中 · 已离开 · 未应答 · 拒接 */
export type VenueState = "idle" | "ringing" | "joined" | "reconnecting" | "left" | "no_answer" | "declined";

/** 电话叫应: one line about a call by the duty telephone. */
export interface PhoneCall {
  name: string;
  phone: string;
  reached: boolean;
  note: string;
  at_ms: number;
  person: string;
}

/** A stay, in hub milliseconds; `to_ms` is None while it lasts. */
export interface Interval {
  from_ms: number;
  to_ms: number | null;
}

/** 打点: a second worth finding again. */
export interface Marker {
  marker_id: string;
  kind: MarkerKind;
  label: string;
  at_ms: number;
  actor: Actor;
}

/** Why a picture is the large one, in the order of precedence. */
export type Why = "broadcast" | "named" | "carousel" | "choice" | "voice" | "chair";

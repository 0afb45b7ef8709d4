// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

export const PROTOCOL = 1;

/** Asks for the hub's clock; the page takes half the round trip off. */
export interface Ping {
}

export interface Pong {
  hub_ms: number;
}

/** Receive a stream from now on: everything after `since`, or a snapshot when that is too much. */
export interface Follow {
  stream: string;
  since?: number | null;
}

/** Done; there is nothing more to say. */
export interface Nothing {
}

export interface Unfollow {
  stream: string;
}

/** Start a session and ring every venue. Venues are seat ids.
 * 
 * With `template_id` it calls whom the template names as well, but those in `without`; how one speaks
 * is the template's, and so is the title when it is empty. With `incident_id` it is held on that incident,
 * and whoever is called takes part in it. With `unrecorded`, a reason, its recording begins paused, where
 * the hub allows that. */
export interface SessionStart {
  op: string;
  title: string;
  kind: SessionKind;
  venues: string[];
  exercise?: boolean;
  template_id?: string | null;
  incident_id?: string | null;
  without?: string[];
  unrecorded?: string;
}

/** 会商 · 联席会议 · 调度呼叫 · 视频抽查 · 演练 */
export type SessionKind = "consultation" | "joint_meeting" | "dispatch_call" | "spot_check" | "drill";

export interface Started {
  session_id: string;
}

/** Ring venues of the session again, or seats that were not in it before. */
export interface SessionCall {
  op: string;
  session_id: string;
  venues: string[];
}

/** Done, and in the log: `seq` is the number of the last event it made (0 when none was needed). */
export interface Done {
  stream: string;
  seq: number;
}

export interface SessionAnswer {
  op: string;
  session_id: string;
}

export interface SessionDecline {
  op: string;
  session_id: string;
}

/** Come in without a ring, or come back. This page becomes the venue's page in the session. */
export interface SessionJoin {
  op: string;
  session_id: string;
}

export interface SessionLeave {
  op: string;
  session_id: string;
}

/** The chair hangs up a venue, or stops its ringing. */
export interface SessionHangUp {
  op: string;
  session_id: string;
  venue: string;
}

/** The venue's own switches; None leaves a switch as it is. */
export interface SessionDevices {
  op: string;
  session_id: string;
  microphone?: boolean | null;
  camera?: boolean | null;
}

/** The chair closes a venue's microphone in the hub, whatever the venue does, or opens it. */
export interface SessionMute {
  op: string;
  session_id: string;
  venue: string;
  muted: boolean;
}

/** As session.mute, of every venue but the chair's own: also of those that have not come yet.
 * 
 * `self_unmute`: whether they may open them again by themselves; None leaves that as it is. */
export interface SessionMuteAll {
  op: string;
  session_id: string;
  muted: boolean;
  self_unmute?: boolean | null;
}

/** Show this venue's content to all. One venue at a time; refused with `session.presenting`. */
export interface SessionPresent {
  op: string;
  session_id: string;
}

/** End this venue's presentation; the chair ends anyone's. */
export interface SessionUnpresent {
  op: string;
  session_id: string;
}

export interface SessionMark {
  op: string;
  session_id: string;
  kind: MarkerKind;
  label: string;
}

/** 决定 · 指示 · 待办 · 关键信息 */
export type MarkerKind = "decision" | "instruction" | "todo" | "key";

export interface SessionEnd {
  op: string;
  session_id: string;
  reason?: string;
}

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

/** 自由发言 · 申请发言 · 静默 */
export type SpeakMode = "free" | "request" | "silent";

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

/** 主席轮询 · 广播轮询 · 多画面轮询 */
export type CarouselKind = "chair" | "broadcast" | "cell";

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

/** 应答 · 无应答 · 有图无声 · 有声无图 · 离线 · 请假 */
export type RollResult = "answered" | "no_answer" | "picture_only" | "sound_only" | "offline" | "on_leave";

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

/** How an office is reached, in the order of the list, and whose duty it takes over. */
export interface OrganisationEditSeat {
  op: string;
  seat_id: string;
  phone: string;
  contacts: Contact[];
  backup_of?: string | null;
}

/** Whom to reach when an office does not answer: a person, or another seat of it. */
export interface Contact {
  name: string;
  post: string;
  phone: string;
  seat_id: string | null;
}

/** Make a group, or put this one in the place of the one with its id. */
export interface OrganisationSetGroup {
  op: string;
  group: Group;
}

/** Seats that are called with one click (防汛成员单位, 全省各市), in the order of the list. */
export interface Group {
  group_id: string;
  name: string;
  seats: string[];
  sort: number;
}

/** Refused with `organisation.in_use` while a template uses it. */
export interface OrganisationRemoveGroup {
  op: string;
  group_id: string;
}

export interface OrganisationSetTemplate {
  op: string;
  template: Template;
}

/** How a kind of session is usually started: whom it calls and how one speaks in it.
 * 
 * `groups` are looked up when it is used, so that a template calls who belongs to them then; `seats` are
 * called besides. `title`: what the session is called when nobody says otherwise; the template's name
 * when that is empty. */
export interface Template {
  template_id: string;
  name: string;
  title: string;
  kind: SessionKind;
  groups: string[];
  seats: string[];
  mode: SpeakMode;
  mute_on_entry: boolean;
  exercise: boolean;
  sort: number;
}

export interface OrganisationRemoveTemplate {
  op: string;
  template_id: string;
}

/** Write a plan (`plan_id` made by the page, `base_version` 0), or all of one anew.
 * 
 * Refused with `plan.moved_on` when somebody else has edited it since. */
export interface PlanSet {
  op: string;
  plan_id: string;
  base_version: number;
  content: PlanContent;
}

/** `seats` and `groups` take part and are called; `session_title` and `mode` are of that call. */
export interface PlanContent {
  name: string;
  category: IncidentCategory;
  level: EventLevel;
  note: string;
  boards: BoardKind[];
  tasks: PlanTask[];
  seats: string[];
  groups: string[];
  session_title: string;
  mode: SpeakMode;
}

/** 自然灾害 · 事故灾难 · 公共卫生事件 · 社会安全事件 */
export type IncidentCategory = "natural" | "accident" | "health" | "security";

/** 特别重大 · 重大 · 较大 · 一般 */
export type EventLevel = "I" | "II" | "III" | "IV";

/** The eleven kinds of domain.md 3.3; their Chinese and English names stand in the table (kinds.py). */
export type BoardKind = "situation" | "report" | "instruction" | "warning" | "hazard" | "task" | "resource" | "duty" | "check" | "opinion" | "keyevent";

/** One step, of seats and groups, or of a role where nobody is named; due minutes after the opening. */
export interface PlanTask {
  text: string;
  role: string;
  seats: string[];
  groups: string[];
  minutes: number | null;
}

/** It opens no more incidents; those that it has opened stay as they are. */
export interface PlanWithdraw {
  op: string;
  plan_id: string;
  reason: string;
}

/** Make a hook (`hook_id` made by the page), or put all of it anew. */
export interface HookPut {
  op: string;
  hook_id: string;
  name: string;
  url: string;
  types: NoticeType[];
  exercises?: boolean;
  enabled?: boolean;
}

/** What an outside system may be told of. */
export type NoticeType = "incident.opened" | "incident.level_changed" | "incident.status_changed" | "report.submitted" | "instruction.issued" | "warning.issued" | "unit.silent" | "keyevent.published" | "test";

/** With it the receiver checks signatures: `whsec_` and base64, as Standard Webhooks has it. */
export interface HookSecret {
  hook_id: string;
  secret: string;
}

export interface HookRemove {
  op: string;
  hook_id: string;
}

/** Send it a notice of type `test` now. */
export interface HookTest {
  op: string;
  hook_id: string;
}

/** Open an incident with its boards; a seat that reports one gets it as a draft.
 * 
 * `units` are seat ids. With `plan_id` boards, tasks and units of the plan come besides. Without it,
 * `boards` empty: the usual ones. */
export interface IncidentOpen {
  op: string;
  header: Header;
  level?: EventLevel;
  status?: Status;
  exercise?: boolean;
  units?: string[];
  boards?: BoardKind[];
  plan_id?: string | null;
  report?: NewReport | null;
}

/** What an incident is. The time of its first report is stamped, the other two are written. */
export interface Header {
  title: string;
  category: IncidentCategory;
  place: string;
  lon: number | null;
  lat: number | null;
  occurred_ms: number | null;
  learned_ms: number | null;
  sensitive: boolean;
  summary: string;
}

/** 待核实 · 处置中 · 持续关注 · 已办结 · 作废 */
export type Status = "draft" | "active" | "monitoring" | "closed" | "void";

/** The report with which an incident is opened: a telephone record or a first report; what is known. */
export interface NewReport {
  item_id: string;
  fields: Record<string, string>;
}

export interface Opened {
  incident_id: string;
  stream: string;
}

/** Refused with `board.conflict` (both values in `detail`) when a field has moved on. */
export interface IncidentEdit {
  op: string;
  stream: string;
  base_version: number;
  changes: HeaderChanges;
}

/** New values of some fields; None means untouched. */
export interface HeaderChanges {
  title?: string | null;
  category?: IncidentCategory | null;
  place?: string | null;
  lon?: number | null;
  lat?: number | null;
  occurred_ms?: number | null;
  learned_ms?: number | null;
  sensitive?: boolean | null;
  summary?: string | null;
}

export interface IncidentLevel {
  op: string;
  stream: string;
  level: EventLevel;
  response: string;
  reason: string;
}

export interface IncidentStatus {
  op: string;
  stream: string;
  status: Status;
  reason?: string;
}

export interface IncidentCasualties {
  op: string;
  stream: string;
  entry: Casualties;
}

/** 死亡 · 失联 · 受伤 · 被困, as of a time, by a source; none takes an earlier one's place. */
export interface Casualties {
  as_of_ms: number;
  source: string;
  dead: number | null;
  missing: number | null;
  injured: number | null;
  trapped: number | null;
  note: string;
}

/** These seats take part from now on. */
export interface IncidentUnits {
  op: string;
  stream: string;
  units: string[];
}

export interface IncidentRemoveUnit {
  op: string;
  stream: string;
  seat: string;
}

/** Open one more board. */
export interface IncidentBoard {
  op: string;
  stream: string;
  kind: BoardKind;
  title: string;
}

/** A line of the timeline by hand, at a time that may be past. */
export interface IncidentNote {
  op: string;
  stream: string;
  when_ms: number;
  text: string;
}

/** 漏报, 瞒报 or 谎报 of a unit; the duty office alone hears of it. `mark_id` is the page's. */
export interface IncidentMark {
  op: string;
  stream: string;
  mark_id: string;
  seat: string;
  mark: MarkKind;
  reason: string;
}

/** 漏报 · 瞒报 · 谎报 */
export type MarkKind = "missed" | "concealed" | "falsified";

export interface IncidentRetractMark {
  op: string;
  stream: string;
  mark_id: string;
  reason: string;
}

/** Add an item at the end of a board. `item_id` is made by the page.
 * 
 * `units` (seat ids) are asked for something and get a track each; `shared` only see it. `reach` None:
 * as the kind of the board says. `session_id`: it is written during that session. */
export interface ItemAdd {
  op: string;
  stream: string;
  board_id: string;
  item_id: string;
  fields: Record<string, string>;
  units?: string[];
  shared?: string[];
  reach?: Reach | null;
  state?: string | null;
  chain?: string | null;
  pinned?: boolean;
  session_id?: string | null;
}

/** 本室 · 填报与承办单位 · 省直单位 · 全部参加单位: to whom an item goes (T8).
 * 
 * Its author, its assignees and the units it is shared with see it in any case, but for `office`. */
export type Reach = "office" | "unit" | "departments" | "all";

/** Refused with `board.conflict` (both texts in `detail`) when a field has moved on. */
export interface ItemEdit {
  op: string;
  stream: string;
  item_id: string;
  base_version: number;
  fields: Record<string, string>;
}

/** Put the item right behind `after`; to the top when that is None. */
export interface ItemMove {
  op: string;
  stream: string;
  item_id: string;
  after?: string | null;
}

/** `move`: one of the moves of its kind (submit, adopt, close, clear, …). */
export interface ItemChangeState {
  op: string;
  stream: string;
  item_id: string;
  move: string;
  reason?: string;
}

export interface ItemVoid {
  op: string;
  stream: string;
  item_id: string;
  reason: string;
}

export interface ItemPin {
  op: string;
  stream: string;
  item_id: string;
  pinned: boolean;
}

export interface ItemWall {
  op: string;
  stream: string;
  item_id: string;
  on_wall: boolean;
}

export interface ItemShare {
  op: string;
  stream: string;
  item_id: string;
  reach: Reach;
  shared: string[];
}

export interface ItemAssign {
  op: string;
  stream: string;
  item_id: string;
  units: string[];
}

export interface ItemAnnotate {
  op: string;
  stream: string;
  item_id: string;
  text: string;
  office?: boolean;
}

/** What was uploaded with POST /api/attachments hangs on the item from now on. */
export interface ItemAttach {
  op: string;
  stream: string;
  item_id: string;
  attachment: Attachment;
}

/** 附件, kept under the digest of its content (SHA-256, hex). `type` is what the hub found it to be. */
export interface Attachment {
  digest: string;
  name: string;
  type: string;
  size_bytes: number;
}

/** This page shows the item in full, or writes in it; None: it shows the board and no item (B15).
 * 
 * The first of a page is answered with all that others touch. Nothing of it is kept. */
export interface ItemTouch {
  stream: string;
  item_id?: string | null;
  editing?: boolean;
}

/** By the unit of this page: read, signed, working, replied; by the office: returned, confirmed. */
export interface TrackMove {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  state: Progress;
  text?: string;
}

/** 已发送 · 已送达 · 已读 · 已签收 · 办理中 · 已反馈 · 退回补充 · 已确认 */
export type Progress = "sent" | "delivered" | "read" | "signed" | "working" | "replied" | "returned" | "confirmed";

export interface TrackUrge {
  op: string;
  stream: string;
  item_id: string;
  seats: string[];
}

/** 电话叫应. */
export interface TrackPhone {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  reached: boolean;
  note?: string;
}

/** By the unit, before its time has come. */
export interface TrackExtend {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  due_ms: number;
  reason: string;
}

export interface TrackAnswerExtension {
  op: string;
  stream: string;
  item_id: string;
  seat: string;
  granted: boolean;
}

/** Offer a publish connection (sendonly m-lines). `sources` names each mid. */
export interface MediaPublish {
  session_id: string;
  sdp: string;
  sources: Record<string, string>;
}

export interface MediaAnswer {
  resource: string;
  sdp: string;
}

/** Offer a subscribe connection: each recvonly m-line is a slot, and `content` the presenter's. */
export interface MediaSubscribe {
  session_id: string;
  sdp: string;
  content?: string | null;
}

/** Offer again on the same connection: an ICE restart, or more m-lines.
 * 
 * `sources` names the mids that are new; `content` is said when there was none yet. */
export interface MediaRestart {
  resource: string;
  sdp: string;
  sources?: Record<string, string>;
  content?: string | null;
}

/** All wishes about the video slots of `resource`; one that is not named is automatic and paused. */
export interface MediaView {
  resource: string;
  slots: SlotView[];
}

/** What the page wants in a video slot.
 * 
 * `venue` None: the hub chooses who speaks, and keeps still. `width`: of the tile, in device pixels;
 * 0 when nobody looks. */
export interface SlotView {
  mid: string;
  venue: string | null;
  width: number;
}

export interface MediaClose {
  resource: string;
}

/** Ask for the relays (TURN) this hub has, for pages that reach it in no other way. */
export interface MediaRelays {
}

/** No servers when the hub has no relay. The credentials hold until `expires_ms`. */
export interface Relays {
  servers: RelayServer[];
  expires_ms: number | null;
}

/** As an RTCIceServer. */
export interface RelayServer {
  urls: string[];
  username: string;
  credential: string;
}

/** Make a code by which one telephone in the field comes in, within so many minutes. */
export interface GuestInvite {
  op: string;
  session_id: string;
  label: string;
  place: string;
  minutes?: number;
}

/** Told once: the log has only its hash. The same wish (`op`) gets the same code. */
export interface GuestCode {
  invitation_id: string;
  code: string;
  until_ms: number;
}

/** Nobody comes by that code any more; who has come by it is removed as any venue. */
export interface GuestWithdraw {
  op: string;
  session_id: string;
  invitation_id: string;
}

/** Register a wall; its token is told once. */
export interface WallAdd {
  op: string;
  name: string;
}

export interface WallToken {
  wall_id: string;
  token: string;
}

export interface WallRevoke {
  op: string;
  wall_id: string;
}

/** 上墙: instead of what it has shown until now. */
export interface WallShow {
  op: string;
  wall_id: string;
  session_id: string;
}

/** 下墙. */
export interface WallClear {
  op: string;
  wall_id: string;
}

/** `check_id` is made by the page. `seats` in order, or to be drawn from. */
export interface SpotCheckStart {
  op: string;
  check_id: string;
  title: string;
  seats: string[];
  draw?: DrawWish | null;
  items?: string[];
}

/** 随机抽取: so many of the seats that are named; `label`: what they are together. */
export interface DrawWish {
  label: string;
  count: number;
}

/** Ring the seat of this row now, without notice, in a session of its own. */
export interface SpotCheckCall {
  op: string;
  check_id: string;
  number: number;
}

export interface Called {
  session_id: string;
}

/** The whole finding of a row: checklist, verdict, note, and what is to be put right. */
export interface SpotCheckJudge {
  op: string;
  check_id: string;
  number: number;
  answers: (boolean | null)[];
  verdict?: Verdict | null;
  note?: string;
  problem?: string;
}

/** 正常 · 有问题 · 请假 */
export type Verdict = "normal" | "problem" | "on_leave";

/** 电话抽查: one more row. */
export interface SpotCheckAddPhone {
  op: string;
  check_id: string;
  seat: string;
}

/** The stopwatch of a telephone row; `rings`: heard before the answer. */
export interface SpotCheckPhone {
  op: string;
  check_id: string;
  number: number;
  step: PhoneStep;
  rings?: number | null;
}

/** 拨出 · 接听 · 无人接听 */
export type PhoneStep = "dial" | "answer" | "miss";

/** The table is complete, and changes no more. */
export interface SpotCheckClose {
  op: string;
  check_id: string;
}

/** `booking_id` is made by the page. Venues are seat ids; each may confirm from now on. */
export interface BookingPlan {
  op: string;
  booking_id: string;
  title: string;
  kind: SessionKind;
  starts_ms: number;
  minutes: number;
  venues: string[];
  agenda?: AgendaItem[];
}

/** `venue`: the seat that speaks to it, None where it is nobody in particular. */
export interface AgendaItem {
  title: string;
  venue: string | null;
  minutes: number;
}

/** The whole plan anew; at another time everybody is asked again. */
export interface BookingChange {
  op: string;
  booking_id: string;
  title: string;
  kind: SessionKind;
  starts_ms: number;
  minutes: number;
  venues: string[];
  agenda?: AgendaItem[];
}

export interface BookingCancel {
  op: string;
  booking_id: string;
  reason?: string;
}

/** 确认参会 or 请假, by the invited seat; leave has a reason. */
export interface BookingReply {
  op: string;
  booking_id: string;
  reply: Reply;
  reason?: string;
}

/** 确认参会 · 请假 */
export type Reply = "confirmed" | "on_leave";

/** 以此作为联调结果: what this seat's self-check came to. */
export interface BookingTest {
  op: string;
  booking_id: string;
  passed: boolean;
}

/** Begin now: everybody invited but those on leave is called. */
export interface BookingStart {
  op: string;
  booking_id: string;
}

/** 起草 from the log. `paper_id` is made by the page.
 * 
 * A 快报 is of an `incident` (its stream), a 值班报告 of one or of a time, a 通报 of a time, a 纪要 of a
 * `session` (its stream). With `replaces` it is a later edition of that issued paper and begins as that
 * one stands; the rest is then not looked at. */
export interface PaperDraft {
  op: string;
  paper_id: string;
  kind: PaperKind;
  from_ms?: number | null;
  to_ms?: number | null;
  incident?: string | null;
  session?: string | null;
  replaces?: string | null;
}

/** 值班报告 · 值班工作通报 · 快报 · 会商纪要 */
export type PaperKind = "duty_report" | "duty_circular" | "brief" | "minutes";

/** As `hub.domain.paper.EditPaper`: what is None or not named stays. */
export interface PaperEdit {
  op: string;
  paper_id: string;
  base_version: number;
  title?: string | null;
  sections?: SectionText[];
  order?: string[] | null;
}

/** A section as it is written now; `grid` False leaves its table out. */
export interface SectionText {
  section_id: string;
  title: string;
  text: string;
  grid: boolean;
}

/** 送审. */
export interface PaperSubmit {
  op: string;
  paper_id: string;
}

/** 审核通过. */
export interface PaperApprove {
  op: string;
  paper_id: string;
}

/** 退回. */
export interface PaperReturn {
  op: string;
  paper_id: string;
  reason: string;
}

/** 签发. Refused with `paper.same_person` where who drafted it issues it, until `alone` says so. */
export interface PaperIssue {
  op: string;
  paper_id: string;
  alone?: boolean;
}

/** 推送 to these seats. */
export interface PaperPush {
  op: string;
  paper_id: string;
  seats: string[];
}

/** Read a paper that is issued; the first time of a seat is in the log. */
export interface PaperReadWish {
  op: string;
  paper_id: string;
}

/** The paper as this page may see it. */
export interface PaperShown {
  paper: Paper;
}

/** State of a stream `paper:{id}`.
 * 
 * `year` and `number` are given when it is issued (N6); `edition` counts from 1, later ones replace
 * earlier ones under the same number (N8). `same_person`: who drafted it has issued it (N5). */
export interface Paper {
  noun: "paper";
  paper_id: string;
  kind: PaperKind;
  title: string;
  period: PaperPeriod | null;
  about: Subject | null;
  exercise: boolean;
  classification: string;
  office: string;
  office_name: string;
  sections: PaperSection[];
  sources: PaperSource[];
  basis: Basis[];
  state: PaperState;
  since_ms: number;
  reason: string;
  version: number;
  fields_at: Record<string, number>;
  edited_by: Actor | null;
  edited_ms: number | null;
  drafted_by: Actor | null;
  drafted_ms: number;
  reviewed: Signer | null;
  issued: Signer | null;
  same_person: boolean;
  year: number | null;
  number: number | null;
  edition: number;
  replaces: Edition | null;
  replaced_by: Edition | null;
  algorithm: string;
  digest: string;
  pushed: Record<string, Pushed>;
  steps: PaperStep[];
}

/** From the first millisecond to the last, the end not included. */
export interface PaperPeriod {
  from_ms: number;
  to_ms: number;
}

/** The incident, or the session of minutes, that a paper is about, as it was called then. */
export interface Subject {
  stream: string;
  number: string;
  title: string;
}

/** `text`: one paragraph a line; ［3］ and ［3-5、9］ in it name sources. */
export interface PaperSection {
  section_id: string;
  title: string;
  text: string;
  grid: PaperGrid | null;
}

/** A table as it was counted; it is left out or taken whole, never rewritten. */
export interface PaperGrid {
  head: string[];
  rows: PaperCell[][];
}

/** One figure of a table, and the records that it counts. */
export interface PaperCell {
  text: string;
  sources: number[];
}

/** One record that a figure or a line comes from. `key`: what the text names it by, ［12］.
 * 
 * `record`: the item, the recording (and its roll call), the row of the check, as `kind` says; of a
 * moment the recording and how many seconds into it, as the review page is addressed: r-1?t=754.
 * `seq`: the event of `stream` that put it there. `label` says what it is, not what stands in it. */
export interface PaperSource {
  key: number;
  kind: SourceKind;
  stream: string;
  record: string;
  seq: number;
  label: string;
}

/** 事件专题 · 条目 · 伤亡记录 · 大事记 · 标记 · 会商 · 点名 · 抽查 · 录制 · 录制中的一刻 */
export type SourceKind = "incident" | "item" | "casualties" | "entry" | "mark" | "session" | "rollcall" | "check" | "recording" | "moment";

/** A stream that was read for the draft, up to this event; the same ones give the same draft (N2). */
export interface Basis {
  stream: string;
  seq: number;
}

/** 草稿 · 审核 · 退回 · 已签发 · 已推送 */
export type PaperState = "draft" | "review" | "returned" | "issued" | "pushed";

/** Who did it: the account, the person behind it and the office's seat as it was named then. */
export interface Actor {
  account: string;
  person: string;
  role: Role;
  seat: string | null;
  seat_name: string | null;
}

/** The four kinds of people, those that are let in without an account, and the hub itself. */
export type Role = "officer" | "seat" | "reviewer" | "admin" | "guest" | "wall" | "hub";

/** Who took a step, as it stands on paper. */
export interface Signer {
  person: string;
  seat_name: string;
  at_ms: number;
}

/** An issued paper that another one replaces, or is replaced by. */
export interface Edition {
  paper_id: string;
  edition: number;
  digest: string;
}

/** 推送: to which seat, since when, and when somebody there first read it. */
export interface Pushed {
  seat: string;
  name: string;
  short_name: string;
  at_ms: number;
  read_ms: number | null;
  person: string | null;
}

/** One step of its way, with the reason where it needs one. */
export interface PaperStep {
  verb: string;
  actor: Actor;
  at_ms: number;
  reason: string;
}

/** Of what is done for a reason: pausing, hold, release, and the proposal to destroy it. */
export interface RecordingReason {
  op: string;
  recording_id: string;
  reason: string;
}

export interface RecordingWish {
  op: string;
  recording_id: string;
}

/** `mark_id` is made by the page; `at_ms` is hub time; `about`: the live marker that gets a note. */
export interface RecordingMark {
  op: string;
  recording_id: string;
  mark_id: string;
  kind: MarkerKind;
  label: string;
  at_ms: number;
  note?: string;
  about?: string;
}

/** `base_version`: what the writer was looking at. */
export interface RecordingMarkChange {
  op: string;
  recording_id: string;
  mark_id: string;
  base_version: number;
  kind: MarkerKind;
  label: string;
  note: string;
  at_ms: number;
}

export interface RecordingMarkOff {
  op: string;
  recording_id: string;
  mark_id: string;
}

/** `export_id` is made by the page. */
export interface RecordingExport {
  op: string;
  recording_id: string;
  export_id: string;
  wish: ExportWish;
}

/** What is to be made. `from_ms` and `to_ms` are hub time; a package is always of the whole. */
export interface ExportWish {
  form: ExportForm;
  from_ms: number;
  to_ms: number;
  layout: "grid" | "speaker";
  height: 480 | 720 | 1080;
  fps: 5 | 10 | 15 | 25;
}

/** 一个视频文件 · 归档包 */
export type ExportForm = "mp4" | "package";

export interface RecordingExportOff {
  op: string;
  recording_id: string;
  export_id: string;
}

/** `entry_id` is made by the page. `at_ms`: when it happened, if not now; `call` of calls only. */
export interface DutyWrite {
  op: string;
  entry_id: string;
  kind: EntryKind;
  text: string;
  at_ms?: number | null;
  call?: PhoneRecord | null;
}

/** 来电 · 去电 · 要情 · 指示 · 其他 · 系统 */
export type EntryKind = "call_in" | "call_out" | "key" | "instruction" | "other" | "system";

/** 电话记录: who was on the line and what was said (domain.md 2.2). The entry says who wrote it. */
export interface PhoneRecord {
  unit: string;
  name: string;
  post: string;
  phone: string;
  place: string;
  occurred_ms: number | null;
  cause: string;
  course: string;
  measures: string;
  result: string;
  impact: string;
  trend: string;
  told: string;
}

/** 更正: the original stays readable. */
export interface DutyCorrect {
  op: string;
  entry_id: string;
  text: string;
  reason: string;
  call?: PhoneRecord | null;
}

export interface DutyVoid {
  op: string;
  entry_id: string;
  reason: string;
}

/** The call became the first report of the incident whose stream is `report`. */
export interface DutyLink {
  op: string;
  entry_id: string;
  report: string;
}

/** 签到 at an empty post. `crew`: where it is another than the roster's. */
export interface DutySignIn {
  op: string;
  person: string;
  crew?: Crew | null;
}

/** 带班领导 · 值班长 · 正班 · 副班 · 值班电话. The leader may be on call; the others are at the post. */
export interface Crew {
  leader: string;
  chief: string;
  primary: string[];
  deputies: string[];
  phone: string;
}

/** 立即接班, without a sheet, for a reason. */
export interface DutyTake {
  op: string;
  person: string;
  reason: string;
  crew?: Crew | null;
}

/** Begin a handover, or look again: the hub collects what is open. */
export interface DutyCollect {
  op: string;
}

/** 交接说明 for these open items. */
export interface DutyNote {
  op: string;
  keys: string[];
  text: string;
}

/** 交班签字; refused with `duty.notes_missing` while an open item has no note. */
export interface DutyGive {
  op: string;
  person: string;
}

/** Take the signature back, as long as nobody has signed for the next shift. */
export interface DutyWithdraw {
  op: string;
}

/** 接班签字, by somebody else. */
export interface DutySign {
  op: string;
  person: string;
  remark?: string;
  crew?: Crew | null;
}

/** `replace`: what was planned in that period and has not begun gives way. */
export interface DutyPlan {
  op: string;
  shifts: Shift[];
  replace?: boolean;
}

/** 一班. `noticed_ms`: when the hub has said that it is about to begin. */
export interface Shift {
  shift_id: string;
  starts_ms: number;
  ends_ms: number;
  crew: Crew;
  noticed_ms: number | null;
}

/** 换班: others take the turn. */
export interface DutyChangeCrew {
  op: string;
  shift_id: string;
  crew: Crew;
  reason: string;
}

/** 对调: two crews exchange their turns. */
export interface DutySwap {
  op: string;
  shift_id: string;
  with_id: string;
  reason: string;
}

export interface DutyRemove {
  op: string;
  shift_id: string;
  reason: string;
}

/** Offer the sending half of a self-check: a loop that nobody else sees, over `via` alone. */
export interface CheckPublish {
  sdp: string;
  via: "tcp" | "udp";
}

/** Offer the half that gets it back. Both end after a minute, or as any other (`media.close`). */
export interface CheckSubscribe {
  sdp: string;
  via: "tcp" | "udp";
}

/** First message after a connection: who the hub takes you for, and its clock.
 * 
 * `relayed`: there are relays (TURN), ask for them with `media.relays`. `may_start_paused`: a session
 * may be started without recording it. */
export interface Welcome {
  protocol: number;
  version: string;
  account: string;
  actor: Actor;
  hub_ms: number;
  demo: boolean;
  classification: string;
  relayed: boolean;
  may_start_paused: boolean;
}

/** Events of one followed stream, in order and without holes. */
export interface Events {
  stream: string;
  events: Recorded[];
}

/** An event in its place: `seq` counts from 1 in its `stream`, `at_ms` is the hub's clock.
 * 
 * `op` is the sender's own id of the wish; the same wish sent twice happens once (rule J3). */
export interface Recorded {
  stream: string;
  seq: number;
  at_ms: number;
  actor: Actor;
  event: DomainEvent;
  op: string | null;
}

export interface SeatAdded {
  type: "seat.added";
  seat: Seat;
}

/** 席位. `sort` orders seats of one level on every list (protocol order, not the alphabet).
 * 
 * `backup_of`: the seat whose sessions this one takes over when its chair is lost. `contacts`: whom to
 * reach, in this order, when nobody answers here. */
export interface Seat {
  seat_id: string;
  name: string;
  short_name: string;
  level: Level;
  phone: string;
  sort: number;
  backup_of: string | null;
  contacts: Contact[];
}

/** Where an office stands in the hierarchy. */
export type Level = "province" | "dept" | "city" | "county";

export interface SeatEdited {
  type: "seat.edited";
  seat_id: string;
  phone: string;
  contacts: Contact[];
  backup_of: string | null;
}

export interface AccountAdded {
  type: "account.added";
  account: Account;
}

/** A person's way in. Roles `officer` and `seat` always have a seat, the others never. */
export interface Account {
  account: string;
  person: string;
  role: Role;
  seat_id: string | null;
  disabled: boolean;
}

export interface AccountDisabled {
  type: "account.disabled";
  account: string;
  reason: string;
}

export interface GroupSet {
  type: "group.set";
  group: Group;
}

export interface GroupRemoved {
  type: "group.removed";
  group_id: string;
}

export interface TemplateSet {
  type: "template.set";
  template: Template;
}

export interface TemplateRemoved {
  type: "template.removed";
  template_id: string;
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

export interface RollCallStarted {
  type: "rollcall.started";
  rollcall_id: string;
  venues: string[];
  answer_s: number;
}

/** `place` in the rows. */
export interface RollCallAsked {
  type: "rollcall.asked";
  venue: string;
  place: number;
  next_ms: number;
}

export interface RollCallTicked {
  type: "rollcall.ticked";
  rollcall_id: string;
  venue: string;
  place: number;
  result: RollResult;
  after_ms: number | null;
  by: string;
  note: string;
  next_ms: number | null;
}

export interface RollCallAppended {
  type: "rollcall.appended";
  venue: string;
}

/** `reason`: done, by_chair or session. */
export interface RollCallEnded {
  type: "rollcall.ended";
  rollcall_id: string;
  reason: string;
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

export interface GuestInvited {
  type: "guest.invited";
  invitation_id: string;
  label: string;
  place: string;
  code_hash: string;
  until_ms: number;
}

export interface InvitationWithdrawn {
  type: "guest.withdrawn";
  invitation_id: string;
}

/** The code is used; `venue` is in the session, labelled 现场 with its place, and not there yet. */
export interface GuestAdmitted {
  type: "guest.admitted";
  invitation_id: string;
  venue: string;
  person: string;
}

export interface WorkspaceOpened {
  type: "workspace.opened";
  workspace_id: string;
  nature: Nature;
  number: string;
  header: Header;
  level: EventLevel;
  status: Status;
  exercise: boolean;
  session_id: string;
  profile: Profile;
  plan: PlanRef | null;
  units: Unit[];
  call: string[];
  deadlines: Deadline[];
}

/** 事件专题 · 会商 · 日常值班 */
export type Nature = "incident" | "session" | "daily";

/** One office's limits. `followups`: minutes of the Beijing day; from `followup_from` level upwards.
 * 
 * `unread_s`: a unit that has not read goes on the telephone list. `unconfirmed_s`: that has not signed,
 * is urged, again every `urge_every_s` until it signs. `first_reply_min`: an answer is expected in so
 * many minutes from a unit that was warned. */
export interface Profile {
  name: string;
  zh: string;
  limits: Limit[];
  followups: number[];
  followup_from: EventLevel;
  unread_s: number;
  unconfirmed_s: number;
  urge_every_s: number;
  first_reply_min: number;
}

/** A report of an incident of `level` by `channel` within so many minutes. */
export interface Limit {
  level: EventLevel;
  channel: Channel;
  minutes: number;
  base: Base;
}

/** 电话报告 · 书面报告 */
export type Channel = "phone" | "written";

/** From when the minutes count: 事发时间 · 接报时间 */
export type Base = "occurred" | "learned";

/** The plan it was opened by, as it stood then: a later edit of the plan changes nothing here (I7).
 * 
 * `session_title` and `mode` are those of a session that is held on the incident (Q5). */
export interface PlanRef {
  plan_id: string;
  name: string;
  version: number;
  session_title: string;
  mode: SpeakMode;
}

/** A unit that takes part, its names and level frozen. `level`: province, dept, city or county. */
export interface Unit {
  seat: string;
  name: string;
  short_name: string;
  level: string;
}

/** 时限 of an incident. `met_ms`: when what it asks for came; from then on it never changes (D2). */
export interface Deadline {
  name: ClockName;
  due_ms: number;
  met_ms: number | null;
  late_min: number | null;
}

/** 电话报告 · 书面报告 · 续报 */
export type ClockName = "phone" | "written" | "followup";

export interface HeaderEdited {
  type: "workspace.edited";
  version: number;
  changes: HeaderChanges;
}

export interface LevelChanged {
  type: "workspace.level_changed";
  level: EventLevel;
  response: string;
  reason: string;
}

export interface CasualtiesRecorded {
  type: "workspace.casualties_recorded";
  entry: Casualties;
}

export interface UnitsAdded {
  type: "workspace.units_added";
  units: Unit[];
}

export interface UnitRemoved {
  type: "workspace.unit_removed";
  seat: string;
}

export interface StatusChanged {
  type: "workspace.status_changed";
  status: Status;
  reason: string;
}

/** Those named here, anew; a deadline that was met is never among them (D2). */
export interface DeadlinesSet {
  type: "workspace.deadlines_set";
  deadlines: Deadline[];
}

export interface DeadlineMet {
  type: "workspace.deadline_met";
  name: ClockName;
  late_min: number | null;
}

/** 首报时间: the first report has come, written or by telephone. */
export interface FirstReported {
  type: "workspace.first_reported";
}

/** In an empty stream `board:{id}` of an older log it opens the session's own workspace as well. */
export interface BoardOpened {
  type: "board.opened";
  board_id: string;
  kind: BoardKind;
  title: string;
  session_id: string;
}

export interface SessionLinked {
  type: "workspace.session_linked";
  session_id: string;
  title: string;
}

export interface EntryNoted {
  type: "workspace.noted";
  when_ms: number;
  text: string;
}

/** 导出, for the duty office alone to see. `what`: board, feedback, casualties or receipts.
 * 
 * `key`: of which board or item, empty for the whole; `form`: csv, xlsx or pdf. */
export interface WorkspaceExported {
  type: "workspace.exported";
  what: string;
  key: string;
  form: string;
}

export interface BoardsClosed {
  type: "board.closed";
}

export interface Marked {
  type: "workspace.marked";
  mark_id: string;
  unit: Unit;
  mark: MarkKind;
  reason: string;
}

export interface MarkRetracted {
  type: "workspace.mark_retracted";
  mark_id: string;
  reason: string;
}

/** With what is stamped when it is added: `state`, `reach`, `number` (续报 n), time and lateness. */
export interface ItemAdded {
  type: "item.added";
  board_id: string;
  item_id: string;
  rank: string;
  fields: Record<string, string>;
  state: string;
  reach: Reach;
  units: Unit[];
  shared: string[];
  chain: string | null;
  number: number | null;
  pinned: boolean;
  session_id: string | null;
  media_ms: number | null;
  due_ms: number | null;
  late_min: number | null;
}

/** `office`: of fields that nobody but the office receives; to all others nothing was edited (T9). */
export interface ItemEdited {
  type: "item.edited";
  item_id: string;
  version: number;
  changes: Record<string, string>;
  office: boolean;
}

export interface ItemMoved {
  type: "item.moved";
  item_id: string;
  rank: string;
}

/** `reach`: where the step widens it (a key event is published). Times are stamped by a submission.
 * 
 * `move` is empty where the hub makes the step itself, because of what the tracks say (T3). */
export interface ItemStateChanged {
  type: "item.state_changed";
  item_id: string;
  move: string;
  state: string;
  reason: string;
  reach: Reach | null;
  number: number | null;
  due_ms: number | null;
  late_min: number | null;
}

export interface ItemVoided {
  type: "item.voided";
  item_id: string;
  reason: string;
}

export interface ItemPinned {
  type: "item.pinned";
  item_id: string;
  pinned: boolean;
}

export interface ItemOnWall {
  type: "item.on_wall";
  item_id: string;
  on_wall: boolean;
}

export interface ItemShared {
  type: "item.shared";
  item_id: string;
  reach: Reach;
  shared: string[];
}

export interface ItemAssigned {
  type: "item.assigned";
  item_id: string;
  units: Unit[];
}

export interface ItemAnnotated {
  type: "item.annotated";
  item_id: string;
  text: string;
  office: boolean;
  private: boolean;
}

export interface ItemAttached {
  type: "item.attached";
  item_id: string;
  attachment: Attachment;
  private: boolean;
}

export interface TracksDelivered {
  type: "track.delivered";
  item_id: string;
  seats: string[];
}

/** `late_min`: minutes behind its time, where this answer is the first one. */
export interface TrackMoved {
  type: "track.moved";
  item_id: string;
  seat: string;
  state: Progress;
  text: string;
  late_min: number | null;
}

export interface TracksUrged {
  type: "track.urged";
  item_id: string;
  seats: string[];
}

export interface TracksEscalated {
  type: "track.escalated";
  item_id: string;
  seats: string[];
}

export interface TrackPhoned {
  type: "track.phoned";
  item_id: string;
  seat: string;
  reached: boolean;
  note: string;
}

export interface ExtensionAsked {
  type: "extension.asked";
  item_id: string;
  seat: string;
  due_ms: number;
  reason: string;
}

export interface ExtensionAnswered {
  type: "extension.answered";
  item_id: string;
  seat: string;
  granted: boolean;
}

/** The item as this viewer sees it from now on. */
export interface ItemShown {
  type: "item.shown";
  item: Item;
}

/** 条目. `fields`: by name, as the table of its kind says; an absent one is its initial value.
 * 
 * `fields_at`: at which version each field was last written, for merging (B4). `reason`: why it is in
 * its state, where that needs one. `done_by`: the seat that last reported it done, for "cleared by a
 * second unit". `chain`: the report that this one follows, or the item it came from. `media_ms`: how
 * far into the recording of `session_id` it was written. `due_ms` and `late_min`: stamped once (D2). */
export interface Item {
  item_id: string;
  board_id: string;
  rank: string;
  fields: Record<string, string>;
  author: Actor;
  created_ms: number;
  state: string;
  state_ms: number;
  reach: Reach;
  reason: string;
  done_by: string | null;
  shared: string[];
  tracks: Record<string, UnitTrack>;
  attachments: Attached[];
  notes: Note[];
  pinned: boolean;
  on_wall: boolean;
  chain: string | null;
  number: number | null;
  session_id: string | null;
  media_ms: number | null;
  due_ms: number | null;
  late_min: number | null;
  version: number;
  fields_at: Record<string, number>;
  edited_by: Actor | null;
  edited_ms: number | null;
  voided: Voided | null;
}

/** `times`: when each state was first reached. `due_ms`: the unit's own time after an extension. */
export interface UnitTrack {
  unit: Unit;
  state: Progress;
  since_ms: number;
  times: Record<string, number>;
  person: string | null;
  replies: Feedback[];
  urged: number[];
  phoned: Phoned[];
  escalated_ms: number | null;
  extension: Extension | null;
  due_ms: number | null;
  late_min: number | null;
}

/** 反馈: one answer of a unit; `returned`: why the office sent it back. */
export interface Feedback {
  text: string;
  actor: Actor;
  at_ms: number;
  returned: string | null;
}

/** 电话叫应: one call by the duty telephone to a silent unit. */
export interface Phoned {
  actor: Actor;
  at_ms: number;
  reached: boolean;
  note: string;
}

/** 延期: asked for before the old time had come; `granted` is None while nobody has answered. */
export interface Extension {
  due_ms: number;
  reason: string;
  actor: Actor;
  at_ms: number;
  granted: boolean | null;
}

/** `private`: for the duty office, the author of the item and who attached it, as a unit's track is. */
export interface Attached {
  attachment: Attachment;
  actor: Actor;
  at_ms: number;
  private: boolean;
}

/** 批注: a line beside the item by anybody who sees it.
 * 
 * `office`: for the duty office alone. `private`: for it, the author of the item and who wrote the note. */
export interface Note {
  text: string;
  actor: Actor;
  at_ms: number;
  office: boolean;
  private: boolean;
}

/** 作废: by whom, when and why. The item stays readable. */
export interface Voided {
  actor: Actor;
  at_ms: number;
  reason: string;
}

/** This viewer sees it no more. */
export interface ItemHidden {
  type: "item.hidden";
  item_id: string;
}

/** Something has happened here that is not for this viewer. */
export interface Withheld {
  type: "withheld";
}

export interface RecordingStarted {
  type: "recording.started";
  recording_id: string;
  session_id: string;
  title: string;
}

export interface TrackOpened {
  type: "track.opened";
  track: Track;
}

/** One file. `started_ms` is the hub's wall time of its first frame (pts 0), `digest` that of its
 * plain bytes in hex, by `algorithm`. */
export interface Track {
  track_id: string;
  venue: string;
  venue_name: string;
  source: string;
  kind: string;
  codec: string;
  started_ms: number;
  state: TrackState;
  ended_ms: number | null;
  size_bytes: number;
  digest: string;
  algorithm: string;
}

/** 录制中 · 已收尾 · 崩溃后恢复 · 失败 */
export type TrackState = "writing" | "sealed" | "recovered" | "failed";

/** `sha256` stands in older logs, in place of `digest`. */
export interface TrackSealed {
  type: "track.sealed";
  track_id: string;
  ended_ms: number;
  size_bytes: number;
  digest: string;
  algorithm: string;
  sha256: string;
}

export interface TrackRecovered {
  type: "track.recovered";
  track_id: string;
  ended_ms: number;
  size_bytes: number;
  digest: string;
  algorithm: string;
  sha256: string;
}

export interface TrackFailed {
  type: "track.failed";
  track_id: string;
  at_ms: number;
  reason: string;
}

export interface GapOpened {
  type: "gap.opened";
  track_id: string;
  venue: string;
  source: string;
  from_ms: number;
  reason: string;
}

export interface GapClosed {
  type: "gap.closed";
  venue: string;
  source: string;
  to_ms: number;
}

export interface RecordingInterrupted {
  type: "recording.interrupted";
  from_ms: number;
  reason: string;
}

export interface RecordingPaused {
  type: "recording.paused";
  reason: string;
}

export interface RecordingResumed {
  type: "recording.resumed";
}

export interface RecordingStopped {
  type: "recording.stopped";
}

/** `digest` is that of the manifest that lies beside the files; older recordings have none. */
export interface RecordingReady {
  type: "recording.ready";
  digest: string;
  algorithm: string;
}

/** Of older logs; now it is `keeping.viewed`. */
export interface RecordingViewed {
  type: "recording.viewed";
  what: string;
}

export interface KeepingViewed {
  type: "keeping.viewed";
  what: string;
  detail: string;
}

export interface KeepingDenied {
  type: "keeping.denied";
  what: string;
}

export interface KeepingHeld {
  type: "keeping.held";
  reason: string;
}

export interface KeepingReleased {
  type: "keeping.released";
  reason: string;
}

export interface DestructionProposed {
  type: "destruction.proposed";
  reason: string;
}

export interface DestructionWithdrawn {
  type: "destruction.withdrawn";
}

export interface DestructionApproved {
  type: "destruction.approved";
}

export interface DestructionStuck {
  type: "destruction.stuck";
  reason: string;
}

export interface RecordingDestroyed {
  type: "destruction.done";
  files: DestroyedFile[];
}

/** What is left of a file: `name` as it lay, `digest` in hex by `algorithm`. */
export interface DestroyedFile {
  name: string;
  size_bytes: number;
  digest: string;
  algorithm: string;
}

export interface MarkSet {
  type: "mark.set";
  mark_id: string;
  kind: MarkerKind;
  label: string;
  note: string;
  at_ms: number;
  about: string;
}

export interface MarkChanged {
  type: "mark.changed";
  mark_id: string;
  kind: MarkerKind;
  label: string;
  note: string;
  at_ms: number;
}

export interface MarkRemoved {
  type: "mark.removed";
  mark_id: string;
}

export interface ExportRequested {
  type: "export.requested";
  export_id: string;
  wish: ExportWish;
}

export interface ExportFinished {
  type: "export.finished";
  export_id: string;
  name: string;
  size_bytes: number;
  digest: string;
  algorithm: string;
}

export interface ExportFailed {
  type: "export.failed";
  export_id: string;
  reason: string;
}

export interface ExportCancelled {
  type: "export.cancelled";
  export_id: string;
}

export interface ExportRemoved {
  type: "export.removed";
  export_id: string;
}

export interface TrackStored {
  type: "track.stored";
  track_id: string;
  place: string;
}

export interface WallAdded {
  type: "wall.added";
  wall_id: string;
  name: string;
  token_hash: string;
}

export interface WallRevoked {
  type: "wall.revoked";
}

export interface WallShown {
  type: "wall.shown";
  session_id: string;
}

/** `reason`: taken (down by a person), ended (the session). */
export interface WallCleared {
  type: "wall.cleared";
  reason: string;
}

export interface SpotCheckStarted {
  type: "spotcheck.started";
  check_id: string;
  title: string;
  seats: CheckedSeat[];
  draw: Draw | null;
  items: string[];
  video_ring_s: number;
  phone_answer_s: number;
}

/** A seat as it was named when it was chosen. */
export interface CheckedSeat {
  seat: string;
  name: string;
  short_name: string;
  phone: string;
}

/** 随机抽取: `count` of `pool`, in the order of SHA-256 of `seed:seat`: anybody can check it. */
export interface Draw {
  label: string;
  pool: string[];
  count: number;
  seed: string;
}

export interface RowCalled {
  type: "spotcheck.called";
  number: number;
  session_id: string | null;
  called_ms: number;
}

export interface RowAnswered {
  type: "spotcheck.answered";
  number: number;
  answered_ms: number;
  after_ms: number;
  recalled: boolean;
  rings: number | null;
}

export interface RowMissed {
  type: "spotcheck.missed";
  number: number;
  state: CheckState;
  recalled: boolean;
  rings: number | null;
}

/** 待呼叫 · 呼叫中 · 已应答 · 未应答 · 拒接 · 离线 */
export type CheckState = "waiting" | "calling" | "answered" | "no_answer" | "declined" | "offline";

export interface RowWithdrawn {
  type: "spotcheck.withdrawn";
  number: number;
}

export interface RowJudged {
  type: "spotcheck.judged";
  number: number;
  answers: (boolean | null)[];
  verdict: Verdict | null;
  note: string;
  problem: string;
}

export interface PhoneRowAdded {
  type: "spotcheck.phone_added";
  number: number;
  seat: CheckedSeat;
}

export interface SpotCheckClosed {
  type: "spotcheck.closed";
}

export interface BookingPlanned {
  type: "booking.planned";
  booking_id: string;
  plan: Plan;
}

/** All that officers say about a meeting. */
export interface Plan {
  title: string;
  kind: SessionKind;
  starts_ms: number;
  minutes: number;
  venues: Invited[];
  agenda: AgendaItem[];
}

/** A seat as it is named when it becomes a venue of the session. */
export interface Invited {
  venue: string;
  name: string;
  short_name: string;
}

export interface BookingChanged {
  type: "booking.changed";
  plan: Plan;
}

export interface BookingCancelled {
  type: "booking.cancelled";
  reason: string;
}

export interface BookingReplied {
  type: "booking.replied";
  venue: string;
  reply: Reply;
  reason: string;
}

export interface BookingLineTested {
  type: "booking.line_tested";
  venue: string;
  passed: boolean;
}

export interface BookingReminded {
  type: "booking.reminded";
  minutes: number;
}

export interface BookingStarted {
  type: "booking.started";
  session_id: string;
}

export interface PaperDrafted {
  type: "paper.drafted";
  paper_id: string;
  kind: PaperKind;
  period: PaperPeriod | null;
  draft: Drafted;
  classification: string;
  replaces: Edition | null;
}

/** What the hub has made of the log. */
export interface Drafted {
  title: string;
  sections: PaperSection[];
  sources: PaperSource[];
  basis: Basis[];
  about: Subject | null;
  exercise: boolean;
}

/** `sections`: those that were written anew, whole; `order`: where it has changed. */
export interface PaperEdited {
  type: "paper.edited";
  version: number;
  title: string | null;
  sections: SectionText[];
  order: string[] | null;
}

export interface PaperSubmitted {
  type: "paper.submitted";
}

export interface PaperApproved {
  type: "paper.approved";
}

export interface PaperReturned {
  type: "paper.returned";
  reason: string;
}

export interface PaperIssued {
  type: "paper.issued";
  year: number;
  number: number;
  edition: number;
  same_person: boolean;
  algorithm: string;
  digest: string;
}

export interface PaperPushed {
  type: "paper.pushed";
  seats: Pushed[];
}

export interface PaperRead {
  type: "paper.read";
  seat: string;
}

export interface PaperReplaced {
  type: "paper.replaced";
  by: Edition;
}

export interface ShiftsPlanned {
  type: "duty.planned";
  shifts: Shift[];
  replaced: string[];
}

export interface CrewChanged {
  type: "duty.crew_changed";
  shift_id: string;
  crew: Crew;
  reason: string;
  with_id: string | null;
}

export interface ShiftRemoved {
  type: "duty.shift_removed";
  shift_id: string;
  reason: string;
}

/** The former watch, if there was one, ends at the same moment: the post is never left empty (L7). */
export interface WatchBegan {
  type: "duty.watch_began";
  watch_id: string;
  shift_id: string | null;
  crew: Crew;
  person: string;
  how: WatchHow;
  until_ms: number | null;
  reason: string;
}

/** WatchHow a watch began: 签到 · 交接 · 立即接班 */
export type WatchHow = "sign_in" | "handover" | "at_once";

export interface SheetCollected {
  type: "duty.sheet_collected";
  items: OpenItem[];
}

/** Something that is not finished, as the hub found it. `silent`: units that have not signed for it. */
export interface OpenItem {
  key: string;
  kind: OpenKind;
  stream: string;
  title: string;
  text: string;
  since_ms: number;
  due_ms: number | null;
  overdue: boolean;
  silent: string[];
}

/** 批示指示 · 预警叫应 · 任务 · 隐患 · 报告 · 会商 · 预约 · 事件 */
export type OpenKind = "instruction" | "warning" | "task" | "hazard" | "report" | "session" | "booking" | "incident";

export interface ItemsNoted {
  type: "duty.items_noted";
  keys: string[];
  text: string;
}

export interface HandoverGiven {
  type: "duty.given";
  person: string;
}

export interface HandoverWithdrawn {
  type: "duty.withdrawn";
}

export interface HandoverSigned {
  type: "duty.signed";
  person: string;
  remark: string;
}

export interface EntryWritten {
  type: "duty.written";
  entry_id: string;
  kind: EntryKind;
  at_ms: number;
  text: string;
  person: string;
  call: PhoneRecord | null;
  source: string;
}

export interface EntryCorrected {
  type: "duty.corrected";
  entry_id: string;
  text: string;
  call: PhoneRecord | null;
  reason: string;
}

export interface EntryVoided {
  type: "duty.voided";
  entry_id: string;
  reason: string;
}

export interface ReportLinked {
  type: "duty.linked";
  entry_id: string;
  report: string;
}

export interface ShiftNoticed {
  type: "duty.noticed";
  shift_id: string;
}

export interface EmptyFlagged {
  type: "duty.empty_flagged";
  day_ms: number;
  gaps: EmptySlot[];
}

/** 空班: nobody is to be at the post. */
export interface EmptySlot {
  from_ms: number;
  to_ms: number;
}

export type DomainEvent = SeatAdded | SeatEdited | AccountAdded | AccountDisabled | GroupSet | GroupRemoved | TemplateSet | TemplateRemoved | SessionStarted | VenueAdded | VenueCalled | VenueAnswered | VenueDeclined | VenueMissed | VenueJoined | VenueDropped | VenueReturned | VenueLeft | DevicesSet | VenueMuted | VenueUnmuted | PresentationStarted | PresentationStopped | SourceStarted | SourceEnded | VenueSpoke | MarkerSet | SessionEnded | ChairRequested | ChairRequestEnded | ChairPassed | SpeakModeSet | SelfUnmuteSet | MuteOnEntrySet | FloorRequested | FloorRequestEnded | FloorGiven | FloorEnded | BroadcastStarted | BroadcastStopped | CarouselStarted | CarouselPaused | CarouselTurned | CarouselStopped | LayoutSet | VoiceSwitchingSet | RollCallStarted | RollCallAsked | RollCallTicked | RollCallAppended | RollCallEnded | VenueAlerted | CallEscalated | PhoneCallNoted | SessionLocked | PresentationLocked | EndPlanned | VenueRenamed | VenueRemoved | GuestInvited | InvitationWithdrawn | GuestAdmitted | WorkspaceOpened | HeaderEdited | LevelChanged | CasualtiesRecorded | UnitsAdded | UnitRemoved | StatusChanged | DeadlinesSet | DeadlineMet | FirstReported | BoardOpened | SessionLinked | EntryNoted | WorkspaceExported | BoardsClosed | Marked | MarkRetracted | ItemAdded | ItemEdited | ItemMoved | ItemStateChanged | ItemVoided | ItemPinned | ItemOnWall | ItemShared | ItemAssigned | ItemAnnotated | ItemAttached | TracksDelivered | TrackMoved | TracksUrged | TracksEscalated | TrackPhoned | ExtensionAsked | ExtensionAnswered | ItemShown | ItemHidden | Withheld | RecordingStarted | TrackOpened | TrackSealed | TrackRecovered | TrackFailed | GapOpened | GapClosed | RecordingInterrupted | RecordingPaused | RecordingResumed | RecordingStopped | RecordingReady | RecordingViewed | KeepingViewed | KeepingDenied | KeepingHeld | KeepingReleased | DestructionProposed | DestructionWithdrawn | DestructionApproved | DestructionStuck | RecordingDestroyed | MarkSet | MarkChanged | MarkRemoved | ExportRequested | ExportFinished | ExportFailed | ExportCancelled | ExportRemoved | TrackStored | WallAdded | WallRevoked | WallShown | WallCleared | SpotCheckStarted | RowCalled | RowAnswered | RowMissed | RowWithdrawn | RowJudged | PhoneRowAdded | SpotCheckClosed | BookingPlanned | BookingChanged | BookingCancelled | BookingReplied | BookingLineTested | BookingReminded | BookingStarted | PaperDrafted | PaperEdited | PaperSubmitted | PaperApproved | PaperReturned | PaperIssued | PaperPushed | PaperRead | PaperReplaced | ShiftsPlanned | CrewChanged | ShiftRemoved | WatchBegan | SheetCollected | ItemsNoted | HandoverGiven | HandoverWithdrawn | HandoverSigned | EntryWritten | EntryCorrected | EntryVoided | ReportLinked | ShiftNoticed | EmptyFlagged;

/** The whole state of a followed stream after its event `seq`. */
export interface Snapshot {
  stream: string;
  seq: number;
  state: Organisation | Session | Workspace | Recording | Keeping | Wall | SpotCheck | Booking | Paper | Duty;
}

/** State of the stream `organisation`. */
export interface Organisation {
  noun: "organisation";
  seats: Record<string, Seat>;
  accounts: Record<string, Account>;
  groups: Record<string, Group>;
  templates: Record<string, Template>;
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

/** `current`: the place in `rows` that is asked now; `next_ms`: when the hub goes on by itself. */
export interface RollCall {
  rollcall_id: string;
  rows: RollRow[];
  answer_s: number;
  started_ms: number;
  ended_ms: number | null;
  current: number | null;
  next_ms: number | null;
}

/** `after_ms`: from being asked to the answer, on the hub's clock. `by`: voice, key or chair.
 * `late`: 补点, appended after it was missed or had not been chosen. */
export interface RollRow {
  venue: string;
  late: boolean;
  asked_ms: number | null;
  result: RollResult | null;
  result_ms: number | null;
  after_ms: number | null;
  by: string | null;
  note: string;
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

/** A code that the chair has given out, as far as the log knows it: by its hash alone.
 * 
 * `venue`: the venue that was made of it; None while nobody has come. */
export interface Invitation {
  invitation_id: string;
  label: string;
  place: string;
  code_hash: string;
  until_ms: number;
  venue: string | null;
  withdrawn: boolean;
}

/** State of a stream `incident:{id}` or `board:{id}`.
 * 
 * `version` and `fields_at` are those of the header. `call`: seats that a session on it calls first.
 * `level` and `response` are of the incident; `response` (应急响应) is empty while none is started. */
export interface Workspace {
  noun: "workspace";
  workspace_id: string;
  nature: Nature;
  number: string;
  header: Header;
  level: EventLevel;
  response: string;
  status: Status;
  exercise: boolean;
  office: string;
  office_name: string;
  opened_by: Actor | null;
  opened_ms: number;
  closed_ms: number | null;
  session_id: string;
  profile: Profile;
  plan: PlanRef | null;
  units: Record<string, Unit>;
  call: string[];
  boards: Record<string, Board>;
  items: Record<string, Item>;
  casualties: CasualtyEntry[];
  first_reported_ms: number | null;
  deadlines: Record<string, Deadline>;
  sessions: SessionLink[];
  marks: Record<string, Mark>;
  version: number;
  fields_at: Record<string, number>;
}

export interface Board {
  board_id: string;
  kind: BoardKind;
  title: string;
  opened_ms: number;
}

export interface CasualtyEntry {
  entry: Casualties;
  actor: Actor;
  at_ms: number;
}

export interface SessionLink {
  session_id: string;
  title: string;
  at_ms: number;
}

/** By whom, when and why; a mark that is taken back stays, with the reason of that. */
export interface Mark {
  mark_id: string;
  unit: Unit;
  mark: MarkKind;
  reason: string;
  actor: Actor;
  at_ms: number;
  retracted: string | null;
  retracted_by: Actor | null;
  retracted_ms: number | null;
}

/** State of a stream `recording:{id}`. */
export interface Recording {
  noun: "recording";
  recording_id: string;
  session_id: string;
  title: string;
  state: RecordingState;
  since_ms: number;
  started_ms: number;
  stopped_ms: number | null;
  failure: string | null;
  paused_by: Actor | null;
  tracks: Record<string, Track>;
  gaps: Gap[];
}

/** 录制中 · 中断 · 已暂停 · 处理中 · 可回看 */
export type RecordingState = "recording" | "interrupted" | "paused" | "processing" | "ready";

/** Nothing was written between the two; `track_id` is empty when it concerns the whole recording.
 * 
 * Of one source: `track_id` is the file behind whose end (or in which) it lies, `venue` and `source`
 * say whose. `reason` is a code of `hub.errors`; `note` is why, in the words of who has paused it. */
export interface Gap {
  from_ms: number;
  to_ms: number | null;
  reason: string;
  track_id: string;
  note: string;
  venue: string;
  source: string;
}

/** State of a stream `keeping:{recording_id}`. `stored`: where each track lies that was moved away.
 * 
 * `released_ms`: when a hold was last released; the hub does not put it back of its own accord.
 * `denied`: when each account that has no right was last noted as refused. */
export interface Keeping {
  noun: "keeping";
  hold: Hold | null;
  released_ms: number | null;
  objection: Objection | null;
  denied: Record<string, number>;
  destruction: Destruction | null;
  marks: Record<string, ReviewMark>;
  exports: Record<string, Export>;
  stored: Record<string, string>;
}

/** 封存: nothing of it is destroyed. `by` is the hub where a rule demands it. */
export interface Hold {
  reason: string;
  by: Actor;
  since_ms: number;
}

/** An office has said no to what the policy wanted to destroy; then it takes two persons. */
export interface Objection {
  by: Actor;
  at_ms: number;
}

/** 销毁; once destroyed, the tombstone. `approved_by` is another person than `proposed_by`, or both
 * are the hub, where the retention policy destroys by itself. `problem`: why files of it are still there,
 * a code of `hub.errors`; the hub tries again. */
export interface Destruction {
  fate: Fate;
  reason: string;
  proposed_by: Actor;
  proposed_ms: number;
  problem: string;
  approved_by: Actor | null;
  approved_ms: number | null;
  destroyed_ms: number | null;
  files: DestroyedFile[];
}

/** 待第二人批准 · 销毁中 · 已销毁 */
export type Fate = "proposed" | "approved" | "destroyed";

/** A marker set afterwards. `about`: the live marker that it adds a note to, or empty. */
export interface ReviewMark {
  mark_id: string;
  kind: MarkerKind;
  label: string;
  note: string;
  at_ms: number;
  about: string;
  by: Actor;
  made_ms: number;
  version: number;
  changed_ms: number | null;
}

/** One file made of a recording. `reason`: why it failed, a code of `hub.errors`. */
export interface Export {
  export_id: string;
  wish: ExportWish;
  by: Actor;
  requested_ms: number;
  state: ExportState;
  since_ms: number;
  name: string;
  size_bytes: number;
  digest: string;
  algorithm: string;
  reason: string;
}

/** 排队或制作中 · 已完成 · 失败 · 已取消 · 已清理 */
export type ExportState = "waiting" | "done" | "failed" | "cancelled" | "removed";

/** State of a stream `wall:{id}`. `session_id`: what it shows, since `shown_ms`.
 * 
 * `token_hash`: of the word by which the wall is known; the word itself is in no log. */
export interface Wall {
  noun: "wall";
  wall_id: string;
  name: string;
  token_hash: string;
  added_ms: number;
  revoked_ms: number | null;
  session_id: string | null;
  shown_ms: number | null;
}

/** State of a stream `spotcheck:{id}`; `rows[n - 1]` has the number n. */
export interface SpotCheck {
  noun: "spotcheck";
  check_id: string;
  title: string;
  items: string[];
  draw: Draw | null;
  video_ring_s: number;
  phone_answer_s: number;
  by: Actor | null;
  started_ms: number;
  closed_ms: number | null;
  rows: CheckRow[];
}

/** One seat. `after_ms`: from the first ring to the answer, on the hub's clock, also when the seat
 * was rung again (`recalled`). `answers`: to the checklist, in its order; None where nobody has looked.
 * `calls`: how often somebody has called. `rings`: of a phone, as counted by whoever called. */
export interface CheckRow {
  number: number;
  seat: CheckedSeat;
  channel: CheckChannel;
  state: CheckState;
  session_id: string | null;
  calls: number;
  called_ms: number | null;
  answered_ms: number | null;
  after_ms: number | null;
  ended_ms: number | null;
  recalled: boolean;
  rings: number | null;
  answers: (boolean | null)[];
  verdict: Verdict | null;
  note: string;
  problem: string;
  judged_by: string | null;
}

/** 视频 · 电话 */
export type CheckChannel = "video" | "phone";

/** State of a stream `booking:{id}`. `reminded`: when which reminder went out, by its minutes. */
export interface Booking {
  noun: "booking";
  booking_id: string;
  title: string;
  kind: SessionKind;
  office: string;
  office_name: string;
  starts_ms: number;
  minutes: number;
  agenda: AgendaItem[];
  invited: Record<string, Invitee>;
  planned_ms: number;
  set_ms: number;
  reminded: Record<string, number>;
  cancelled_ms: number | null;
  reason: string;
  session_id: string | null;
}

/** An invited seat, and what it has said. */
export interface Invitee {
  venue: string;
  name: string;
  short_name: string;
  reply: Reply | null;
  reason: string;
  replied_ms: number | null;
  person: string | null;
  line_test: LineTest | null;
}

/** 联调: what the self-check of the seat came to. */
export interface LineTest {
  passed: boolean;
  at_ms: number;
}

/** State of a stream `duty:{seat}`: the newest of everything; the log itself has all of it (L11).
 * 
 * `watch` stands at this moment, `past` are the former ones. `flagged`: days whose empty slots the hub
 * has spoken of. */
export interface Duty {
  noun: "duty";
  roster: Record<string, Shift>;
  changes: RosterChange[];
  watch: Watch | null;
  past: Watch[];
  entries: DutyEntry[];
  flagged: number[];
}

/** 换班 and 撤销: old and new (None: taken off the roster), why, by whom; `with_id`: exchanged with. */
export interface RosterChange {
  shift_id: string;
  starts_ms: number;
  before: Crew;
  after: Crew | null;
  reason: string;
  actor: Actor;
  at_ms: number;
  with_id: string | null;
}

/** 在岗的一班. `person` signed for it; `until_ms`: when the roster has it relieved. */
export interface Watch {
  watch_id: string;
  shift_id: string | null;
  crew: Crew;
  person: string;
  account: string;
  how: WatchHow;
  began_ms: number;
  until_ms: number | null;
  ended_ms: number | null;
  reason: string;
  sheet: Sheet | null;
}

/** 交接班单: what was open at that moment, a note for each, and who gave and who took. */
export interface Sheet {
  collected_ms: number;
  items: OpenItem[];
  notes: Record<string, SheetNote>;
  given: Signature | null;
  signed: Signature | null;
  remark: string;
}

/** 交接说明 for one open item. */
export interface SheetNote {
  text: string;
  actor: Actor;
  at_ms: number;
}

export interface Signature {
  person: string;
  actor: Actor;
  at_ms: number;
}

/** A line of the log. `at_ms`: when it happened, `noted_ms`: when it was written.
 * 
 * `person`: who wrote it, of those at the post. `text` and `call` are the original; the last of
 * `corrections` is what holds. `source`: the stream that the hub wrote it about. `report`: the stream
 * of the incident that this call became the first report of (L4). */
export interface DutyEntry {
  entry_id: string;
  kind: EntryKind;
  at_ms: number;
  noted_ms: number;
  text: string;
  person: string;
  actor: Actor;
  call: PhoneRecord | null;
  corrections: Correction[];
  voided: Voided | null;
  source: string;
  report: string;
}

/** 更正: what the entry says from then on, and why. What it said before stays readable (L2). */
export interface Correction {
  text: string;
  call: PhoneRecord | null;
  reason: string;
  actor: Actor;
  at_ms: number;
}

/** Seats whose presence changed; all seats when `full`. For officers; a seat gets only its own. */
export interface Presence {
  full: boolean;
  seats: SeatPresence[];
}

/** Whether anybody is at a seat: `since_ms` is when that began, `person` who logged in. */
export interface SeatPresence {
  seat_id: string;
  online: boolean;
  since_ms: number | null;
  person: string | null;
}

/** All calls to this seat that ring at this moment; an empty list stops the bell everywhere. */
export interface Rings {
  rings: Ring[];
}

/** A call to this page's seat that waits for an answer. */
export interface Ring {
  session_id: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  caller: string;
  since_ms: number;
  until_ms: number;
}

/** All running sessions this page may enter. */
export interface Sessions {
  sessions: SessionSummary[];
}

/** One running session on the desk. `mine`: the state of the viewer's own seat in it.
 * 
 * `steers`: the viewer may call in it, as its chair or as the duty office beside a branch chair (rule P1). */
export interface SessionSummary {
  session_id: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  chair: string;
  chair_name: string;
  started_ms: number;
  venues: number;
  joined: number;
  recording: RecordingState | null;
  recording_since_ms: number | null;
  mine: VenueState | null;
  steers: boolean;
}

/** All slots of one subscribe connection. */
export interface Slots {
  session_id: string;
  resource: string;
  slots: Slot[];
}

/** What the m-line `mid` of a subscribe connection carries now; nothing when `source_id` is None.
 * 
 * `problem` "codec": this client cannot decode that source. `starved`: paused for want of bandwidth. */
export interface Slot {
  mid: string;
  kind: string;
  source_id: string | null;
  venue: string | null;
  source: string | null;
  codec: string | null;
  problem: "codec" | null;
  starved: boolean;
}

/** How loud the venues are: dB below overload, 0 to 127 (RFC 6464). Ephemeral, may be dropped. */
export interface Levels {
  session_id: string;
  levels: Record<string, number>;
}

/** The encodings (rids) to send now on each mid of a publish connection; the others nobody looks at. */
export interface MediaLayers {
  session_id: string;
  resource: string;
  encodings: Record<string, string[]>;
}

/** The lines of all venues that have sent something, every 2 s; figures for the duty office only. */
export interface MediaLines {
  session_id: string;
  venues: Record<string, VenueLine>;
}

/** How a venue's line is, and since when. `up`: from the venue to the hub; figures are for officers. */
export interface VenueLine {
  state: LineState;
  since_ms: number;
  up: LineSide | null;
  down: LineSide | null;
}

/** 良好 · 一般 · 较差 · 中断 */
export type LineState = "good" | "fair" | "poor" | "lost";

/** One direction of a line. `loss` is a share, `width` that of the best picture on it. */
export interface LineSide {
  loss: number;
  rtt_ms: number | null;
  jitter_ms: number | null;
  bitrate_bps: number;
  width: number | null;
  via: "tcp" | "udp" | null;
}

/** A media connection of this page: connected, or closed with a reason (displaced, ended, lost). */
export interface MediaState {
  session_id: string;
  resource: string;
  connected: boolean;
  reason: string;
}

/** All that a guest is told of its session. `muted`: nobody hears it, whatever it switches on.
 * 
 * `named`: it has the floor. `broadcast`: everybody sees it. `ended`: its token is worth nothing. */
export interface GuestView {
  label: string;
  place: string;
  title: string;
  exercise: boolean;
  classification: string;
  state: VenueState;
  since_ms: number;
  main: Shown | null;
  muted: boolean;
  named: boolean;
  broadcast: boolean;
  ended: boolean;
  recording: RecordingNow | null;
}

/** The large picture and why it is that one. `venue` None: the multi-picture, of all. */
export interface Shown {
  venue: string | null;
  short_name: string;
  why: Why;
}

/** Why a picture is the large one, in the order of precedence. */
export type Why = "broadcast" | "named" | "carousel" | "choice" | "voice" | "chair";

/** How the recording of a session stands, for those who cannot follow it; `since_ms`: so since then. */
export interface RecordingNow {
  state: RecordingState;
  since_ms: number;
  started_ms: number;
}

/** All walls, for officers and administrators; what they show is for officers. */
export interface Walls {
  walls: WallRow[];
}

/** One wall, for those who choose what it shows; `online`: a screen is there. */
export interface WallRow {
  wall_id: string;
  name: string;
  online: boolean;
  session_id: string | null;
  shown_ms: number | null;
}

/** All that a wall is told; no `session`: nothing is on it. */
export interface WallView {
  name: string;
  session: WallSession | null;
}

export interface WallSession {
  session_id: string;
  boards: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  classification: string;
  started_ms: number;
  chair_name: string;
  main: Shown | null;
  presenter: string | null;
  venues: WallVenue[];
  recording: RecordingNow | null;
}

/** A venue that is there, as its tile says it. */
export interface WallVenue {
  venue: string;
  short_name: string;
  state: VenueState;
  since_ms: number;
  microphone: boolean;
  camera: boolean;
  field: boolean;
  place: string;
}

/** The bookings of this viewer: officers all, a seat its own invitations with its own answer. */
export interface Bookings {
  bookings: Booking[];
}

/** Every office's shifts for officers; for a seat its own. */
export interface Shifts {
  seats: SeatShift[];
}

/** Who is on shift at a seat, and who comes next.
 * 
 * `gaps`: slots of today and tomorrow for which nobody is on the roster. `off_post_ms`: since when no
 * page of the office is there though a shift is at the post (脱岗). */
export interface SeatShift {
  seat_id: string;
  at_post: AtPost | null;
  next: Shift | null;
  gaps: EmptySlot[];
  off_post_ms: number | null;
}

/** The shift that is at the post. `until_ms`: when the roster has it relieved. */
export interface AtPost {
  watch_id: string;
  crew: Crew;
  person: string;
  began_ms: number;
  until_ms: number | null;
}

/** The newest checks first. Only officers get this. */
export interface SpotChecks {
  checks: SpotCheckSummary[];
}

/** One check on the list. `called`: rows whose call is over. `sessions`: the row of each call. */
export interface SpotCheckSummary {
  check_id: string;
  title: string;
  started_ms: number;
  closed_ms: number | null;
  person: string;
  drawn: boolean;
  rows: number;
  called: number;
  answered: number;
  problems: number;
  sessions: Record<string, number>;
}

/** All incidents that are not ended, newest first, for whoever takes part in them. */
export interface Incidents {
  incidents: IncidentSummary[];
}

/** One incident on the desk, as its viewer may know it.
 * 
 * `open` and `overdue` count what the viewer sees of the work that is to be done: reports, instructions,
 * warnings, hazards, tasks, checks, nominations. `silent`: short names of units that have not signed for
 * something they were sent. `next_due`: the earliest deadline of the incident that is not met.
 * `updated_ms` is told to ten seconds, so that lists do not move with every word. */
export interface IncidentSummary {
  incident_id: string;
  number: string;
  title: string;
  category: IncidentCategory;
  level: EventLevel;
  status: Status;
  exercise: boolean;
  place: string;
  opened_ms: number;
  updated_ms: number;
  next_due: Deadline | null;
  next_item_due_ms: number | null;
  open: number;
  overdue: number;
  silent: string[];
}

/** All hooks, for officers and administrators. */
export interface Hooks {
  hooks: HookRow[];
}

/** One hook and how it stands, without anything of what it is told (P7). */
export interface HookRow {
  hook_id: string;
  name: string;
  url: string;
  types: NoticeType[];
  exercises: boolean;
  enabled: boolean;
  waiting: number;
  attempts: number;
  next_ms: number | null;
  failing_ms: number | null;
  failure: string;
  delivered: number;
  delivered_ms: number | null;
  dropped: number;
}

/** All plans that are not withdrawn, by name, for officers and administrators. */
export interface Plans {
  plans: PlanRow[];
}

export interface PlanRow {
  plan_id: string;
  version: number;
  content: PlanContent;
  edited_by: string;
  edited_ms: number;
}

/** Everything that waits for this seat, what is due first at the top; empty when nothing does. */
export interface Inbox {
  rows: InboxRow[];
}

/** Something that is asked of this page's seat and waits: an instruction, a warning, a hazard, a task.
 * 
 * `fields`: of the item, as this seat sees it. `state`: what was sent has been delivered once it stands
 * here. `returned`: why the last answer came back. `since_ms`: of the state of the unit's track. */
export interface InboxRow {
  stream: string;
  session_id: string;
  incident_title: string;
  exercise: boolean;
  item_id: string;
  board_id: string;
  kind: BoardKind;
  fields: Record<string, string>;
  item_state: string;
  giver: string;
  state: Progress;
  since_ms: number;
  sent_ms: number;
  due_ms: number | null;
  urged: number;
  returned: string;
  extension: Extension | null;
}

/** 待办与超期, the most urgent first; 电话叫应名单, the longest waiting first; `left_out`: more. */
export interface Todos {
  rows: TodoRow[];
  phone: PhoneRow[];
  left_out: number;
}

/** One thing that waits. `units`: short names of those it waits for, or who asks, the longest first.
 * 
 * `session_id`: of the session whose own boards they are, else empty. `item_id` is None where the
 * incident itself is meant; `deadline` is named by `TodoKind.DEADLINE` alone. */
export interface TodoRow {
  kind: TodoKind;
  stream: string;
  session_id: string;
  incident_title: string;
  exercise: boolean;
  since_ms: number;
  text: string;
  item_id: string | null;
  board_id: string | null;
  board: BoardKind | null;
  units: string[];
  due_ms: number | null;
  deadline: ClockName | null;
}

/** 超期 · 将到期 · 报送时限 · 待签收 · 申请延期 · 待采用 · 待审核提名 · 待办结复核 · 单位上报待核实 */
export type TodoKind = "overdue" | "soon" | "deadline" | "unsigned" | "extension" | "adoption" | "nomination" | "review" | "draft";

/** 电话叫应: a unit that was silent for too long on one item; its numbers stand in the organisation. */
export interface PhoneRow {
  stream: string;
  session_id: string;
  incident_title: string;
  exercise: boolean;
  item_id: string;
  board_id: string;
  board: BoardKind;
  text: string;
  colour: string;
  seat: string;
  name: string;
  state: Progress;
  sent_ms: number;
  escalated_ms: number;
  urged: number;
  phoned: Phoned[];
}

/** Papers, newest first: all for officers, what is issued for reviewers, for a seat what it was sent. */
export interface Papers {
  papers: PaperSummary[];
}

/** One paper on the list. `since_ms`: since when it is in its state.
 * 
 * `pushed` and `read` count seats, for officers; `read_ms` is when this page's seat read it.
 * `about`: the stream of its incident, or of the session of minutes. */
export interface PaperSummary {
  paper_id: string;
  kind: PaperKind;
  title: string;
  number: string;
  edition: number;
  state: PaperState;
  since_ms: number;
  drafted_ms: number;
  drafted_by: string;
  issued_ms: number | null;
  issued_by: string;
  exercise: boolean;
  digest: string;
  algorithm: string;
  replaces: string | null;
  replaced_by: string | null;
  pushed: number;
  read: number;
  read_ms: number | null;
  about: string | null;
}

/** How the recorder is, for officers. `left_s`: how long the room lasts at the present rate; None while
 * nobody knows. `stalled` and `recovered`: the newest since the hub began. */
export interface Recorder {
  room: RoomState;
  since_ms: number;
  free_bytes: number;
  left_s: number | null;
  recovered: RecoveredRow[];
  stalled: StalledRow[];
}

/** 充足 · 将满 · 已满 */
export type RoomState = "ample" | "low" | "full";

/** What a start of the hub has mended: how many files were recovered, and how many could not be. */
export interface RecoveredRow {
  recording_id: string;
  title: string;
  at_ms: number;
  recovered: number;
  failed: number;
}

/** A source that came and was not being written. */
export interface StalledRow {
  recording_id: string;
  title: string;
  venue_name: string;
  source: string;
  at_ms: number;
}

/** Who touches these items now; of items not named nothing has changed, or with `full` nobody does. */
export interface Touching {
  stream: string;
  items: Record<string, Touch[]>;
  full: boolean;
}

/** Somebody has an item open, or writes in it; `since_ms` is when that began. */
export interface Touch {
  item_id: string;
  seat: string;
  seat_name: string;
  person: string;
  editing: boolean;
  since_ms: number;
}

/** Something this page must know that is nobody's answer, such as `auth.expired`. */
export interface Notice {
  problem: Problem;
}

/** A refusal: a stable code (hub/errors.py), its texts, and what helps to go on. */
export interface Problem {
  code: string;
  zh: string;
  en: string;
  detail: Record<string, unknown>;
}

/** POST /api/login */
export interface Login {
  account: string;
  password: string;
}

export interface LoggedIn {
  token: string;
  expires_ms: number;
  account: string;
  actor: Actor;
}

/** POST /api/guest: eight digits, and who one is. */
export interface GuestLogin {
  code: string;
  person: string;
}

/** GET /api/map: what lies under the marks of a board's map.
 * 
 * `tiles`: address of tiles, or empty. `base`: what GET /api/map/base is: geojson, image or empty.
 * `bounds`: of the image, west, south, east, north. */
export interface MapBase {
  tiles: string;
  base: string;
  bounds: number[];
}

/** The code is used; the token opens the page's line to this one session. */
export interface GuestIn {
  token: string;
  expires_ms: number;
  session_id: string;
  venue: string;
  label: string;
}

/** GET /api/about, for the login page; the demo accounts only in demo mode. */
export interface About {
  product: string;
  version: string;
  office: string;
  classification: string;
  demo: boolean;
  may_start_paused: boolean;
  demo_password: string | null;
  demo_accounts: DemoAccount[];
}

export interface DemoAccount {
  account: string;
  person: string;
  role: string;
  seat_name: string | null;
  level: Level | null;
}

/** POST /api/sessions */
export interface NewSession {
  title: string;
  kind: SessionKind;
  venues: string[];
  exercise: boolean;
}

/** GET /api/recordings, newest first; `total` counts those that are not shown as well. */
export interface RecordingList {
  rows: RecordingRow[];
  total: number;
}

/** One recording of GET /api/recordings. `units` came; `speakers`: who spoke longest first.
 * 
 * `incident_id` is empty where the session was held on no incident. */
export interface RecordingRow {
  recording_id: string;
  session_id: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  state: RecordingState;
  started_ms: number;
  stopped_ms: number | null;
  venues: number;
  tracks: number;
  gaps: number;
  held: boolean;
  fate: Fate | null;
  kept: Kept;
  incident_id: string;
  incident_number: string;
  incident_title: string;
  units: string[];
  speakers: Speaker[];
  hits: RecordingHit[];
  hits_total: number;
}

/** How long a recording is kept: for ever where `until_ms` is null and it is over.
 * 
 * Why it is held, and by whom it is to be destroyed, is told to those alone who keep it. */
export interface Kept {
  until_ms: number | null;
  hold: Hold | null;
  destruction: Destruction | null;
}

/** Who spoke in a session: how long in all, and when first. */
export interface Speaker {
  venue: string;
  name: string;
  total_ms: number;
  first_ms: number;
}

/** A second at which the words stand that were looked for.
 * 
 * `what`: item_KIND of a board, marker_KIND, or speech. */
export interface RecordingHit {
  at_ms: number;
  what: string;
  snippet: string;
  item_id: string;
}

/** A line of GET /api/recordings/{id}/log: who did `what` with it; `detail`: of it, or why. */
export interface Look {
  at_ms: number;
  account: string;
  person: string;
  seat_name: string;
  role: Role;
  what: string;
  detail: string;
}

/** GET /api/storage: where sealed recordings are kept, and what is wrong with that (codes of errors).
 * 
 * `waiting_*`: what is not there yet, and plays from the hub meanwhile; `since_ms`: the store fails. */
export interface StorageState {
  store: string;
  encrypted: boolean;
  waiting_files: number;
  waiting_bytes: number;
  since_ms: number | null;
  troubles: string[];
}

/** GET /api/recordings/{recording}/exports, newest first. `forms`: what can be made; `days`: how long
 * a file is kept. */
export interface ExportList {
  rows: ExportRow[];
  forms: ExportForm[];
  days: number;
  rates: ExportRate[];
}

/** One export. `ahead`: exports that are made before it; `share` of it is made, `left_s` to go.
 * 
 * `until_ms`: when its file goes; `href` opens that, with a ticket. */
export interface ExportRow {
  export: Export;
  running: boolean;
  ahead: number;
  share: number;
  left_s: number | null;
  until_ms: number | null;
  href: string;
}

/** How large a film of that size becomes, on the safe side. */
export interface ExportRate {
  height: number;
  fps: number;
  bytes_per_s: number;
}

/** GET /api/recordings/{id}. `hrefs` of tracks carry a ticket, valid until `ticket_ms`.
 * 
 * `boards`: the stream of its boards, of an incident or its own. */
export interface Manifest {
  recording_id: string;
  session_id: string;
  boards: string;
  title: string;
  kind: SessionKind;
  exercise: boolean;
  classification: string;
  chair: string;
  state: RecordingState;
  started_ms: number;
  stopped_ms: number | null;
  ticket_ms: number;
  tracks: ManifestTrack[];
  gaps: ManifestGap[];
  kept: Kept;
}

/** `started_ms`: hub time of the file's first frame; `href` plays it, with Range. */
export interface ManifestTrack {
  track_id: string;
  venue: string;
  venue_name: string;
  source: string;
  kind: string;
  codec: string;
  media_type: string;
  state: string;
  started_ms: number;
  ended_ms: number | null;
  size_bytes: number;
  digest: string;
  algorithm: string;
  href: string;
  thumbnails: Thumbnails | null;
}

/** Small pictures of a track, one every `every_ms` from its start; `count` of them so far.
 * 
 * There are `columns` by `rows` of them on a sheet; `{n}` in `href` is the sheet's number, from 0. */
export interface Thumbnails {
  every_ms: number;
  count: number;
  columns: number;
  rows: number;
  width_px: number;
  height_px: number;
  href: string;
}

export interface ManifestGap {
  from_ms: number;
  to_ms: number | null;
  reason: string;
  track_id: string;
  note: string;
  venue: string;
  source: string;
}

/** GET /api/recordings/{id}/growing?after_ms=: what has been written of a session that goes on.
 * 
 * `after_ms`: the `now_ms` of the answer before, so that only newer cues come; some of them come twice. */
export interface Growing {
  now_ms: number;
  tracks: GrowingTrack[];
}

/** A file that is being written: `size_bytes` of it can be fetched by now.
 * 
 * `cues`: milliseconds from its first frame, and the byte from which on they can be shown. */
export interface GrowingTrack {
  track_id: string;
  size_bytes: number;
  cues: [number, number][];
}

/** GET /api/recordings/{id}/events: the session, its boards and its recording, merged by hub time.
 * 
 * `boards`: as the reader sees them at the start of the recording; the events go on from there. */
export interface History {
  boards: Workspace;
  events: Recorded[];
}

/** POST /api/check/up: how much of the body came in time. */
export interface Received {
  bytes: number;
}

/** GET /api/workspaces/{stream}/timeline, newest first. `before`: where what is older begins. */
export interface Timeline {
  rows: TimelineRow[];
  before: number | null;
}

/** One line of a timeline. `seq` counts in `stream`: the workspace's own, or that of a session held on
 * it or of its recording. `event`: as its viewer is told of it; `type` is its tag. `text`: of the item
 * as it is now, or of the event. `when_ms`: when it was, where that was written by hand; else `at_ms`. */
export interface TimelineRow {
  stream: string;
  seq: number;
  at_ms: number;
  when_ms: number;
  actor: Actor;
  type: string;
  event: DomainEvent;
  board_id: string;
  kind: BoardKind | null;
  item_id: string | null;
  session_id: string | null;
  text: string;
}

/** GET /api/workspaces/{stream}/items/{item}/history, oldest first. */
export interface ItemHistory {
  rows: HistoryRow[];
}

/** One event of an item. `media_ms`: how far into the recording of `session_id` it happened. */
export interface HistoryRow {
  seq: number;
  at_ms: number;
  actor: Actor;
  type: string;
  event: DomainEvent;
  changes: FieldChange[];
  session_id: string | null;
  media_ms: number | null;
}

/** What a field was and what it is since; an empty `before` of an item that was added. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** GET …/attachments/{digest}/link: `href` opens it without a header until `expires_ms`. */
export interface AttachmentLink {
  href: string;
  expires_ms: number;
}

/** GET /api/search. `complete` is false while a hub that has just started is still reading. */
export interface SearchResult {
  rows: SearchRow[];
  complete: boolean;
}

/** Something that was found: an item, or where `item_id` is None the incident itself.
 * 
 * `snippet`: the piece of text around the first word; `state`: of the item, or the incident's status. */
export interface SearchRow {
  stream: string;
  number: string;
  title: string;
  exercise: boolean;
  snippet: string;
  at_ms: number;
  state: string;
  kind: BoardKind | null;
  board_id: string;
  item_id: string | null;
  session_id: string | null;
  voided: boolean;
}

/** POST /api/duty/roster: what the file says, what is wrong with it, and what it leaves empty.
 * 
 * `planned`: shifts that stand on the roster in its time; `committed`: those of the file are among them. */
export interface RosterImported {
  shifts: Shift[];
  bad: BadLine[];
  gaps: EmptySlot[];
  planned: number;
  committed: boolean;
}

/** `line` counts from 1, the head included, as an editor shows it. */
export interface BadLine {
  line: number;
  text: string;
  zh: string;
  en: string;
}

/** GET /api/duty/at: who was at the post of that seat, and who should have been. */
export interface WasOnDuty {
  seat_id: string;
  at_ms: number;
  at_post: AtPost | null;
  planned: Shift | null;
}

/** GET /api/duty/log: the newest of those that fit, oldest first; `all` counts them all. */
export interface DutyEntries {
  seat_id: string;
  entries: DutyEntry[];
  all: number;
}

export interface Requests {
  "ping": { body: Ping; result: Pong };
  "follow": { body: Follow; result: Nothing };
  "unfollow": { body: Unfollow; result: Nothing };
  "session.start": { body: SessionStart; result: Started };
  "session.call": { body: SessionCall; result: Done };
  "session.answer": { body: SessionAnswer; result: Done };
  "session.decline": { body: SessionDecline; result: Done };
  "session.join": { body: SessionJoin; result: Done };
  "session.leave": { body: SessionLeave; result: Done };
  "session.hang_up": { body: SessionHangUp; result: Done };
  "session.devices": { body: SessionDevices; result: Done };
  "session.mute": { body: SessionMute; result: Done };
  "session.mute_all": { body: SessionMuteAll; result: Done };
  "session.present": { body: SessionPresent; result: Done };
  "session.unpresent": { body: SessionUnpresent; result: Done };
  "session.mark": { body: SessionMark; result: Done };
  "session.end": { body: SessionEnd; result: Done };
  "session.escalate": { body: SessionEscalate; result: Done };
  "chair.request": { body: ChairRequest; result: Done };
  "chair.end_request": { body: ChairEndRequest; result: Done };
  "chair.transfer": { body: ChairTransfer; result: Done };
  "chair.release": { body: ChairRelease; result: Done };
  "chair.take": { body: ChairTake; result: Done };
  "floor.mode": { body: FloorMode; result: Done };
  "floor.self_unmute": { body: FloorSelfUnmute; result: Done };
  "floor.open_microphone": { body: FloorOpenMicrophone; result: Done };
  "floor.name": { body: FloorName; result: Done };
  "floor.request": { body: FloorRequest; result: Done };
  "floor.grant": { body: FloorGrant; result: Done };
  "floor.end_request": { body: FloorEndRequest; result: Done };
  "floor.end_turn": { body: FloorEndTurn; result: Done };
  "picture.broadcast": { body: PictureBroadcast; result: Done };
  "picture.stop_broadcast": { body: PictureStopBroadcast; result: Done };
  "picture.carousel": { body: PictureCarousel; result: Done };
  "picture.pause": { body: PicturePause; result: Done };
  "picture.turn": { body: PictureTurn; result: Done };
  "picture.stop_carousel": { body: PictureStopCarousel; result: Done };
  "picture.layout": { body: PictureLayout; result: Done };
  "picture.voice": { body: PictureVoice; result: Done };
  "rollcall.start": { body: RollCallStart; result: Done };
  "rollcall.answer": { body: RollCallAnswer; result: Done };
  "rollcall.tick": { body: RollCallTick; result: Done };
  "rollcall.next": { body: RollCallNext; result: Done };
  "rollcall.again": { body: RollCallAgain; result: Done };
  "rollcall.end": { body: RollCallEnd; result: Done };
  "session.ringing": { body: SessionRinging; result: Done };
  "session.phone": { body: SessionPhone; result: Done };
  "session.lock": { body: SessionLock; result: Done };
  "session.lock_presentation": { body: SessionLockPresentation; result: Done };
  "session.plan_end": { body: SessionPlanEnd; result: Done };
  "session.rename": { body: SessionRename; result: Done };
  "session.remove": { body: SessionRemove; result: Done };
  "organisation.edit_seat": { body: OrganisationEditSeat; result: Done };
  "organisation.set_group": { body: OrganisationSetGroup; result: Done };
  "organisation.remove_group": { body: OrganisationRemoveGroup; result: Done };
  "organisation.set_template": { body: OrganisationSetTemplate; result: Done };
  "organisation.remove_template": { body: OrganisationRemoveTemplate; result: Done };
  "plan.set": { body: PlanSet; result: Done };
  "plan.withdraw": { body: PlanWithdraw; result: Done };
  "hook.put": { body: HookPut; result: HookSecret };
  "hook.remove": { body: HookRemove; result: Done };
  "hook.test": { body: HookTest; result: Done };
  "incident.open": { body: IncidentOpen; result: Opened };
  "incident.edit": { body: IncidentEdit; result: Done };
  "incident.level": { body: IncidentLevel; result: Done };
  "incident.status": { body: IncidentStatus; result: Done };
  "incident.casualties": { body: IncidentCasualties; result: Done };
  "incident.units": { body: IncidentUnits; result: Done };
  "incident.remove_unit": { body: IncidentRemoveUnit; result: Done };
  "incident.board": { body: IncidentBoard; result: Done };
  "incident.note": { body: IncidentNote; result: Done };
  "incident.mark": { body: IncidentMark; result: Done };
  "incident.retract_mark": { body: IncidentRetractMark; result: Done };
  "item.add": { body: ItemAdd; result: Done };
  "item.edit": { body: ItemEdit; result: Done };
  "item.move": { body: ItemMove; result: Done };
  "item.state": { body: ItemChangeState; result: Done };
  "item.void": { body: ItemVoid; result: Done };
  "item.pin": { body: ItemPin; result: Done };
  "item.wall": { body: ItemWall; result: Done };
  "item.share": { body: ItemShare; result: Done };
  "item.assign": { body: ItemAssign; result: Done };
  "item.annotate": { body: ItemAnnotate; result: Done };
  "item.attach": { body: ItemAttach; result: Done };
  "item.touch": { body: ItemTouch; result: Nothing };
  "track.move": { body: TrackMove; result: Done };
  "track.urge": { body: TrackUrge; result: Done };
  "track.phone": { body: TrackPhone; result: Done };
  "track.extend": { body: TrackExtend; result: Done };
  "track.answer_extension": { body: TrackAnswerExtension; result: Done };
  "media.publish": { body: MediaPublish; result: MediaAnswer };
  "media.subscribe": { body: MediaSubscribe; result: MediaAnswer };
  "media.restart": { body: MediaRestart; result: MediaAnswer };
  "media.view": { body: MediaView; result: Nothing };
  "media.close": { body: MediaClose; result: Nothing };
  "media.relays": { body: MediaRelays; result: Relays };
  "guest.invite": { body: GuestInvite; result: GuestCode };
  "guest.withdraw": { body: GuestWithdraw; result: Done };
  "wall.add": { body: WallAdd; result: WallToken };
  "wall.revoke": { body: WallRevoke; result: Done };
  "wall.show": { body: WallShow; result: Done };
  "wall.clear": { body: WallClear; result: Done };
  "spotcheck.start": { body: SpotCheckStart; result: Done };
  "spotcheck.call": { body: SpotCheckCall; result: Called };
  "spotcheck.judge": { body: SpotCheckJudge; result: Done };
  "spotcheck.add_phone": { body: SpotCheckAddPhone; result: Done };
  "spotcheck.phone": { body: SpotCheckPhone; result: Done };
  "spotcheck.close": { body: SpotCheckClose; result: Done };
  "booking.plan": { body: BookingPlan; result: Done };
  "booking.change": { body: BookingChange; result: Done };
  "booking.cancel": { body: BookingCancel; result: Done };
  "booking.reply": { body: BookingReply; result: Done };
  "booking.test": { body: BookingTest; result: Done };
  "booking.start": { body: BookingStart; result: Started };
  "paper.draft": { body: PaperDraft; result: Done };
  "paper.edit": { body: PaperEdit; result: Done };
  "paper.submit": { body: PaperSubmit; result: Done };
  "paper.approve": { body: PaperApprove; result: Done };
  "paper.return": { body: PaperReturn; result: Done };
  "paper.issue": { body: PaperIssue; result: Done };
  "paper.push": { body: PaperPush; result: Done };
  "paper.read": { body: PaperReadWish; result: PaperShown };
  "recording.pause": { body: RecordingReason; result: Done };
  "recording.resume": { body: RecordingWish; result: Done };
  "recording.hold": { body: RecordingReason; result: Done };
  "recording.release": { body: RecordingReason; result: Done };
  "recording.propose_destruction": { body: RecordingReason; result: Done };
  "recording.withdraw_destruction": { body: RecordingWish; result: Done };
  "recording.approve_destruction": { body: RecordingWish; result: Done };
  "recording.mark": { body: RecordingMark; result: Done };
  "recording.change_mark": { body: RecordingMarkChange; result: Done };
  "recording.remove_mark": { body: RecordingMarkOff; result: Done };
  "recording.export": { body: RecordingExport; result: Done };
  "recording.cancel_export": { body: RecordingExportOff; result: Done };
  "duty.write": { body: DutyWrite; result: Done };
  "duty.correct": { body: DutyCorrect; result: Done };
  "duty.void": { body: DutyVoid; result: Done };
  "duty.link": { body: DutyLink; result: Done };
  "duty.sign_in": { body: DutySignIn; result: Done };
  "duty.take": { body: DutyTake; result: Done };
  "duty.collect": { body: DutyCollect; result: Done };
  "duty.note": { body: DutyNote; result: Done };
  "duty.give": { body: DutyGive; result: Done };
  "duty.withdraw": { body: DutyWithdraw; result: Done };
  "duty.sign": { body: DutySign; result: Done };
  "duty.plan": { body: DutyPlan; result: Done };
  "duty.change_crew": { body: DutyChangeCrew; result: Done };
  "duty.swap": { body: DutySwap; result: Done };
  "duty.remove": { body: DutyRemove; result: Done };
  "check.publish": { body: CheckPublish; result: MediaAnswer };
  "check.subscribe": { body: CheckSubscribe; result: MediaAnswer };
}

export interface Pushes {
  "welcome": Welcome;
  "events": Events;
  "snapshot": Snapshot;
  "presence": Presence;
  "rings": Rings;
  "sessions": Sessions;
  "slots": Slots;
  "levels": Levels;
  "media.layers": MediaLayers;
  "media.lines": MediaLines;
  "media.state": MediaState;
  "guest": GuestView;
  "walls": Walls;
  "wall": WallView;
  "bookings": Bookings;
  "shifts": Shifts;
  "spotchecks": SpotChecks;
  "incidents": Incidents;
  "hooks": Hooks;
  "plans": Plans;
  "inbox": Inbox;
  "todos": Todos;
  "papers": Papers;
  "recorder": Recorder;
  "touching": Touching;
  "notice": Notice;
}

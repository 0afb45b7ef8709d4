// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { AtPost, BadLine, DutyEntry, EmptySlot, Shift } from "./duty";
import type { Actor, DomainEvent, Recorded, Role } from "./event";
import type { Level } from "./organisation";
import type { Destruction, Export, ExportForm, Fate, Hold, RecordingState } from "./recording";
import type { SessionKind } from "./session";
import type { BoardKind, Workspace } from "./workspace";

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
 * `waiting_*`: what is not there yet, and plays from the hub meanwhile; `since_ms`: the store fails.
 * `unfinished_*`: files that the disk here does not let be finished; they are kept and tried again. */
export interface StorageState {
  store: string;
  encrypted: boolean;
  waiting_files: number;
  waiting_bytes: number;
  since_ms: number | null;
  troubles: string[];
  unfinished_files: number;
  unfinished_since_ms: number | null;
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
 * `boards`: as the reader sees them at the start of the recording; the events go on from there. With
 * `?after=SESSION,BOARDS,RECORDING`, the numbers of the last events known: what came since, no boards. */
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

// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";
import type { MarkerKind } from "./session";

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

/** How the recording of a session stands, for those who cannot follow it; `since_ms`: so since then. */
export interface RecordingNow {
  state: RecordingState;
  since_ms: number;
  started_ms: number;
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

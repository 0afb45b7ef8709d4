// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";
import type { Reach } from "./workspace";

/** 附件, kept under the digest of its content (SHA-256, hex). `type` is what the hub found it to be. */
export interface Attachment {
  digest: string;
  name: string;
  type: string;
  size_bytes: number;
}

/** 已发送 · 已送达 · 已读 · 已签收 · 办理中 · 已反馈 · 退回补充 · 已确认 */
export type Progress = "sent" | "delivered" | "read" | "signed" | "working" | "replied" | "returned" | "confirmed";

/** A unit that takes part, its names and level frozen. `level`: province, dept, city or county. */
export interface Unit {
  seat: string;
  name: string;
  short_name: string;
  level: string;
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

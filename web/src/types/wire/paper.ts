// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Actor } from "./event";

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

/** What the office does with its papers, each verb once. Part of actions.ts. */
import { get } from "./link/api";
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Done, MarkKind, Paper, PaperKind, SectionText } from "./types/wire";

export interface NewPaper {
  readonly kind: PaperKind;
  readonly from_ms?: number | null;
  readonly to_ms?: number | null;
  /** The stream of the incident that it is about. */
  readonly incident?: string | null;
  /** The stream of the session whose minutes it is. */
  readonly session?: string | null;
  /** The issued paper of which it is a later edition. */
  readonly replaces?: string | null;
}

/** The id of the new paper. */
export async function draftPaper(wish: NewPaper): Promise<string> {
  const paper_id = newId("n");
  const { kind, from_ms = null, to_ms = null, incident = null, session = null, replaces = null } = wish;
  await request("paper.draft", { op: newId("o"), paper_id, kind, from_ms, to_ms, incident, session, replaces });
  return paper_id;
}

export interface PaperChange {
  readonly title?: string | null;
  readonly sections?: readonly SectionText[];
  readonly order?: readonly string[] | null;
}

/** `base_version` is what the writer was looking at. */
export function editPaper(paper_id: string, base_version: number, change: PaperChange): Promise<Done> {
  const { title = null, sections = [], order = null } = change;
  const sent = { title, sections: [...sections], order: order === null ? null : [...order] };
  return request("paper.edit", { op: newId("o"), paper_id, base_version, ...sent });
}

export const submitPaper = (paper_id: string): Promise<Done> => request("paper.submit", { op: newId("o"), paper_id });

export const approvePaper = (paper_id: string): Promise<Done> => request("paper.approve", { op: newId("o"), paper_id });

export const returnPaper = (paper_id: string, reason: string): Promise<Done> =>
  request("paper.return", { op: newId("o"), paper_id, reason });

/** `alone`: who drafted it issues it, and has said so once more. */
export const issuePaper = (paper_id: string, alone: boolean): Promise<Done> =>
  request("paper.issue", { op: newId("o"), paper_id, alone });

export const pushPaper = (paper_id: string, seats: readonly string[]): Promise<Done> =>
  request("paper.push", { op: newId("o"), paper_id, seats: [...seats] });

/** The paper as this page may see it; a seat's first reading is in the log from then on. */
export const readPaper = async (paper_id: string): Promise<Paper> =>
  (await request("paper.read", { op: newId("o"), paper_id })).paper;

export interface PaperCheck {
  readonly ok: boolean;
  readonly algorithm: string;
  readonly kept: string;
  readonly now: string;
}

/** Has the hub take the digest again. */
export const checkPaper = (paper_id: string): Promise<PaperCheck> =>
  get<PaperCheck>(`/api/papers/${encodeURIComponent(paper_id)}/verify`);

/** 漏报, 瞒报 or 谎报 of a unit, on an incident or on the daily duty. */
export const markUnit = (stream: string, seat: string, mark: MarkKind, reason: string): Promise<Done> =>
  request("incident.mark", { op: newId("o"), stream, mark_id: newId("k"), seat, mark, reason });

export const retractMark = (stream: string, mark_id: string, reason: string): Promise<Done> =>
  request("incident.retract_mark", { op: newId("o"), stream, mark_id, reason });

/** 公文, a paper of the office: the same `apply` as hub/domain/paper_rules.py. Pure. */
import type { Actor, Paper, PaperSection, PaperSource, PaperState, PaperStep, PaperSummary, Recorded, Signer } from "../types/wire";
import { streamOf as sessionStream } from "./session";

export function streamOf(paperId: string): string {
  return `paper:${paperId}`;
}

export function initial(): Paper {
  return {
    noun: "paper",
    paper_id: "",
    kind: "duty_report",
    title: "",
    period: null,
    about: null,
    exercise: false,
    classification: "",
    office: "",
    office_name: "",
    sections: [],
    sources: [],
    basis: [],
    state: "draft",
    since_ms: 0,
    reason: "",
    version: 1,
    fields_at: {},
    edited_by: null,
    edited_ms: null,
    drafted_by: null,
    drafted_ms: 0,
    reviewed: null,
    issued: null,
    same_person: false,
    year: null,
    number: null,
    edition: 1,
    replaces: null,
    replaced_by: null,
    algorithm: "",
    digest: "",
    pushed: {},
    steps: [],
  };
}

/** Those of one session, newest first; the hub lists to each page what it may read. */
export function minutesOf(all: readonly PaperSummary[] | null, sessionId: string): PaperSummary[] {
  return (all ?? []).filter(({ kind, about }) => kind === "minutes" && about === sessionStream(sessionId));
}

/** It can still be written on. */
export function isOpen(state: PaperState): boolean {
  return state === "draft" || state === "returned";
}

/** It is issued: nothing in it changes any more. */
export function isFrozen(state: PaperState): boolean {
  return state === "issued" || state === "pushed";
}

export function apply(state: Paper, recorded: Recorded): Paper {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "paper.drafted":
      return drafted(recorded);
    case "paper.edited":
      return edited(state, recorded);
    case "paper.submitted":
      return moved(state, "review", recorded);
    case "paper.approved":
      return { ...state, reviewed: signer(actor, at_ms), steps: [...state.steps, step(recorded)] };
    case "paper.returned":
      return { ...moved(state, "returned", recorded, event.reason), reviewed: null };
    case "paper.issued": {
      const { year, number, edition, same_person, algorithm, digest } = event;
      const issued = signer(actor, at_ms);
      const fixed = { year, number, edition, same_person, algorithm, digest };
      return { ...moved(state, "issued", recorded), ...fixed, issued, reviewed: state.reviewed ?? issued };
    }
    case "paper.pushed": {
      const pushed = { ...state.pushed };
      for (const seat of event.seats) pushed[seat.seat] = seat;
      return { ...moved(state, "pushed", recorded), pushed };
    }
    case "paper.read": {
      const known = state.pushed[event.seat];
      if (known === undefined) return state;
      const read = { ...known, read_ms: at_ms, person: actor.person };
      return { ...state, pushed: { ...state.pushed, [event.seat]: read } };
    }
    case "paper.replaced":
      return { ...state, replaced_by: event.by };
    default:
      return state;
  }
}

function drafted(recorded: Recorded): Paper {
  const { event, at_ms, actor } = recorded;
  if (event.type !== "paper.drafted") return initial();
  const { paper_id, kind, period, classification, replaces, draft } = event;
  return {
    ...initial(),
    ...{ paper_id, kind, period, classification, replaces },
    title: draft.title,
    about: draft.about ?? null,
    exercise: draft.exercise ?? false,
    sections: draft.sections,
    sources: draft.sources,
    basis: draft.basis,
    office: actor.seat ?? "",
    office_name: actor.seat_name ?? "",
    since_ms: at_ms,
    drafted_by: actor,
    drafted_ms: at_ms,
    edition: replaces === null ? 1 : replaces.edition + 1,
    steps: [step(recorded)],
  };
}

function edited(state: Paper, { event, at_ms, actor }: Recorded): Paper {
  if (event.type !== "paper.edited") return state;
  const sections = new Map(state.sections.map((section) => [section.section_id, section]));
  const fields_at = { ...state.fields_at };
  for (const { section_id, title, text, grid } of event.sections ?? []) {
    sections.set(section_id, { section_id, title, text, grid: grid ? (sections.get(section_id)?.grid ?? null) : null });
    fields_at[section_id] = event.version;
  }
  if (event.title != null) fields_at["title"] = event.version;
  if (event.order != null) fields_at["order"] = event.version;
  const order = event.order ?? state.sections.map(({ section_id }) => section_id);
  return {
    ...state,
    title: event.title ?? state.title,
    sections: order.map((id) => sections.get(id)).filter((section) => section !== undefined),
    version: event.version,
    fields_at,
    edited_by: actor,
    edited_ms: at_ms,
  };
}

function moved(state: Paper, to: PaperState, recorded: Recorded, reason = ""): Paper {
  return { ...state, state: to, since_ms: recorded.at_ms, reason, steps: [...state.steps, step(recorded, reason)] };
}

function step({ event, actor, at_ms }: Recorded, reason = ""): PaperStep {
  return { verb: event.type, actor, at_ms, reason };
}

function signer(actor: Actor, at_ms: number): Signer {
  return { person: actor.person, seat_name: actor.seat_name ?? "", at_ms };
}

// --- its text -------------------------------------------------------------------------------------

/** A piece of a line: words, or the sources that ［3-5、9］ names. */
export type Piece = string | readonly number[];

const REFERENCE = /［([\d、-]+)］/;

export function piecesOf(line: string): Piece[] {
  return line.split(/(［[\d、-]+］)/).flatMap((piece): Piece[] => {
    const named = REFERENCE.exec(piece)?.[1];
    if (named === undefined) return piece === "" ? [] : [piece];
    return [named.split("、").flatMap(runOf)];
  });
}

/** At most so many sources from one mark: the text is a person's, and may say 1-999999. */
const RUN_MAX = 5_000;

function runOf(run: string): number[] {
  const [first = NaN, last = first] = run.split("-").map(Number);
  const length = Math.min(last - first + 1, RUN_MAX);
  return length > 0 ? Array.from({ length }, (_, place) => first + place) : [];
}

/** The sources that a section names, in its text and its table, each once. */
export function sourcesOf(section: PaperSection, all: readonly PaperSource[]): PaperSource[] {
  const inText = section.text.split("\n").flatMap(piecesOf).filter((piece) => typeof piece !== "string");
  const inGrid = (section.grid?.rows ?? []).flat().map((cell) => cell.sources);
  const keys = new Set([...inText, ...inGrid].flat());
  return all.filter(({ key }) => keys.has(key));
}

const NUMERALS = "零一二三四五六七八九";

/** 一, 十, 十二, 二十: as the sections of a paper are counted. */
export function numeral(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  const head = tens === 0 ? "" : tens === 1 ? "十" : `${NUMERALS[tens] ?? ""}十`;
  return ones === 0 && tens > 0 ? head : head + (NUMERALS[ones] ?? "");
}

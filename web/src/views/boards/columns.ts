/** Which columns the table of each kind has, in their order, and what one types first on a new line. Pure. */
import type { BoardKind } from "../../types/wire";

/**
 * A field by its name, or one of: `text` (with place, source and marks), `author`, `units` (progress of the
 * tracks), `who` (the units alone), `due`, `state`, `updated`, `missing` (elements of a report still 待核实),
 * `late`, `amount` (quantity with its unit of measure), `contact` (name and phone), `found` (checked or not).
 */
export type ColumnId = string;

const COLUMNS: Record<BoardKind, readonly ColumnId[]> = {
  situation: ["category", "text", "as_of", "credibility", "author", "state", "updated"],
  report: ["type", "text", "missing", "late", "author", "state", "updated"],
  instruction: ["text", "leader", "class", "due", "units", "state", "updated"],
  warning: ["colour", "text", "area", "valid_to", "units", "state", "updated"],
  hazard: ["risk", "text", "who", "person", "due", "state", "updated"],
  task: ["step", "text", "who", "due", "units", "state", "updated"],
  resource: ["type", "text", "amount", "contact", "author", "state", "updated"],
  duty: ["author", "readiness", "leader", "chief", "officers", "phone", "state", "updated"],
  check: ["who", "method", "text", "found", "verdict", "state", "updated"],
  opinion: ["author", "role", "text", "basis", "advice", "state", "updated"],
  keyevent: ["text", "as_of", "author", "state", "updated"],
};

export function columnsOf(kind: BoardKind): readonly ColumnId[] {
  return COLUMNS[kind];
}

/** The one choice that stands before the words of a new line, and by which a board is grouped as 类别. */
const LEAD: Partial<Record<BoardKind, string>> = {
  situation: "category",
  report: "type",
  instruction: "class",
  warning: "colour",
  hazard: "risk",
  resource: "type",
  duty: "readiness",
  check: "method",
  opinion: "role",
};

export function leadOf(kind: BoardKind): string | null {
  return LEAD[kind] ?? null;
}

/** Kinds on which something is to be done by a time, which a new line offers at once. */
const WITH_DUE: readonly BoardKind[] = ["instruction", "hazard", "task"];

export function asksForDue(kind: BoardKind): boolean {
  return WITH_DUE.includes(kind);
}

/** Kinds whose items are claims: how sure they are is said of these alone. An instruction is not 待核实. */
const CLAIMS: readonly BoardKind[] = ["situation", "report", "keyevent"];

export function isClaim(kind: BoardKind): boolean {
  return CLAIMS.includes(kind);
}

/** Fields that the row or the head of the details shows already, so that the list below leaves them out. */
export const SHOWN_APART: readonly string[] = ["text", "lon", "lat", "credibility"];

/** What a relief officer asks of an incident first: what is due, who is silent, how many are hurt. Pure. */
import { KINDS } from "../types/kinds";
import type {
  Board,
  CasualtyEntry,
  Deadline,
  HeaderChanges,
  IncidentCategory,
  Item,
  Status,
  Unit,
  Workspace,
} from "../types/wire";
import { dueOf, isAnswered, isCounted, isOpen, isOverdue, kindOf, silentUnits, type Silent } from "./workspace";

/** Steps of an incident, as hub/domain/workspace_rules.py has them (I5). */
export const STEPS: Record<Status, readonly Status[]> = {
  draft: ["active", "void"],
  active: ["monitoring", "closed"],
  monitoring: ["active", "closed"],
  closed: ["monitoring"],
  void: [],
};

export function needsReason(from: Status, to: Status): boolean {
  return to === "closed" || to === "void" || from === "closed";
}

// --- deadlines --------------------------------------------------------------------------------------

export function deadlinesInOrder(ws: Workspace): Deadline[] {
  return Object.values(ws.deadlines).sort((a, b) => a.due_ms - b.due_ms);
}

/** How late the first report was, whichever way it came; null while none has come or it was in time. */
export function firstReportLate(ws: Workspace): number | null {
  const late = Object.values(ws.deadlines).flatMap(({ name, late_min, met_ms }) =>
    name !== "followup" && met_ms !== null && met_ms === ws.first_reported_ms && late_min !== null ? [late_min] : [],
  );
  return late.length === 0 ? null : Math.max(...late);
}

/** The next time that an open item has to keep, and which item; what is past is overdue and counted elsewhere. */
export function nextItemDue(ws: Workspace, now_ms: number): { readonly due_ms: number; readonly item: Item } | null {
  const dues = Object.values(ws.items).flatMap((item) => {
    const kind = kindOf(ws, item);
    if (!isCounted(kind) || kind === "report" || !isOpen(ws, item)) return [];
    const tracks = Object.values(item.tracks);
    const times = tracks.length === 0 ? [item.due_ms] : tracks.filter((one) => !isAnswered(one)).map((one) => dueOf(item, one));
    return times.flatMap((due_ms) => (due_ms === null || due_ms < now_ms ? [] : [{ due_ms, item }]));
  });
  return dues.sort((a, b) => a.due_ms - b.due_ms)[0] ?? null;
}

// --- boards -----------------------------------------------------------------------------------------

/** In the order of the table of kinds; boards of one kind as they were opened. */
export function boardsInOrder(ws: Workspace): Board[] {
  const order = Object.keys(KINDS);
  return Object.values(ws.boards).sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.opened_ms - b.opened_ms,
  );
}

/** What is still under way when somebody wants to close the incident, by kind of board. */
export interface Loose {
  readonly instructions: number;
  readonly overdueTasks: number;
  readonly others: number;
}

export function looseEnds(ws: Workspace, now_ms: number): Loose {
  const open = Object.values(ws.items).filter((item) => item.voided === null && isOpen(ws, item));
  const instructions = open.filter((item) => kindOf(ws, item) === "instruction").length;
  const overdueTasks = open.filter((item) => kindOf(ws, item) === "task" && isOverdue(ws, item, now_ms)).length;
  const asks = open.filter((item) => KINDS[kindOf(ws, item)].tracked).length;
  return { instructions, overdueTasks, others: asks - instructions - overdueTasks };
}

// --- units ------------------------------------------------------------------------------------------

/** Those that take part, the silent ones first and the longest silent at the top. */
export function unitsInOrder(ws: Workspace): { readonly unit: Unit; readonly silence: Silent | null }[] {
  const silent = silentUnits(ws);
  const quiet = silent.map((silence) => ({ unit: silence.unit, silence }));
  const names = new Set(silent.map(({ unit }) => unit.seat));
  const others = Object.values(ws.units).filter(({ seat }) => !names.has(seat));
  return [...quiet, ...others.map((unit) => ({ unit, silence: null }))];
}

// --- casualties -------------------------------------------------------------------------------------

export const COUNTS = ["dead", "missing", "injured", "trapped"] as const;
export type CountName = (typeof COUNTS)[number];

export interface LatestCount {
  readonly name: CountName;
  readonly n: number;
  readonly of: CasualtyEntry;
}

/** By when it was true, the latest first; of two for one time what was written later. */
export function casualtySeries(ws: Workspace): CasualtyEntry[] {
  return [...ws.casualties].sort((a, b) => b.entry.as_of_ms - a.entry.as_of_ms || b.at_ms - a.at_ms);
}

/** The latest figure of each count; an entry that says nothing of one leaves the earlier figure standing. */
export function casualtiesNow(ws: Workspace): LatestCount[] {
  const series = casualtySeries(ws);
  return COUNTS.flatMap((name) => {
    const of = series.find(({ entry }) => entry[name] !== null);
    return of === undefined ? [] : [{ name, n: of.entry[name] ?? 0, of }];
  });
}

// --- reports ----------------------------------------------------------------------------------------

/** Reports that stand, in the order in which they came. */
export function reportsOf(ws: Workspace): Item[] {
  return Object.values(ws.items)
    .filter((item) => item.voided === null && kindOf(ws, item) === "report" && item.state !== "draft")
    .sort((a, b) => a.created_ms - b.created_ms);
}

const isFirst = (item: Item): boolean => ["", "initial", "phone"].includes(item.fields["type"] ?? "");

/** What a follow-up follows: the first written report, else the first call. */
export function chainHead(ws: Workspace): Item | null {
  const reports = reportsOf(ws).filter((item) => isFirst(item) && item.state !== "merged");
  return reports.find((item) => item.fields["type"] !== "phone") ?? reports[0] ?? null;
}

/** What the reports have said last of each required element, and which one did. */
export function lastSaid(ws: Workspace): Record<string, { readonly text: string; readonly item: Item }> {
  const said: Record<string, { text: string; item: Item }> = {};
  for (const item of reportsOf(ws)) {
    if (item.state === "returned") continue;
    for (const { name, element } of KINDS.report.fields) {
      const text = item.fields[name] ?? "";
      if (element && text !== "") said[name] = { text, item };
    }
  }
  return said;
}

/** The number that the next 续报 will get. */
export function nextFollowup(ws: Workspace): number {
  return Object.values(ws.items).filter(({ number }) => number !== null).length + 1;
}

// --- the header in a form ---------------------------------------------------------------------------

export const CATEGORIES = ["natural", "accident", "health", "security"] as const satisfies readonly IncidentCategory[];

export type HeaderDraft = Workspace["header"];
export type HeaderField = keyof HeaderDraft;

/** Only what is another value now; a time once known is not taken away again. */
export function changesOf(before: HeaderDraft, draft: HeaderDraft): HeaderChanges {
  const now: HeaderDraft = { ...draft, title: draft.title.trim(), place: draft.place.trim(), summary: draft.summary.trim() };
  const names = (Object.keys(now) as HeaderField[]).filter((name) => now[name] !== before[name] && now[name] !== null);
  return Object.fromEntries(names.map((name) => [name, now[name]]));
}

export function emptyHeader(now_ms: number): HeaderDraft {
  return {
    title: "",
    category: "natural",
    place: "",
    lon: null,
    lat: null,
    occurred_ms: now_ms,
    learned_ms: now_ms,
    sensitive: false,
    summary: "",
  };
}

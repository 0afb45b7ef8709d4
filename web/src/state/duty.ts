/** An office's duty: the same `apply` as hub/domain/duty_fold.py, and who is at the post. Pure. */
import type {
  Crew,
  Duty,
  DutyEntry,
  OpenItem,
  PhoneRecord,
  Recorded,
  RosterChange,
  Sheet,
  Shift,
  Watch,
} from "../types/wire";

export const ENTRIES_KEPT = 400;
const WATCHES_KEPT = 15;
const CHANGES_KEPT = 100;
const FLAGS_KEPT = 10;
const ROSTER_KEPT_MS = 62 * 86_400_000;
/** So long before its time a shift may come in; the hub's rule (duty_rules.py) is the same. */
const EARLY_MS = 60 * 60_000;

export function streamOf(seatId: string): string {
  return `duty:${seatId}`;
}

export function initial(): Duty {
  return { noun: "duty", roster: {}, changes: [], watch: null, past: [], entries: [], flagged: [] };
}

export function apply(state: Duty, recorded: Recorded): Duty {
  const next = step(state, recorded);
  const oldest = recorded.at_ms - ROSTER_KEPT_MS;
  const kept = Object.entries(next.roster).filter(([, shift]) => shift.ends_ms >= oldest);
  return {
    ...next,
    roster: kept.length === Object.keys(next.roster).length ? next.roster : Object.fromEntries(kept),
    entries: next.entries.slice(-ENTRIES_KEPT),
    past: next.past.slice(-WATCHES_KEPT),
    changes: next.changes.slice(-CHANGES_KEPT),
    flagged: next.flagged.slice(-FLAGS_KEPT),
  };
}

function step(state: Duty, recorded: Recorded): Duty {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "duty.planned": {
      const kept = Object.entries(state.roster).filter(([key]) => !event.replaced.includes(key));
      const fresh = event.shifts.map((shift) => [shift.shift_id, shift] as const);
      return { ...state, roster: Object.fromEntries([...kept, ...fresh]) };
    }
    case "duty.crew_changed":
      return rosterChanged(state, recorded, event.shift_id, event.crew, event.reason, event.with_id);
    case "duty.shift_removed":
      return rosterChanged(state, recorded, event.shift_id, null, event.reason, null);
    case "duty.noticed": {
      const shift = state.roster[event.shift_id];
      if (shift === undefined) return state;
      return { ...state, roster: { ...state.roster, [event.shift_id]: { ...shift, noticed_ms: at_ms } } };
    }
    case "duty.empty_flagged":
      return { ...state, flagged: [...state.flagged, event.day_ms] };
    case "duty.watch_began": {
      const { watch_id, shift_id, crew, person, how, until_ms, reason } = event;
      const watch: Watch = {
        ...{ watch_id, shift_id, crew, person, account: actor.account, how, began_ms: at_ms, until_ms },
        ...{ ended_ms: null, reason, sheet: null },
      };
      const past = state.watch === null ? state.past : [...state.past, { ...state.watch, ended_ms: at_ms }];
      return { ...state, watch, past };
    }
    case "duty.sheet_collected":
      return sheetChanged(state, at_ms, () => ({ collected_ms: at_ms, items: event.items }));
    case "duty.items_noted": {
      const note = { text: event.text, actor, at_ms };
      return sheetChanged(state, at_ms, ({ notes }) => ({
        notes: { ...notes, ...Object.fromEntries(event.keys.map((key) => [key, note])) },
      }));
    }
    case "duty.given":
      return sheetChanged(state, at_ms, () => ({ given: { person: event.person, actor, at_ms } }));
    case "duty.withdrawn":
      return sheetChanged(state, at_ms, () => ({ given: null }));
    case "duty.signed":
      return sheetChanged(state, at_ms, () => ({
        signed: { person: event.person, actor, at_ms },
        remark: event.remark,
      }));
    default:
      return logged(state, recorded);
  }
}

function logged(state: Duty, { event, at_ms, actor }: Recorded): Duty {
  switch (event.type) {
    case "duty.written": {
      const { entry_id, kind, text, person, call, source } = event;
      const entry: DutyEntry = {
        ...{ entry_id, kind, at_ms: event.at_ms, noted_ms: at_ms, text, person, actor, call },
        ...{ corrections: [], voided: null, source, report: "" },
      };
      return { ...state, entries: [...state.entries, entry] };
    }
    case "duty.corrected": {
      const fresh = { text: event.text, call: event.call, reason: event.reason, actor, at_ms };
      return changed(state, event.entry_id, (entry) => ({ corrections: [...entry.corrections, fresh] }));
    }
    case "duty.voided":
      return changed(state, event.entry_id, () => ({ voided: { actor, at_ms, reason: event.reason } }));
    case "duty.linked":
      return changed(state, event.entry_id, () => ({ report: event.report }));
    default:
      return state;
  }
}

function changed(state: Duty, key: string, change: (entry: DutyEntry) => Partial<DutyEntry>): Duty {
  const entries = state.entries.map((entry) => (entry.entry_id === key ? { ...entry, ...change(entry) } : entry));
  return { ...state, entries };
}

function rosterChanged(
  state: Duty,
  { actor, at_ms }: Recorded,
  key: string,
  after: Crew | null,
  reason: string,
  with_id: string | null,
): Duty {
  const shift = state.roster[key];
  if (shift === undefined) return state;
  const { shift_id, starts_ms, crew: before } = shift;
  const change: RosterChange = { shift_id, starts_ms, before, after, reason, actor, at_ms, with_id };
  const changes = [...state.changes, change];
  if (after === null) {
    const kept = Object.entries(state.roster).filter(([one]) => one !== key);
    return { ...state, changes, roster: Object.fromEntries(kept) };
  }
  const roster = { ...state.roster, [key]: { ...shift, crew: after } };
  const { watch } = state;
  return { ...state, changes, roster, watch: watch?.shift_id === key ? { ...watch, crew: after } : watch };
}

function sheetChanged(state: Duty, at_ms: number, change: (sheet: Sheet) => Partial<Sheet>): Duty {
  if (state.watch === null) return state;
  const none: Sheet = { collected_ms: at_ms, items: [], notes: {}, given: null, signed: null, remark: "" };
  const sheet = state.watch.sheet ?? none;
  return { ...state, watch: { ...state.watch, sheet: { ...sheet, ...change(sheet) } } };
}

// --- what a page asks of it -----------------------------------------------------------------------

/** Those at the post, each once. */
export function atPost(crew: Crew): string[] {
  return [...new Set([crew.chief, ...crew.primary, ...crew.deputies].filter((name) => name !== ""))];
}

export function inOrder(duty: Duty): Shift[] {
  return Object.values(duty.roster).sort((one, two) => one.starts_ms - two.starts_ms);
}

/** The shift of the roster for which somebody would sign now. */
export function comingShift(duty: Duty, now_ms: number): Shift | null {
  const held = duty.watch?.shift_id ?? null;
  const ready = inOrder(duty).filter(
    ({ shift_id, starts_ms, ends_ms }) => shift_id !== held && starts_ms - EARLY_MS <= now_ms && now_ms < ends_ms,
  );
  return ready.at(-1) ?? null;
}

/** Items of the sheet that nobody has said anything about. */
export function missingNotes(sheet: Sheet): OpenItem[] {
  return sheet.items.filter(({ key }) => sheet.notes[key] === undefined);
}

/** What the entry says now: its last correction, else what was written first. */
export function current(entry: DutyEntry): { text: string; call: PhoneRecord | null } {
  return entry.corrections.at(-1) ?? entry;
}

/** Kept by the page for the form of a new incident: a call that becomes its first report (L4). */
export interface ReportDraft {
  /** The entry of the duty log; whoever opens the incident links the two with `linkReport`. */
  readonly entryId: string;
  /** Header of the incident. */
  readonly title: string;
  readonly place: string;
  readonly occurred_ms: number | null;
  readonly learned_ms: number;
  /** Fields of the report item, by their names in KINDS.report. */
  readonly fields: Readonly<Record<string, string>>;
}

const TITLE_MAX = 80;

export function reportDraftOf(entry: DutyEntry): ReportDraft {
  const { text, call } = current(entry);
  const of = (name: keyof Omit<PhoneRecord, "occurred_ms">): string => call?.[name] ?? "";
  const fields: Record<string, string> = {
    type: "initial",
    text,
    channel: "phone",
    place: of("place"),
    source: of("unit"),
    learned: String(entry.at_ms),
    occurred: call?.occurred_ms == null ? "" : String(call.occurred_ms),
    nature: [of("cause"), of("course")].filter((part) => part !== "").join("；"),
    casualties: of("result"),
    scope: of("impact"),
    trend: of("trend"),
    measures: of("measures"),
    caller: [of("unit"), of("name"), of("post")].filter((part) => part !== "").join(" "),
    phone: of("phone"),
    told: of("told"),
  };
  return {
    entryId: entry.entry_id,
    title: text.replace(/\s+/g, " ").slice(0, TITLE_MAX),
    place: of("place"),
    occurred_ms: call?.occurred_ms ?? null,
    learned_ms: entry.at_ms,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")),
  };
}

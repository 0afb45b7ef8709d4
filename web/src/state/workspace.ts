/** 工作区: the boards that belong together: the same `apply` as hub/domain/workspace_fold.py. Pure. */
import { DEFAULT_PROFILE } from "../types/kinds";
import type { Board, BoardKind, Deadline, HeaderChanges, Item, Nature, Recorded, Workspace } from "../types/wire";
import * as items from "./items";

export * from "./items";
export { dueOf, isAnswered, isTrackOverdue, isUnanswered, mayExtend, nextProgress, PROGRESS, rankOf } from "./tracks";

/** A session's own boards keep the name they have always had. */
export function streamOf(workspaceId: string, nature: Nature = "incident"): string {
  return `${nature === "session" ? "board" : "incident"}:${workspaceId}`;
}

/** 日常值班: hazards, checks, duty and instructions that belong to no incident. */
export const DAILY = streamOf("daily", "daily");

export function initial(): Workspace {
  return {
    noun: "workspace",
    workspace_id: "",
    nature: "session",
    number: "",
    header: {
      title: "",
      category: "natural",
      place: "",
      lon: null,
      lat: null,
      occurred_ms: null,
      learned_ms: null,
      sensitive: false,
      summary: "",
    },
    level: "IV",
    response: "",
    status: "active",
    exercise: false,
    office: "",
    office_name: "",
    opened_by: null,
    opened_ms: 0,
    closed_ms: null,
    session_id: "",
    profile: DEFAULT_PROFILE,
    plan: null,
    units: {},
    call: [],
    boards: {},
    items: {},
    casualties: [],
    first_reported_ms: null,
    deadlines: {},
    sessions: [],
    marks: {},
    version: 1,
    fields_at: {},
  };
}

/** The boards in the order they were opened. */
export function boardsOf(ws: Workspace): Board[] {
  return Object.values(ws.boards);
}

/** The first board of a kind. */
export function boardOf(ws: Workspace, kind: BoardKind): Board | undefined {
  return boardsOf(ws).find((board) => board.kind === kind);
}

/** The earliest deadline of an incident that is not met; it may be past. */
export function nextDeadline(ws: Workspace): Deadline | null {
  const open = Object.values(ws.deadlines).filter(({ met_ms }) => met_ms === null);
  return open.sort((a, b) => a.due_ms - b.due_ms)[0] ?? null;
}

/** The fields that are really there, by name. */
export function given(changes: HeaderChanges): HeaderChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null && value !== undefined));
}

/** Many events at once, as `apply` one after the other: the items are copied once, and not with every event. */
export function applyAll(state: Workspace, events: readonly Recorded[]): Workspace {
  if (events.length === 0) return state;
  const put: Put = (ws, item_id, item) => {
    if (item === null) delete ws.items[item_id];
    else ws.items[item_id] = item;
    return ws;
  };
  return events.reduce((ws, recorded) => applyPutting(ws, recorded, put), { ...state, items: { ...state.items } });
}

export function apply(state: Workspace, recorded: Recorded): Workspace {
  return applyPutting(state, recorded, copied);
}

/** How an item gets into its workspace; null takes it away. */
type Put = (state: Workspace, item_id: string, item: Item | null) => Workspace;

const copied: Put = (state, item_id, item) => {
  if (item !== null) return { ...state, items: { ...state.items, [item_id]: item } };
  const { [item_id]: _, ...items } = state.items;
  return { ...state, items };
};

function applyPutting(state: Workspace, recorded: Recorded, put: Put): Workspace {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "workspace.opened": {
      const { type: _, units, deadlines, ...named } = event;
      return {
        ...initial(),
        ...named,
        office: actor.seat ?? "",
        office_name: actor.seat_name ?? "",
        opened_by: actor,
        opened_ms: at_ms,
        units: by("seat", units),
        deadlines: by("name", deadlines),
      };
    }
    case "workspace.edited": {
      const fields_at = { ...state.fields_at };
      const fields = given(event.changes);
      for (const name of Object.keys(fields)) fields_at[name] = event.version;
      const header = { ...state.header, ...fields } as Workspace["header"];
      return { ...state, header, version: event.version, fields_at };
    }
    case "workspace.level_changed":
      return { ...state, level: event.level, response: event.response };
    case "workspace.casualties_recorded":
      return { ...state, casualties: [...state.casualties, { entry: event.entry, actor, at_ms }] };
    case "workspace.units_added":
      return { ...state, units: { ...state.units, ...by("seat", event.units) } };
    case "workspace.unit_removed": {
      const { [event.seat]: _, ...units } = state.units;
      return { ...state, units };
    }
    case "workspace.status_changed": {
      const ends = event.status === "closed" || event.status === "void";
      return { ...state, status: event.status, closed_ms: ends ? at_ms : null };
    }
    case "workspace.deadlines_set":
      return { ...state, deadlines: { ...state.deadlines, ...by("name", event.deadlines) } };
    case "workspace.deadline_met": {
      const known = state.deadlines[event.name];
      if (known === undefined) return state;
      const met = { ...known, met_ms: at_ms, late_min: event.late_min };
      return { ...state, deadlines: { ...state.deadlines, [event.name]: met } };
    }
    case "workspace.first_reported":
      return { ...state, first_reported_ms: at_ms };
    case "workspace.marked": {
      const { type: _, ...named } = event;
      const mark = { ...named, actor, at_ms, retracted: null, retracted_by: null, retracted_ms: null };
      return { ...state, marks: { ...state.marks, [mark.mark_id]: mark } };
    }
    case "workspace.mark_retracted": {
      const known = state.marks[event.mark_id];
      if (known === undefined) return state;
      const back = { ...known, retracted: event.reason, retracted_by: actor, retracted_ms: at_ms };
      return { ...state, marks: { ...state.marks, [event.mark_id]: back } };
    }
    case "workspace.session_linked": {
      const { session_id, title } = event;
      return { ...state, sessions: [...state.sessions, { session_id, title, at_ms }] };
    }
    default:
      return ofBoards(state, recorded, put);
  }
}

function ofBoards(state: Workspace, recorded: Recorded, put: Put): Workspace {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "board.opened": {
      const { board_id, kind, title, session_id } = event;
      // A session's board of an older log is all there is of its workspace.
      const opened =
        state.opened_ms > 0 ? state : { ...state, workspace_id: board_id, session_id, opened_ms: at_ms };
      const board: Board = { board_id, kind, title, opened_ms: at_ms };
      return { ...opened, boards: { ...state.boards, [board_id]: board } };
    }
    case "board.closed":
      return { ...state, closed_ms: at_ms };
    case "item.shown":
      return put(state, event.item.item_id, event.item);
    case "item.hidden":
      return put(state, event.item_id, null);
    case "item.added":
      return put(state, event.item_id, items.added(state, event, actor, at_ms));
    default: {
      const item = "item_id" in event ? state.items[event.item_id] : undefined;
      return item === undefined ? state : put(state, item.item_id, items.apply(item, recorded));
    }
  }
}

function by<K extends string, T extends Record<K, string>>(key: K, rows: readonly T[]): Record<string, T> {
  return Object.fromEntries(rows.map((row) => [row[key], row]));
}

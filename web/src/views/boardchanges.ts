/** When which item of which board changed: what one steps along, and what glows as the playhead passes it. Pure. */
import type { Recorded, Workspace } from "../types/wire";
import { countUntil } from "./reviewlanes";

/** Everything that changed in one moment. */
export interface Change {
  readonly at_ms: number;
  readonly board_id: string;
  readonly items: readonly string[];
  readonly recorded: Recorded;
}

/** Of the boards' own events those that one sees: an order that has arrived on a screen changes no word. */
const UNSEEN: ReadonlySet<string> = new Set(["track.delivered", "item.hidden"]);

/** In order of time; what several events did to one board in the same moment is one change. */
export function changesOf(stream: string, boards: Workspace, events: readonly Recorded[]): Change[] {
  const boardOf = new Map(Object.values(boards.items).map(({ item_id, board_id }) => [item_id, board_id]));
  const changes: Change[] = [];
  for (const recorded of events) {
    if (recorded.stream !== stream) continue;
    const item_id = itemOf(recorded, boardOf);
    const board_id = item_id === null ? undefined : boardOf.get(item_id);
    if (item_id === null || board_id === undefined || UNSEEN.has(recorded.event.type)) continue;
    const last = changes.at(-1);
    if (last !== undefined && last.at_ms === recorded.at_ms && last.board_id === board_id) {
      changes[changes.length - 1] = { ...last, items: [...new Set([...last.items, item_id])] };
    } else changes.push({ at_ms: recorded.at_ms, board_id, items: [item_id], recorded });
  }
  return changes;
}

function itemOf({ event }: Recorded, boardOf: Map<string, string>): string | null {
  if (event.type === "item.added") {
    boardOf.set(event.item_id, event.board_id || ([...boardOf.values()][0] ?? ""));
    return event.item_id;
  }
  if (event.type === "item.shown") {
    const isNew = !boardOf.has(event.item.item_id);
    boardOf.set(event.item.item_id, event.item.board_id);
    return isNew ? event.item.item_id : null;
  }
  return "item_id" in event && typeof event.item_id === "string" ? event.item_id : null;
}

/** The neighbouring change. While it plays one step back means the one before that which has just passed. */
export function stepFrom(changes: readonly Change[], at_ms: number, step: -1 | 1, playing: boolean): Change | null {
  if (step === 1) return changes[countUntil(changes, at_ms)] ?? null;
  const before_ms = playing ? at_ms - 1_000 : at_ms;
  return changes[countUntil(changes, before_ms - 1) - 1] ?? null;
}

/** Further than this is a jump: what lies between has not been passed. */
const PASSED_MS = 3_000;
const NOTHING: ReadonlySet<string> = new Set();

/** What changed as the playhead went from one moment to the next. */
export function passed(changes: readonly Change[], before_ms: number, at_ms: number): ReadonlySet<string> {
  if (at_ms <= before_ms || at_ms - before_ms > PASSED_MS) return NOTHING;
  const from = countUntil(changes, before_ms);
  const to = countUntil(changes, at_ms);
  return from === to ? NOTHING : new Set(changes.slice(from, to).flatMap(({ items }) => items));
}

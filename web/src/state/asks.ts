/** What is asked of units, unit by unit: the table of all answers. Pure. */
import type { Item, UnitTrack, Workspace } from "../types/wire";
import { kindOf } from "./items";
import { dueOf, isAnswered, isTrackOverdue, isUnanswered } from "./tracks";

export interface Ask {
  readonly item: Item;
  readonly track: UnitTrack;
}

/** 落实情况: every instruction with every unit, those without an answer on top, what is overdue first of all. */
export function feedbackOf(ws: Workspace, now_ms: number): Ask[] {
  const all = Object.values(ws.items).flatMap((item) => {
    const stands = item.voided === null && item.state !== "revoked" && kindOf(ws, item) === "instruction";
    return stands ? Object.values(item.tracks).map((track) => ({ item, track })) : [];
  });
  const rank = ({ item, track }: Ask): number => {
    if (isAnswered(track)) return 3;
    if (isTrackOverdue(item, track, now_ms)) return 0;
    return isUnanswered(track) ? 1 : 2;
  };
  return all.sort((a, b) => rank(a) - rank(b) || byTime(a, b));
}

/** The earlier its time the higher; what has none comes last, in the order in which it was given. */
function byTime(a: Ask, b: Ask): number {
  const due = (ask: Ask): number => dueOf(ask.item, ask.track) ?? Number.MAX_SAFE_INTEGER;
  return due(a) - due(b) || a.item.created_ms - b.item.created_ms;
}

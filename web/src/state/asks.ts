/** What is asked of units, unit by unit: what waits for this one, and the table of all answers. Pure. */
import type { Item, UnitTrack, Workspace } from "../types/wire";
import { isOpen, kindOf } from "./items";
import { dueOf, isAnswered, isTrackOverdue, isUnanswered } from "./tracks";

export interface Ask {
  readonly item: Item;
  readonly track: UnitTrack;
}

/** Instructions that wait for `seat`: not signed for first, then by their time. */
export function asksOf(ws: Workspace, seat: string | null): Ask[] {
  const found = Object.values(ws.items).flatMap((item) => {
    const track = item.tracks[seat ?? ""];
    const waits = track !== undefined && !isAnswered(track) && isOpen(ws, item);
    return waits && kindOf(ws, item) === "instruction" ? [{ item, track }] : [];
  });
  return found.sort((a, b) => Number(isUnanswered(b.track)) - Number(isUnanswered(a.track)) || byTime(a, b));
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

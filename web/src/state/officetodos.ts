/** 待办与超期 of the office in one order: calls, sessions, instructions, deadlines, reports, meetings. Pure. */
import type { Booking, TodoKind, TodoRow, Todos } from "../types/wire";
import { waits } from "./booking";
import type { Todo } from "./todos";

export type DeskRow =
  | { readonly of: "phone"; readonly key: string; readonly units: number; readonly since_ms: number }
  | { readonly of: "session"; readonly key: string; readonly todo: Todo }
  | { readonly of: "office"; readonly key: string; readonly row: TodoRow; readonly late: boolean }
  | { readonly of: "booking"; readonly key: string; readonly booking: Booking; readonly late: boolean };

/** So long before its time a meeting is something to do. */
export const BOOKING_MS = 60 * 60_000;
/** A deadline that is so near stands beside what is due soon; the others count down at the end of the list. */
export const SOON_MS = 10 * 60_000;

const PLACES: Record<TodoKind, number> = {
  overdue: 1,
  draft: 2,
  soon: 4,
  unsigned: 5,
  extension: 6,
  adoption: 7,
  nomination: 8,
  review: 9,
  deadline: 10,
};

export function deskRows(
  known: Todos | null,
  ofSessions: readonly Todo[],
  bookings: readonly Booking[],
  now_ms: number,
): DeskRow[] {
  const rows: DeskRow[] = [];
  const phone = known?.phone ?? [];
  const first = phone[0];
  if (first !== undefined) rows.push({ of: "phone", key: "phone", units: phone.length, since_ms: first.escalated_ms });
  for (const todo of ofSessions) rows.push({ of: "session", key: `${todo.session_id} ${todo.kind} ${todo.since_ms}`, todo });
  for (const row of known?.rows ?? []) {
    const late = row.kind === "overdue" || (row.kind === "deadline" && row.due_ms !== null && now_ms > row.due_ms);
    const key = [row.kind, row.stream, row.item_id ?? "", row.deadline ?? "", row.units.join()].join(" ");
    rows.push({ of: "office", key, row, late });
  }
  for (const booking of bookings) {
    const left_ms = booking.starts_ms - now_ms;
    if (waits(booking) && left_ms <= BOOKING_MS && left_ms > -BOOKING_MS) {
      rows.push({ of: "booking", key: `booking ${booking.booking_id}`, booking, late: left_ms < 0 });
    }
  }
  return rows.sort((a, b) => placeOf(a, now_ms) - placeOf(b, now_ms) || timeOf(a) - timeOf(b));
}

function placeOf(row: DeskRow, now_ms: number): number {
  switch (row.of) {
    case "phone":
      return 0;
    case "session":
      return 3;
    case "booking":
      return row.late ? 1 : 4;
    case "office": {
      const { kind, due_ms } = row.row;
      if (kind !== "deadline" || due_ms === null) return PLACES[kind];
      return row.late ? 1 : due_ms - now_ms <= SOON_MS ? 4 : PLACES.deadline;
    }
  }
}

function timeOf(row: DeskRow): number {
  switch (row.of) {
    case "phone":
      return row.since_ms;
    case "session":
      return row.todo.since_ms;
    case "booking":
      return row.booking.starts_ms;
    case "office":
      return row.row.due_ms ?? row.row.since_ms;
  }
}

export function isLate(row: DeskRow): row is DeskRow & { readonly of: "office" | "booking" } {
  return (row.of === "office" || row.of === "booking") && row.late;
}

/** 超期: what stands beside the count of the list, in a word and a figure. */
export function lateCount(rows: readonly DeskRow[]): number {
  return rows.filter(isLate).length;
}

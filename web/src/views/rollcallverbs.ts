/** What the chair does with the venue that is asked; the note waits here until it is ticked. */
import { signal } from "@preact/signals";

import { nextInRollCall, tickRollCall } from "../actions";
import { runningRollCall } from "../state/rollcall";
import type { RollResult, Session } from "../types/wire";
import { attempt } from "../ui/toast";

/** One line about the venue that is asked now. */
export const note = signal("");

export function tickCurrent(session: Session, result: RollResult): void {
  const running = runningRollCall(session);
  if (running === null || running.asked === null) return;
  const { roll, asked } = running;
  const tick = { rollcall_id: roll.rollcall_id, venue: asked, result, note: note.peek().trim() };
  void attempt(() => tickRollCall(session.session_id, tick));
}

export function goOn(session: Session): void {
  const asked = runningRollCall(session)?.asked ?? null;
  if (asked !== null) void attempt(() => nextInRollCall(session.session_id, asked));
}

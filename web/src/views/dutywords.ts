/** Words about the duty of an office. Pure. */
import type { DomainEvent } from "../types/wire";

type DutyEventType = Extract<DomainEvent["type"], `duty.${string}`>;

/** In the feed of a session or an incident nothing is said of them: a duty log is its own page. */
export const DUTY_PLAIN: Record<DutyEventType, "said.other"> = {
  "duty.planned": "said.other",
  "duty.crew_changed": "said.other",
  "duty.shift_removed": "said.other",
  "duty.watch_began": "said.other",
  "duty.sheet_collected": "said.other",
  "duty.items_noted": "said.other",
  "duty.given": "said.other",
  "duty.withdrawn": "said.other",
  "duty.signed": "said.other",
  "duty.written": "said.other",
  "duty.corrected": "said.other",
  "duty.voided": "said.other",
  "duty.linked": "said.other",
  "duty.noticed": "said.other",
  "duty.empty_flagged": "said.other",
};

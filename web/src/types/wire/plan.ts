// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { SpeakMode } from "./session";
import type { BoardKind, EventLevel, IncidentCategory } from "./workspace";

/** Write a plan (`plan_id` made by the page, `base_version` 0), or all of one anew.
 * 
 * Refused with `plan.moved_on` when somebody else has edited it since. */
export interface PlanSet {
  op: string;
  plan_id: string;
  base_version: number;
  content: PlanContent;
}

/** `seats` and `groups` take part and are called; `session_title` and `mode` are of that call. */
export interface PlanContent {
  name: string;
  category: IncidentCategory;
  level: EventLevel;
  note: string;
  boards: BoardKind[];
  tasks: PlanTask[];
  seats: string[];
  groups: string[];
  session_title: string;
  mode: SpeakMode;
}

/** One step, of seats and groups, or of a role where nobody is named; due minutes after the opening. */
export interface PlanTask {
  text: string;
  role: string;
  seats: string[];
  groups: string[];
  minutes: number | null;
}

/** It opens no more incidents; those that it has opened stay as they are. */
export interface PlanWithdraw {
  op: string;
  plan_id: string;
  reason: string;
}

/** All plans that are not withdrawn, by name, for officers and administrators. */
export interface Plans {
  plans: PlanRow[];
}

export interface PlanRow {
  plan_id: string;
  version: number;
  content: PlanContent;
  edited_by: string;
  edited_ms: number;
}

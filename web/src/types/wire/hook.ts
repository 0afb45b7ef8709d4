// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

/** Make a hook (`hook_id` made by the page), or put all of it anew. */
export interface HookPut {
  op: string;
  hook_id: string;
  name: string;
  url: string;
  types: NoticeType[];
  exercises?: boolean;
  enabled?: boolean;
}

/** What an outside system may be told of. */
export type NoticeType = "incident.opened" | "incident.level_changed" | "incident.status_changed" | "report.submitted" | "instruction.issued" | "warning.issued" | "unit.silent" | "keyevent.published" | "test";

/** With it the receiver checks signatures: `whsec_` and base64, as Standard Webhooks has it. */
export interface HookSecret {
  hook_id: string;
  secret: string;
}

export interface HookRemove {
  op: string;
  hook_id: string;
}

/** Send it a notice of type `test` now. */
export interface HookTest {
  op: string;
  hook_id: string;
}

/** All hooks, for officers and administrators. */
export interface Hooks {
  hooks: HookRow[];
}

/** One hook and how it stands, without anything of what it is told (P7). */
export interface HookRow {
  hook_id: string;
  name: string;
  url: string;
  types: NoticeType[];
  exercises: boolean;
  enabled: boolean;
  waiting: number;
  attempts: number;
  next_ms: number | null;
  failing_ms: number | null;
  failure: string;
  delivered: number;
  delivered_ms: number | null;
  dropped: number;
}

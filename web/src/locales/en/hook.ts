/** English texts: systems outside that are told of what happens. */
import type { hook as zh } from "../zh-CN/hook";
import type { Text } from "../text";

export const hook: Readonly<Record<keyof typeof zh, Text>> = {
  "hook.title": "Webhooks",
  "hook.how":
    "When incidents, reports or instructions come, outside systems are told by a signed HTTP request. What fails is tried again and never holds up the hub. Proposed handlings are never sent.",
  "hook.add": "Add a webhook",
  "hook.name": "Name",
  "hook.url": "Address",
  "hook.url_hint": "An address on the intranet that begins with http:// or https://, without name or password.",
  "hook.state": "State",
  "hook.delivered": "Delivered",
  "hook.waiting": "Waiting",
  "hook.test": "Send a test",
  "hook.tested": "A test was sent to {name}",
  "hook.remove_confirm": "Remove {name}: {n} waiting notices are not sent",
  "hook.off": "Off",
  "hook.failing": "Failing",
  "hook.failure": "{why}",
  "hook.failure_next": "{why}; tried {n} times, goes on by itself",
  "hook.unused": "Nothing sent yet",
  "hook.good": "In order",
  "hook.last": "last delivery",
  "hook.types": "What it is told of",
  "hook.type.incident.opened": "Incident opened",
  "hook.type.incident.level_changed": "Level or response changed",
  "hook.type.incident.status_changed": "Status changed",
  "hook.type.report.submitted": "Report submitted",
  "hook.type.instruction.issued": "Instruction issued",
  "hook.type.warning.issued": "Warning issued",
  "hook.type.unit.silent": "Unit silent, to be called by telephone",
  "hook.type.keyevent.published": "Key event published",
  "hook.exercises": "Exercises too (marked as such)",
  "hook.enabled": "Enabled",
  "hook.secret": "Signing secret",
  "hook.secret_copy": "Copy the secret",
  "hook.secret_copied": "The secret is copied",
  "hook.secret_what":
    "Give it to the receiver's administrator, who checks with it that a notice comes from this hub (Standard Webhooks). It is shown again whenever the webhook is saved.",
};

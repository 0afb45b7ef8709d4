/** Events of the chair's desk as sentences: a part of eventwords.ts. Pure. */
import type { Key } from "../ui/i18n";
import type { DomainEvent } from "../types/wire";

type SaidKey = Extract<Key, `said.${string}`>;
type Noun = "chair" | "floor" | "broadcast" | "carousel" | "picture" | "rollcall" | "call";
type Extra = "session.locked" | "session.end_planned" | "presentation.locked" | "venue.alerted" | "venue.renamed" | "venue.removed";
export type ControlType = Extract<DomainEvent["type"], `${Noun}.${string}` | Extra>;
export type ControlEvent = Extract<DomainEvent, { type: ControlType }>;

/** The sentence where nothing in the event changes it. */
export const CONTROL_PLAIN: Record<ControlType, SaidKey> = {
  "chair.requested": "said.chair_requested",
  "chair.request_ended": "said.chair_request_denied",
  "chair.passed": "said.chair_transferred",
  "floor.mode": "said.floor_free",
  "floor.self_unmute": "said.floor_self_unmute_on",
  "floor.mute_on_entry": "said.floor_mute_on_entry_on",
  "floor.requested": "said.floor_requested",
  "floor.request_ended": "said.floor_denied",
  "floor.given": "said.floor_named",
  "floor.ended": "said.floor_ended",
  "broadcast.started": "said.broadcast_started",
  "broadcast.stopped": "said.broadcast_stopped",
  "carousel.started": "said.carousel_started",
  "carousel.paused": "said.carousel_paused",
  "carousel.turned": "said.carousel_turned",
  "carousel.stopped": "said.carousel_stopped",
  "picture.layout": "said.layout_set",
  "picture.voice": "said.voice_on",
  "rollcall.started": "said.rollcall_started",
  "rollcall.asked": "said.rollcall_asked",
  "rollcall.ticked": "said.rollcall_answered",
  "rollcall.appended": "said.rollcall_appended",
  "rollcall.ended": "said.rollcall_ended",
  "call.escalated": "said.call_escalated",
  "call.phoned": "said.call_reached",
  "session.locked": "said.session_locked",
  "session.end_planned": "said.end_planned",
  "presentation.locked": "said.presentation_locked",
  "venue.alerted": "said.venue_alerted",
  "venue.renamed": "said.venue_renamed",
  "venue.removed": "said.venue_removed",
};

export function isControl(event: DomainEvent): event is ControlEvent {
  return event.type in CONTROL_PLAIN;
}

/** What of the event stands in the sentence besides who and which venue, and which sentence it is. */
export function controlWords(event: ControlEvent): { key: SaidKey; words: Record<string, string> } {
  const plain = (words: Record<string, string> = {}): { key: SaidKey; words: Record<string, string> } => ({
    key: CONTROL_PLAIN[event.type],
    words,
  });
  const other = (key: SaidKey, words: Record<string, string> = {}) => ({ key, words });
  switch (event.type) {
    case "chair.request_ended":
      return other(REQUEST_ENDED[event.reason] ?? "said.chair_request_withdrawn");
    case "chair.passed":
      return other(CHAIR_PASSED[event.reason] ?? "said.chair_transferred");
    case "floor.mode":
      return other(`said.floor_${event.mode}`);
    case "floor.self_unmute":
      return other(event.allowed ? "said.floor_self_unmute_on" : "said.floor_self_unmute_off");
    case "floor.mute_on_entry":
      return other(event.on ? "said.floor_mute_on_entry_on" : "said.floor_mute_on_entry_off");
    case "floor.request_ended":
      return other(FLOOR_REQUEST_ENDED[event.reason] ?? "said.floor_withdrawn");
    case "floor.given":
      return other(`said.floor_${event.kind}`);
    case "broadcast.started":
    case "broadcast.stopped":
      if (event.venue !== null) return plain();
      return other(event.type === "broadcast.started" ? "said.multi_started" : "said.multi_stopped");
    case "carousel.started":
      return plain({ n: String(event.venues.length), s: String(event.interval_s) });
    case "carousel.paused":
      return other(event.paused ? "said.carousel_paused" : "said.carousel_resumed");
    case "picture.layout":
      return event.layout === null ? other("said.layout_free") : plain({ n: String(event.layout) });
    case "picture.voice":
      return other(event.on ? "said.voice_on" : "said.voice_off");
    case "rollcall.started":
      return plain({ n: String(event.venues.length) });
    case "rollcall.ticked":
      return other(`said.rollcall_${event.result}`, { after: ((event.after_ms ?? 0) / 1000).toFixed(1) });
    case "call.escalated":
      // A venue is told that it happened, not whom one has called.
      return event.contact.name === "" ? other("said.call_escalated_bare") : plain({ contact: event.contact.name });
    case "call.phoned":
      if (event.name === "") return other("said.call_phoned_bare");
      return other(event.reached ? "said.call_reached" : "said.call_not_reached", { contact: event.name });
    case "session.locked":
      return other(event.locked ? "said.session_locked" : "said.session_unlocked");
    case "presentation.locked":
      return other(event.locked ? "said.presentation_locked" : "said.presentation_unlocked");
    case "session.end_planned":
      return event.ends_ms === null ? other("said.end_open") : plain();
    case "venue.renamed":
      return plain({ name: event.short_name });
    case "venue.alerted":
      return plain({ after: (event.after_ms / 1000).toFixed(1) });
    default:
      return plain();
  }
}

const REQUEST_ENDED: Record<string, SaidKey> = {
  denied: "said.chair_request_denied",
  granted: "said.chair_request_granted",
};

const CHAIR_PASSED: Record<string, SaidKey> = {
  released: "said.chair_released",
  taken: "said.chair_taken",
  left: "said.chair_left",
  lost: "said.chair_lost",
};

const FLOOR_REQUEST_ENDED: Record<string, SaidKey> = {
  denied: "said.floor_denied",
  granted: "said.floor_request_granted",
  silent: "said.floor_request_silent",
  chair: "said.floor_request_chair",
  left: "said.floor_request_left",
};

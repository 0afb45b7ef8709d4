/** An event of the log as a sentence: which text of the locale, and what stands in it. Pure. */
import type { Key } from "../ui/i18n";
import type { DomainEvent, Recorded } from "../types/wire";
import { CONTROL_PLAIN, controlWords, isControl } from "./controlwords";
import { DUTY_PLAIN } from "./dutywords";
import { isOfWorkspace, WORKSPACE_PLAIN, workspaceWords } from "./workspacewords";

export type SaidKey = Extract<Key, `said.${string}`>;

export interface Sentence {
  readonly key: SaidKey;
  readonly words: Readonly<Record<string, string>>;
}

const PLAIN: Record<DomainEvent["type"], SaidKey> = {
  ...CONTROL_PLAIN,
  ...WORKSPACE_PLAIN,
  ...DUTY_PLAIN,
  "seat.added": "said.other",
  "seat.edited": "said.other",
  "group.set": "said.other",
  "group.removed": "said.other",
  "template.set": "said.other",
  "template.removed": "said.other",
  "account.added": "said.other",
  "account.disabled": "said.other",
  "session.started": "said.session_started",
  "session.ended": "said.session_ended",
  "venue.added": "said.venue_added",
  "venue.called": "said.venue_called",
  "venue.answered": "said.venue_answered",
  "venue.declined": "said.venue_declined",
  "venue.missed": "said.venue_missed",
  "venue.joined": "said.venue_joined",
  "venue.dropped": "said.venue_dropped",
  "venue.returned": "said.venue_returned",
  "venue.left": "said.venue_left",
  "venue.devices": "said.devices_both_on",
  "venue.spoke": "said.venue_spoke",
  "venue.muted": "said.venue_muted",
  "venue.unmuted": "said.venue_unmuted",
  "presentation.started": "said.presentation_started",
  "presentation.stopped": "said.presentation_stopped",
  "source.started": "said.source_started",
  "source.ended": "said.source_ended",
  "marker.set": "said.marker_key",
  "guest.invited": "said.guest_invited",
  "guest.withdrawn": "said.guest_withdrawn",
  "guest.admitted": "said.guest_admitted",
  "wall.added": "said.other",
  "wall.revoked": "said.other",
  "wall.shown": "said.other",
  "wall.cleared": "said.other",
  "recording.started": "said.recording_started",
  "recording.interrupted": "said.recording_interrupted",
  "recording.paused": "said.recording_paused",
  "recording.resumed": "said.recording_resumed",
  "recording.stopped": "said.recording_stopped",
  "recording.ready": "said.recording_ready",
  "paper.drafted": "said.other",
  "paper.edited": "said.other",
  "paper.submitted": "said.other",
  "paper.approved": "said.other",
  "paper.returned": "said.other",
  "paper.issued": "said.other",
  "paper.pushed": "said.other",
  "paper.read": "said.other",
  "paper.replaced": "said.other",
  "recording.viewed": "said.recording_viewed",
  "keeping.held": "said.keeping_held",
  "keeping.released": "said.keeping_released",
  "destruction.proposed": "said.destruction_proposed",
  "destruction.withdrawn": "said.destruction_withdrawn",
  "destruction.approved": "said.destruction_approved",
  "destruction.done": "said.destruction_done",
  "destruction.stuck": "said.destruction_stuck",
  "export.requested": "said.other",
  "export.finished": "said.other",
  "export.failed": "said.other",
  "export.cancelled": "said.other",
  "export.removed": "said.other",
  "track.stored": "said.other",
  "keeping.viewed": "said.other",
  "keeping.denied": "said.other",
  "mark.set": "said.other",
  "mark.changed": "said.other",
  "mark.removed": "said.other",
  "track.opened": "said.track_opened",
  "track.sealed": "said.track_sealed",
  "track.recovered": "said.track_recovered",
  "track.failed": "said.track_failed",
  "gap.opened": "said.gap_camera",
  "gap.closed": "said.gap_closed",
  "booking.planned": "said.other",
  "booking.changed": "said.other",
  "booking.cancelled": "said.other",
  "booking.replied": "said.other",
  "booking.line_tested": "said.other",
  "booking.reminded": "said.other",
  "booking.started": "said.other",
  "spotcheck.started": "said.other",
  "spotcheck.called": "said.other",
  "spotcheck.answered": "said.other",
  "spotcheck.missed": "said.other",
  "spotcheck.withdrawn": "said.other",
  "spotcheck.judged": "said.other",
  "spotcheck.phone_added": "said.other",
  "spotcheck.closed": "said.other",
};

/** `nameOf` gives a venue's short name, `reasonOf` the words of a failure's code. */
export function sentenceOf(
  recorded: Recorded,
  nameOf: (venue: string) => string,
  reasonOf: (code: string) => string,
): Sentence {
  const { event, actor } = recorded;
  const who = actor.seat === null ? actor.person : nameOf(actor.seat);
  const say = (words: Record<string, string> = {}, key = PLAIN[event.type]): Sentence => ({
    key,
    words: { who, ...words },
  });
  if (isControl(event)) {
    const { key, words } = controlWords(event);
    const venue = "venue" in event ? event.venue : null;
    return say(venue === null ? words : { venue: nameOf(venue), ...words }, key);
  }
  if (isOfWorkspace(event)) {
    const { key, words } = workspaceWords(event, nameOf);
    return say(words, key);
  }
  switch (event.type) {
    case "session.started":
      return say({ title: event.title });
    case "session.ended":
      return event.reason === "" ? say() : say({ reason: event.reason }, "said.session_ended_because");
    case "venue.answered":
      return say({ venue: nameOf(event.venue), after: (event.after_ms / 1000).toFixed(1) });
    case "venue.left":
      return say({ venue: nameOf(event.venue) }, leftKey(event.reason));
    case "venue.devices":
      return say({ venue: nameOf(event.venue) }, devicesKey(event.microphone, event.camera));
    case "source.started":
      return say({ venue: nameOf(event.source.venue) });
    case "marker.set":
      return say({ label: event.label }, `said.marker_${event.kind}`);
    case "guest.invited":
      return say({ venue: event.label, place: event.place });
    case "recording.paused":
    case "keeping.held":
    case "keeping.released":
    case "destruction.proposed":
      return say({ reason: event.reason });
    case "gap.opened":
      return say({ venue: nameOf(event.venue), reason: reasonOf(event.reason) }, gapKey(event.source));
    case "track.failed":
    case "recording.interrupted":
      return say({ reason: reasonOf(event.reason) });
    default:
      return "venue" in event ? say({ venue: nameOf(event.venue) }) : say();
  }
}

function leftKey(reason: string): SaidKey {
  if (reason === "hung_up") return "said.venue_hung_up";
  return reason === "lost" ? "said.venue_lost" : "said.venue_left";
}

function devicesKey(microphone: boolean, camera: boolean): SaidKey {
  if (microphone && camera) return "said.devices_both_on";
  if (microphone) return "said.devices_camera_off";
  return camera ? "said.devices_microphone_off" : "said.devices_both_off";
}

function gapKey(source: string): SaidKey {
  if (source === "microphone") return "said.gap_microphone";
  return source === "content" ? "said.gap_content" : "said.gap_camera";
}

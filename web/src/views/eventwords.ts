/** An event of the log as a sentence: which text of the locale, and what stands in it. Pure. */

import type { Recorded } from "../types/wire";

export interface Sentence {
  /** Under ``said.`` in the review locale. */
  key: string;
  words: Record<string, string>;
}

/** ``nameOf`` gives a venue's short name; a person is named by the office that spoke. */
export function sentenceOf(recorded: Recorded, nameOf: (venue: string) => string): Sentence {
  const { event, actor } = recorded;
  const who = actor.seat === null ? actor.person : nameOf(actor.seat);
  const say = (key: string, words: Record<string, string> = {}): Sentence => ({ key, words: { who, ...words } });
  switch (event.type) {
    case "session.started":
      return say("session_started", { title: event.title });
    case "session.ended":
      return event.reason === "" ? say("session_ended") : say("session_ended_because", { reason: event.reason });
    case "venue.answered":
      return say("venue_answered", { venue: nameOf(event.venue), after: (event.after_ms / 1000).toFixed(1) });
    case "venue.left":
      return say(leftKey(event.reason), { venue: nameOf(event.venue) });
    case "venue.devices":
      return say(devicesKey(event.microphone, event.camera), { venue: nameOf(event.venue) });
    case "venue.added":
    case "venue.called":
    case "venue.declined":
    case "venue.missed":
    case "venue.joined":
    case "venue.dropped":
    case "venue.returned":
    case "venue.spoke":
      return say(event.type.replace(".", "_"), { venue: nameOf(event.venue) });
    case "source.started":
      return say("source_started", { venue: nameOf(event.source.venue) });
    case "source.ended":
      return say("source_ended", { venue: nameOf(event.venue) });
    case "marker.set":
      return say(`marker_${event.kind}`, { label: event.label });
    case "item.added":
      return say("item_added", { text: event.text });
    case "item.edited":
      return event.changes.text == null ? say("item_changed") : say("item_edited", { text: event.changes.text });
    case "item.voided":
      return say("item_voided", { reason: event.reason });
    case "track.failed":
    case "recording.interrupted":
      return say(event.type.replace(".", "_"), { code: event.reason });
    default:
      return say(event.type.replace(".", "_"));
  }
}

function leftKey(reason: string): string {
  return reason === "hung_up" ? "venue_hung_up" : reason === "lost" ? "venue_lost" : "venue_left";
}

function devicesKey(microphone: boolean, camera: boolean): string {
  if (microphone && camera) return "devices_both_on";
  if (microphone) return "devices_camera_off";
  return camera ? "devices_microphone_off" : "devices_both_off";
}

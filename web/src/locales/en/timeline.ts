/** English texts of the timeline of a recording, of the events beside it and of the steps between changes of the boards. */
import type { timeline as zh } from "../zh-CN/timeline";
import type { Text } from "../text";

export const timeline: Readonly<Record<keyof typeof zh, Text>> = {
  "timeline.zoom": "Zoom of the timeline",
  "timeline.zoom_in": "Zoom in",
  "timeline.zoom_out": "Zoom out",
  "timeline.zoom_all": "Show all of it",
  "timeline.unfold": "Show every unit and every lane",
  "timeline.fold": "Fold",
  "timeline.lane_key": "Key points",
  "timeline.recorded_here": "Recorded {time}, {length}",
  "timeline.ring_here": "Calling {venue} {time}, {length}",
  "timeline.speaks_here": "{venues} speaking",
  "timeline.more_here": { one: "{n} more", other: "{n} more" },
  "timeline.flag_decision": "D",
  "timeline.flag_instruction": "I",
  "timeline.flag_todo": "T",
  "timeline.flag_key": "K",
  "timeline.events_found": { one: "{n} event", other: "{n} events" },
  "timeline.events_unit": "By unit",
  "timeline.events_all_units": "All units",
  "timeline.events_of": "{name} ({count})",
  "timeline.events_back": "Back to now",
  "timeline.changes": "Changes of the boards",
  "timeline.change_before": "Previous change",
  "timeline.change_after": "Next change",
  "timeline.changes_of_one": "This board only",
  "timeline.change_hidden": "(the item is void or filtered out, and not in the list)",
};

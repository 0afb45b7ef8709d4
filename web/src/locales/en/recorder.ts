/** English texts: what everybody is told of the recording while it runs, the pause, and the desk's alarms. */
import type { recorder as zh } from "../zh-CN/recorder";
import type { Text } from "../text";

export const recorder: Record<keyof typeof zh, Text> = {
  "recorder.on": "Recording",
  "recorder.paused_by": "Recording paused",
  "recorder.who": "{person} ({seat})",
  "recorder.gaps": { one: "{n} gap", other: "{n} gaps" },
  "recorder.gap_line": "{from}–{to} {whose}: {reason}",
  "recorder.gap_now": "now",
  "recorder.gap_all": "all venues",
  "recorder.missing": { one: "{n} source not recorded", other: "{n} sources not recorded" },
  "recorder.unrecorded": "Start without recording",
  "recorder.unrecorded_why": "Why it is not recorded (required, seen by all)",
  "recorder.pause": "Pause recording",
  "recorder.resume": "Resume recording",
  "recorder.pause_title": "Pause the recording?",
  "recorder.pause_effect":
    "Every venue sees that the recording is paused, by whom and why. Nothing is kept meanwhile; the consultation goes on.",
  "recorder.pause_reason": "Reason",
  "recorder.pause_hint": "It is written into the log and must be given.",
  "recorder.is_paused": "Recording is paused (since {time})",
  "recorder.paused_because": "Paused by {who}: {reason}",
  "recorder.paused_help": "Nothing is kept meanwhile; the consultation goes on.",
  "recorder.paused_ask": "Ask the duty office to resume it.",

  "recorder.room_low": "Room for recordings is running out: about {left} left at the present rate ({size} free).",
  "recorder.room_low_help": "Recording goes on for now. Ask the administrator to make room or add storage.",
  "recorder.room_full": "There is no room for recordings: recording has stopped (since {time}).",
  "recorder.room_full_help":
    "Consultations go on and what was recorded is whole. Call the administrator now to make room; recording then resumes by itself.",
  "recorder.left_hours": { one: "{n} hour", other: "{n} hours" },
  "recorder.left_minutes": { one: "{n} minute", other: "{n} minutes" },
  "recorder.stalled": "{time} The {source} of {venue} in “{title}” was not being written and has been begun anew.",
  "recorder.stalled_help":
    "What was written before is kept and the gap is noted. If it happens again, ask the administrator to check the storage.",
  "recorder.recovered": {
    one: "After the restart “{title}” was recovered: {n} file whole.",
    other: "After the restart “{title}” was recovered: {n} files whole.",
  },
  "recorder.recovered_lost": {
    one: "After the restart “{title}” was recovered: {n} file whole, {lost} cannot be read (kept as it is).",
    other: "After the restart “{title}” was recovered: {n} files whole, {lost} cannot be read (kept as they are).",
  },
  "recorder.recovered_more": { one: "{n} more recording was recovered.", other: "{n} more recordings were recovered." },
  "recorder.open_recordings": "Show recordings",
  "recorder.seen": "Got it",
  "recorder.source_camera": "picture",
  "recorder.source_microphone": "sound",
  "recorder.source_content": "shared content",
};

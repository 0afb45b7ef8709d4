/** English texts: an instruction recorded live, what its units see of it, and the table of answers. */
import type { Text } from "../text";
import type { instructing as zh } from "../zh-CN/instructing";

export const instructing: Readonly<Record<keyof typeof zh, Text>> = {
  "instructing.verb": "Record instruction",
  "instructing.leader": "Leader",
  "instructing.leader_hint": "Leader (optional)",
  "instructing.text": "Instruction",
  "instructing.text_hint": "One sentence; Enter sends it",
  "instructing.send": { one: "Send to {n} unit", other: "Send to {n} units" },
  "instructing.sent": {
    one: "Sent to {n} unit; its receipt is beside, under Instructions.",
    other: "Sent to {n} units; their receipts are beside, under Instructions.",
  },
  "instructing.due": "Answer within",
  "instructing.minutes": "{n} min",
  "instructing.minutes_label": "Minutes until the answer",
  "instructing.minutes_after": "min to answer",
  "instructing.groups": "Units by group",
  "instructing.present": "Venues present",
  "instructing.called": "All venues",
  "instructing.choose": "Choose units",
  "instructing.choose_title": "Units to instruct",
  "instructing.chosen": "Chosen units",
  "instructing.chosen_n": { one: "Done ({n} unit)", other: "Done ({n} units)" },
  "instructing.leave_out": "Leave out {name}",
  "instructing.nobody": "No unit chosen yet",

  "tracks.overdue_word": "Overdue · {state}",
  "tracks.left": "Answer by {time}, {left} left",
  "tracks.over": "{late} overdue (by {time})",
  "tracks.media": "Recording {time}",

  "feedback.title": "What was done",
  "feedback.none": "No instruction has been sent to a unit yet",
  "feedback.counts": "{all} in all, {waiting} not answered (those first)",
  "feedback.unit": "Unit",
  "feedback.state": "State",
  "feedback.due": "Due",
  "feedback.instruction": "Instruction",
  "feedback.answer": "Answer",
  "feedback.no_due": "No time limit",
  "feedback.late": "{n} min late",
  "feedback.urged": { one: "urged {n} time", other: "urged {n} times" },
  "feedback.not_yet": "Not answered",
  "feedback.returned": "Returned: {reason}",
};

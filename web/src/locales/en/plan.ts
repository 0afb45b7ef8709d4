/** English texts: plans by which incidents are opened. */
import type { plan as zh } from "../zh-CN/plan";
import type { Text } from "../text";

export const plan: Readonly<Record<keyof typeof zh, Text>> = {
  "plan.title": "Plans",
  "plan.how":
    "An incident opened by a plan has its boards, tasks and call list at once; later edits of the plan change nothing in it.",
  "plan.add": "Add a plan",
  "plan.copy": "Copy",
  "plan.copy_of": "{name} (copy)",
  "plan.name": "Name of the plan",
  "plan.level": "Level",
  "plan.boards": "Boards",
  "plan.tasks": "Tasks",
  "plan.task": "Task",
  "plan.role": "Role",
  "plan.units": "Units",
  "plan.minutes": "Due in minutes",
  "plan.add_task": "Add a step",
  "plan.remove_task": "Remove step {n}",
  "plan.task_n": "Step {n}",
  "plan.choose_units": "Choose units of step {n}",
  "plan.nobody": "nobody named",
  "plan.call": "Take part and are called",
  "plan.session_title": "Title of the consultation",
  "plan.version": "version {n}",
  "plan.edited": "Last edit",
  "plan.withdraw": "Withdraw",
  "plan.withdraw_name": "Withdraw the plan “{name}”",
  "plan.withdraw_why": "Why",
  "plan.withdrawn": "The plan “{name}” is withdrawn",
  "plan.use": "By plan",
  "plan.none": "without a plan",
  "plan.use_hint": "{boards} boards, {tasks} tasks; the plan brings the units that take part and are called.",
};

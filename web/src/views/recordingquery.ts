/** What is looked for in the list of recordings, as it stands in the page's address and in the request. Pure. */
import type { SessionKind } from "../types/wire";
import { timeInField } from "../ui/i18n";

export interface RecordingQuery {
  readonly q: string;
  /** Days, as a date field holds them; both are within. */
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly speaker: string;
  readonly incident: string;
  readonly kind: SessionKind | "";
  readonly held: boolean;
  readonly gaps: boolean;
  readonly exercise: "" | "0" | "1";
  readonly destroyed: "" | "0" | "1";
}

export const NOTHING: RecordingQuery = {
  q: "",
  from: "",
  to: "",
  unit: "",
  speaker: "",
  incident: "",
  kind: "",
  held: false,
  gaps: false,
  exercise: "",
  destroyed: "",
};

const KINDS = ["consultation", "joint_meeting", "dispatch_call", "spot_check", "drill"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Anything that the address says and nobody understands is left out. */
export function queryIn(search: string): RecordingQuery {
  const params = new URLSearchParams(search);
  const text = (name: string): string => params.get(name) ?? "";
  const day = (name: string): string => (DAY.test(text(name)) ? text(name) : "");
  const either = (name: string): "" | "0" | "1" => {
    const value = text(name);
    return value === "0" || value === "1" ? value : "";
  };
  return {
    q: text("q"),
    from: day("from"),
    to: day("to"),
    unit: text("unit"),
    speaker: text("speaker"),
    incident: text("incident"),
    kind: KINDS.find((kind) => kind === text("kind")) ?? "",
    held: text("held") === "1",
    gaps: text("gaps") === "1",
    exercise: either("exercise"),
    destroyed: either("destroyed"),
  };
}

/** Without the question mark; empty when nothing is looked for. */
export function addressOf(query: RecordingQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === true) params.set(name, "1");
    else if (typeof value === "string" && value.trim() !== "") params.set(name, value.trim());
  }
  return params.toString();
}

/** The same for the hub, which counts in milliseconds: from midnight to the midnight after. */
export function requestOf(query: RecordingQuery): string {
  const params = new URLSearchParams(addressOf(query));
  const from_ms = query.from === "" ? null : timeInField(`${query.from}T00:00`);
  const to_ms = query.to === "" ? null : timeInField(`${query.to}T00:00`);
  if (from_ms !== null) params.set("from", String(from_ms));
  if (to_ms !== null) params.set("to", String(nextDay(to_ms)));
  return params.toString();
}

function nextDay(midnight_ms: number): number {
  const day = new Date(midnight_ms);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

export function isNothing(query: RecordingQuery): boolean {
  return addressOf(query) === "";
}

/** The sign of an event on the timeline: a shape first, a colour second. Pure. */
import type { DomainEvent } from "../../types/wire";

export type Shape = "disc" | "ring" | "warn" | "dash" | "square" | "diamond" | "flag" | "stroke";
export type Tone = "plain" | "good" | "warn" | "board" | "order" | "mark";

export interface Sign {
  readonly shape: Shape;
  readonly tone: Tone;
}

const SIGNS: Partial<Record<DomainEvent["type"], Sign>> = {
  "venue.called": { shape: "ring", tone: "plain" },
  "venue.answered": { shape: "disc", tone: "good" },
  "venue.joined": { shape: "disc", tone: "good" },
  "venue.returned": { shape: "disc", tone: "good" },
  "venue.dropped": { shape: "warn", tone: "warn" },
  "venue.missed": { shape: "warn", tone: "warn" },
  "venue.declined": { shape: "warn", tone: "warn" },
  "recording.interrupted": { shape: "warn", tone: "warn" },
  "recording.paused": { shape: "warn", tone: "warn" },
  "recording.resumed": { shape: "disc", tone: "good" },
  "gap.opened": { shape: "warn", tone: "warn" },
  "gap.closed": { shape: "disc", tone: "good" },
  "track.failed": { shape: "warn", tone: "warn" },
  "venue.left": { shape: "dash", tone: "plain" },
  "rollcall.asked": { shape: "stroke", tone: "plain" },
};

/** `isOrder`: the event wrote an instruction down. */
export function signOf(event: DomainEvent, lane: string, isOrder: boolean): Sign {
  if (isOrder) return { shape: "diamond", tone: "order" };
  const known = SIGNS[event.type];
  if (known !== undefined) return known;
  if (lane === "marker" || lane === "key") return { shape: "flag", tone: "mark" };
  if (lane === "board") return { shape: "square", tone: "board" };
  return lane === "control" ? { shape: "diamond", tone: "plain" } : { shape: "disc", tone: "plain" };
}

/** Several as one: trouble among them stays to be seen. */
export function toneOf(signs: readonly Sign[]): Tone {
  if (signs.some(({ tone }) => tone === "warn")) return "warn";
  const first = signs[0]?.tone ?? "plain";
  return signs.every(({ tone }) => tone === first) ? first : "plain";
}

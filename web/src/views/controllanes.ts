/** 会控 on the timeline: roll calls, turns, broadcasts and carousels as stretches. Pure. */
import { clamp, type Span } from "../media/playhead";
import type { DomainEvent, Recorded } from "../types/wire";
import { inRows, type Stretch } from "./stretches";

export type ControlKind = "rollcall" | "turn" | "broadcast" | "carousel";

/** `label` is the venue's short name; both are empty where it is about no single one. */
export interface ControlStretch extends Stretch {
  kind: ControlKind;
  venue: string;
}

/** What opens or closes a stretch is seen there and needs no dot of its own. */
const SPANS = ["rollcall.", "floor.given", "floor.ended", "broadcast.", "carousel."] as const;

export function isSpan(type: DomainEvent["type"]): boolean {
  return type !== "rollcall.asked" && SPANS.some((prefix) => type.startsWith(prefix));
}

export function controlOf(events: readonly Recorded[], span: Span, nameOf: (venue: string) => string): ControlStretch[] {
  const done: ControlStretch[] = [];
  const open = new Map<ControlKind, ControlStretch>();
  const close = (kind: ControlKind, at_ms: number): void => {
    const stretch = open.get(kind);
    if (stretch === undefined) return;
    open.delete(kind);
    done.push({ ...stretch, to_ms: clamp(at_ms, span) });
  };
  const begin = (kind: ControlKind, at_ms: number, venue: string | null = null): void => {
    close(kind, at_ms);
    const from_ms = clamp(at_ms, span);
    const label = venue === null ? "" : nameOf(venue);
    open.set(kind, { kind, from_ms, to_ms: span.to_ms, label, row: 0, venue: venue ?? "" });
  };
  for (const { event, at_ms } of events) {
    switch (event.type) {
      case "rollcall.started":
        begin("rollcall", at_ms);
        break;
      case "rollcall.appended": // 补点 after the end: it goes on
        if (!open.has("rollcall")) begin("rollcall", at_ms);
        break;
      case "rollcall.ended":
        close("rollcall", at_ms);
        break;
      case "floor.given":
        begin("turn", at_ms, event.venue);
        break;
      case "floor.ended":
        close("turn", at_ms);
        break;
      case "broadcast.started":
        begin("broadcast", at_ms, event.venue);
        break;
      case "broadcast.stopped":
        close("broadcast", at_ms);
        break;
      case "carousel.started":
        begin("carousel", at_ms);
        break;
      case "carousel.stopped":
        close("carousel", at_ms);
        break;
      case "session.ended":
        for (const kind of [...open.keys()]) close(kind, at_ms);
        break;
      default:
        break;
    }
  }
  return inRows([...done, ...open.values()]);
}

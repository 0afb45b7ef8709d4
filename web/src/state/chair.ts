/** 主席: the same `apply` as hub/domain/chair_rules.py, and who steers. Pure. */
import type { Actor, Recorded, Session } from "../types/wire";

export function apply(state: Session, { event, at_ms }: Recorded): Session | null {
  switch (event.type) {
    case "chair.requested":
      return { ...state, chair_requests: { ...state.chair_requests, [event.venue]: at_ms } };
    case "chair.request_ended": {
      const { [event.venue]: _, ...chair_requests } = state.chair_requests;
      return { ...state, chair_requests };
    }
    case "chair.passed":
      return { ...state, chair: event.venue, chair_since_ms: at_ms };
    default:
      return null;
  }
}

/** The venue that steers the session now. */
export function isChair(session: Session, actor: Actor | null | undefined): boolean {
  return actor?.seat === session.chair && (actor.role === "officer" || actor.role === "seat");
}

/** An officer of the duty office that has started the session, or of its backup. */
export function isOffice(session: Session, actor: Actor | null | undefined): boolean {
  return actor?.role === "officer" && [session.office, ...session.heirs].includes(actor.seat ?? "");
}

/** C4: who has the chair when `going` has it no more: the duty office if it is there, then its backups. */
export function heirOf(session: Session, going: string): string {
  const seats = [session.office, ...session.heirs];
  return seats.find((seat) => seat !== going && session.venues[seat]?.state === "joined") ?? session.office;
}

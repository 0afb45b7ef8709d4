/** Whose picture is the large one: the same rules as hub/domain/picture_rules.py. Pure. */
import type { Picture, Recorded, Session } from "../types/wire";
import { isPresent } from "./call";
import { runningRollCall } from "./rollcall";

/** Why a picture is the large one, in the order of precedence. */
export type Why = "broadcast" | "named" | "carousel" | "choice" | "voice" | "chair";

/** `venue` null: the multi-picture. A `forced` one cannot be changed by who looks at it. */
export interface MainPicture {
  readonly venue: string | null;
  readonly why: Why;
  readonly forced: boolean;
}

/** V1: broadcast > named > broadcast carousel > own choice > voice; null when there is nothing to show. */
export function mainPicture(
  session: Session,
  viewer: string | null,
  choice: string | null = null,
  speaker: string | null = null,
): MainPicture | null {
  const shows = (venue: string | null): venue is string => venue !== null && venue !== viewer && isThere(session, venue);
  const { broadcast, carousel, voice } = session.picture;
  if (broadcast !== null && (broadcast.venue === null || shows(broadcast.venue))) {
    return { venue: broadcast.venue, why: "broadcast", forced: true };
  }
  const named = namedVenue(session);
  if (shows(named)) return { venue: named, why: "named", forced: true };
  if (carousel !== null && shows(carousel.shown)) {
    const isMine = carousel.kind === "chair" && viewer === session.chair;
    if (isMine || carousel.kind === "broadcast") return { venue: carousel.shown, why: "carousel", forced: true };
  }
  if (shows(choice)) return { venue: choice, why: "choice", forced: false };
  if (voice && shows(speaker)) return { venue: speaker, why: "voice", forced: false };
  return shows(session.chair) ? { venue: session.chair, why: "chair", forced: false } : null;
}

/** Whom the chair has called upon: in a roll call, or by name, or from the queue. */
export function namedVenue(session: Session): string | null {
  return runningRollCall(session)?.asked ?? session.floor.turn?.venue ?? null;
}

function isThere(session: Session, key: string): boolean {
  const venue = session.venues[key];
  return venue !== undefined && isPresent(venue.state);
}

export function apply(state: Session, recorded: Recorded): Session | null {
  const picture = applied(state.picture, recorded);
  return picture === null ? null : { ...state, picture };
}

function applied(picture: Picture, { event, at_ms }: Recorded): Picture | null {
  const { carousel } = picture;
  switch (event.type) {
    case "broadcast.started":
      return { ...picture, broadcast: { venue: event.venue, since_ms: at_ms } };
    case "broadcast.stopped":
      return { ...picture, broadcast: null };
    case "carousel.started": {
      const { type: _, ...named } = event;
      return { ...picture, carousel: { ...named, since_ms: at_ms, paused: false } };
    }
    case "carousel.paused":
      return { ...picture, carousel: carousel && { ...carousel, paused: event.paused, since_ms: at_ms } };
    case "carousel.turned":
      return { ...picture, carousel: carousel && { ...carousel, shown: event.shown, since_ms: at_ms } };
    case "carousel.stopped":
      return { ...picture, carousel: null };
    case "picture.layout":
      return { ...picture, layout: event.layout };
    case "picture.voice":
      return { ...picture, voice: event.on };
    default:
      return null;
  }
}

/** The dark stage: all venues that are there, equal or with one large, each always in its place. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import type { Room } from "../media/room";
import type { Picture } from "../media/slots";
import { isPresent } from "../state/call";
import "../styles/stage.css";
import type { Session, Venue } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { gridBoxes, mainBoxes } from "./stagegrid";
import { useSize } from "./stagesize";
import { Tile } from "./tile";

export type Layout = "grid" | "main";

const KEPT = "huishang.layout";
const GAP = 8;

export const layout = signal<Layout>(kept());
/** 选看: whom this page wants large, until it is taken back. */
export const chosen = signal<string | null>(null);

export function switchLayout(): void {
  layout.value = layout.value === "grid" ? "main" : "grid";
  try {
    localStorage.setItem(KEPT, layout.value);
  } catch {
    // without storage the layout lasts as long as the page
  }
}

export function Stage({ session, room }: { session: Session; room: Room }): JSX.Element {
  const { ref, width, height } = useSize();
  const venues = Object.values(session.venues).filter((venue) => isPresent(venue.state));
  const pictures = room.subscriber.pictures.value;
  const own = room.own.value;
  const large = largeOf(venues, session.chair, room);
  const mainAt = layout.value === "main" ? venues.findIndex((venue) => venue.venue === large?.venue) : -1;
  const boxes =
    mainAt >= 0 ? mainBoxes(venues.length, mainAt, { width, height }, GAP) : gridBoxes(venues.length, { width, height }, GAP);
  const total = Math.max(0, ...boxes.map((box) => box.top + box.height));
  return (
    <section class="stage" aria-label={t("consultation.stage")} tabIndex={0} ref={ref}>
      <div class="stage-tiles" style={{ height: `${Math.max(total, 1)}px` }}>
        {venues.map((venue, n) => (
          <Tile
            key={venue.venue}
            venue={venue}
            room={room}
            own={venue.venue === room.ownVenue}
            picture={venue.venue === room.ownVenue ? ownPicture(own.picture) : (pictures.get(venue.venue) ?? null)}
            main={n === mainAt}
            box={boxes[n] ?? NOWHERE}
            why={n === mainAt && venues.length > 1 ? (large?.why ?? null) : null}
            chosen={chosen.value === venue.venue && layout.value === "main"}
            onChoose={() => choose(venue.venue)}
          />
        ))}
      </div>
      {venues.length <= 1 && <Alone session={session} />}
    </section>
  );
}

const NOWHERE = { left: 0, top: 0, width: 0, height: 0 };

function choose(venue: string): void {
  const isTakenBack = chosen.value === venue && layout.value === "main";
  chosen.value = isTakenBack ? null : venue;
  if (!isTakenBack && layout.value === "grid") switchLayout();
}

/** 自己选看 before 声控; when nobody has spoken yet, the chair, or whoever else is there. */
function largeOf(venues: readonly Venue[], chair: string, room: Room): { venue: string; why: string | null } | null {
  const isThere = (key: string | null): key is string => venues.some((venue) => venue.venue === key);
  const speaker = room.levels.speaker.value;
  if (isThere(chosen.value)) return { venue: chosen.value, why: t("consultation.why_chosen") };
  if (isThere(speaker)) return { venue: speaker, why: t("consultation.why_voice") };
  if (isThere(chair) && chair !== room.ownVenue) return { venue: chair, why: t("consultation.why_chair") };
  const other = venues.find((venue) => venue.venue !== room.ownVenue) ?? venues[0];
  return other === undefined ? null : { venue: other.venue, why: null };
}

function ownPicture(track: MediaStreamTrack | null): Picture<MediaStreamTrack> | null {
  return track === null ? null : { key: track.id, track };
}

/** Nobody else yet: whom we wait for, each with its seconds. */
function Alone({ session }: { session: Session }): JSX.Element {
  const ringing = Object.values(session.venues).filter((venue) => venue.state === "ringing");
  return (
    <div class="stage-alone">
      <p role="status">
        {ringing.length === 0
          ? t("consultation.waiting")
          : t("consultation.waiting_calling", { n: ringing.length })}
      </p>
      <ul>
        {ringing.slice(0, 12).map((venue) => (
          <li key={venue.venue}>
            {venue.short_name} <Elapsed since_ms={venue.since_ms} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function kept(): Layout {
  try {
    return localStorage.getItem(KEPT) === "main" ? "main" : "grid";
  } catch {
    return "grid";
  }
}

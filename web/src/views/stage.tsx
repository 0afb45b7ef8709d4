/** The dark stage: all venues that are there, page by page, with one large or shared content, each in its place. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import type { Room } from "../media/room";
import type { Look, Picture } from "../media/slots";
import { isPresent } from "../state/call";
import "../styles/stage.css";
import type { Session, Venue } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { Coming, SharedContent } from "./stagecontent";
import { Pager } from "./stagepager";
import { type Places, placesOf } from "./stagepages";
import { useSize } from "./stagesize";
import { KeptPlace, Tile } from "./tile";

export type Layout = "grid" | "main";

const KEPT = "huishang.layout";
const GAP = 8;

export const layout = signal<Layout>(kept());
/** 选看: whom this page wants large, until it is taken back. */
export const chosen = signal<string | null>(null);
/** Turning the pages: the first tile on the one that is shown. */
const from = signal(0);

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
  const venues = present(session);
  const content = room.subscriber.content.value;
  const large = largeOf(venues, session.chair, room);
  const scene = {
    tiles: venues.length,
    large: venues.findIndex((venue) => venue.venue === large?.venue),
    layout: layout.value,
    content: content !== null,
    from: from.value,
  };
  const places = placesOf(scene, { width, height }, GAP);
  useLooks(room, venues, places, scene.large);
  return (
    <section class="stage" aria-label={t("consultation.stage")} tabIndex={0} ref={ref}>
      <div class="stage-tiles">
        {content !== null && places.content !== null ? (
          <SharedContent
            session={session}
            picture={content}
            box={places.content}
            lost_ms={room.lost.value.get(content.venue) ?? null}
          />
        ) : (
          <Coming session={session} own={room.ownVenue} />
        )}
        {places.kept !== null && (
          <KeptPlace venue={venues[scene.large]} box={places.kept} large={content === null} />
        )}
        <Tiles session={session} room={room} venues={venues} places={places} large={large} />
        {places.pages > 1 && (
          <Pager places={places} venues={venues} speaker={room.levels.speaker.value} onTurn={(tile) => (from.value = tile)} />
        )}
      </div>
      {venues.length <= 1 && <Alone session={session} />}
    </section>
  );
}

interface Large {
  readonly venue: string;
  /** Why this picture is the large one. */
  readonly why: string | null;
}

interface TilesProps {
  readonly session: Session;
  readonly room: Room;
  readonly venues: readonly Venue[];
  readonly places: Places;
  readonly large: Large | null;
}

function Tiles({ session, room, venues, places, large }: TilesProps): JSX.Element {
  const pictures = room.subscriber.pictures.value;
  const lost = room.lost.value;
  const standsOut = places.content !== null || layout.value === "main";
  return (
    <>
      {venues.map((venue, n) => {
        const box = places.boxes[n];
        if (box === null || box === undefined) return null;
        const own = venue.venue === room.ownVenue;
        // Beside content the speaker is small as well.
        const main = places.content === null && standsOut && venues.length > 1 && venue.venue === large?.venue;
        return (
          <Tile
            key={venue.venue}
            venue={venue}
            room={room}
            own={own}
            picture={own ? ownPicture(venue.venue, room.own.value.picture) : (pictures.get(venue.venue) ?? null)}
            lost_ms={own ? null : (lost.get(venue.venue) ?? null)}
            presents={session.presenter === venue.venue}
            main={main}
            box={box}
            why={main ? (large?.why ?? null) : null}
            chosen={chosen.value === venue.venue && standsOut}
            onChoose={() => choose(venue.venue, standsOut)}
          />
        );
      })}
    </>
  );
}

/** In order of arrival: who comes stands at the end, who comes back where it was, and nobody is moved aside. */
function present(session: Session): Venue[] {
  const since = ({ attendance }: Venue): number => attendance[0]?.from_ms ?? Number.MAX_SAFE_INTEGER;
  const venues = Object.values(session.venues).filter((venue) => isPresent(venue.state));
  return venues.sort((a, b) => since(a) - since(b));
}

/** Tells the room what is on the screen, in device pixels: nothing else is sent down the line. */
function useLooks(room: Room, venues: readonly Venue[], places: Places, large: number): void {
  useEffect(() => {
    const looks: Look[] = [];
    venues.forEach(({ venue }, n) => {
      const box = places.boxes[n];
      if (box === null || box === undefined || venue === room.ownVenue) return;
      const look = { venue, width: pixels(box.width) };
      if (n === large) looks.unshift(look);
      else looks.push(look);
    });
    room.subscriber.look(looks, pixels(places.content?.width ?? 0));
  });
  useEffect(() => () => room.subscriber.look([], 0), [room]);
}

/** In steps, so that a scroll bar that comes and goes is no news. */
function pixels(width: number): number {
  return Math.ceil((width * devicePixelRatio) / 16) * 16;
}

function choose(venue: string, standsOut: boolean): void {
  const isTakenBack = chosen.value === venue && standsOut;
  chosen.value = isTakenBack ? null : venue;
  if (!isTakenBack && !standsOut) switchLayout();
}

/** 自己选看 before 声控; when nobody has spoken yet, the chair, or whoever else is there. */
function largeOf(venues: readonly Venue[], chair: string, room: Room): Large | null {
  const isThere = (key: string | null): key is string => venues.some((venue) => venue.venue === key);
  const speaker = room.levels.speaker.value;
  if (isThere(chosen.value)) return { venue: chosen.value, why: t("consultation.why_chosen") };
  if (isThere(speaker)) return { venue: speaker, why: t("consultation.why_voice") };
  if (isThere(chair) && chair !== room.ownVenue) return { venue: chair, why: t("consultation.why_chair") };
  const other = venues.find((venue) => venue.venue !== room.ownVenue) ?? venues[0];
  return other === undefined ? null : { venue: other.venue, why: null };
}

function ownPicture(venue: string, track: MediaStreamTrack | null): Picture<MediaStreamTrack> | null {
  return track === null ? null : { key: track.id, venue, track, starved: false, undecodable: null };
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

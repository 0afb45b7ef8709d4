/** The dark stage: all venues that are there, page by page, with one large or shared content, each in its place. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import type { Room } from "../media/room";
import type { Look, Picture } from "../media/slots";
import "../styles/stage.css";
import type { Session, Venue } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { toast } from "../ui/toast";
import { ReasonText, whyNot } from "./picturewords";
import { Coming, SharedContent } from "./stagecontent";
import { Pager } from "./stagepager";
import { type Places, placesOf } from "./stagepages";
import { type Layout, type Plan, planOf } from "./stageplan";
import { useSize } from "./stagesize";
import { KeptPlace, Tile } from "./tile";

const KEPT = "huishang.layout";
const GAP = 8;
const PHONE = 600;

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

/** What this page has to show of the session, by the rules and by its own habits. */
export function planHere(session: Session, room: Room): Plan {
  return planOf(session, {
    viewer: room.ownVenue,
    choice: chosen.value,
    speaker: room.levels.speaker.value,
    layout: layout.value,
  });
}

export function Stage({ session, room }: { session: Session; room: Room }): JSX.Element {
  const { ref, width, height } = useSize();
  const plan = planHere(session, room);
  const { venues } = plan;
  const content = room.subscriber.content.value;
  const scene = {
    tiles: venues.length,
    large: venues.findIndex(({ venue }) => venue === plan.large),
    layout: plan.layout,
    content: content !== null,
    from: plan.cycling === null ? from.value : 0,
    cells: content === null ? plan.cells : null,
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
        <Tiles session={session} room={room} plan={plan} places={places} />
        {places.pages > 1 && (
          <Pager
            places={places}
            keys={PAGE_KEYS}
            elsewhere={elsewhereOf(venues, places, room.levels.speaker.value)}
            onTurn={(tile) => (from.value = tile)}
          />
        )}
      </div>
      {venues.length <= 1 && <Alone session={session} />}
    </section>
  );
}

const PAGE_KEYS = { before: ["ArrowLeft", "←"], next: ["ArrowRight", "→"] } as const;

function elsewhereOf(
  venues: readonly Venue[],
  places: Places,
  speaker: string | null,
): { tile: number; name: string } | null {
  const tile = venues.findIndex(({ venue }) => venue === speaker);
  const speaking = venues[tile];
  return speaking === undefined || places.boxes[tile] !== null ? null : { tile, name: speaking.short_name };
}

interface TilesProps {
  readonly session: Session;
  readonly room: Room;
  readonly plan: Plan;
  readonly places: Places;
}

function Tiles({ session, room, plan, places }: TilesProps): JSX.Element {
  const pictures = room.subscriber.pictures.value;
  const lost = room.lost.value;
  const hasContent = places.content !== null;
  const standsOut = hasContent || plan.layout === "main";
  return (
    <>
      {plan.venues.map((venue, n) => {
        const box = places.boxes[n];
        if (box === null || box === undefined) return null;
        const own = venue.venue === room.ownVenue;
        // Beside content the speaker is small as well.
        const main = !hasContent && standsOut && plan.venues.length > 1 && venue.venue === plan.large;
        const isReasoned = main || (!hasContent && venue.venue === plan.cycling);
        return (
          <Tile
            key={venue.venue}
            venue={venue}
            session={session}
            room={room}
            own={own}
            picture={own ? ownPicture(venue.venue, room.own.value.picture) : (pictures.get(venue.venue) ?? null)}
            lost_ms={own ? null : (lost.get(venue.venue) ?? null)}
            main={main}
            box={box}
            why={isReasoned ? <ReasonText session={session} plan={plan} /> : null}
            chosen={chosen.value === venue.venue && standsOut}
            blocked={plan.forced}
            onChoose={() => choose(venue.venue, plan, hasContent)}
          />
        );
      })}
    </>
  );
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

/** 选看, and its end; what everybody has to see is not chosen away. */
export function choose(venue: string, plan: Plan, hasContent = false): void {
  if (plan.forced) return toast(whyNot(plan), "info", "choose");
  const standsOut = hasContent || plan.layout === "main";
  const isTakenBack = chosen.value === venue && standsOut;
  chosen.value = isTakenBack ? null : venue;
  if (!isTakenBack && !standsOut) switchLayout();
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
    const known = localStorage.getItem(KEPT);
    if (known === "main" || known === "grid") return known;
  } catch {
    // as without a habit
  }
  // In the hand one picture is worth more than six stamps.
  return innerWidth < PHONE ? "main" : "grid";
}

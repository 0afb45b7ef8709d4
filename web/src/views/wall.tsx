/** 大屏: one session large, for a room; nothing to click, and it comes back by itself. */
import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import * as api from "../link/api";
import { heardAt, line } from "../link/socket";
import type { Subscriber } from "../media/subscriber";
import { second } from "../state/store";
import "../styles/wall.css";
import type { About, WallSession, WallVenue } from "../types/wire";
import { Badge, Clock, Elapsed } from "../ui/elements";
import { useAwake } from "../ui/awake";
import { clockTime, t } from "../ui/i18n";
import { ExerciseMark } from "../ui/states";
import { TrackVideo } from "./devices";
import { RecordingNowDot } from "./recordingstate";
import { WallBoard } from "./wallboard";
import { isOver, pictures, startWall, view, workspace } from "./wallkeeper";

/** Small pictures beside the large one: more would be too small to know anybody. */
const MOSAIC_MAX = 16;
const ABOUT_AGAIN_MS = 5_000;
let started = false;

export function WallPage(): JSX.Element {
  useEffect(() => {
    document.title = `${t("wall.title")} · ${t("app.name")}`;
    if (!started) startWall();
    started = true;
  }, []);
  useAwake();
  const session = view.value?.session ?? null;
  return (
    <main class="wall" data-theme="dark">
      {isOver.value ? (
        <Idle title={t("wall.over_title")} text={t("wall.over_text")} />
      ) : session === null ? (
        <Idle text={view.value === null ? t("app.loading") : t("wall.nothing")} />
      ) : (
        <Shown key={session.session_id} session={session} />
      )}
      <Stale />
    </main>
  );
}

/** Nothing is on it: whose house this is, and what time it is. */
function Idle({ title, text }: { title?: string; text: string }): JSX.Element {
  const about = useAbout();
  return (
    <section class="wall-idle">
      <h1 class="wall-office">{title ?? about?.office ?? "\u00a0"}</h1>
      <Clock withDate />
      <p class="wall-note">{text}</p>
      <p class="wall-name">
        {view.value?.name} {about !== null && <Badge class="classification">{about.classification}</Badge>}
      </p>
    </section>
  );
}

function useAbout(): About | null {
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    const ask = (): void => void api.about().then(setAbout, () => undefined);
    ask();
    const timer = setInterval(ask, about === null ? ABOUT_AGAIN_MS : 3_600_000);
    return () => clearInterval(timer);
  }, [about === null]);
  return about;
}

/** W5: whoever looks at an old picture must know how old it is. */
function Stale(): JSX.Element | null {
  void second.value;
  if (isOver.value || line.value.state === "online" || heardAt.value === null) return null;
  return (
    <p class="wall-stale" role="status">
      <strong>{t("wall.stale", { time: clockTime(heardAt.value) })}</strong>
      <span>{t("wall.reconnecting")}</span>
    </p>
  );
}

function Shown({ session }: { session: WallSession }): JSX.Element {
  const main = session.presenter === null ? (session.main?.venue ?? null) : null;
  const small = mosaicOf(session).slice(0, MOSAIC_MAX);
  const large = useRef<HTMLElement>(null);
  const mosaic = useRef<HTMLUListElement>(null);
  const names = small.map(({ venue }) => venue).join(" ");
  const subscriber = pictures.value;
  useLook(subscriber, large, mosaic, main, names, session.presenter !== null);
  // The multi-picture is broadcast: then all are alike.
  const isMulti = session.main !== null && main === null && session.presenter === null;
  return (
    <>
      <Head session={session} />
      {!isMulti && (
        <figure ref={large} class="wall-main">
          <Large session={session} subscriber={subscriber} />
        </figure>
      )}
      <Mosaic listRef={mosaic} venues={small} subscriber={subscriber} isLarge={isMulti} />
      <WallBoard ws={workspace.value} />
    </>
  );
}

/** The small pictures: all but the large one; beside content who would be large is the first of them. Pure. */
export function mosaicOf({ main, presenter, venues }: WallSession): WallVenue[] {
  const others = venues.filter(({ venue }) => venue !== main?.venue);
  return presenter === null ? others : [...venues.filter(({ venue }) => venue === main?.venue), ...others];
}

/** Tells the hub what is seen and how large. */
function useLook(
  subscriber: Subscriber | null,
  large: RefObject<HTMLElement>,
  mosaic: RefObject<HTMLElement>,
  main: string | null,
  names: string,
  hasContent: boolean,
): void {
  useEffect(() => {
    const wide = (element: Element | null | undefined, most: number): number =>
      Math.round((element?.clientWidth ?? most) * devicePixelRatio);
    const tile = wide(mosaic.current?.firstElementChild, 320);
    const looks = names.split(" ").flatMap((venue) => (venue === "" ? [] : [{ venue, width: tile }]));
    const first = main === null ? [] : [{ venue: main, width: wide(large.current, 1280) }];
    subscriber?.look([...first, ...looks], hasContent ? wide(large.current, 1920) : 0);
  }, [subscriber, main, names, hasContent]);
}

function Head({ session }: { session: WallSession }): JSX.Element {
  return (
    <header class="wall-head">
      <div>
        <h1>{session.title}</h1>
        <ExerciseMark on={session.exercise} />
        <Badge class="classification">{session.classification}</Badge>
      </div>
      <div>
        <RecordingNowDot now={session.recording} />
        <span>{t("wall.chair", { name: session.chair_name })}</span>
        <span>{t("wall.venues", { n: session.venues.length })}</span>
        <span>
          {t("wall.lasts")} <Elapsed since_ms={session.started_ms} />
        </span>
        <Clock withDate />
      </div>
    </header>
  );
}

interface LargeProps {
  readonly session: WallSession;
  readonly subscriber: Subscriber | null;
}

/** What is presented, else the one picture that everybody sees; and why it is that one. */
function Large({ session, subscriber }: LargeProps): JSX.Element {
  const { main, presenter } = session;
  const content = subscriber?.content.value ?? null;
  if (content !== null && presenter !== null) {
    const name = session.venues.find(({ venue }) => venue === presenter)?.short_name ?? "";
    return (
      <>
        <TrackVideo key={content.key} track={content.track} />
        <figcaption>
          <strong>{t("wall.content", { venue: name })}</strong>
        </figcaption>
      </>
    );
  }
  const shown = session.venues.find(({ venue }) => venue === main?.venue);
  const picture = subscriber?.pictures.value.get(main?.venue ?? "");
  return (
    <>
      {picture !== undefined && shown?.camera === true ? (
        <TrackVideo key={picture.key} track={picture.track} />
      ) : (
        <p class="wall-blank">{main?.short_name || t("shown.none")}</p>
      )}
      {main !== null && shown !== undefined && (
        <figcaption>
          <strong>{shown.short_name}</strong>
          {shown.field && <span>{t("guest.place_line", { place: shown.place })}</span>}
          <span class="why">{t(`shown.${main.why}`)}</span>
        </figcaption>
      )}
    </>
  );
}

interface MosaicProps {
  readonly listRef: { current: HTMLUListElement | null };
  readonly venues: readonly WallVenue[];
  readonly subscriber: Subscriber | null;
  readonly isLarge: boolean;
}

function Mosaic({ listRef, venues, subscriber, isLarge }: MosaicProps): JSX.Element {
  const all = subscriber?.pictures.value;
  return (
    <ul
      ref={listRef}
      class={`wall-mosaic ${isLarge ? "large" : ""} ${venues.length > 8 ? "many" : ""}`}
      style={isLarge ? { "--columns": Math.ceil(Math.sqrt(venues.length)) } : undefined}
      aria-label={t("wall.mosaic")}
    >
      {venues.map((venue) => {
        const picture = all?.get(venue.venue);
        return (
          <li key={venue.venue} data-venue={venue.venue}>
            {picture !== undefined && venue.camera ? (
              <TrackVideo key={picture.key} track={picture.track} />
            ) : (
              <p class="wall-blank">{t("shown.none")}</p>
            )}
            <p class="plate">
              {venue.short_name}
              {venue.field && <span>{t("guest.place_line", { place: venue.place })}</span>}
              {venue.state === "reconnecting" && (
                <span class="warn">
                  {t("venue.reconnecting")} <Elapsed since_ms={venue.since_ms} />
                </span>
              )}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

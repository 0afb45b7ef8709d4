/** The states of the consultation page in which there is no stage: entering, denied, displaced, gone, ended. */
import { CircleCheck, CircleSlash, MonitorUp, PhoneMissed } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";

import { whyLeft } from "../state/session";
import { me, sessionState } from "../state/store";
import type { Marker, Problem, Session, Venue } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { clockTime, dateOf, elapsed, say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { Classification, ExerciseMark } from "../ui/states";

function Home(): JSX.Element {
  return <Button onClick={() => navigate("/desk")}>{t("consultation.back_home")}</Button>;
}

function Middle({ session, children }: { session?: Session; children: ComponentChildren }): JSX.Element {
  return (
    <div class="consultation-middle">
      <p class="middle-marks">
        <Classification of={session?.classification} /> <ExerciseMark on={session?.exercise === true} />
      </p>
      {children}
    </div>
  );
}

export function Entering({ session }: { session?: Session }): JSX.Element {
  return (
    <Middle session={session}>
      <div role="status" class="entering">
        {session !== undefined && <h1>{session.title}</h1>}
        <p>{t("consultation.loading")}</p>
      </div>
    </Middle>
  );
}

export function Denied({ problem, onRetry }: { problem: Problem; onRetry: (() => void) | null }): JSX.Element {
  return (
    <Middle>
      <div role="alert">
        <EmptyState
          icon={CircleSlash}
          title={t("consultation.denied")}
          action={
            <div class="actions">
              {onRetry !== null && <Button onClick={onRetry}>{t("do.retry")}</Button>}
              <Home />
            </div>
          }
        >
          {say(problem)} {problem.code === "session.foreign" && t("consultation.denied_help")}
        </EmptyState>
      </div>
    </Middle>
  );
}

export function Displaced({ session, onTakeBack }: { session: Session; onTakeBack: () => void }): JSX.Element {
  return (
    <Middle session={session}>
      <h1>{session.title}</h1>
      <EmptyState
        icon={MonitorUp}
        title={t("consultation.displaced")}
        action={
          <div class="actions">
            <Button tone="accent" onClick={onTakeBack}>
              {t("consultation.take_back")}
            </Button>
            <Home />
          </div>
        }
      >
        {t("consultation.displaced_help")}
      </EmptyState>
    </Middle>
  );
}

export function Gone({ session, onReenter }: { session: Session; onReenter: () => void }): JSX.Element {
  const { recent } = sessionState(session.session_id).value;
  const own = me.value?.actor.seat ?? "";
  // In again only by a call: nothing to be tried here.
  const isRemoved = session.venues[own]?.removed === true;
  const why = isRemoved ? "removed" : whyLeft(recent, own);
  return (
    <Middle session={session}>
      <h1>{session.title}</h1>
      <EmptyState
        icon={PhoneMissed}
        title={t(`consultation.${why}`)}
        action={
          <div class="actions">
            {!isRemoved && (
              <Button tone="accent" onClick={onReenter}>
                {t("media.reconnect")}
              </Button>
            )}
            <Home />
          </div>
        }
      >
        {t(isRemoved ? "consultation.removed_help" : "consultation.left_help")}
      </EmptyState>
    </Middle>
  );
}

/** What has been, in one picture: when, how long, who came, what was marked. */
export function Ended({ session }: { session: Session }): JSX.Element {
  const venues = Object.values(session.venues);
  const came = venues.filter((venue) => venue.attendance.length > 0);
  const missing = venues.filter((venue) => venue.attendance.length === 0);
  const ended_ms = session.ended_ms ?? session.started_ms;
  return (
    <Middle session={session}>
      <article class="ended">
        <header>
          <CircleCheck size={28} aria-hidden="true" />
          <div>
            <p class="ended-what">{t("consultation.ended")}</p>
            <h1>{session.title}</h1>
          </div>
        </header>
        <dl class="ended-facts">
          <dt>{t("consultation.ended_when")}</dt>
          <dd>
            {dateOf(session.started_ms)} {clockTime(session.started_ms)} - {clockTime(ended_ms)}
          </dd>
          <dt>{t("consultation.ended_duration")}</dt>
          <dd>{elapsed(ended_ms - session.started_ms)}</dd>
          <EndedBy session={session} />
          <dt>{t("consultation.ended_present")}</dt>
          <dd>{names(came)}</dd>
          {missing.length > 0 && (
            <>
              <dt>{t("consultation.ended_missing")}</dt>
              <dd>{names(missing)}</dd>
            </>
          )}
        </dl>
        {session.markers.length > 0 && <Markers markers={session.markers} />}
        <p class="note">{t("consultation.ended_sealed")}</p>
        <div class="actions">
          <Button tone="accent" onClick={() => navigate(`/recordings/${session.recording_id}`)}>
            {t("consultation.ended_review")}
          </Button>
          <Home />
        </div>
      </article>
    </Middle>
  );
}

function EndedBy({ session }: { session: Session }): JSX.Element | null {
  const { recent } = sessionState(session.session_id).value;
  const ending = recent.filter(({ event }) => event.type === "session.ended").at(-1);
  if (ending === undefined || ending.event.type !== "session.ended") return null;
  const { actor, event } = ending;
  return (
    <>
      <dt>{t("consultation.ended_who")}</dt>
      <dd>
        {actor.seat_name ?? ""} {actor.person}
        {event.reason !== "" && ` · ${event.reason}`}
      </dd>
    </>
  );
}

function Markers({ markers }: { markers: readonly Marker[] }): JSX.Element {
  return (
    <section aria-label={t("consultation.ended_markers")}>
      <h2>{t("consultation.ended_markers")}</h2>
      <ul class="ended-markers">
        {markers.map((marker) => (
          <li key={marker.marker_id}>
            <time>{clockTime(marker.at_ms)}</time>
            <span>{t(`consultation.marker_${marker.kind}`)}</span>
            <span>{marker.label}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function names(venues: readonly Venue[]): JSX.Element {
  return (
    <>
      {t("consultation.ended_count", { n: venues.length })} <Names venues={venues} />
    </>
  );
}

function Names({ venues }: { venues: readonly Venue[] }): JSX.Element {
  return <span class="muted">{venues.map((venue) => venue.short_name).join(t("consultation.comma"))}</span>;
}

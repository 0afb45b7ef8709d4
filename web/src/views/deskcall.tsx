/** Who has answered: one row a venue, with running seconds, and what to do about those who have not. */
import { DoorOpen, PhoneCall, PhoneForwarded, PhoneOff } from "lucide-preact";
import type { JSX } from "preact";

import { callVenues, endSession, hangUp } from "../actions";
import { isPresent, isSilent } from "../state/call";
import { hungUpByEnd, isRunning } from "../state/session";
import { organisation, presence } from "../state/store";
import "../styles/deskcall.css";
import type { Session, Venue } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, Elapsed, EmptyState, Remaining } from "../ui/elements";
import { useSession } from "../ui/hooks";
import { say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { ExerciseMark, VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { chosenSeats, clearChoice, watched } from "./deskchoice";

export function Calls({ sessionId }: { sessionId: string }): JSX.Element {
  const { state: session, problem } = useSession(sessionId);
  if (session === null) {
    return (
      <section class="card calls" role="status">
        <EmptyState title={problem === null ? t("app.loading") : say(problem)} />
      </section>
    );
  }
  const branches = Object.values(session.venues).filter((venue) => venue.venue !== session.chair);
  return (
    <section class="card calls" aria-labelledby="calls-title">
      <header class="calls-head">
        <div class="calls-title">
          <h2 id="calls-title">{session.title}</h2>
          <p class="muted">
            {t(`kind.${session.kind}`)} <ExerciseMark on={session.exercise} />
            {" · "}
            {isRunning(session) ? <Elapsed since_ms={session.started_ms} /> : t("desk.ended")}
          </p>
        </div>
        <Button tone="quiet" onClick={() => (watched.value = null)}>
          {t("desk.fold")}
        </Button>
      </header>
      <Tally branches={branches} />
      <ul class="call-rows">
        {branches.map((venue) => (
          <CallRow key={venue.venue} session={session} venue={venue} />
        ))}
      </ul>
      {isRunning(session) && <CallActions session={session} branches={branches} />}
      {isRunning(session) && <EndHere session={session} />}
    </section>
  );
}

const TALLIED = ["joined", "ringing", "reconnecting", "no_answer", "declined", "left"] as const;

function Tally({ branches }: { branches: readonly Venue[] }): JSX.Element {
  const counts = TALLIED.map((state) => [state, branches.filter((venue) => venue.state === state).length] as const);
  return (
    <p class="tally" role="status">
      {counts
        .filter(([state, count]) => count > 0 || state === "joined")
        .map(([state, count]) => (
          <span key={state}>
            <VenueDot state={state} /> <b>{state === "joined" ? `${count}/${branches.length}` : count}</b>
          </span>
        ))}
    </p>
  );
}

interface CallRowProps {
  readonly session: Session;
  readonly venue: Venue;
}

function CallRow({ session, venue }: CallRowProps): JSX.Element {
  const seat = organisation.value.seats[venue.venue];
  const there = presence.value[venue.venue];
  const person = venue.person ?? there?.person ?? "";
  return (
    <li class={`call-row is-${venue.state}`}>
      <span class="call-who">
        <span class="name" title={venue.name}>
          {venue.short_name}
        </span>
        <span class="person">{person}</span>
      </span>
      <span class="call-state">
        <VenueDot state={venue.state} since_ms={venue.since_ms} />
        {venue.rings_until_ms !== null && (
          <span class="muted">
            {t("desk.rings_left")} <Remaining until_ms={venue.rings_until_ms} />
          </span>
        )}
        {venue.state !== "ringing" && there?.online === false && <span class="muted">{t("desk.page_closed")}</span>}
      </span>
      <span class="phone">{seat?.phone ?? ""}</span>
      <span class="calls-times muted">{venue.calls > 1 ? t("desk.called_times", { n: venue.calls }) : ""}</span>
      {isRunning(session) && <CallButton session={session} venue={venue} />}
    </li>
  );
}

/** What is present is hung up only after asking; a ring that stops can be called again. */
function CallButton({ session, venue }: CallRowProps): JSX.Element {
  const hangUpNow = (): void => void attempt(() => hangUp(session.session_id, venue.venue));
  if (isPresent(venue.state)) {
    return (
      <Confirm
        icon={PhoneOff}
        label={t("desk.hang_up")}
        title={t("desk.hang_up_name", { name: venue.name })}
        answer={t("consultation.hang_up_confirm", { venue: venue.short_name })}
        onConfirm={hangUpNow}
      />
    );
  }
  if (venue.state === "ringing") {
    return (
      <Button
        size="small"
        tone="quiet"
        icon={PhoneOff}
        title={t("desk.hang_up_name", { name: venue.name })}
        onClick={hangUpNow}
      >
        {t("desk.stop_ringing")}
      </Button>
    );
  }
  return (
    <Button
      size="small"
      icon={PhoneForwarded}
      title={t("desk.recall_name", { name: venue.name })}
      onClick={() => void attempt(() => callVenues(session.session_id, [venue.venue]))}
    >
      {t("desk.recall")}
    </Button>
  );
}

interface CallActionsProps {
  readonly session: Session;
  readonly branches: readonly Venue[];
}

function CallActions({ session, branches }: CallActionsProps): JSX.Element {
  const silent = branches.filter((venue) => isSilent(venue.state));
  const waiting = branches.filter((venue) => isPresent(venue.state)).length;
  const chair = session.venues[session.chair];
  const isHere = chair !== undefined && isPresent(chair.state);
  const more = chosenSeats.value;
  const callMore = async (): Promise<void> => {
    const ids = more.map((seat) => seat.seat_id);
    if (await attempt(() => callVenues(session.session_id, ids))) clearChoice();
  };
  return (
    <footer class="calls-foot">
      {!isHere && waiting > 0 && <span class="waiting">{t("desk.waiting", { n: waiting })}</span>}
      {more.length > 0 && (
        <Button icon={PhoneCall} onClick={() => void callMore()}>
          {t("desk.call_more", { n: more.length })}
        </Button>
      )}
      {silent.length > 0 && (
        <Button
          icon={PhoneForwarded}
          onClick={() => void attempt(() => callVenues(session.session_id, silent.map((venue) => venue.venue)))}
        >
          {t("desk.recall_all", { n: silent.length })}
        </Button>
      )}
      <Button tone="accent" icon={DoorOpen} onClick={() => navigate(`/session/${session.session_id}`)}>
        {t("desk.enter")}
      </Button>
    </footer>
  );
}

/** Ends a session without entering it. */
function EndHere({ session }: { session: Session }): JSX.Element {
  return (
    <div class="calls-end">
      <Confirm
        label={t("desk.end")}
        effect={t("desk.end_effect", { n: hungUpByEnd(session) })}
        answer={t("consultation.end_confirm")}
        onConfirm={() => void attempt(() => endSession(session.session_id))}
      />
    </div>
  );
}

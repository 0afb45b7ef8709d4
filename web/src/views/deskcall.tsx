/** Who has answered: one row a venue, with running seconds, and what to do about those who have not. */
import { DoorOpen, PhoneCall, PhoneForwarded } from "lucide-preact";
import type { JSX } from "preact";

import { callVenues, endSession } from "../actions";
import { isPresent, toRecall } from "../state/call";
import { hungUpByEnd, isRunning } from "../state/session";
import { presence } from "../state/store";
import "../styles/deskcall.css";
import "../styles/deskcallrow.css";
import type { Session, Venue } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, Elapsed, EmptyState, StateDot } from "../ui/elements";
import { useSession } from "../ui/hooks";
import { say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { ExerciseMark, VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { CallRow } from "./deskcallrow";
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
  const offline = branches.filter(({ venue, state, field }) => !field && !isPresent(state) && presence.value[venue]?.online !== true).length;
  return (
    <p class="tally" role="status">
      {counts
        .filter(([state, count]) => count > 0 || state === "joined")
        .map(([state, count]) => (
          <span key={state}>
            <VenueDot state={state} /> <b>{state === "joined" ? `${count}/${branches.length}` : count}</b>
          </span>
        ))}
      {offline > 0 && (
        <span>
          <StateDot shape="ring" tone="warn" word={t("presence.offline")} /> <b>{offline}</b>
        </span>
      )}
    </p>
  );
}

interface CallActionsProps {
  readonly session: Session;
  readonly branches: readonly Venue[];
}

function CallActions({ session, branches }: CallActionsProps): JSX.Element {
  const silent = toRecall(session);
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
          onClick={() => void attempt(() => callVenues(session.session_id, silent))}
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

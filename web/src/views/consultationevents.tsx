/** What has happened in this session, newest first, from its first second on. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { problemOf } from "../link/problem";
import { line, on, request } from "../link/socket";
import { streamOf } from "../state/session";
import type { Problem, Recorded, Session } from "../types/wire";
import { clockTime, say, t } from "../ui/i18n";
import { AgendaList } from "./bookingparts";
import { sentenceOf } from "./eventwords";
import { reasonText } from "./reasons";
import { kindOf } from "./reviewlanes";

export function EventList({ session }: { session: Session }): JSX.Element {
  const { events, isCut, problem } = useHistory(streamOf(session.session_id));
  const nameOf = (venue: string): string => session.venues[venue]?.short_name ?? venue;
  const shown = events.filter((recorded) => kindOf(recorded) !== null).reverse();
  return (
    <div class="event-panel">
      {session.agenda.length > 0 && (
        <section class="agenda-panel">
          <h3>{t("booking.agenda")}</h3>
          <AgendaList agenda={session.agenda} nameOf={nameOf} />
        </section>
      )}
      {problem !== null && <p role="alert">{t("consultation.events_failed", { problem: say(problem) })}</p>}
      {isCut && <p class="muted">{t("consultation.events_cut")}</p>}
      {shown.length === 0 && !isCut && <p class="muted">{t("consultation.events_empty")}</p>}
      <ol class="event-list" aria-label={t("consultation.events_list")} reversed>
        {shown.map((recorded) => {
          const { key, words } = sentenceOf(recorded, nameOf, reasonText);
          return (
            <li key={recorded.seq}>
              <time>{clockTime(recorded.at_ms)}</time>
              <span>{t(key, words)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface Past {
  readonly events: readonly Recorded[];
  /** A long past: the hub sends where it has come to instead of every event (rule J2). */
  readonly isCut: boolean;
  readonly problem: Problem | null;
}

/** The page follows a session from a snapshot on; here its past is asked for as well, and kept without holes. */
function useHistory(stream: string): Past {
  const [past, setPast] = useState<Past>({ events: [], isCut: false, problem: null });
  const online = line.value.state === "online";
  useEffect(() => {
    const stops = [
      on("events", (push) => {
        if (push.stream !== stream) return;
        setPast((before) => ({ ...before, problem: null, events: merged(before.events, push.events) }));
      }),
      on("snapshot", (push) => {
        if (push.stream === stream) setPast((before) => ({ ...before, isCut: true }));
      }),
    ];
    if (online) {
      request("follow", { stream, since: 0 }).catch((thrown: unknown) =>
        setPast((before) => ({ ...before, problem: problemOf(thrown) })),
      );
    }
    return () => {
      for (const stop of stops) stop();
    };
  }, [stream, online]);
  return past;
}

/** Pushes overlap after a reconnection: every number once, in order. */
export function merged(known: readonly Recorded[], more: readonly Recorded[]): Recorded[] {
  const bySeq = new Map([...known, ...more].map((recorded) => [recorded.seq, recorded]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

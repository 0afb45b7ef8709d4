/** Sessions held on an incident: those that run are entered, those that are over are reviewed. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { get } from "../link/api";
import { minutesOf } from "../state/paper";
import { me, papers, sessions } from "../state/store";
import type { RecordingList, RecordingRow, Workspace } from "../types/wire";
import { StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { shortTime } from "./incidentparts";

export function Sessions({ ws }: { ws: Workspace }): JSX.Element | null {
  if (ws.nature !== "incident") return null;
  const running = new Set((sessions.value ?? []).map(({ session_id }) => session_id));
  const recordings = useRecordings(ws.workspace_id, ws.sessions.filter(({ session_id }) => !running.has(session_id)).length);
  return (
    <section class="inc-sessions card" aria-labelledby="inc-sessions-title">
      <header class="column-head">
        <h2 id="inc-sessions-title">{t("incident.sessions")}</h2>
        <span class="muted">{ws.sessions.length > 0 ? ws.sessions.length : ""}</span>
      </header>
      {ws.sessions.length === 0 && <p class="muted inc-none">{t("incident.sessions_none")}</p>}
      <ul>
        {[...ws.sessions].reverse().map(({ session_id, title, at_ms }) => {
          const runs = running.has(session_id);
          return (
            <li key={session_id} class="inc-session">
              <span class="inc-session-title">{title}</span>
              <span class="inc-session-state">
                <span class="muted">{shortTime(at_ms)}</span>
                <StateDot
                  shape={runs ? "full" : "ring"}
                  tone={runs ? "good" : "muted"}
                  word={t(runs ? "incident.session_running" : "incident.session_ended")}
                />
                <MinutesWay sessionId={session_id} />
                <Way sessionId={session_id} runs={runs} recording={recordings[session_id]} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Recordings by their session; asked for anew when one more session is over. A refusal leaves the ways out. */
function useRecordings(incidentId: string, ended: number): Readonly<Record<string, string>> {
  const [rows, setRows] = useState<readonly RecordingRow[]>([]);
  useEffect(() => {
    if (ended === 0) return;
    const path = `/api/recordings?incident=${encodeURIComponent(incidentId)}`;
    get<RecordingList>(path).then((found) => setRows(found.rows), () => undefined);
  }, [incidentId, ended]);
  return Object.fromEntries(rows.map(({ session_id, recording_id }) => [session_id, recording_id]));
}

/** To the latest minutes of a session that this page may read. */
function MinutesWay({ sessionId }: { sessionId: string }): JSX.Element | null {
  const [latest] = minutesOf(papers.value, sessionId);
  if (latest === undefined) return null;
  return (
    <Link to={`/papers/${latest.paper_id}`} class="button small">
      {t("minutes.short")}
    </Link>
  );
}

interface WayProps {
  readonly sessionId: string;
  readonly runs: boolean;
  readonly recording: string | undefined;
}

function Way({ sessionId, runs, recording }: WayProps): JSX.Element | null {
  const to = runs ? `/session/${sessionId}` : `/recordings/${recording ?? ""}`;
  if (runs ? me.value?.actor.role === "reviewer" : recording === undefined) return null;
  return (
    <Link to={to} class="button small">
      {t(runs ? "incident.enter" : "incident.review")}
    </Link>
  );
}

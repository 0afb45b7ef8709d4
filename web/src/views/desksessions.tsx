/** 正在进行: the sessions that run, who chairs them, how many are there, and the way in. */
import { DoorOpen, ListChecks } from "lucide-preact";
import type { JSX } from "preact";

import { me, sessions } from "../state/store";
import "../styles/deskcall.css";
import type { SessionSummary } from "../types/wire";
import { Button, Elapsed, EmptyState } from "../ui/elements";
import { t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { ExerciseMark, RecordingDot, VenueDot } from "../ui/states";
import { watched } from "./deskchoice";
import { WallControl } from "./wallcontrol";

export function Running({ empty }: { empty: string }): JSX.Element {
  const running = sessions.value;
  return (
    <section class="card running" aria-labelledby="running-title">
      <header class="column-head">
        <h2 id="running-title">{t("desk.running")}</h2>
        {running !== null && running.length > 0 && <span class="muted">{running.length}</span>}
      </header>
      {running === null && <EmptyState title={t("app.loading")} />}
      {running?.length === 0 && <p class="running-none">{empty}</p>}
      {running !== null && running.length > 0 && (
        <ul class="session-rows">
          {running.map((summary) => (
            <SessionRow key={summary.session_id} summary={summary} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SessionRow({ summary }: { summary: SessionSummary }): JSX.Element {
  const { session_id, title, kind, exercise, chair_name, started_ms, venues, joined, recording, recording_since_ms, mine, steers } = summary;
  const isDesk = me.value?.actor.role === "officer" && steers;
  return (
    <li class="session-row">
      <div class="session-what">
        <span class="session-title">
          {title} <ExerciseMark on={exercise} />
        </span>
        <span class="muted">
          {t(`kind.${kind}`)} · {t("desk.chaired_by", { name: chair_name })}
        </span>
      </div>
      <div class="session-figures">
        <span>
          <Elapsed since_ms={started_ms} />
        </span>
        <span title={t("desk.joined_of_hint")}>{t("desk.joined_of", { joined, venues })}</span>
        {recording !== null && <RecordingDot state={recording} since_ms={recording_since_ms} />}
        {mine !== null && !isDesk && <VenueDot state={mine} />}
      </div>
      <div class="session-actions">
        {isDesk && (
          <Button
            icon={ListChecks}
            pressed={watched.value === session_id}
            onClick={() => (watched.value = watched.value === session_id ? null : session_id)}
          >
            {t("desk.calls")}
          </Button>
        )}
        <WallControl sessionId={session_id} />
        <Button tone="accent" icon={DoorOpen} onClick={() => navigate(`/session/${session_id}`)}>
          {t("desk.enter_short")}
        </Button>
      </div>
    </li>
  );
}

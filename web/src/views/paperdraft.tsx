/** 起草: which paper, of what; the hub writes the first draft from its log. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { draftPaper } from "../actions";
import { get } from "../link/api";
import { streamOf as sessionStream } from "../state/session";
import { hubNow, incidents } from "../state/store";
import { streamOf } from "../state/workspace";
import type { PaperKind, RecordingList, RecordingRow } from "../types/wire";
import { Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { FormDialog, thisMinute, TimeInput } from "./incidentparts";
import { KINDS, minute } from "./paperparts";

const HOUR_MS = 3_600_000;
/** The minute that runs is written about, too; the hub goes no further than now. */
const MINUTE_MS = 60_000;
/** A day of duty goes from eight to eight. */
const SHIFT_HOUR = 8;

/** Eight o'clock of the day before. */
function shiftStart(now_ms: number): number {
  return new Date(now_ms - 24 * HOUR_MS).setHours(SHIFT_HOUR, 0, 0, 0);
}

export function DraftDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const [kind, setKind] = useState<PaperKind>("duty_report");
  const [incident, setIncident] = useState("");
  const [session, setSession] = useState("");
  const [from, setFrom] = useState<number | null>(() => shiftStart(hubNow()));
  const [to, setTo] = useState<number | null>(() => thisMinute() + MINUTE_MS);
  const known = incidents.value ?? [];
  const ofIncident = kind === "brief" || (kind === "duty_report" && incident !== "");
  const isOfSession = kind === "minutes";
  const hasBasis = kind === "brief" ? incident !== "" : ofIncident || (from !== null && to !== null && from < to);
  const fits = isOfSession ? session !== "" : hasBasis;
  const submit = async (): Promise<void> => {
    const period = { from_ms: from, to_ms: to };
    const basis = isOfSession ? { session: sessionStream(session) } : ofIncident ? { incident: streamOf(incident) } : period;
    const id = await draftPaper({ kind, ...basis });
    navigate(`/papers/${id}`);
  };
  return (
    <FormDialog
      title={t("paper.draft_title")}
      go={t("paper.draft")}
      onClose={onClose}
      disabled={!fits}
      onSubmit={submit}
    >
        <fieldset class="segments">
          <legend class="visually-hidden">{t("paper.kind")}</legend>
          {KINDS.map((each) => (
            <label key={each}>
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              <span>{t(`paper.kind_${each}`)}</span>
            </label>
          ))}
        </fieldset>
        <p class="muted">{t(`paper.help_${kind}`)}</p>
        {isOfSession && <SessionField value={session} onChange={setSession} />}
        {kind !== "duty_circular" && !isOfSession && (
          <Field label={t("paper.about")} hint={known.length === 0 ? t("paper.no_incidents") : undefined}>
            {({ id, describedBy }) => (
              <select
                id={id}
                class="input"
                aria-describedby={describedBy}
                value={incident}
                onChange={(event) => setIncident(event.currentTarget.value)}
              >
                <option value="">{t(kind === "brief" ? "paper.choose_incident" : "paper.all_of_period")}</option>
                {known.map(({ incident_id, number, title, exercise }) => (
                  <option key={incident_id} value={incident_id}>
                    {number} {title}
                    {exercise ? ` · ${t("exercise")}` : ""}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {!ofIncident && !isOfSession && (
          <div class="paper-period">
            <TimeField label={t("paper.from")} value={from} onChange={setFrom} />
            <TimeField label={t("paper.to")} value={to} onChange={setTo} />
          </div>
        )}
        {!isOfSession && <p class="muted">{t("paper.draft_note")}</p>}
    </FormDialog>
  );
}

/** Those that this office has held, newest first. */
function SessionField({ value, onChange }: { value: string; onChange: (sessionId: string) => void }): JSX.Element {
  const [rows, setRows] = useState<readonly RecordingRow[] | null>(null);
  useEffect(() => {
    get<RecordingList>("/api/recordings").then((list) => setRows(list.rows), () => setRows([]));
  }, []);
  return (
    <Field label={t("paper.session")} hint={rows?.length === 0 ? t("paper.no_sessions") : undefined}>
      {({ id, describedBy }) => (
        <select
          id={id}
          class="input"
          aria-describedby={describedBy}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{t("paper.choose_session")}</option>
          {(rows ?? []).map(({ session_id, title, started_ms, exercise }) => (
            <option key={session_id} value={session_id}>
              {minute(started_ms)} {title}
              {exercise ? ` · ${t("exercise")}` : ""}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function TimeField(props: { label: string; value: number | null; onChange: (ms: number | null) => void }): JSX.Element {
  return (
    <Field label={props.label}>
      {({ id }) => <TimeInput id={id} value={props.value} onChange={props.onChange} />}
    </Field>
  );
}

/** 新建事件专题, 电话报告, 上报事件: what is known now on one screen; incident and report are saved as one. */
import { ClipboardCheck } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { linkReport, openIncident } from "../actions";
import type { ReportDraft } from "../state/duty";
import { emptyHeader, type HeaderDraft } from "../state/incident";
import { line, reportDraft } from "../state/store";
import "../styles/deskcall.css";
import "../styles/incidentforms.css";
import "../styles/incidentopen.css";
import "../styles/spotcheck.css";
import type { EventLevel, PlanRow } from "../types/wire";
import { Button, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { attempt } from "../ui/toast";
import { HeaderFields } from "./incidentedit";
import { CALLER, Elements, type Fields } from "./incidentelements";
import { LevelChoice } from "./incidentlevel";
import { PlanChoice } from "./planchoice";
import { isOffice, thisMinute } from "./incidentparts";
import { UnitPicker } from "./incidentunits";

type With = "none" | "phone" | "initial";

/** Place and the two times stand in the head of the incident and are of its report as well. */
const REST = ["source", "nature", "casualties", "scope", "trend", "leaders", "measures", "requests", "contact"] as const;

interface OpenProps {
  /** Somebody is on the telephone: the report comes first. */
  readonly byPhone: boolean;
}

export function OpenIncident({ byPhone }: OpenProps): JSX.Element {
  const office = isOffice();
  const [draft] = useState(() => (byPhone ? takeReportDraft() : null));
  const [header, setHeader] = useState<HeaderDraft>(() => headerOf(draft));
  const [level, setLevel] = useState<EventLevel>("IV");
  const [exercise, setExercise] = useState(false);
  const [plan, setPlan] = useState<PlanRow | null>(null);
  const [units, setUnits] = useState<ReadonlySet<string>>(new Set());
  const [report, setReport] = useState<With>(byPhone ? "phone" : office ? "none" : "initial");
  const [known, setKnown] = useState(draft?.fields["text"] ?? "");
  const [fields, setFields] = useState<Fields>(draft?.fields ?? {});
  const [busy, setBusy] = useState(false);
  const choosePlan = (one: PlanRow | null): void => {
    setPlan(one);
    if (one === null) return;
    setLevel(one.content.level);
    setHeader({ ...header, category: one.content.category });
  };
  const isReady = header.title.trim() !== "" && line.value.state === "online";
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || !isReady) return;
    setBusy(true);
    await attempt(async () => {
      const summary = report === "none" ? header.summary : known.trim().slice(0, 500);
      const opened = await openIncident({
        header: { ...header, title: header.title.trim(), summary },
        level,
        exercise,
        plan_id: plan?.plan_id ?? null,
        units: [...units],
        status: office ? "active" : "draft",
        report: report === "none" ? null : reportOf(report, header, known, fields),
      });
      navigate(`/incident/${opened.incident_id}`);
      if (draft !== null) await linkReport(draft.entryId, opened.stream);
    });
    setBusy(false);
  };
  return (
    <form class={`inc-open ${report === "none" ? "" : "has-report"}`} onSubmit={(event) => void submit(event)}>
      <h1>{t(byPhone ? "incidents.phone" : office ? "incidents.new" : "incidents.report")}</h1>
      <section class="card inc-open-part" aria-labelledby="inc-open-what">
        <h2 id="inc-open-what">{t("incident.facts")}</h2>
        <div class="inc-form">
          {office && <PlanChoice plan={plan} onPlan={choosePlan} />}
          <HeaderFields draft={header} onChange={(part) => setHeader({ ...header, ...part })} />
          <LevelChoice level={level} onLevel={setLevel} />
          {report === "none" && <SummaryField value={header.summary} onInput={(summary) => setHeader({ ...header, summary })} />}
          <label class="check">
            <input type="checkbox" checked={exercise} onChange={(event) => setExercise(event.currentTarget.checked)} />
            <span class="check-word">{t("exercise")}</span> <span class="muted">{t("incidents.exercise_hint")}</span>
          </label>
          {office && <WithReport report={report} onReport={setReport} />}
        </div>
      </section>
      {report !== "none" && (
        <ReportPart report={report} known={known} onKnown={setKnown} fields={fields} onFields={setFields} />
      )}
      {office && (
        <section class="card inc-open-part" aria-labelledby="inc-open-units">
          <h2 id="inc-open-units">{t("incident.units")}</h2>
          <p class="muted">{t("incidents.units_hint")}</p>
          <UnitPicker chosen={units} onChoose={setUnits} />
        </section>
      )}
      <div class="inc-open-foot">
        <span class="muted">{t(office ? "incidents.open_hint" : "incidents.report_hint")}</span>
        <Button onClick={() => navigate("/desk")}>{t("do.cancel")}</Button>
        <Button type="submit" tone="accent" size="large" icon={ClipboardCheck} busy={busy} disabled={!isReady}>
          {t(report === "none" ? "incidents.open_go" : office ? "incidents.open_with_report" : "incidents.report_go")}
        </Button>
      </div>
    </form>
  );
}

/** A call of the duty log that becomes this report, once. */
function takeReportDraft(): ReportDraft | null {
  const draft = reportDraft.peek();
  reportDraft.value = null;
  return draft;
}

function headerOf(draft: ReportDraft | null): HeaderDraft {
  const empty = emptyHeader(thisMinute());
  if (draft === null) return empty;
  const { title, place, occurred_ms, learned_ms } = draft;
  return { ...empty, title, place, occurred_ms: occurred_ms ?? empty.occurred_ms, learned_ms };
}

/** What is said twice in the form of a report stands in the head of the incident. */
function reportOf(type: "phone" | "initial", header: HeaderDraft, known: string, fields: Fields): Fields {
  const names: readonly string[] = type === "phone" ? [...CALLER, ...REST] : [...REST, "signed_by"];
  const given = Object.entries(fields).filter(([name, value]) => names.includes(name) && value.trim() !== "");
  const times = { occurred: header.occurred_ms, learned: header.learned_ms };
  const told = Object.entries(times).flatMap(([name, ms]) => (ms === null ? [] : [[name, String(ms)]]));
  const text = known.trim() === "" ? header.title.trim() : known.trim();
  return { ...Object.fromEntries([...given, ...told]), place: header.place.trim(), type, text };
}

interface ReportPartProps {
  readonly report: "phone" | "initial";
  readonly known: string;
  readonly onKnown: (text: string) => void;
  readonly fields: Fields;
  readonly onFields: (fields: Fields) => void;
}

function ReportPart({ report, known, onKnown, fields, onFields }: ReportPartProps): JSX.Element {
  return (
    <section class="card inc-open-part" aria-labelledby="inc-open-report">
      <h2 id="inc-open-report">{t(`report.type_${report}`)}</h2>
      <div class="inc-form">
        {report === "phone" && <Elements names={CALLER} fields={fields} onChange={onFields} marks={false} />}
        <Field label={t("incidents.known")}>
          {({ id }) => (
            <textarea
              id={id}
              class="input inc-known"
              rows={3}
              maxLength={2000}
              placeholder={t("incidents.known_hint")}
              value={known}
              onInput={(event) => onKnown(event.currentTarget.value)}
            />
          )}
        </Field>
        <p class="muted">{t("report.first_hint")}</p>
        <Elements names={REST} fields={fields} onChange={onFields} />
        {report === "initial" && <Elements names={["signed_by"]} fields={fields} onChange={onFields} marks={false} />}
      </div>
    </section>
  );
}

function SummaryField({ value, onInput }: { value: string; onInput: (text: string) => void }): JSX.Element {
  return (
    <Field label={t("incident.field_summary")}>
      {({ id }) => (
        <textarea
          id={id}
          class="input"
          rows={3}
          maxLength={500}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function WithReport({ report, onReport }: { report: With; onReport: (report: With) => void }): JSX.Element {
  return (
    <fieldset class="segments">
      <legend>{t("incidents.with_report")}</legend>
      {(["none", "phone", "initial"] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="with-report" checked={report === one} onChange={() => onReport(one)} />
          <span>{t(one === "none" ? "incidents.without" : `report.type_${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

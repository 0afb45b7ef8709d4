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
import { KeptNote, useForm } from "../ui/kept";
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

/** All that stands in the form: a call that is answered meanwhile and a reload leave it as it is. */
interface Opening {
  readonly header: HeaderDraft;
  readonly level: EventLevel;
  readonly exercise: boolean;
  readonly plan: PlanRow | null;
  readonly units: readonly string[];
  readonly report: With;
  readonly known: string;
  readonly fields: Fields;
  /** The entry of the duty log that becomes this report. */
  readonly entryId: string | null;
}

function begun(draft: ReportDraft | null, byPhone: boolean, office: boolean): Opening {
  return {
    header: headerOf(draft),
    level: "IV",
    exercise: false,
    plan: null,
    units: [],
    report: byPhone ? "phone" : office ? "none" : "initial",
    known: draft?.fields["text"] ?? "",
    fields: draft?.fields ?? {},
    entryId: draft?.entryId ?? null,
  };
}

interface OpenProps {
  /** Somebody is on the telephone: the report comes first. */
  readonly byPhone: boolean;
}

export function OpenIncident({ byPhone }: OpenProps): JSX.Element {
  const office = isOffice();
  const [draft] = useState(() => (byPhone ? takeReportDraft() : null));
  const form = useForm<Opening>(byPhone ? "phone" : "incident", () => begun(draft, byPhone, office), draft !== null);
  const { header, level, exercise, plan, units, report, known, fields } = form.value;
  const set = (part: Partial<Opening>): void => form.change((now) => ({ ...now, ...part }));
  const setHeader = (part: Partial<HeaderDraft>): void => set({ header: { ...header, ...part } });
  const [busy, setBusy] = useState(false);
  const choosePlan = (one: PlanRow | null): void => {
    if (one === null) return set({ plan: null });
    const { level, category } = one.content;
    set({ plan: one, level, header: { ...header, category } });
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
        units,
        status: office ? "active" : "draft",
        report: report === "none" ? null : reportOf(report, header, known, fields),
      });
      form.forget();
      navigate(`/incident/${opened.incident_id}`);
      if (form.value.entryId !== null) await linkReport(form.value.entryId, opened.stream);
    });
    setBusy(false);
  };
  const giveUp = (): void => {
    form.forget();
    navigate("/desk");
  };
  return (
    <form class={`inc-open ${report === "none" ? "" : "has-report"}`} onSubmit={(event) => void submit(event)}>
      <header class="inc-open-head">
        <h1>{t(byPhone ? "incidents.phone" : office ? "incidents.new" : "incidents.report")}</h1>
        <KeptNote {...form} />
      </header>
      <section class="card inc-open-part" aria-labelledby="inc-open-what">
        <h2 id="inc-open-what">{t("incident.facts")}</h2>
        <div class="inc-form">
          {office && <PlanChoice plan={plan} onPlan={choosePlan} />}
          <HeaderFields draft={header} onChange={setHeader} />
          <LevelChoice level={level} onLevel={(now) => set({ level: now })} />
          {report === "none" && <SummaryField value={header.summary} onInput={(summary) => setHeader({ summary })} />}
          <label class="check">
            <input type="checkbox" checked={exercise} onChange={(event) => set({ exercise: event.currentTarget.checked })} />
            <span class="check-word">{t("exercise")}</span> <span class="muted">{t("incidents.exercise_hint")}</span>
          </label>
          {office && <WithReport report={report} onReport={(now) => set({ report: now })} />}
        </div>
      </section>
      {report !== "none" && (
        <ReportPart
          report={report}
          known={known}
          onKnown={(text) => set({ known: text })}
          fields={fields}
          onFields={(now) => set({ fields: now })}
        />
      )}
      {office && (
        <section class="card inc-open-part" aria-labelledby="inc-open-units">
          <h2 id="inc-open-units">{t("incident.units")}</h2>
          <p class="muted">{t("incidents.units_hint")}</p>
          <UnitPicker chosen={new Set(units)} onChoose={(seats) => set({ units: [...seats] })} />
        </section>
      )}
      <div class="inc-open-foot">
        <span class="muted">
          {t(header.title.trim() === "" ? "incidents.needs_title" : office ? "incidents.open_hint" : "incidents.report_hint")}
        </span>
        <Button onClick={giveUp}>{t("do.cancel")}</Button>
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

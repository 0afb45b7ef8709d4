/** 事件专题 on the desk and on a seat's home: level, title, what is due next, who is silent, what changed last. */
import { FilePlus2, PhoneIncoming, Siren } from "lucide-preact";
import type { JSX } from "preact";

import { incidents, me } from "../state/store";
import "../styles/incidentlist.css";
import type { IncidentSummary } from "../types/wire";
import { Badge, Button, EmptyState } from "../ui/elements";
import { t } from "../ui/i18n";
import { LevelBadge } from "../ui/levelbadge";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { ExerciseMark } from "../ui/states";
import { Ago, Countdown, minuteTime, OverdueSign } from "./incidentparts";

/** Names that a cell holds. */
const NAMED = 3;

export const goToNewIncident = (): void => navigate("/incident/new");

export function IncidentList(): JSX.Element {
  const all = incidents.value;
  const isOffice = me.value?.actor.role === "officer";
  const real = all?.filter(({ exercise }) => !exercise) ?? [];
  const exercises = all?.filter(({ exercise }) => exercise) ?? [];
  return (
    <section class="card incidents" aria-labelledby="incidents-title">
      <header class="column-head">
        <h2 id="incidents-title">{t("incidents.title")}</h2>
        {real.length > 0 && <span class="muted">{real.length}</span>}
        <span class="incidents-actions">
          <Link to="/incident/daily" class="button small">
            {t("incident.daily")}
          </Link>
          {isOffice && (
            <Button size="small" icon={PhoneIncoming} onClick={() => navigate("/incident/phone")}>
              {t("incidents.phone")}
            </Button>
          )}
          <Button size="small" icon={isOffice ? FilePlus2 : Siren} shortcut={isOffice ? "E" : undefined} onClick={goToNewIncident}>
            {t(isOffice ? "incidents.new" : "incidents.report")}
          </Button>
        </span>
      </header>
      {all === null && <EmptyState title={t("app.loading")} />}
      {all?.length === 0 && <p class="running-none">{t(isOffice ? "incidents.none" : "incidents.none_seat")}</p>}
      {all !== null && all.length > 0 && <Rows real={real} exercises={exercises} />}
    </section>
  );
}

interface RowsProps {
  readonly real: readonly IncidentSummary[];
  readonly exercises: readonly IncidentSummary[];
}

/** Exercises stand in a group of their own, under its hatched name. */
function Rows({ real, exercises }: RowsProps): JSX.Element {
  return (
    <table class="incidents-table" aria-labelledby="incidents-title">
      <thead>
        <tr>
          <th>{t("incidents.level")}</th>
          <th>{t("incidents.name")}</th>
          <th>{t("incidents.next_due")}</th>
          <th>{t("incidents.open")}</th>
          <th>{t("incidents.silent")}</th>
          <th>{t("incidents.updated")}</th>
        </tr>
      </thead>
      <tbody>
        {real.map((one) => (
          <Row key={one.incident_id} one={one} />
        ))}
      </tbody>
      {exercises.length > 0 && (
        <tbody>
          <tr class="incidents-exercises">
            <th colSpan={6} scope="rowgroup">
              {t("incidents.exercises")}
            </th>
          </tr>
          {exercises.map((one) => (
            <Row key={one.incident_id} one={one} />
          ))}
        </tbody>
      )}
    </table>
  );
}

function Row({ one }: { one: IncidentSummary }): JSX.Element {
  const { incident_id, level, title, number, status, exercise, place, open, overdue, silent, updated_ms } = one;
  return (
    <tr>
      <td class="is-level">
        <LevelBadge level={level} size="small" />
      </td>
      <td class="is-title">
        <Link to={`/incident/${incident_id}`}>{title}</Link> <ExerciseMark on={exercise} />{" "}
        {status !== "active" && <Badge>{t(`incidentstatus.${status}`)}</Badge>}
        <span class="muted">
          {number} {place}
        </span>
      </td>
      <td class="is-due">
        <Due one={one} />
      </td>
      <td class="is-open">
        <span>{t("incidents.open_n", { n: open })}</span>
        {overdue > 0 && (
          <span class="is-overdue">
            <OverdueSign /> {t("incident.overdue_n", { n: overdue })}
          </span>
        )}
      </td>
      <td class="is-silent">
        {silent.length === 0 ? (
          <span class="muted">{t("incidents.silent_none")}</span>
        ) : (
          <span class="is-overdue" title={silent.join(t("incidents.between"))}>
            <OverdueSign /> {named(silent)}
          </span>
        )}
      </td>
      <td class="is-updated muted">
        <Ago ms={updated_ms} />
      </td>
    </tr>
  );
}

/** The incident's own deadline, else that of an item. */
function Due({ one }: { one: IncidentSummary }): JSX.Element {
  const { next_due, next_item_due_ms } = one;
  const due_ms = next_due?.due_ms ?? next_item_due_ms;
  if (due_ms === null) return <span class="muted">{t("incident.no_due")}</span>;
  const what = next_due === null ? t("incidents.item_due") : t(`deadline.${next_due.name}`);
  return (
    <>
      <span>{t("incident.due_at", { what, time: minuteTime(due_ms) })}</span>
      <Countdown due_ms={due_ms} />
    </>
  );
}

function named(names: readonly string[]): string {
  const between = t("incidents.between");
  if (names.length <= NAMED) return names.join(between);
  return t("incidents.silent_more", { names: names.slice(0, NAMED).join(between), n: names.length });
}

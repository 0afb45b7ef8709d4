/** 伤亡: the latest figures with their time and source, and the whole series, to which one line adds. */
import { Plus, Table } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { recordCasualties } from "../actions";
import { casualtiesNow, casualtySeries, COUNTS, type CountName, type LatestCount } from "../state/incident";
import type { CasualtyEntry, Workspace } from "../types/wire";
import { Button, Dialog, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { isOffice, minuteTime, shortTime, thisMinute, TimeInput } from "./incidentparts";

interface CasualtiesProps {
  readonly stream: string;
  readonly ws: Workspace;
}

export function Casualties({ stream, ws }: CasualtiesProps): JSX.Element {
  const [shows, setShows] = useState(false);
  const counts = casualtiesNow(ws);
  const latest = casualtySeries(ws)[0];
  return (
    <div class="inc-fact is-wide">
      <dt>{t("incident.casualties")}</dt>
      <dd>
        {latest === undefined ? (
          <span class="figure muted">{t("incident.casualties_none")}</span>
        ) : (
          <>
            <span class="figure casualty-figures">
              {counts.map((count) => (
                <Figure key={count.name} count={count} isOlder={count.of !== latest} />
              ))}
            </span>
            <span class="beside">{asOf(latest)}</span>
          </>
        )}
        <Button size="small" tone="quiet" icon={Table} onClick={() => setShows(true)}>
          {t(latest === undefined && isOffice() ? "incident.add_casualties" : "incident.casualties_all")}
        </Button>
        {shows && <Series stream={stream} ws={ws} onClose={() => setShows(false)} />}
      </dd>
    </div>
  );
}

const asOf = ({ entry }: CasualtyEntry): string =>
  t("incident.as_of_from", { time: minuteTime(entry.as_of_ms), source: entry.source });

/** A figure that is older than the others says so. */
function Figure({ count, isOlder }: { count: LatestCount; isOlder: boolean }): JSX.Element {
  const { entry } = count.of;
  const hint = t("incident.earlier_figure", { time: minuteTime(entry.as_of_ms), source: entry.source });
  return (
    <span class={isOlder ? "is-older" : ""} title={isOlder ? hint : undefined}>
      {t(`incident.${count.name}`)} <b>{count.n}</b>
      {isOlder && <span class="visually-hidden">{hint}</span>}
    </span>
  );
}

function Series({ stream, ws, onClose }: CasualtiesProps & { onClose: () => void }): JSX.Element {
  const series = casualtySeries(ws);
  return (
    <Dialog title={t("incident.casualties_title")} class="inc-wide-dialog" onClose={onClose}>
      {isOffice() && ws.closed_ms === null && <Entry stream={stream} />}
      <p class="muted">{t("incident.casualties_rule")}</p>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t("incident.casualties_all")}>
        <table class="inc-table">
          <thead>
            <tr>
              <th>{t("incident.as_of")}</th>
              {COUNTS.map((name) => (
                <th key={name} class="number">
                  {t(`incident.${name}`)}
                </th>
              ))}
              <th>{t("incident.source")}</th>
              <th>{t("incident.note")}</th>
              <th>{t("incident.recorded_by")}</th>
            </tr>
          </thead>
          <tbody>
            {series.map(({ entry, actor, at_ms }) => (
              <tr key={at_ms}>
                <td>{minuteTime(entry.as_of_ms)}</td>
                {COUNTS.map((name) => (
                  <td key={name} class="number">
                    {entry[name] ?? "—"}
                  </td>
                ))}
                <td>{entry.source}</td>
                <td>{entry.note}</td>
                <td>
                  {actor.person} <span class="muted">{shortTime(at_ms)}</span>
                </td>
              </tr>
            ))}
            {series.length === 0 && (
              <tr>
                <td colSpan={8} class="muted">
                  {t("incident.casualties_none")}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

const EMPTY: Record<CountName, string> = { dead: "", missing: "", injured: "", trapped: "" };

/** One line; what is left empty is not known at that time, which is not zero. */
function Entry({ stream }: { stream: string }): JSX.Element {
  const [asOfMs, setAsOf] = useState<number | null>(thisMinute());
  const [counts, setCounts] = useState(EMPTY);
  const [source, setSource] = useState("");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const figures = COUNTS.map((name) => (counts[name] === "" ? null : Number(counts[name])));
  const isReady = asOfMs !== null && source.trim() !== "" && figures.some((figure) => figure !== null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || !isReady) return;
    setBusy(true);
    const [dead = null, missing = null, injured = null, trapped = null] = figures;
    const entry = { as_of_ms: asOfMs, source: source.trim(), dead, missing, injured, trapped, note: note.trim() };
    const isDone = await attempt(() => recordCasualties(stream, entry));
    setBusy(false);
    if (!isDone) return;
    setCounts((now) => (now === counts ? EMPTY : now)); // what was typed meanwhile stays
    setNote((now) => (now === note ? "" : now));
  };
  return (
    <form class="casualty-entry" onSubmit={(event) => void submit(event)}>
      <Field label={t("incident.as_of")}>
        {({ id }) => <TimeInput id={id} value={asOfMs} onChange={setAsOf} />}
      </Field>
      {COUNTS.map((name) => (
        <Field key={name} label={t(`incident.${name}`)} class="is-count">
          {({ id }) => (
            <input
              id={id}
              class="input number"
              inputMode="numeric"
              type="number"
              min={0}
              max={10_000_000}
              value={counts[name]}
              onInput={(event) => setCounts({ ...counts, [name]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      <Line label={t("incident.source")} value={source} onInput={setSource} />
      <Line label={t("incident.note")} value={note} onInput={setNote} />
      <Button type="submit" tone="accent" icon={Plus} busy={busy} disabled={!isReady}>
        {t("incident.add_casualties")}
      </Button>
    </form>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function Line({ label, value, onInput }: LineProps): JSX.Element {
  return (
    <Field label={label} class="is-line">
      {({ id }) => (
        <input
          id={id}
          class="input"
          maxLength={120}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

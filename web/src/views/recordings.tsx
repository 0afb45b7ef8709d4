/** The list of recordings: found by date, unit, incident, kind, speaker, and by what was said on boards and marked. */
import { Film, SearchX } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { get } from "../link/api";
import { problemOf } from "../link/problem";
import { me } from "../state/store";
import "../styles/recordings.css";
import type { Problem, RecordingList, RecordingRow } from "../types/wire";
import { Badge, Button, EmptyState, StateDot } from "../ui/elements";
import { clockTime, dateOf, elapsed, say, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { ExerciseMark, RecordingDot } from "../ui/states";
import { RecordingFilters } from "./recordingfilters";
import { Hits, Speakers } from "./recordinghits";
import { addressOf, isNothing, NOTHING, queryIn, requestOf, type RecordingQuery } from "./recordingquery";
import { StorageTroubles } from "./storagetroubles";

/** While something is still being written or processed the list looks again. */
const LOOK_AGAIN_MS = 5_000;
/** Whoever types is not asked about every letter. */
const PAUSE_MS = 200;

export function Recordings(): JSX.Element {
  const [query, setQuery] = useState(() => queryIn(location.search));
  const { list, problem, isLooking, load } = useRecordings(query);
  const change = (next: RecordingQuery): void => {
    const address = addressOf(next);
    history.replaceState(history.state, "", address === "" ? location.pathname : `${location.pathname}?${address}`);
    setQuery(next);
  };
  return (
    <div class="recordings">
      <header class="recordings-head">
        <h1>{t("review.recordings")}</h1>
        <p class="muted" role="status">
          {list !== null && !isLooking && saidOf(list, query)}
          {list !== null && isLooking && t("review.looking")}
        </p>
      </header>
      <StorageTroubles />
      <RecordingFilters query={query} onChange={change} />
      <List list={list} problem={problem} query={query} onClear={() => change(NOTHING)} onRetry={load} />
    </div>
  );
}

function saidOf({ rows, total }: RecordingList, query: RecordingQuery): string {
  if (total > rows.length) return t("review.found_of", { n: rows.length, all: total });
  return t(isNothing(query) ? "review.found" : "review.fitting", { n: total });
}

interface ListProps {
  readonly list: RecordingList | null;
  readonly problem: Problem | null;
  readonly query: RecordingQuery;
  readonly onClear: () => void;
  readonly onRetry: () => void;
}

function List({ list, problem, query, onClear, onRetry }: ListProps): JSX.Element {
  if (problem !== null) {
    const isDenied = problem.code === "forbidden";
    return (
      <div role="alert">
        <EmptyState
          title={t(isDenied ? "review.denied" : "review.failed")}
          action={!isDenied && <Button onClick={onRetry}>{t("do.retry")}</Button>}
        >
          {say(problem)}
        </EmptyState>
      </div>
    );
  }
  if (list === null) return <p class="empty" role="status">{t("review.loading")}</p>;
  if (list.rows.length > 0) return <Table rows={list.rows} />;
  if (isNothing(query)) {
    const isSeat = me.value?.actor.role === "seat"; // there may be many, of which none is theirs to review
    return (
      <EmptyState icon={Film} title={t(isSeat ? "review.empty_seat" : "review.empty")}>
        {t(isSeat ? "review.empty_seat_help" : "review.empty_help")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={SearchX} title={t("review.none_found")} action={<Button onClick={onClear}>{t("review.clear")}</Button>}>
      {t("review.none_found_help")}
    </EmptyState>
  );
}

function Table({ rows }: { rows: readonly RecordingRow[] }): JSX.Element {
  return (
    <table class="recordings-table">
      <thead>
        <tr>
          <th scope="col">{t("review.col_date")}</th>
          <th scope="col">{t("review.col_time")}</th>
          <th scope="col">{t("review.col_title")}</th>
          <th scope="col">{t("review.col_kind")}</th>
          <th scope="col" class="number">
            {t("review.col_duration")}
          </th>
          <th scope="col" class="number">
            {t("review.col_venues")}
          </th>
          <th scope="col">{t("review.col_gaps")}</th>
          <th scope="col">{t("review.col_state")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.recording_id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: RecordingRow }): JSX.Element {
  return (
    <tr>
      <td class="cell-date">{dateOf(row.started_ms)}</td>
      <td class="cell-time">
        {clockTime(row.started_ms).slice(0, 5)}
        {row.stopped_ms !== null && ` - ${clockTime(row.stopped_ms).slice(0, 5)}`}
      </td>
      <td class="cell-title">
        <Link to={`/recordings/${row.recording_id}`}>{row.title}</Link>
        <ExerciseMark on={row.exercise} />
        <Marks row={row} />
        <Speakers row={row} />
        <Hits row={row} />
      </td>
      <td class="cell-kind">{t(`kind.${row.kind}`)}</td>
      <td class="cell-duration number">{row.stopped_ms === null ? "" : elapsed(row.stopped_ms - row.started_ms)}</td>
      <td class="cell-venues number">{row.venues}</td>
      <td class={row.gaps > 0 ? "cell-gaps" : "cell-gaps none"}>
        {row.gaps > 0 ? (
          <StateDot shape="triangle" tone="warn" word={t("review.gaps", { n: row.gaps })} />
        ) : (
          <span class="muted">{t("review.no_gaps")}</span>
        )}
      </td>
      <td class="cell-state">
        {row.fate !== "destroyed" && <RecordingDot state={row.state} />}
      </td>
    </tr>
  );
}

/** 已封存, 待销毁: what must not be overlooked. */
function Marks({ row }: { row: RecordingRow }): JSX.Element {
  return (
    <>
      {row.held && <Badge tone="accent">{t("review.held")}</Badge>}
      {row.fate !== null && <Badge tone="bad">{t(`review.fate_${row.fate}`)}</Badge>}
    </>
  );
}

interface Loaded {
  readonly list: RecordingList | null;
  readonly problem: Problem | null;
  readonly isLooking: boolean;
  readonly load: () => void;
}

/** What the hub has found for `query`; what came late for an older one is dropped. */
function useRecordings(query: RecordingQuery): Loaded {
  const [list, setList] = useState<RecordingList | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isLooking, setLooking] = useState(true);
  const [tries, setTries] = useState(0);
  const wanted = requestOf(query);
  useEffect(() => {
    let isCurrent = true;
    const ask = (): void => {
      get<RecordingList>(`/api/recordings?${wanted}`).then(
        (found) => isCurrent && tell(found, null),
        (thrown: unknown) => isCurrent && tell(null, problemOf(thrown)),
      );
    };
    let hasAnswer = false;
    const tell = (found: RecordingList | null, failed: Problem | null): void => {
      // A line that is down for a moment takes away nothing that stands there already: the header says it.
      const isLook = found === null && hasAnswer && failed?.code !== "forbidden";
      if (found !== null) setList(found);
      if (!isLook) setProblem(failed);
      setLooking(false);
      hasAnswer ||= found !== null;
      if (isLook || found?.rows.some((row) => row.state !== "ready")) timer = setTimeout(ask, LOOK_AGAIN_MS);
    };
    setLooking(true);
    let timer = setTimeout(ask, list === null ? 0 : PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted, tries]);
  return { list, problem, isLooking, load: () => setTries(tries + 1) };
}

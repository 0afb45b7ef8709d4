/** The list of recordings: found by title or date, each with its state, its gaps and how long it is. */
import { Film, SearchX } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { get } from "../link/api";
import { problemOf } from "../link/problem";
import "../styles/recordings.css";
import type { Problem, RecordingRow } from "../types/wire";
import { Button, EmptyState, StateDot } from "../ui/elements";
import { clockTime, dateOf, elapsed, say, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { ExerciseMark, RecordingDot } from "../ui/states";

/** While something is still being written or processed the list looks again. */
const LOOK_AGAIN_MS = 5_000;

export function Recordings(): JSX.Element {
  const { rows, problem, load } = useRecordings();
  const [text, setText] = useState("");
  const found = useMemo(() => (rows ?? []).filter((row) => matches(row, text)), [rows, text]);
  return (
    <div class="recordings">
      <header class="recordings-head">
        <h1>{t("review.recordings")}</h1>
        <label class="recordings-search">
          <span class="visually-hidden">{t("review.search")}</span>
          <input
            class="input"
            type="search"
            placeholder={t("review.search_hint")}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {rows !== null && (
          <p class="muted" role="status">
            {text === "" ? t("review.found", { n: rows.length }) : t("review.found_of", { n: found.length, all: rows.length })}
          </p>
        )}
      </header>
      <List rows={rows} found={found} problem={problem} text={text} onClear={() => setText("")} onRetry={load} />
    </div>
  );
}

interface ListProps {
  readonly rows: readonly RecordingRow[] | null;
  readonly found: readonly RecordingRow[];
  readonly problem: Problem | null;
  readonly text: string;
  readonly onClear: () => void;
  readonly onRetry: () => void;
}

function List({ rows, found, problem, text, onClear, onRetry }: ListProps): JSX.Element {
  if (rows === null && problem !== null) {
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
  if (rows === null) return <p class="empty" role="status">{t("review.loading")}</p>;
  if (rows.length === 0) {
    return (
      <EmptyState icon={Film} title={t("review.empty")}>
        {t("review.empty_help")}
      </EmptyState>
    );
  }
  if (found.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title={t("review.none_found", { text })}
        action={<Button onClick={onClear}>{t("review.clear")}</Button>}
      />
    );
  }
  return <Table rows={found} />;
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
        <RecordingDot state={row.state} />
      </td>
    </tr>
  );
}

/** Every word of the search must be in the title, the kind or the date. */
export function matches(row: RecordingRow, text: string): boolean {
  const where = `${row.title} ${t(`kind.${row.kind}`)} ${dateOf(row.started_ms)} ${clockTime(row.started_ms)}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

interface Loaded {
  readonly rows: readonly RecordingRow[] | null;
  readonly problem: Problem | null;
  readonly load: () => void;
}

function useRecordings(): Loaded {
  const [rows, setRows] = useState<readonly RecordingRow[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = (): void => {
    setProblem(null);
    get<RecordingRow[]>("/api/recordings").then(setRows, (thrown: unknown) => setProblem(problemOf(thrown)));
  };
  useEffect(load, []);
  const isMoving = rows?.some((row) => row.state !== "ready") ?? false;
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(load, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  return { rows, problem, load };
}

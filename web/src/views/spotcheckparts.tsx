/** What the table of a spot check and the panel beside a call share: state, seconds, checklist, verdict. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { judgeRow, type Finding } from "../actions";
import { spotCheckState } from "../state/followed";
import { isSlow } from "../state/spotcheck";
import { hubNow, second } from "../state/store";
import type { CheckRow, CheckState, SpotCheck, Verdict } from "../types/wire";
import { StateDot, type Shape } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";

const STATES: Record<CheckState, readonly [Shape, "good" | "bad" | "muted" | "accent"]> = {
  waiting: ["dash", "muted"],
  calling: ["pulse", "accent"],
  answered: ["full", "good"],
  no_answer: ["triangle", "bad"],
  declined: ["cross", "bad"],
  offline: ["ring", "bad"],
};

export const VERDICTS: readonly Verdict[] = ["normal", "problem", "on_leave"];

/** What has been written here and not been heard back: two keys in one second must not undo each other. */
const drafts = signal<Readonly<Record<string, Finding>>>({});

function findingOf(check: SpotCheck, row: CheckRow): Finding {
  return drafts.value[`${check.check_id}/${row.number}`] ?? row;
}

/** The row as the hub has told it, which the view that a key came from may not show yet. */
function latest(check: SpotCheck, row: CheckRow): CheckRow {
  return spotCheckState(check.check_id).peek().state?.rows[row.number - 1] ?? row;
}

async function write(check: SpotCheck, row: CheckRow, change: Partial<Finding>): Promise<void> {
  const key = `${check.check_id}/${row.number}`;
  const { answers, verdict, note, problem } = findingOf(check, latest(check, row));
  const draft: Finding = { answers, verdict, note, problem, ...change };
  drafts.value = { ...drafts.value, [key]: draft };
  await attempt(() => judgeRow(check.check_id, row.number, draft));
  if (drafts.peek()[key] !== draft) return; // another one is on its way
  const { [key]: _, ...rest } = drafts.peek();
  drafts.value = rest;
}

interface RowProps {
  readonly check: SpotCheck;
  readonly row: CheckRow;
}

/** State, and in words what makes it special. */
export function RowState({ check, row }: RowProps): JSX.Element {
  const [shape, tone] = STATES[row.state];
  const more = [
    row.recalled ? t("spotcheck.recalled") : "",
    isSlow(check, row) ? t("spotcheck.is_slow") : "",
    row.rings === null ? "" : t("spotcheck.rings", { n: row.rings }),
  ].filter((word) => word !== "");
  return (
    <span class="check-state">
      <StateDot shape={shape} tone={tone} word={t(`spotcheck.state_${row.state}`)} />
      {more.length > 0 && <span class={isSlow(check, row) ? "warn-text" : "muted"}>{more.join(" · ")}</span>}
    </span>
  );
}

/** The seconds from the first ring: running while it rings, to a tenth once it is answered. */
export function RowSeconds({ row }: { row: CheckRow }): JSX.Element {
  void second.value;
  if (row.after_ms !== null) return <span class="check-seconds">{inSeconds(row.after_ms)}</span>;
  if (row.state !== "calling" || row.called_ms === null) return <span class="check-seconds muted">—</span>;
  const whole = Math.max(0, Math.floor((hubNow() - row.called_ms) / 1000));
  return <span class="check-seconds is-running">{t("spotcheck.seconds", { n: String(whole) })}</span>;
}

export function inSeconds(ms: number): string {
  return t("spotcheck.seconds", { n: (ms / 1000).toFixed(1) });
}

/** Not looked at, yes, no, yes, … */
export function turned(answers: readonly (boolean | null)[], at: number): (boolean | null)[] {
  return answers.map((answer, place) => (place === at ? answer !== true : answer));
}

export function turnAnswer(check: SpotCheck, row: CheckRow, at: number): void {
  void write(check, row, { answers: turned(findingOf(check, latest(check, row)).answers, at) });
}

/** One button an item; its answer is a word and a sign, not only a colour. */
export function Checklist({ check, row }: RowProps): JSX.Element {
  const { answers } = findingOf(check, row);
  return (
    <ul class="checklist" aria-label={t("spotcheck.checklist")}>
      {check.items.map((item, at) => {
        const answer = answers[at] ?? null;
        const word = t(`spotcheck.answer_${answer === null ? "none" : answer ? "yes" : "no"}`);
        return (
          <li key={item}>
            <button
              type="button"
              class={`checklist-item ${answer === null ? "" : answer ? "yes" : "no"}`}
              disabled={check.closed_ms !== null}
              title={item}
              onClick={() => turnAnswer(check, row, at)}
            >
              <kbd aria-hidden="true">{at + 1}</kbd>
              <span class="item-name">{item}</span>
              <span class="visually-hidden">{word}</span>
              <span class="item-answer" aria-hidden="true">
                {answer === null ? "–" : answer ? "✓" : "✗"}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export function VerdictChoice({ check, row }: RowProps): JSX.Element {
  const name = `verdict-${row.number}`;
  const chosen = findingOf(check, row).verdict;
  return (
    <fieldset class="segments" disabled={check.closed_ms !== null}>
      <legend class="visually-hidden">{t("spotcheck.verdict")}</legend>
      {VERDICTS.map((verdict) => (
        <label key={verdict}>
          <input
            type="radio"
            name={name}
            checked={chosen === verdict}
            onChange={() => void write(check, row, { verdict })}
          />
          <span class={`verdict-${verdict}`}>{t(`spotcheck.verdict_${verdict}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface WordsProps extends RowProps {
  readonly field: "note" | "problem";
  readonly rows?: number;
}

/** Written when the field is left; what somebody else writes meanwhile appears as long as nobody types here. */
export function Words({ check, row, field, rows = 1 }: WordsProps): JSX.Element {
  const kept = findingOf(check, row)[field];
  const [text, setText] = useState(kept);
  useEffect(() => setText(kept), [kept]);
  const save = (): void => {
    if (text.trim() !== kept) void write(check, row, { [field]: text });
  };
  return (
    <textarea
      class="input"
      rows={rows}
      maxLength={500}
      aria-label={`${t(`spotcheck.${field}`)} ${row.seat.short_name}`}
      placeholder={t(`spotcheck.${field}`)}
      disabled={check.closed_ms !== null}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={save}
    />
  );
}

/** The rows of a roll call: who answered how and after how long; the chair corrects, a reviewer jumps. */
import { Check, Pencil } from "lucide-preact";
import { Fragment, type JSX } from "preact";
import { useState } from "preact/hooks";

import type { RollCall, RollResult, RollRow } from "../types/wire";
import { Button, IconButton } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { isLast, RESULTS, secondsText } from "./rollcallrows";
import { LateMark, RowDot } from "./rollcallstates";

export interface Correction {
  readonly venue: string;
  readonly result: RollResult;
  readonly note: string;
}

interface TableProps {
  readonly roll: RollCall;
  readonly nameOf: (venue: string) => string;
  /** The row that stands out. */
  readonly current: number | null;
  readonly onCorrect?: ((correction: Correction) => void) | undefined;
  /** In a recording: to the second in which the venue was asked. */
  readonly onJump?: (at_ms: number) => void;
}

export function RollCallTable({ roll, nameOf, current, onCorrect, onJump }: TableProps): JSX.Element {
  const [corrected, setCorrected] = useState<number | null>(null);
  return (
    <table class="rollcall-table">
      <caption class="visually-hidden">{t("rollcall.table")}</caption>
      <thead>
        <tr>
          <th scope="col" class="number">
            {t("rollcall.col_number")}
          </th>
          <th scope="col">{t("rollcall.col_venue")}</th>
          <th scope="col">{t("rollcall.col_result")}</th>
          <th scope="col" class="number">
            {t("rollcall.col_seconds")}
          </th>
          <th scope="col">{t("rollcall.col_by")}</th>
          {onCorrect !== undefined && (
            <th scope="col">
              <span class="visually-hidden">{t("rollcall.correct")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {roll.rows.map((row, place) => (
          <Fragment key={place}>
            <tr aria-current={place === current ? "true" : undefined} data-venue={row.venue}>
              <td class="number">{place + 1}</td>
              <td>
                <VenueCell row={row} name={nameOf(row.venue)} onJump={onJump} />
              </td>
              <td>
                <RowDot row={row} isCurrent={place === roll.current} />
              </td>
              <td class="number">{row.after_ms !== null && secondsText(row.after_ms)}</td>
              <td class="rollcall-by">{byText(row)}</td>
              {onCorrect !== undefined && (
                <td class="rollcall-do">
                  {isLast(roll, place) && place !== roll.current && (
                    <IconButton
                      icon={Pencil}
                      label={t("rollcall.correct_venue", { venue: nameOf(row.venue) })}
                      expanded={corrected === place}
                      onClick={() => setCorrected(corrected === place ? null : place)}
                    />
                  )}
                </td>
              )}
            </tr>
            {corrected === place && onCorrect !== undefined && (
              <tr class="rollcall-correct">
                <td colSpan={6}>
                  <Correcting
                    row={row}
                    onDone={(correction) => {
                      setCorrected(null);
                      if (correction !== null) onCorrect(correction);
                    }}
                  />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface VenueCellProps {
  readonly row: RollRow;
  readonly name: string;
  readonly onJump: ((at_ms: number) => void) | undefined;
}

function VenueCell({ row, name, onJump }: VenueCellProps): JSX.Element {
  const { asked_ms } = row;
  return (
    <>
      {onJump !== undefined && asked_ms !== null ? (
        <button type="button" class="rollcall-jump" onClick={() => onJump(asked_ms)}>
          <span>{name}</span> <time>{clockTime(asked_ms)}</time>
        </button>
      ) : (
        <span class="rollcall-name">{name}</span>
      )}
      {row.late && <LateMark />}
      {row.note !== "" && <span class="rollcall-note">{row.note}</span>}
    </>
  );
}

function byText(row: RollRow): string {
  switch (row.by) {
    case "voice":
    case "key":
    case "chair":
    case "hub":
      return t(`rollcall.by_${row.by}`);
    default:
      return "";
  }
}

interface CorrectingProps {
  readonly row: RollRow;
  /** Null: left as it is. */
  readonly onDone: (correction: Correction | null) => void;
}

function Correcting({ row, onDone }: CorrectingProps): JSX.Element {
  const [result, setResult] = useState<RollResult>(row.result ?? "answered");
  const [note, setNote] = useState(row.note);
  return (
    <form
      class="rollcall-correcting"
      onSubmit={(event) => {
        event.preventDefault();
        onDone({ venue: row.venue, result, note: note.trim() });
      }}
      onKeyDown={(event) => event.key === "Escape" && onDone(null)}
    >
      <select
        class="input"
        autofocus
        aria-label={t("rollcall.col_result")}
        value={result}
        onChange={(event) => setResult(event.currentTarget.value as RollResult)}
      >
        {RESULTS.map((one) => (
          <option key={one} value={one}>
            {t(`rollcall.${one}`)}
          </option>
        ))}
      </select>
      <input
        class="input"
        aria-label={t("rollcall.note")}
        placeholder={t("rollcall.note")}
        maxLength={80}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" size="small" tone="accent" icon={Check}>
        {t("rollcall.correct_save")}
      </Button>
      <Button size="small" onClick={() => onDone(null)}>
        {t("do.cancel")}
      </Button>
    </form>
  );
}

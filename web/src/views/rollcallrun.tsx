/** While a roll call runs: the venue that is asked, large, and for the chair a key for every result. */
import { SkipForward, Square } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { endRollCall } from "../actions";
import { hubNow, second } from "../state/store";
import type { RollCall, RollRow, Session } from "../types/wire";
import { Button, Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { currentRow, KEYED, nextRow, secondsLeft, secondsText } from "./rollcallrows";
import { LateMark, RowDot } from "./rollcallstates";
import { goOn, note, tickCurrent } from "./rollcallverbs";

interface RunProps {
  readonly session: Session;
  readonly roll: RollCall;
  readonly isChair: boolean;
}

export function RollCallRun({ session, roll, isChair }: RunProps): JSX.Element {
  const row = currentRow(roll);
  const nameOf = (venue: string): string => session.venues[venue]?.name ?? venue;
  return (
    <section class="rollcall-run" aria-label={t("rollcall.running")}>
      <p class="rollcall-progress">
        <strong>{t("rollcall.running")}</strong>
        <span>{t("rollcall.place", { n: (roll.current ?? -1) + 1, all: roll.rows.length })}</span>
        {row?.late === true && <LateMark />}
      </p>
      {row !== null && <Asked row={row} roll={roll} name={nameOf(row.venue)} />}
      {isChair && <Desk session={session} roll={roll} row={row} />}
    </section>
  );
}

function Asked({ row, roll, name }: { row: RollRow; roll: RollCall; name: string }): JSX.Element {
  return (
    <div class="rollcall-asked">
      <p class="rollcall-venue">{name}</p>
      <p class="rollcall-times">
        <RowDot row={row} isCurrent />
        {row.after_ms !== null && <span>{t("rollcall.after", { s: secondsText(row.after_ms) })}</span>}
        {row.result === null && row.asked_ms !== null && <Elapsed since_ms={row.asked_ms} />}
        {roll.next_ms !== null && (
          <Countdown until_ms={roll.next_ms} isOpen={row.result === null} />
        )}
      </p>
    </div>
  );
}

/** 再等 9 秒: how long the venue has left, or how long its answer stays. Not read aloud: it changes every second. */
export function Countdown({ until_ms, isOpen }: { until_ms: number; isOpen: boolean }): JSX.Element {
  void second.value;
  const s = secondsLeft(until_ms, hubNow());
  return (
    <span class="rollcall-left" aria-hidden="true">
      {t(isOpen ? "rollcall.waits" : "rollcall.goes_on", { s })}
    </span>
  );
}

interface DeskProps {
  readonly session: Session;
  readonly roll: RollCall;
  readonly row: RollRow | null;
}

/** Each button keeps its place from the first venue to the last. */
function Desk({ session, roll, row }: DeskProps): JSX.Element {
  const next = nextRow(roll);
  const onward = useRef<HTMLButtonElement>(null);
  // Whoever has pressed 开始点名 has lost the button under the finger: Enter goes on from here.
  useEffect(() => {
    if (document.activeElement === document.body) onward.current?.focus();
  }, []);
  return (
    <>
      <div class="rollcall-keys" role="group" aria-label={t("rollcall.tick_as")}>
        {KEYED.map((result, n) => (
          <Button
            key={result}
            shortcut={String(n + 1)}
            disabled={row === null}
            pressed={row?.result === result}
            onClick={() => tickCurrent(session, result)}
          >
            <kbd aria-hidden="true">{n + 1}</kbd> {t(`rollcall.${result}`)}
          </Button>
        ))}
      </div>
      <div class="rollcall-onward">
        <Button
          tone="accent"
          icon={SkipForward}
          shortcut="0"
          buttonRef={onward}
          disabled={row === null}
          onClick={() => goOn(session)}
        >
          <kbd aria-hidden="true">0</kbd>{" "}
          {next === null
            ? t("rollcall.last")
            : t("rollcall.next", { venue: session.venues[next.venue]?.short_name ?? next.venue })}
        </Button>
        <Button icon={Square} onClick={() => void attempt(() => endRollCall(session.session_id))}>
          {t("rollcall.end")}
        </Button>
      </div>
      <input
        class="input"
        aria-label={t("rollcall.note")}
        placeholder={t("rollcall.note_hint")}
        maxLength={80}
        value={note.value}
        onInput={(event) => (note.value = event.currentTarget.value)}
      />
    </>
  );
}

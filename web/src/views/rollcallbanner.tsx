/** A roll call on everybody's screen: whom it is at, and for the venue that is asked one large button. */
import { Hand } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { answerRollCall } from "../actions";
import { runningRollCall } from "../state/rollcall";
import "../styles/rollcall.css";
import type { RollCall, RollRow, Session } from "../types/wire";
import { Button, Elapsed } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { attempt, toast } from "../ui/toast";
import { currentRow, KEYED, secondsText } from "./rollcallrows";
import { Countdown } from "./rollcallrun";
import { countsText, LateMark, ResultDot } from "./rollcallstates";
import { goOn, note, tickCurrent } from "./rollcallverbs";

interface BannerProps {
  readonly session: Session;
  readonly own: string | null;
  readonly isChair: boolean;
}

export function RollCallBanner({ session, own, isChair }: BannerProps): JSX.Element | null {
  const running = runningRollCall(session);
  useWordAtTheEnd(session);
  if (running === null) return null;
  const row = currentRow(running.roll);
  return (
    <div class="rollcall-banner">
      {isChair && <ChairKeys session={session} roll={running.roll} />}
      <Line session={session} roll={running.roll} row={row} />
      {row !== null && row.venue === own && <Called session={session} roll={running.roll} row={row} />}
    </div>
  );
}

/** 正在点名：信阳（3/18） */
function Line({ session, roll, row }: { session: Session; roll: RollCall; row: RollRow | null }): JSX.Element {
  const venue = session.venues[row?.venue ?? ""]?.short_name ?? "";
  return (
    <div class="rollcall-line">
      <p role="status">
        {t("rollcall.now", { venue, n: (roll.current ?? -1) + 1, all: roll.rows.length })}
        {row?.late === true && <LateMark />}
      </p>
      {row !== null && row.result !== null && <ResultDot result={row.result} />}
      {row?.after_ms != null && <span>{t("rollcall.after", { s: secondsText(row.after_ms) })}</span>}
      {row !== null && row.result === null && row.asked_ms !== null && (
        <span aria-hidden="true">
          <Elapsed since_ms={row.asked_ms} />
        </span>
      )}
      <span class="rollcall-line-counts">{countsText(roll)}</span>
    </div>
  );
}

/** Lies over the stage: nothing moves when it comes or goes. That one is called is read aloud by floorverbs.ts. */
function Called({ session, roll, row }: { session: Session; roll: RollCall; row: RollRow }): JSX.Element {
  const answer = (): void => void attempt(() => answerRollCall(session.session_id));
  const isOpen = row.result === null;
  useShortcuts([{ key: "a", label: t("rollcall.answer"), run: () => (isOpen ? answer() : undefined) }]);
  return (
    <section class={isOpen ? "rollcall-called" : "rollcall-called is-done"} aria-label={t("rollcall.called")}>
      <div class="rollcall-words">
        {isOpen && <p class="rollcall-call">{t("rollcall.called")}</p>}
        {isOpen && <p>{t("rollcall.say")}</p>}
        <div role="status">
          {row.result !== null && (
            <>
              <p class="rollcall-call">{t("rollcall.done")}</p>
              <p>
                <ResultDot result={row.result} />{" "}
                {row.after_ms !== null && t("rollcall.after", { s: secondsText(row.after_ms) })}
              </p>
            </>
          )}
        </div>
      </div>
      {isOpen && roll.next_ms !== null && <Countdown until_ms={roll.next_ms} isOpen />}
      <Button tone="accent" size="large" icon={Hand} shortcut="A" disabled={!isOpen} onClick={answer}>
        {t("rollcall.answer")} <kbd aria-hidden="true">A</kbd>
      </Button>
    </section>
  );
}

/** Where the venue looks at another page meanwhile: the same key, in the strip that leads back. */
export function RollCallAnswer({ session, own }: { session: Session; own: string | null }): JSX.Element | null {
  const running = runningRollCall(session);
  const row = running === null ? null : currentRow(running.roll);
  const isAsked = row !== null && row.venue === own && row.result === null;
  const answer = (): void => void attempt(() => answerRollCall(session.session_id));
  useShortcuts(isAsked ? [{ key: "a", label: t("rollcall.answer"), run: answer }] : []);
  if (!isAsked) return null;
  return (
    <>
      <strong>{t("rollcall.called")}</strong>
      <Button tone="accent" icon={Hand} shortcut="A" onClick={answer}>
        {t("rollcall.answer")}
      </Button>
    </>
  );
}

/** The chair's keys work whatever is open beside the stage. */
function ChairKeys({ session, roll }: { session: Session; roll: RollCall }): null {
  const current = `${roll.rollcall_id} ${roll.current ?? ""}`;
  // A note is about one venue and goes with it.
  useEffect(() => void (note.value = ""), [current]);
  useShortcuts([
    ...KEYED.map((result, n) => ({
      key: String(n + 1),
      label: t("rollcall.tick_key", { result: t(`rollcall.${result}`) }),
      run: () => tickCurrent(session, result),
    })),
    { key: "0", label: t("rollcall.next_key"), run: () => goOn(session) },
  ]);
  return null;
}

/** 点名结束：应答 17/20 */
function useWordAtTheEnd(session: Session): void {
  const last = session.rollcalls.at(-1);
  const runs = runningRollCall(session) !== null;
  const before = useRef(runs);
  useEffect(() => {
    if (before.current && !runs && last !== undefined) {
      toast(t("rollcall.over", { counts: countsText(last) }), "info", "rollcall");
    }
    before.current = runs;
  }, [runs]);
}

/** The tab 点名: the chair chooses, calls and ticks; everybody sees the same table while it runs and after it. */
import { ListChecks, RotateCcw } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { askAgain, tickRollCall } from "../actions";
import { isOffice } from "../state/chair";
import { runningRollCall } from "../state/rollcall";
import { me } from "../state/store";
import "../styles/rollcall.css";
import type { RollCall, Session } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { RollCallExport } from "./rollcallexport";
import { missedIn } from "./rollcallrows";
import { RollCallRun } from "./rollcallrun";
import { RollCallSetup } from "./rollcallsetup";
import { countsText } from "./rollcallstates";
import { RollCallTable } from "./rollcalltable";

interface PanelProps {
  readonly session: Session;
  readonly isChair: boolean;
}

export function RollCallPanel({ session, isChair }: PanelProps): JSX.Element {
  const running = runningRollCall(session)?.roll ?? null;
  const [wanted, setWanted] = useState<string | null>(null);
  const [isNew, setNew] = useState(false);
  const last = session.rollcalls.at(-1) ?? null;
  const shown = running ?? session.rollcalls.find(({ rollcall_id }) => rollcall_id === wanted) ?? last;
  const runs = running?.rollcall_id ?? null;
  useEffect(() => {
    if (runs === null) return;
    setNew(false);
    setWanted(null);
  }, [runs]);
  if (running === null && isChair && (shown === null || isNew)) {
    return (
      <div class="rollcall">
        <RollCallSetup session={session} onCancel={shown === null ? null : () => setNew(false)} />
      </div>
    );
  }
  if (shown === null) {
    return (
      <div class="rollcall">
        <EmptyState icon={ListChecks} title={t("rollcall.none")}>
          {t("rollcall.none_help")}
        </EmptyState>
      </div>
    );
  }
  return (
    <div class="rollcall">
      {running !== null && <RollCallRun session={session} roll={running} isChair={isChair} />}
      <p class="rollcall-counts" role={running === null ? undefined : "status"}>
        {countsText(shown)}
      </p>
      {running === null && isChair && <Afterwards session={session} roll={shown} isLast={shown === last} onNew={() => setNew(true)} />}
      <RollCallTable
        key={shown.rollcall_id}
        roll={shown}
        nameOf={(venue) => session.venues[venue]?.short_name ?? venue}
        current={shown.current}
        onCorrect={isChair ? (tick) => void attempt(() => correct(session, shown, tick)) : undefined}
      />
      {isOffice(session, me.value?.actor) && (
        <RollCallExport sessionId={session.session_id} rollcallId={shown.rollcall_id} />
      )}
      {running === null && session.rollcalls.length > 1 && (
        <Earlier rolls={session.rollcalls} shown={shown} onShow={setWanted} />
      )}
    </div>
  );
}

type Tick = Omit<Parameters<typeof tickRollCall>[1], "rollcall_id">;

function correct(session: Session, { rollcall_id }: RollCall, tick: Tick): Promise<unknown> {
  return tickRollCall(session.session_id, { rollcall_id, ...tick });
}

interface AfterwardsProps {
  readonly session: Session;
  readonly roll: RollCall;
  /** Only the last run can go on. */
  readonly isLast: boolean;
  readonly onNew: () => void;
}

function Afterwards({ session, roll, isLast, onNew }: AfterwardsProps): JSX.Element {
  const missed = missedIn(roll);
  return (
    <div class="rollcall-onward">
      {isLast && (
        <Button
          tone={missed.length > 0 ? "accent" : "plain"}
          icon={RotateCcw}
          disabled={missed.length === 0}
          onClick={() => void attempt(() => askAgain(session.session_id, missed))}
        >
          {t("rollcall.again", { n: missed.length })}
        </Button>
      )}
      <Button icon={ListChecks} onClick={onNew}>
        {t("rollcall.new")}
      </Button>
    </div>
  );
}

interface EarlierProps {
  readonly rolls: readonly RollCall[];
  readonly shown: RollCall;
  readonly onShow: (rollcall_id: string) => void;
}

export function Earlier({ rolls, shown, onShow }: EarlierProps): JSX.Element {
  return (
    <section class="rollcall-earlier" aria-label={t("rollcall.earlier")}>
      <h3>{t("rollcall.earlier")}</h3>
      <ul>
        {[...rolls].reverse().map((roll) => (
          <li key={roll.rollcall_id}>
            <button
              type="button"
              aria-pressed={roll.rollcall_id === shown.rollcall_id}
              onClick={() => onShow(roll.rollcall_id)}
            >
              <time>{clockTime(roll.started_ms)}</time> <span>{countsText(roll)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

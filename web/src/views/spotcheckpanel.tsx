/** Beside a call of a spot check: the checklist of this seat, one key an item, and on to the next. */
import { PhoneForwarded, TableProperties } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { endSession } from "../actions";
import { nextOf } from "../state/spotcheck";
import { me, spotchecks } from "../state/store";
import "../styles/deskcall.css";
import "../styles/spotcheck.css";
import type { CheckRow, SpotCheck } from "../types/wire";
import { Button } from "../ui/elements";
import { useShortcuts, useSpotCheck } from "../ui/hooks";
import { t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { attempt } from "../ui/toast";
import { callAndEnter } from "./spotcheck";
import { Checklist, RowSeconds, RowState, turnAnswer, VerdictChoice, Words } from "./spotcheckparts";

export interface CheckPlace {
  readonly checkId: string;
  readonly number: number;
}

/** The row that this session is the call of; null for every other session, and for everybody but officers. */
export function checkPlaceOf(sessionId: string): CheckPlace | null {
  if (me.value?.actor.role !== "officer") return null;
  for (const { check_id, sessions } of spotchecks.value ?? []) {
    const number = sessions[sessionId];
    if (number !== undefined) return { checkId: check_id, number };
  }
  return null;
}

export function SpotCheckPanel({ place, sessionId }: { place: CheckPlace; sessionId: string }): JSX.Element {
  const { state } = useSpotCheck(place.checkId);
  const row = state?.rows[place.number - 1];
  if (state === null || row === undefined) return <p class="empty">{t("spotcheck.loading")}</p>;
  return <Form check={state} row={row} sessionId={sessionId} />;
}

interface FormProps {
  readonly check: SpotCheck;
  readonly row: CheckRow;
  readonly sessionId: string;
}

function Form({ check, row, sessionId }: FormProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  const next = nextOf(check);
  const goOn = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await attempt(async () => {
      await endSession(sessionId);
      if (next === null) navigate(`/spotchecks/${check.check_id}`);
      else await callAndEnter(check, next);
    });
    setBusy(false);
  };
  useShortcuts([
    ...check.items.map((item, at) => ({ key: String(at + 1), label: item, run: () => turnAnswer(check, row, at) })),
    { key: "n", label: t("spotcheck.end_next"), run: () => void goOn() },
  ]);
  return (
    <section class="spotcheck-panel" aria-label={t("spotcheck.tab")}>
      <header>
        <h2>{row.seat.name}</h2>
        <RowState check={check} row={row} />
        <RowSeconds row={row} />
      </header>
      <Checklist check={check} row={row} />
      <VerdictChoice check={check} row={row} />
      <Words check={check} row={row} field="note" rows={2} />
      {row.verdict === "problem" && <Words check={check} row={row} field="problem" rows={3} />}
      <div class="spotcheck-panel-actions">
        <Button tone="accent" icon={PhoneForwarded} shortcut="N" busy={busy} onClick={() => void goOn()}>
          {t(next === null ? "spotcheck.end_back" : "spotcheck.end_next")}
        </Button>
        <Button icon={TableProperties} onClick={() => navigate(`/spotchecks/${check.check_id}`)}>
          {t("spotcheck.table")}
        </Button>
      </div>
      <p class="muted">{t("spotcheck.panel_keys", { n: check.items.length })}</p>
    </section>
  );
}

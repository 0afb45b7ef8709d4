/** 漏报, 瞒报, 谎报: what the office holds against a unit's reporting, counted in the circular. */
import { Flag } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { markUnit, retractMark } from "../actions";
import { incidents } from "../state/store";
import { DAILY, streamOf } from "../state/workspace";
import type { Mark, MarkKind } from "../types/wire";
import { Button, Dialog, Field } from "../ui/elements";
import { useWorkspace } from "../ui/hooks";
import { t } from "../ui/i18n";
import { attempt, useAttempt } from "../ui/toast";
import { groups } from "./deskchoice";
import { minute } from "./paperparts";

const MARKS: readonly MarkKind[] = ["missed", "concealed", "falsified"];
const REASON_MAX = 120;

export function MarksDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const [stream, setStream] = useState(DAILY);
  const [seat, setSeat] = useState("");
  const [mark, setMark] = useState<MarkKind>("missed");
  const [reason, setReason] = useState("");
  const [busy, run] = useAttempt();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await run(() => markUnit(stream, seat, mark, reason))) setReason("");
  };
  return (
    <Dialog
      title={t("mark.title")}
      class="paper-marks"
      onClose={onClose}
    >
      <p class="muted">{t("mark.help")}</p>
      <form class="paper-draft" onSubmit={(event) => void submit(event)}>
        <Field label={t("mark.where")}>
          {({ id }) => (
            <select id={id} class="input" value={stream} onChange={(event) => setStream(event.currentTarget.value)}>
              <option value={DAILY}>{t("mark.daily")}</option>
              {(incidents.value ?? []).map(({ incident_id, number, title }) => (
                <option key={incident_id} value={streamOf(incident_id)}>
                  {number} {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("mark.unit")}>
          {({ id }) => (
            <select id={id} class="input" value={seat} onChange={(event) => setSeat(event.currentTarget.value)}>
              <option value="">{t("mark.choose_unit")}</option>
              {groups.value.map(({ level, seats }) => (
                <optgroup key={level} label={t(`level.${level}`)}>
                  {seats.map(({ seat_id, name }) => (
                    <option key={seat_id} value={seat_id}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
        <fieldset class="segments">
          <legend class="visually-hidden">{t("mark.kind")}</legend>
          {MARKS.map((each) => (
            <label key={each}>
              <input type="radio" name="mark" checked={mark === each} onChange={() => setMark(each)} />
              <span>{t(`mark.${each}`)}</span>
            </label>
          ))}
        </fieldset>
        <Field label={t("mark.reason")}>
          {({ id }) => (
            <input
              id={id}
              class="input"
              maxLength={REASON_MAX}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
        <Button type="submit" tone="accent" icon={Flag} busy={busy} disabled={seat === "" || reason.trim() === ""}>
          {t("mark.do")}
        </Button>
      </form>
      <Marks key={stream} stream={stream} />
    </Dialog>
  );
}

/** Those of the chosen incident; one that was taken back stays, with the reason. */
function Marks({ stream }: { stream: string }): JSX.Element | null {
  const { state } = useWorkspace(stream);
  const marks = Object.values(state?.marks ?? {});
  if (marks.length === 0) return null;
  return (
    <section aria-label={t("mark.list")}>
      <h3>{t("mark.list")}</h3>
      <ul class="paper-mark-list">
        {marks.map((mark) => (
          <MarkRow key={mark.mark_id} stream={stream} mark={mark} />
        ))}
      </ul>
    </section>
  );
}

function MarkRow({ stream, mark }: { stream: string; mark: Mark }): JSX.Element {
  const [reason, setReason] = useState<string | null>(null);
  const takeBack = (event: Event): void => {
    event.preventDefault();
    void attempt(() => retractMark(stream, mark.mark_id, reason ?? ""));
  };
  return (
    <li class={mark.retracted === null ? undefined : "is-retracted"}>
      <span>
        {mark.unit.short_name} · {t(`mark.${mark.mark}`)} · {mark.reason}
        <span class="muted">
          {" "}
          {minute(mark.at_ms)} {mark.actor.person}
        </span>
      </span>
      {mark.retracted !== null && <span class="muted">{t("mark.retracted", { reason: mark.retracted })}</span>}
      {mark.retracted === null && reason === null && (
        <Button size="small" tone="quiet" onClick={() => setReason("")}>
          {t("mark.retract")}
        </Button>
      )}
      {mark.retracted === null && reason !== null && (
        <form onSubmit={takeBack}>
          <input
            class="input"
            aria-label={t("mark.retract_reason")}
            placeholder={t("mark.retract_reason")}
            maxLength={REASON_MAX}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" size="small" disabled={reason.trim() === ""}>
            {t("mark.retract")}
          </Button>
        </form>
      )}
    </li>
  );
}

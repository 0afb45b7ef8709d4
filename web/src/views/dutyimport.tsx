/** A roster is read from a CSV file: looked at first, every bad line with its number and why, then taken whole. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { importRoster } from "../actions";
import { hubNow } from "../state/store";
import type { RosterImported } from "../types/wire";
import { Banner, Button, Dialog, Field } from "../ui/elements";
import { language, t } from "../ui/i18n";
import { attempt, toast, useAttempt } from "../ui/toast";
import { namesOf, shiftSpan, spanOf } from "./dutyparts";

interface ImportProps {
  readonly onClose: () => void;
  /** The roster begins there. */
  readonly onDone: (starts_ms: number) => void;
}

export function RosterImport({ onClose, onDone }: ImportProps): JSX.Element {
  const [file, setFile] = useState<Blob | null>(null);
  const [seen, setSeen] = useState<RosterImported | null>(null);
  const [replaces, setReplaces] = useState(false);
  const [busy, run] = useAttempt();
  const look = (chosen: Blob | undefined): void => {
    if (chosen === undefined) return;
    setSeen(null);
    setFile(chosen);
    void attempt(async () => setSeen(await importRoster(chosen, false, false)));
  };
  const take = async (): Promise<void> => {
    if (file === null || seen === null) return;
    const done = await run(() => importRoster(file, true, replaces));
    if (!done) return;
    toast(t("duty.import_done", { n: seen.shifts.length }));
    onDone(seen.shifts[0]?.starts_ms ?? hubNow());
    onClose();
  };
  return (
    <Dialog title={t("duty.import")} onClose={onClose} class="roster-import">
      <p class="muted">{t("duty.roster_help")}</p>
      <Field label={t("duty.import_file")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => look(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
      {seen !== null && <Seen seen={seen} />}
      {seen !== null && seen.planned > 0 && (
        <label class="check">
          <input type="checkbox" checked={replaces} onChange={(event) => setReplaces(event.currentTarget.checked)} />
          {t("duty.import_replace")}
          <span class="muted">{t("duty.import_planned", { n: seen.planned })}</span>
        </label>
      )}
      <div class="actions">
        <Button
          tone="accent"
          busy={busy}
          disabled={seen === null || seen.bad.length > 0 || seen.shifts.length === 0}
          onClick={() => void take()}
        >
          {t("duty.import_go", { n: seen?.shifts.length ?? 0 })}
        </Button>
        <Button onClick={onClose}>{t("do.cancel")}</Button>
      </div>
    </Dialog>
  );
}

function Seen({ seen }: { seen: RosterImported }): JSX.Element {
  return (
    <div class="import-seen" role="status">
      {seen.bad.length > 0 && (
        <>
          <Banner tone="bad">{t("duty.import_bad", { n: seen.bad.length })}</Banner>
          <ul class="bad-lines">
            {seen.bad.map((bad) => (
              <li key={`${bad.line}/${bad.zh}`}>
                <strong>{t("duty.import_line", { line: bad.line })}</strong>{" "}
                {language.value === "zh-CN" ? bad.zh : bad.en}
                <code>{bad.text}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {seen.gaps.length > 0 && (
        <Banner tone="warn">{t("duty.import_gaps", { times: seen.gaps.map(spanOf).join("，") })}</Banner>
      )}
      <ul class="import-shifts">
        {seen.shifts.slice(0, 60).map((shift) => (
          <li key={shift.shift_id}>
            <span>{shiftSpan(shift)}</span>
            <span>{namesOf(shift.crew)}</span>
            <span class="muted">{shift.crew.leader}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The line in which an entry of the duty log is written, with the record of a call below it. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";

import { writeEntry } from "../actions";
import type { EntryKind, PhoneRecord } from "../types/wire";
import { Button, Field } from "../ui/elements";
import { fieldTime, t, timeInField } from "../ui/i18n";
import { useAttempt } from "../ui/toast";
import { TextField } from "./dutyparts";

const WRITTEN: readonly EntryKind[] = ["call_in", "call_out", "key", "instruction", "other"];
const LINES = ["unit", "name", "post", "phone", "place"] as const;
const LONG = ["cause", "course", "measures", "result", "impact", "trend", "told"] as const;

export const EMPTY_CALL: PhoneRecord = {
  ...{ unit: "", name: "", post: "", phone: "", place: "", occurred_ms: null, cause: "", course: "" },
  ...{ measures: "", result: "", impact: "", trend: "", told: "" },
};

/** An entry that is being written. */
export interface EntryDraft {
  readonly kind: EntryKind;
  readonly text: string;
  /** As its field has it; empty is now. */
  readonly at: string;
  readonly call: PhoneRecord;
}

export const NO_ENTRY: EntryDraft = { kind: "key", text: "", at: "", call: EMPTY_CALL };

export interface DraftProps {
  readonly draft: EntryDraft;
  readonly onDraft: (change: (now: EntryDraft) => EntryDraft) => void;
}

export function NewEntry({ draft, onDraft }: DraftProps): JSX.Element {
  const { kind, text, at, call } = draft;
  const set = (part: Partial<EntryDraft>): void => onDraft((now) => ({ ...now, ...part }));
  const [busy, run] = useAttempt();
  const line = useRef<HTMLInputElement>(null);
  const isCall = kind === "call_in" || kind === "call_out";
  const write = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (text.trim() === "") return;
    const done = await run(() => writeEntry({ kind, text, at_ms: timeInField(at), call: isCall ? call : null }));
    if (!done) return;
    // What was typed while the hub took it is the next entry.
    onDraft((now) => ({
      kind: now.kind,
      text: now.text === text ? "" : now.text,
      at: now.at === at ? "" : now.at,
      call: now.call === call ? EMPTY_CALL : now.call,
    }));
    line.current?.focus();
  };
  return (
    <form class="duty-new" onSubmit={(event) => void write(event)}>
      <fieldset class="segments">
        <legend class="visually-hidden">{t("duty.kind")}</legend>
        {WRITTEN.map((one) => (
          <label key={one}>
            <input type="radio" name="duty-kind" checked={kind === one} onChange={() => set({ kind: one })} />
            <span>{t(`duty.kind_${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <div class="duty-new-line">
        <input
          ref={line}
          class="input"
          aria-label={t("duty.text")}
          placeholder={t("duty.text_hint")}
          maxLength={2000}
          value={text}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
        <input
          class="input duty-at"
          type="datetime-local"
          aria-label={t("duty.at")}
          title={t("duty.at")}
          value={at}
          onInput={(event) => set({ at: event.currentTarget.value })}
        />
        <Button type="submit" tone="accent" busy={busy} disabled={text.trim() === ""}>
          {t("duty.write")}
        </Button>
      </div>
      {isCall && <CallFields call={call} onCall={(now) => set({ call: now })} />}
    </form>
  );
}

export function CallFields({ call, onCall }: { call: PhoneRecord; onCall: (call: PhoneRecord) => void }): JSX.Element {
  const set = (part: Partial<PhoneRecord>): void => onCall({ ...call, ...part });
  return (
    <fieldset class="duty-call-fields">
      <legend>{t("duty.call_more")}</legend>
      {LINES.map((name) => (
        <TextField
          key={name}
          label={t(`duty.call_${name}`)}
          value={call[name]}
          onInput={(value) => set({ [name]: value })}
        />
      ))}
      <TextField
        label={t("duty.call_occurred_ms")}
        type="datetime-local"
        value={call.occurred_ms === null ? "" : fieldTime(call.occurred_ms)}
        onInput={(value) => set({ occurred_ms: timeInField(value) })}
      />
      {LONG.map((name) => (
        <Field key={name} label={t(`duty.call_${name}`)} class="is-long">
          {({ id }) => (
            <textarea
              id={id}
              class="input"
              rows={1}
              maxLength={500}
              value={call[name]}
              onInput={(event) => set({ [name]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}

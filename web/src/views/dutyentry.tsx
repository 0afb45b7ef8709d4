/** The line in which an entry of the duty log is written, with the record of a call below it. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";

import { writeEntry } from "../actions";
import type { EntryKind, PhoneRecord } from "../types/wire";
import { Button, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { fieldOf, msOf, TextField } from "./dutyparts";

const WRITTEN: readonly EntryKind[] = ["call_in", "call_out", "key", "instruction", "other"];
const LINES = ["unit", "name", "post", "phone", "place"] as const;
const LONG = ["cause", "course", "measures", "result", "impact", "trend", "told"] as const;

export const EMPTY_CALL: PhoneRecord = {
  ...{ unit: "", name: "", post: "", phone: "", place: "", occurred_ms: null, cause: "", course: "" },
  ...{ measures: "", result: "", impact: "", trend: "", told: "" },
};

export function NewEntry(): JSX.Element {
  const [kind, setKind] = useState<EntryKind>("key");
  const [text, setText] = useState("");
  const [at, setAt] = useState("");
  const [call, setCall] = useState(EMPTY_CALL);
  const line = useRef<HTMLInputElement>(null);
  const isCall = kind === "call_in" || kind === "call_out";
  const write = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (text.trim() === "") return;
    const done = await attempt(() => writeEntry({ kind, text, at_ms: msOf(at), call: isCall ? call : null }));
    if (!done) return;
    setText("");
    setAt("");
    setCall(EMPTY_CALL);
    line.current?.focus();
  };
  return (
    <form class="duty-new" onSubmit={(event) => void write(event)}>
      <fieldset class="segments">
        <legend class="visually-hidden">{t("duty.kind")}</legend>
        {WRITTEN.map((one) => (
          <label key={one}>
            <input type="radio" name="duty-kind" checked={kind === one} onChange={() => setKind(one)} />
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
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <input
          class="input duty-at"
          type="datetime-local"
          aria-label={t("duty.at")}
          title={t("duty.at")}
          value={at}
          onInput={(event) => setAt(event.currentTarget.value)}
        />
        <Button type="submit" tone="accent" disabled={text.trim() === ""}>
          {t("duty.write")}
        </Button>
      </div>
      {isCall && <CallFields call={call} onCall={setCall} />}
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
        value={call.occurred_ms === null ? "" : fieldOf(call.occurred_ms)}
        onInput={(value) => set({ occurred_ms: msOf(value) })}
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

/** The elements of an incident in one form: what others changed meanwhile merges, a clash shows both. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { editIncident } from "../actions";
import { problemOf } from "../link/problem";
import { CATEGORIES, changesOf, type HeaderDraft, type HeaderField } from "../state/incident";
import type { HeaderChanges, IncidentCategory, Workspace } from "../types/wire";
import { Button, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { FormDialog, minuteTime, TimeInput } from "./incidentparts";

interface EditorProps {
  readonly stream: string;
  readonly ws: Workspace;
  /** The field that gets the focus. */
  readonly first?: HeaderField;
  readonly onClose: () => void;
}

interface Clash {
  readonly version: number;
  readonly theirs: HeaderChanges;
  readonly yours: HeaderChanges;
}

export function HeaderEditor({ stream, ws, first = "title", onClose }: EditorProps): JSX.Element {
  // What the writer was looking at: the hub merges what others have written since into other fields.
  const [base, setBase] = useState({ header: ws.header, version: ws.version });
  const [draft, setDraft] = useState<HeaderDraft>(ws.header);
  const [clash, setClash] = useState<Clash | null>(null);
  const change = (part: Partial<HeaderDraft>): void => setDraft({ ...draft, ...part });
  const changes = changesOf(base.header, draft);
  const submit = async (): Promise<void> => {
    if (Object.keys(changes).length === 0) return;
    try {
      await editIncident(stream, base.version, changes);
    } catch (thrown) {
      const { code, detail } = problemOf(thrown);
      if (code === "board.conflict") {
        const { version, theirs, yours } = detail;
        setClash({ version: Number(version), theirs: theirs as HeaderChanges, yours: yours as HeaderChanges });
      }
      throw thrown;
    }
  };
  const settle = (name: HeaderField, takesTheirs: boolean): void => {
    if (clash === null) return;
    const { [name]: theirs, ...others } = clash.theirs;
    const { [name]: _, ...yours } = clash.yours;
    // What stands at the hub is what is compared with from now on, whichever of the two is taken.
    const known = { ...base.header, [name]: theirs };
    if (takesTheirs) change({ [name]: theirs } as Partial<HeaderDraft>);
    const isLast = Object.keys(others).length === 0;
    setBase({ header: known, version: isLast ? clash.version : base.version });
    setClash(isLast ? null : { ...clash, theirs: others, yours });
  };
  return (
    <FormDialog
      title={t("incident.edit_title")}
      go={t("incident.save")}
      class="inc-wide-dialog"
      disabled={draft.title.trim() === "" || clash !== null}
      onClose={onClose}
      onSubmit={submit}
    >
      {clash !== null && <Clashes clash={clash} onSettle={settle} />}
      <Fields draft={draft} first={first} onChange={change} />
    </FormDialog>
  );
}

interface FieldsProps {
  readonly draft: HeaderDraft;
  readonly first: HeaderField;
  readonly onChange: (part: Partial<HeaderDraft>) => void;
}

function Fields({ draft, first, onChange }: FieldsProps): JSX.Element {
  const summary = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (first === "summary") summary.current?.focus();
  }, []);
  return (
    <>
      <HeaderFields draft={draft} onChange={onChange} />
      <Field label={t("incident.field_summary")}>
        {({ id }) => (
          <textarea
            ref={summary}
            id={id}
            class="input"
            rows={4}
            maxLength={500}
            value={draft.summary}
            onInput={(event) => onChange({ summary: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

interface HeaderFieldsProps {
  readonly draft: HeaderDraft;
  readonly onChange: (part: Partial<HeaderDraft>) => void;
}

/** Title, category, place, two times and 敏感: the same where an incident is opened and where it is changed. */
export function HeaderFields({ draft, onChange }: HeaderFieldsProps): JSX.Element {
  return (
    <>
      <Field label={t("incident.field_title")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            required
            maxLength={80}
            value={draft.title}
            onInput={(event) => onChange({ title: event.currentTarget.value })}
          />
        )}
      </Field>
      <div class="inc-form-row">
        <Field label={t("incident.field_category")}>
          {({ id }) => (
            <select
              id={id}
              class="input"
              value={draft.category}
              onChange={(event) => onChange({ category: event.currentTarget.value as IncidentCategory })}
            >
              {CATEGORIES.map((one) => (
                <option key={one} value={one}>
                  {t(`category.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("incident.field_place")}>
          {({ id }) => (
            <input
              id={id}
              class="input"
              maxLength={120}
              value={draft.place}
              onInput={(event) => onChange({ place: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <div class="inc-form-row">
        <Field label={t("incident.field_occurred_ms")}>
          {({ id }) => <TimeInput id={id} value={draft.occurred_ms} onChange={(occurred_ms) => onChange({ occurred_ms })} />}
        </Field>
        <Field label={t("incident.field_learned_ms")}>
          {({ id }) => <TimeInput id={id} value={draft.learned_ms} onChange={(learned_ms) => onChange({ learned_ms })} />}
        </Field>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={draft.sensitive}
          onChange={(event) => onChange({ sensitive: event.currentTarget.checked })}
        />
        <span class="check-word">{t("incident.field_sensitive")}</span> <span class="muted">{t("incident.sensitive_hint")}</span>
      </label>
    </>
  );
}

interface ClashesProps {
  readonly clash: Clash;
  readonly onSettle: (name: HeaderField, takesTheirs: boolean) => void;
}

/** Both texts, and two buttons for each field. */
function Clashes({ clash, onSettle }: ClashesProps): JSX.Element {
  const names = Object.keys(clash.theirs) as HeaderField[];
  return (
    <div class="inc-clash" role="alert">
      <p>{t("incident.conflict")}</p>
      {names.map((name) => (
        <div key={name} class="inc-clash-field" role="group" aria-label={t(`incident.field_${name}`)}>
          <strong>{t(`incident.field_${name}`)}</strong>
          <dl>
            <dt>{t("incident.theirs")}</dt>
            <dd>{said(clash.theirs[name])}</dd>
            <dt>{t("incident.yours")}</dt>
            <dd>{said(clash.yours[name])}</dd>
          </dl>
          <div class="inc-clash-choice">
            <Button size="small" onClick={() => onSettle(name, true)}>
              {t("incident.take_theirs")}
            </Button>
            <Button size="small" onClick={() => onSettle(name, false)}>
              {t("incident.keep_mine")}
            </Button>
          </div>
        </div>
      ))}
    </div>
  );
}

function said(value: HeaderChanges[HeaderField]): string {
  if (value === null || value === undefined) return t("incident.unknown_time");
  if (typeof value === "boolean") return t(value ? "incident.yes" : "incident.no");
  if (typeof value === "number") return minuteTime(value);
  return (CATEGORIES as readonly string[]).includes(value) ? t(`category.${value as IncidentCategory}`) : value;
}

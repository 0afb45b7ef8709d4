/** One field of an item, to be written in: a line, many lines, a choice, a number, a time. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { LINE_MAX, LONG_MAX, TEXT_MAX } from "../../state/workspace";
import { hubNow } from "../../state/store";
import type { Field } from "../../types/kinds";
import { Button } from "../../ui/elements";
import { fieldTime, t, timeInField } from "../../ui/i18n";
import { said } from "./words";

export interface InputProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly id?: string;
  readonly label?: string;
  readonly autofocus?: boolean;
  readonly placeholder?: string;
  /** The words of a new line: where a page's own key for a new item leads. */
  readonly isNew?: boolean;
}

export function FieldInput(props: InputProps): JSX.Element {
  const { field, value, onChange, id, label } = props;
  const named = { id, "aria-label": label };
  if (field.type === "choice") {
    return (
      <select class="input" {...named} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {said(choice)}
          </option>
        ))}
      </select>
    );
  }
  if (field.name === "text" || field.type === "long") return <Words {...props} />;
  if (field.type === "time") return <TimeInput {...props} />;
  return (
    <input
      class="input"
      {...named}
      type="text"
      inputMode={field.type === "number" ? "decimal" : undefined}
      maxLength={LINE_MAX}
      value={value}
      placeholder={props.placeholder}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** As high as what stands in it, up to a third of the screen. */
function Words({ field, value, onChange, id, label, autofocus = false, placeholder, isNew }: InputProps): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 2, innerHeight / 3)}px`;
  }, [value]);
  useEffect(() => {
    if (autofocus) box.current?.focus();
  }, []);
  return (
    <textarea
      ref={box}
      class="input bv-words"
      data-new-item={isNew === true ? "" : undefined}
      id={id}
      aria-label={label}
      rows={1}
      maxLength={field.name === "text" ? TEXT_MAX : LONG_MAX}
      value={value}
      placeholder={placeholder}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A time by day and clock; a time until which something is asked comes in one press as well. */
function TimeInput({ field, value, onChange, id, label }: InputProps): JSX.Element {
  return (
    <span class="bv-time">
      <input
        class="input"
        id={id}
        aria-label={label}
        type="datetime-local"
        value={value === "" ? "" : fieldTime(Number(value))}
        onChange={(event) => onChange(String(timeInField(event.currentTarget.value) ?? ""))}
      />
      {field.name === "due" && <DueChips onChoose={onChange} />}
      {field.name === "as_of" && (
        <Button size="small" tone="quiet" onClick={() => onChange(String(hubNow()))}>
          {t("boards.now")}
        </Button>
      )}
    </span>
  );
}

const MINUTES = [30, 60, 120] as const;

/** X 分钟后: "report back in thirty minutes" is one press. */
export function DueChips({ onChoose }: { onChoose: (value: string) => void }): JSX.Element {
  return (
    <span class="bv-chips" role="group" aria-label={t("boards.due_in")}>
      {MINUTES.map((n) => (
        <Button key={n} size="small" tone="quiet" onClick={() => onChoose(String(hubNow() + n * 60_000))}>
          {t("boards.in_minutes", { n })}
        </Button>
      ))}
    </span>
  );
}

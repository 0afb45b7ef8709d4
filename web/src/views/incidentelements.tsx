/** The elements of a report in a form: all optional, what is empty is 待核实 and says so. */
import type { JSX } from "preact";

import { COMMON, KINDS, type Field as KindField } from "../types/kinds";
import { Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { said } from "./boards/words";
import { shortTime, TimeInput } from "./incidentparts";

export type Fields = Readonly<Record<string, string>>;

const field = (name: string): KindField | undefined =>
  KINDS.report.fields.find((one) => one.name === name) ?? COMMON.find((one) => one.name === name);

/** Of a first report: the twelve required elements (domain.md 2.2), in the order in which a caller is asked. */
export const ELEMENTS = [
  "learned",
  "source",
  "occurred",
  "place",
  "nature",
  "casualties",
  "scope",
  "trend",
  "leaders",
  "measures",
  "requests",
  "contact",
] as const;

/** What is asked of whoever is on the telephone, before anything else. */
export const CALLER = ["caller", "phone", "told"] as const;

interface ElementsProps {
  readonly names: readonly string[];
  readonly fields: Fields;
  readonly onChange: (fields: Fields) => void;
  /** What earlier reports have said: shown beside, so that only what is new is written. */
  readonly before?: Readonly<Record<string, { readonly text: string; readonly item: { readonly created_ms: number } }>>;
  /** Empty ones are marked 待核实. */
  readonly marks?: boolean;
}

export function Elements({ names, fields, onChange, before = {}, marks = true }: ElementsProps): JSX.Element {
  return (
    <div class="inc-elements">
      {names.map((name) => {
        const of = field(name);
        if (of === undefined) return null;
        const value = fields[name] ?? "";
        const last = before[name];
        const hint =
          last === undefined
            ? undefined
            : t("report.said_before", { text: textOf(of, last.text), time: shortTime(last.item.created_ms) });
        return (
          <Element
            key={name}
            of={of}
            value={value}
            hint={hint}
            isOpen={marks && value === "" && last === undefined}
            onInput={(text) => onChange({ ...fields, [name]: text })}
          />
        );
      })}
    </div>
  );
}

const textOf = (of: KindField, text: string): string => (of.type === "time" ? shortTime(Number(text)) : text);

interface ElementProps {
  readonly of: KindField;
  readonly value: string;
  readonly hint: string | undefined;
  readonly isOpen: boolean;
  readonly onInput: (text: string) => void;
}

function Element({ of, value, hint, isOpen, onInput }: ElementProps): JSX.Element {
  const label = isOpen ? t("report.open_element", { name: said(of) }) : said(of);
  return (
    <Field label={label} class={`${of.type === "long" ? "is-long" : ""} ${isOpen ? "is-open" : ""}`} {...hinted(hint)}>
      {({ id, describedBy }) =>
        of.type === "time" ? (
          <TimeInput
            id={id}
            describedBy={describedBy}
            value={value === "" ? null : Number(value)}
            onChange={(ms) => onInput(ms === null ? "" : String(ms))}
          />
        ) : of.type === "long" ? (
          <textarea
            id={id}
            class="input"
            rows={2}
            maxLength={8000}
            aria-describedby={describedBy}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        ) : (
          <input
            id={id}
            class="input"
            maxLength={120}
            type={of.name === "phone" ? "tel" : "text"}
            autocomplete="off"
            aria-describedby={describedBy}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        )
      }
    </Field>
  );
}

function hinted(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

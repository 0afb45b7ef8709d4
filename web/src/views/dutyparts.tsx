/** Parts of the page of duty: whose post it is, times, crews, and fields for them. */
import type { JSX } from "preact";

import { atPost } from "../state/duty";
import { hubNow, me, organisation } from "../state/store";
import type { Crew, EmptySlot, Shift } from "../types/wire";
import { Field } from "../ui/elements";
import { clockTime, dateOf, shortClock, t } from "../ui/i18n";

/** The seat whose log this person reads and writes: officers at a backup's seat share the office's own (L1). */
export function ownPost(): string | null {
  const actor = me.value?.actor;
  if (actor === undefined || actor.seat === null) return null;
  const backed = actor.role === "officer" ? organisation.value.seats[actor.seat]?.backup_of : null;
  return backed ?? actor.seat;
}

/** 08:00 today, else 07-20 08:00. */
export function shortWhen(ms: number): string {
  return shortClock(ms, hubNow());
}

export function spanOf({ from_ms, to_ms }: EmptySlot): string {
  const end = clockTime(to_ms).slice(0, 5);
  return `${dateOf(from_ms).slice(5)} ${clockTime(from_ms).slice(0, 5)}–${end === "00:00" ? "24:00" : end}`;
}

export function shiftSpan({ starts_ms, ends_ms }: Shift): string {
  return spanOf({ from_ms: starts_ms, to_ms: ends_ms });
}

export const namesOf = (crew: Crew): string => atPost(crew).join("、");

const PARTS = ["leader", "chief", "primary", "deputies", "phone"] as const;

/** Who is who in a shift; what nobody is named for is left out. */
export function CrewList({ crew }: { crew: Crew }): JSX.Element {
  return (
    <dl class="crew">
      {PARTS.map((part) => {
        const value = crew[part];
        const text = typeof value === "string" ? value : value.join("、");
        return text === "" ? null : (
          <div key={part}>
            <dt>{t(`duty.${part}`)}</dt>
            <dd>{text}</dd>
          </div>
        );
      })}
    </dl>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly max?: number;
  readonly list?: readonly string[];
  readonly type?: "text" | "datetime-local";
  readonly class?: string;
}

/** One line with its label; `list` are names that are likely. */
export function TextField({ label, value, onInput, max = 200, list, type = "text", class: name }: TextProps): JSX.Element {
  return (
    <Field label={label} class={name}>
      {({ id }) => (
        <>
          <input
            id={id}
            class="input"
            type={type}
            maxLength={max}
            list={list === undefined ? undefined : `${id}-list`}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          {list !== undefined && (
            <datalist id={`${id}-list`}>
              {list.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

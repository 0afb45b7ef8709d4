/** What somebody writes in a form: it is there again after a reload and after a call, until it is sent or given up. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { keepFor, keptFor } from "../state/kept";
import { account, hubNow } from "../state/store";
import { Button } from "./elements";
import { clockTime, t } from "./i18n";

export interface Form<T> {
  readonly value: T;
  readonly change: (change: (now: T) => T) => void;
  /** When what is shown was written, where it comes from an earlier page. */
  readonly since_ms: number | null;
  /** It has been sent, or is not wanted: nothing of it comes back. */
  readonly forget: () => void;
  readonly restart: () => void;
}

/** `begin` is an empty form; with `anew` what was kept makes room for it. */
export function useForm<T>(key: string, begin: () => T, anew = false): Form<T> {
  const place = `huishang.form.1 ${key}`;
  const by = account.peek() ?? "";
  const [kept, setKept] = useState(() => (anew ? null : keptFor<T>(place, by)));
  const [value, setValue] = useState<T>(() => kept?.value ?? begin());
  const forget = (): void => keepFor(place, by, null, 0);
  return {
    value,
    change: (change) =>
      setValue((now) => {
        const next = change(now);
        keepFor(place, by, next, hubNow());
        return next;
      }),
    since_ms: kept?.at_ms ?? null,
    forget,
    restart: () => {
      forget();
      setKept(null);
      setValue(begin());
    },
  };
}

/** Says that a form does not begin empty, and how to have it so. */
export function KeptNote({ since_ms, restart }: Pick<Form<unknown>, "since_ms" | "restart">): JSX.Element | null {
  if (since_ms === null) return null;
  return (
    <p class="kept-note" role="status">
      {t("app.kept", { time: clockTime(since_ms) })}
      <Button size="small" tone="quiet" onClick={restart}>
        {t("app.kept_restart")}
      </Button>
    </p>
  );
}

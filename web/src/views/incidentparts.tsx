/** Small parts of an incident's page: times, countdowns, the form in a dialog. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";

import { hubNow, me, second } from "../state/store";
import type { Actor, Workspace } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { clockTime, dateOf, elapsed, fieldTime, lasting, shortClock, t, timeInField } from "../ui/i18n";
import { attempt } from "../ui/toast";

/** Whoever is logged in speaks for the duty office. */
export function isOffice(): boolean {
  return me.value?.actor.role === "officer";
}

/** The office changes the header, and the unit that has reported the incident while it is a draft (I2). */
export function mayEditHeader(ws: Workspace, by: Actor | undefined): boolean {
  if (ws.closed_ms !== null || by === undefined || ws.nature !== "incident") return false;
  return by.role === "officer" || (ws.status === "draft" && by.seat !== null && ws.opened_by?.seat === by.seat);
}

/** 10:32:07, with the day when it is not today. */
export function shortTime(ms: number, now_ms: number = hubNow()): string {
  const day = dateOf(ms);
  return day === dateOf(now_ms) ? clockTime(ms) : `${day.slice(5)} ${clockTime(ms)}`;
}

/** 10:32, with the day when it is not today: for a time that somebody has set. */
export function minuteTime(ms: number, now_ms: number = hubNow()): string {
  return shortClock(ms, now_ms);
}

/** 3 小时前: how long ago, said short. */
export function Ago({ ms }: { ms: number }): JSX.Element {
  void second.value;
  const gone_ms = hubNow() - ms;
  return <span class="ago">{gone_ms < 60_000 ? t("time.just_now") : t("time.ago", { time: lasting(gone_ms) })}</span>;
}

/** 还有 12:04, or a triangle and 超期 06:12: what it counts to stands beside it. */
export function Countdown({ due_ms }: { due_ms: number }): JSX.Element {
  void second.value;
  const left_ms = due_ms - hubNow();
  if (left_ms >= 0) {
    return (
      <span class="countdown">
        {t("incident.due_in")} <span class="elapsed">{elapsed(left_ms + 999)}</span>
      </span>
    );
  }
  return (
    <span class="countdown is-overdue">
      <OverdueSign /> {t("incident.overdue")} <span class="elapsed">{elapsed(-left_ms)}</span>
    </span>
  );
}

/** The shape of what is late. */
export function OverdueSign(): JSX.Element {
  return (
    <svg class="overdue-sign" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d="M6 1.2 11.4 10.8H.6z" fill="currentColor" />
    </svg>
  );
}

/** 迟报 12 分钟: stamped by the hub, never to be edited. */
export function LateStamp({ late_min }: { late_min: number | null }): JSX.Element | null {
  if (late_min === null) return null;
  return (
    <span class="late-stamp" title={t("incident.stamped")}>
      <OverdueSign /> {t("incident.late", { n: late_min })}
    </span>
  );
}

// --- times in forms ---------------------------------------------------------------------------------

interface TimeInputProps {
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string | undefined;
  readonly value: number | null;
  readonly onChange: (ms: number | null) => void;
}

/** To the minute; empty is null. */
export function TimeInput({ id, label, describedBy, value, onChange }: TimeInputProps): JSX.Element {
  return (
    <input
      id={id}
      class="input"
      type="datetime-local"
      aria-label={label}
      aria-describedby={describedBy}
      value={value === null ? "" : fieldTime(value)}
      onChange={(event) => onChange(timeInField(event.currentTarget.value))}
    />
  );
}

/** The start of this minute: what a form says when nobody has said anything. */
export function thisMinute(): number {
  return Math.floor(hubNow() / 60_000) * 60_000;
}

// --- a form in a dialog -----------------------------------------------------------------------------

interface FormDialogProps {
  readonly title: string;
  readonly go: string;
  readonly onClose: () => void;
  readonly onSubmit: () => Promise<unknown>;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Closes when the hub has taken it; a refusal is said and everything typed stays. */
export function FormDialog(props: FormDialogProps): JSX.Element {
  const { title, go, onClose, onSubmit, disabled = false, danger = false, children } = props;
  const [busy, setBusy] = useState(false);
  const form = useId();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || disabled) return;
    setBusy(true);
    const isDone = await attempt(onSubmit);
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      title={title}
      class={props.class ?? ""}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("do.cancel")}</Button>
          <button type="submit" form={form} class={`button ${danger ? "danger" : "accent"}`} disabled={disabled || busy}>
            {go}
          </button>
        </>
      }
    >
      <form id={form} class="inc-form" onSubmit={(event) => void submit(event)}>
        {children}
      </form>
    </Dialog>
  );
}

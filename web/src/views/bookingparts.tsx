/** Planned meetings where they concern somebody: a seat's home, the desk, the self-check; and reminders. */
import { CalendarClock, Check, ClipboardCheck, DoorOpen } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { replyBooking, reportLineTest, startBooked } from "../actions";
import { EARLY_MS, waits } from "../state/booking";
import { bookings, hubNow, me, second } from "../state/store";
import "../styles/booking.css";
import type { AgendaItem, Booking, Invitee } from "../types/wire";
import { Button, StateDot } from "../ui/elements";
import { clockTime, dateOf, lasting, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { attempt, toast } from "../ui/toast";

/** What is not started then is not coming any more. */
const LATE_MS = 12 * 3_600_000;
/** A page that comes later than that does not repeat a reminder. */
const FRESH_MS = 5 * 60_000;

export function upcoming(): Booking[] {
  const now = hubNow();
  return (bookings.value ?? []).filter((one) => waits(one) && one.starts_ms > now - LATE_MS);
}

export function BookingWhen({ booking }: { booking: Booking }): JSX.Element {
  void second.value;
  const left = booking.starts_ms - hubNow();
  return (
    <span class="booking-when">
      <strong>
        {dateOf(booking.starts_ms).slice(5)} {clockTime(booking.starts_ms).slice(0, 5)}
      </strong>{" "}
      <span class={left < 10 * 60_000 ? "warn-text" : "muted"}>
        {left > 0 ? t("booking.starts_in", { time: lasting(left) }) : t("booking.is_time")}
      </span>
    </span>
  );
}

/** Of an invited seat: what it has said, and its line. */
export function ReplyDots({ guest }: { guest: Invitee }): JSX.Element {
  const { reply, reason, line_test } = guest;
  const test = line_test === null ? "none" : line_test.passed ? "passed" : "failed";
  return (
    <span class="booking-replies">
      <StateDot
        shape={reply === null ? "ring" : reply === "confirmed" ? "full" : "dash"}
        tone={reply === "confirmed" ? "good" : "muted"}
        word={t(`booking.reply_${reply ?? "none"}`) + (reason === "" ? "" : `（${reason}）`)}
      />
      <StateDot
        shape={test === "none" ? "ring" : test === "passed" ? "full" : "triangle"}
        tone={test === "none" ? "muted" : test === "passed" ? "good" : "warn"}
        word={t(`booking.test_${test}`)}
      />
    </span>
  );
}

/** 待参加的会议, on the home of a seat. */
export function Invitations(): JSX.Element | null {
  const own = me.value?.actor.seat ?? "";
  const shown = (bookings.value ?? []).filter(
    (one) => one.starts_ms > hubNow() - LATE_MS && (waits(one) || one.cancelled_ms !== null),
  );
  if (shown.length === 0) return null;
  return (
    <section class="card bookings-card" aria-labelledby="invitations-title">
      <header class="column-head">
        <h2 id="invitations-title">{t("booking.invited")}</h2>
      </header>
      <ul>
        {shown.map((booking) => {
          const guest = booking.invited[own];
          return guest === undefined ? null : <Invitation key={booking.booking_id} booking={booking} guest={guest} />;
        })}
      </ul>
    </section>
  );
}

function Invitation({ booking, guest }: { booking: Booking; guest: Invitee }): JSX.Element {
  return (
    <li class="booking-row">
      <div class="session-what">
        <span class="session-title">{booking.title}</span>
        <span class="muted">
          {t(`kind.${booking.kind}`)} · {t("booking.by", { name: booking.office_name })} ·{" "}
          {t("booking.lasts", { n: booking.minutes })}
        </span>
      </div>
      {booking.cancelled_ms === null ? (
        <>
          <BookingWhen booking={booking} />
          <ReplyDots guest={guest} />
          <Answers booking={booking} guest={guest} />
          {booking.agenda.length > 0 && <AgendaList agenda={booking.agenda} />}
        </>
      ) : (
        <StateDot
          shape="cross"
          word={booking.reason === "" ? t("booking.cancelled") : t("booking.cancelled_why", { reason: booking.reason })}
        />
      )}
    </li>
  );
}

function Answers({ booking, guest }: { booking: Booking; guest: Invitee }): JSX.Element {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState("");
  const leave = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await attempt(() => replyBooking(booking.booking_id, "on_leave", reason))) setAsks(false);
  };
  if (asks) {
    return (
      <form class="booking-leave" onSubmit={(event) => void leave(event)}>
        <input
          class="input"
          maxLength={200}
          aria-label={t("booking.leave_reason")}
          placeholder={t("booking.leave_reason")}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" disabled={reason.trim() === ""}>
          {t("booking.leave_send")}
        </Button>
        <Button tone="quiet" onClick={() => setAsks(false)}>
          {t("do.cancel")}
        </Button>
      </form>
    );
  }
  return (
    <div class="session-actions">
      {guest.reply !== "confirmed" && (
        <Button
          tone="accent"
          icon={Check}
          onClick={() => void attempt(() => replyBooking(booking.booking_id, "confirmed"))}
        >
          {t("booking.confirm")}
        </Button>
      )}
      {guest.reply !== "on_leave" && <Button onClick={() => setAsks(true)}>{t("booking.leave")}</Button>}
      <Link to="/check" class="button">
        <ClipboardCheck size={16} aria-hidden="true" />
        {t("booking.test")}
      </Link>
    </div>
  );
}

/** 即将召开, on the desk; nothing when nothing is coming. */
export function Upcoming(): JSX.Element | null {
  const shown = upcoming();
  if (shown.length === 0) return null;
  return (
    <section class="card bookings-card" aria-labelledby="upcoming-title">
      <header class="column-head">
        <h2 id="upcoming-title">{t("booking.upcoming")}</h2>
      </header>
      <ul>
        {shown.slice(0, 5).map((booking) => (
          <li key={booking.booking_id} class="booking-row">
            <div class="session-what">
              <Link to="/bookings" class="session-title">
                {booking.title}
              </Link>
              <ReplyCounts booking={booking} />
            </div>
            <BookingWhen booking={booking} />
            <StartButton booking={booking} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ReplyCounts({ booking }: { booking: Booking }): JSX.Element {
  const guests = Object.values(booking.invited);
  const count = (has: (guest: Invitee) => boolean): number => guests.filter(has).length;
  return (
    <span class="muted">
      {t("booking.confirmed_of", { n: count(({ reply }) => reply === "confirmed"), all: guests.length })} ·{" "}
      {t("booking.on_leave_n", { n: count(({ reply }) => reply === "on_leave") })} ·{" "}
      {t("booking.tested_n", { n: count(({ line_test }) => line_test?.passed === true) })}
    </span>
  );
}

export function StartButton({ booking }: { booking: Booking }): JSX.Element {
  void second.value;
  const [busy, setBusy] = useState(false);
  const isEarly = hubNow() < booking.starts_ms - EARLY_MS;
  const start = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => navigate(`/session/${await startBooked(booking.booking_id)}`));
    setBusy(false);
  };
  return (
    <Button
      tone="accent"
      icon={DoorOpen}
      busy={busy}
      disabled={isEarly}
      title={isEarly ? t("booking.start_hint") : undefined}
      onClick={() => void start()}
    >
      {t("booking.do_start")}
    </Button>
  );
}

export function AgendaList({
  agenda,
  nameOf,
}: {
  agenda: readonly AgendaItem[];
  nameOf?: (venue: string) => string;
}): JSX.Element {
  return (
    <ol class="agenda" aria-label={t("booking.agenda")}>
      {agenda.map(({ title, venue, minutes }, at) => (
        <li key={at}>
          <span>{title}</span>
          <span class="muted">
            {venue !== null && nameOf !== undefined && `${nameOf(venue)} · `}
            {t("booking.lasts", { n: minutes })}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Behind a self-check: its result goes to the meetings that are coming. */
export function ReportCheck({ passed }: { passed: boolean }): JSX.Element | null {
  const own = me.value?.actor.seat ?? "";
  const shown = upcoming().filter((one) => one.invited[own] !== undefined);
  if (shown.length === 0) return null;
  const report = async (booking: Booking): Promise<void> => {
    if (await attempt(() => reportLineTest(booking.booking_id, passed))) toast(t("booking.used_check"));
  };
  return (
    <div class="booking-report">
      {shown.map((booking) => (
        <Button key={booking.booking_id} icon={CalendarClock} onClick={() => void report(booking)}>
          {t("booking.use_check", { title: booking.title })}
        </Button>
      ))}
    </div>
  );
}

function permission(): NotificationPermission {
  return typeof Notification === "undefined" ? "denied" : Notification.permission;
}

const told = new Set<string>();

/** A reminder is said once on a page, without a sound; where that is allowed the browser shows it too. */
export function Reminders(): null {
  const all = bookings.value;
  useEffect(() => {
    for (const { booking_id, title, reminded } of all ?? []) {
      for (const [minutes, at_ms] of Object.entries(reminded)) {
        const key = `${booking_id}/${minutes}/${at_ms}`;
        if (told.has(key)) continue;
        told.add(key);
        if (at_ms > hubNow() - FRESH_MS) tell(t("booking.reminder", { title, n: Number(minutes) }), booking_id);
      }
    }
  }, [all]);
  return null;
}

function tell(text: string, tag: string): void {
  toast(text, "info", tag);
  if (permission() !== "granted") return;
  try {
    new Notification(text, { tag, silent: true });
  } catch {
    // on some telephones pages may not show one by themselves; the toast has said it
  }
}

/** 预约会议: what is planned, who comes, and the form to plan or change it. For officers. */
import { CalendarPlus, CalendarX2, Pencil, Plus, Trash2 } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { cancelBooking, changeBooking, planBooking } from "../actions";
import { waits } from "../state/booking";
import { bookings, hubNow, organisation } from "../state/store";
import "../styles/booking.css";
import "../styles/deskcall.css";
import "../styles/spotcheck.css";
import type { AgendaItem, Booking, SessionKind } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, EmptyState, Field, IconButton, StateDot } from "../ui/elements";
import { clockTime, dateOf, fieldTime, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { AgendaList, BookingWhen, ReplyCounts, ReplyDots, StartButton } from "./bookingparts";
import { KINDS } from "./deskchoice";
import { SeatPicker } from "./seatpicker";

export function BookingsPage(): JSX.Element {
  const [edited, setEdited] = useState<Booking | null>(null);
  return (
    <div class="spotchecks">
      <Form key={edited?.booking_id ?? ""} edited={edited} onDone={() => setEdited(null)} />
      <section class="card" aria-labelledby="bookings-title">
        <h1 id="bookings-title">{t("booking.title")}</h1>
        <List onEdit={setEdited} />
      </section>
    </div>
  );
}

const NEXT_HOUR_MS = 3_600_000;

function Form({ edited, onDone }: { edited: Booking | null; onDone: () => void }): JSX.Element {
  const first_ms = Math.ceil((hubNow() + NEXT_HOUR_MS) / NEXT_HOUR_MS) * NEXT_HOUR_MS;
  const [title, setTitle] = useState(edited?.title ?? "");
  const [kind, setKind] = useState<SessionKind>(edited?.kind ?? "joint_meeting");
  const [starts, setStarts] = useState(fieldTime(edited?.starts_ms ?? first_ms));
  const [minutes, setMinutes] = useState(edited?.minutes ?? 60);
  const [seats, setSeats] = useState<ReadonlySet<string>>(new Set(Object.keys(edited?.invited ?? {})));
  const [agenda, setAgenda] = useState<readonly AgendaItem[]>(edited?.agenda ?? []);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const items = agenda.filter((item) => item.title.trim() !== "");
    const plan = { title, kind, starts_ms: new Date(starts).getTime(), minutes, venues: [...seats], agenda: items };
    const isDone = await attempt(() => (edited === null ? planBooking(plan) : changeBooking(edited.booking_id, plan)));
    setBusy(false);
    if (!isDone) return;
    setTitle("");
    setSeats(new Set());
    setAgenda([]);
    onDone();
  };
  return (
    <form class="card spotcheck-start" aria-labelledby="booking-new" noValidate onSubmit={(event) => void submit(event)}>
      <h2 id="booking-new">{t(edited === null ? "booking.new" : "booking.edit")}</h2>
      <Field label={t("booking.name")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            maxLength={80}
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("booking.kind")}>
        {({ id }) => (
          <select
            id={id}
            class="input"
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as SessionKind)}
          >
            {KINDS.filter((one) => one !== "spot_check").map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="booking-times">
        <Field label={t("booking.starts")} hint={edited === null ? undefined : t("booking.change_hint")}>
          {({ id, describedBy }) => (
            <input
              id={id}
              class="input"
              type="datetime-local"
              aria-describedby={describedBy}
              value={starts}
              onInput={(event) => setStarts(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("booking.minutes")}>
          {({ id }) => (
            <input
              id={id}
              class="input"
              type="number"
              min={5}
              max={1440}
              value={minutes}
              onInput={(event) => setMinutes(Number(event.currentTarget.value))}
            />
          )}
        </Field>
      </div>
      <SeatPicker label={t("booking.units")} chosen={seats} onChoose={setSeats} />
      <AgendaForm agenda={agenda} seats={seats} onAgenda={setAgenda} />
      <div class="actions">
        <Button
          type="submit"
          tone="accent"
          size="large"
          icon={CalendarPlus}
          busy={busy}
          disabled={title.trim() === "" || seats.size === 0 || starts === ""}
        >
          {t(edited === null ? "booking.save" : "booking.save_change")}
        </Button>
        {edited !== null && <Button onClick={onDone}>{t("do.cancel")}</Button>}
      </div>
    </form>
  );
}

interface AgendaFormProps {
  readonly agenda: readonly AgendaItem[];
  readonly seats: ReadonlySet<string>;
  readonly onAgenda: (agenda: readonly AgendaItem[]) => void;
}

function AgendaForm({ agenda, seats, onAgenda }: AgendaFormProps): JSX.Element {
  const change = (at: number, part: Partial<AgendaItem>): void =>
    onAgenda(agenda.map((item, place) => (place === at ? { ...item, ...part } : item)));
  const invited = Object.values(organisation.value.seats).filter((seat) => seats.has(seat.seat_id));
  return (
    <fieldset class="agenda-form">
      <legend>{t("booking.agenda")}</legend>
      {agenda.map((item, at) => (
        <div key={at} class="agenda-line">
          <input
            class="input"
            maxLength={200}
            aria-label={`${t("booking.agenda_title")} ${at + 1}`}
            placeholder={t("booking.agenda_title")}
            value={item.title}
            onInput={(event) => change(at, { title: event.currentTarget.value })}
          />
          <select
            class="input"
            aria-label={`${t("booking.agenda_venue")} ${at + 1}`}
            value={item.venue ?? ""}
            onChange={(event) => change(at, { venue: event.currentTarget.value || null })}
          >
            <option value="">{t("booking.agenda_anybody")}</option>
            {invited.map((seat) => (
              <option key={seat.seat_id} value={seat.seat_id}>
                {seat.short_name}
              </option>
            ))}
          </select>
          <input
            class="input"
            type="number"
            min={1}
            max={1440}
            aria-label={`${t("booking.agenda_minutes")} ${at + 1}`}
            value={item.minutes}
            onInput={(event) => change(at, { minutes: Number(event.currentTarget.value) })}
          />
          <IconButton
            icon={Trash2}
            label={t("booking.agenda_remove", { n: at + 1 })}
            onClick={() => onAgenda(agenda.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={Plus}
        onClick={() => onAgenda([...agenda, { title: "", venue: null, minutes: 10 }])}
      >
        {t("booking.agenda_add")}
      </Button>
    </fieldset>
  );
}

function List({ onEdit }: { onEdit: (booking: Booking) => void }): JSX.Element {
  const all = bookings.value;
  if (all === null) return <EmptyState title={t("app.loading")} />;
  if (all.length === 0) {
    return (
      <EmptyState icon={CalendarPlus} title={t("booking.empty")}>
        {t("booking.empty_help")}
      </EmptyState>
    );
  }
  const coming = all.filter(waits);
  const over = all.filter((booking) => !waits(booking)).reverse();
  return (
    <ul>
      {[...coming, ...over].map((booking) => (
        <Row key={booking.booking_id} booking={booking} onEdit={() => onEdit(booking)} />
      ))}
    </ul>
  );
}

function Row({ booking, onEdit }: { booking: Booking; onEdit: () => void }): JSX.Element {
  const guests = Object.values(booking.invited);
  const nameOf = (venue: string): string => booking.invited[venue]?.short_name ?? venue;
  return (
    <li class="booking-row">
      <div class="session-what">
        <span class="session-title">{booking.title}</span>
        <ReplyCounts booking={booking} />
      </div>
      {waits(booking) ? (
        <>
          <BookingWhen booking={booking} />
          <div class="session-actions">
            <Confirm
              label={t("booking.do_cancel")}
              icon={CalendarX2}
              effect={t("booking.cancel_effect", { n: guests.length })}
              answer={t("booking.do_cancel")}
              onConfirm={() => void attempt(() => cancelBooking(booking.booking_id, ""))}
            />
            <Button icon={Pencil} onClick={onEdit}>
              {t("booking.do_edit")}
            </Button>
            <StartButton booking={booking} />
          </div>
        </>
      ) : (
        <>
          <span class="muted">
            {dateOf(booking.starts_ms)} {clockTime(booking.starts_ms).slice(0, 5)}
          </span>
          <StateDot
            shape={booking.cancelled_ms === null ? "full" : "cross"}
            tone={booking.cancelled_ms === null ? "good" : "muted"}
            word={t(booking.cancelled_ms === null ? "booking.started" : "booking.cancelled")}
          />
        </>
      )}
      <details>
        <summary>{t("booking.show_replies")}</summary>
        <ul class="booking-guests">
          {guests.map((guest) => (
            <li key={guest.venue}>
              <span>{guest.name}</span>
              <ReplyDots guest={guest} />
            </li>
          ))}
        </ul>
        {booking.agenda.length > 0 && <AgendaList agenda={booking.agenda} nameOf={nameOf} />}
      </details>
    </li>
  );
}

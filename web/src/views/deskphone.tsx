/** 电话叫应: one line about a call by the duty telephone, and the lines noted so far. */
import { PhoneCall, PhoneMissed } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { notePhoneCall } from "../actions";
import type { PhoneCall as Noted, Seat, Session, Venue } from "../types/wire";
import { Button } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { attempt } from "../ui/toast";

const NOTE_MAX = 200;

export function PhoneNotes({ calls }: { calls: readonly Noted[] }): JSX.Element {
  return (
    <ul class="phone-notes" aria-label={t("call.noted")}>
      {calls.map(({ name, phone, reached, note, at_ms, person }) => (
        <li key={at_ms}>
          {reached ? <PhoneCall size={14} aria-hidden="true" /> : <PhoneMissed size={14} aria-hidden="true" />}
          <time class="clock">{clockTime(at_ms)}</time>
          <span>
            {t(reached ? "call.reached_line" : "call.not_reached_line", { name, phone })}
            {note !== "" && t("call.note_line", { note })}
          </span>
          <span class="muted">{person}</span>
        </li>
      ))}
    </ul>
  );
}

interface Reach {
  readonly name: string;
  readonly phone: string;
}

/** Who can be telephoned: the duty telephone first, then those one has gone on to, then the others. */
function reaches(venue: Venue, seat: Seat | undefined): Reach[] {
  const duty = { name: t("call.duty_phone"), phone: seat?.phone ?? "" };
  const contacts = (seat?.contacts ?? []).filter((contact) => contact.phone !== "");
  const gone = venue.contacts.map((contact) => contact.name);
  const last = contacts.filter((contact) => gone.includes(contact.name)).reverse();
  const rest = contacts.filter((contact) => !gone.includes(contact.name));
  return [...last, duty, ...rest].map(({ name, phone }) => ({ name, phone }));
}

interface PhoneFormProps {
  readonly session: Session;
  readonly venue: Venue;
  readonly seat: Seat | undefined;
  readonly onDone: () => void;
}

export function PhoneForm({ session, venue, seat, onDone }: PhoneFormProps): JSX.Element {
  const choices = reaches(venue, seat);
  const [chosen, setChosen] = useState(0);
  const [note, setNote] = useState("");
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => select.current?.focus(), []);
  const reach = choices[chosen] ?? { name: "", phone: "" };
  const save = async (reached: boolean): Promise<void> => {
    const call = { venue: venue.venue, ...reach, reached, note: note.trim() };
    if (await attempt(() => notePhoneCall(session.session_id, call))) onDone();
  };
  return (
    <form
      class="phone-form"
      aria-label={t("call.phone_name", { name: venue.name })}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
    >
      <select
        ref={select}
        class="input"
        aria-label={t("call.whom")}
        value={String(chosen)}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
      >
        {choices.map(({ name, phone }, place) => (
          <option key={`${name} ${phone}`} value={String(place)}>
            {`${name} ${phone}`}
          </option>
        ))}
      </select>
      <input
        class="input"
        aria-label={t("call.note")}
        placeholder={t("call.note_hint")}
        maxLength={NOTE_MAX}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <Button size="small" tone="accent" icon={PhoneCall} onClick={() => void save(true)}>
        {t("call.reached")}
      </Button>
      <Button size="small" icon={PhoneMissed} onClick={() => void save(false)}>
        {t("call.not_reached")}
      </Button>
      <Button size="small" tone="quiet" onClick={onDone}>
        {t("do.cancel")}
      </Button>
    </form>
  );
}

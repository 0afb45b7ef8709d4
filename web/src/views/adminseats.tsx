/** Seats, and how each is reached: its telephone, whom one goes on to, whose duty it takes over. */
import { ArrowUp, Plus, X } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { editSeat } from "../actions";
import { organisation } from "../state/store";
import type { Contact, Seat } from "../types/wire";
import { Button, Field, IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import { EditButton, FormDialog, matches, Table } from "./adminparts";

const LEVELS: readonly Seat["level"][] = ["province", "dept", "city", "county"];
const CONTACTS_MAX = 10;

export function allSeats(): Seat[] {
  return Object.values(organisation.value.seats).sort(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.sort - b.sort,
  );
}

export function SeatTable(): JSX.Element {
  const [edited, setEdited] = useState<Seat | null>(null);
  const { seats } = organisation.value;
  const rows = allSeats().filter(({ seat_id, name, phone, contacts }) =>
    matches(seat_id, name, phone, ...contacts.map((one) => one.name)),
  );
  const heads = [
    t("admin.seat_id"),
    t("admin.name"),
    t("admin.level"),
    t("admin.phone"),
    t("admin.contacts"),
    t("admin.backup_of"),
    t("admin.actions"),
  ];
  return (
    <>
      <Table id="seats-title" title={t("admin.seats")} count={rows.length} heads={heads}>
        {rows.map((one) => (
          <tr key={one.seat_id}>
            <td class="id">{one.seat_id}</td>
            <td>{one.name}</td>
            <td>{t(`level.${one.level}`)}</td>
            <td class="id">{one.phone}</td>
            <td>{one.contacts.map(({ name, phone }) => `${name} ${phone}`.trim()).join(t("todo.between")) || "—"}</td>
            <td>{seats[one.backup_of ?? ""]?.short_name ?? "—"}</td>
            <td>
              <EditButton name={one.name} onClick={() => setEdited(one)} />
            </td>
          </tr>
        ))}
      </Table>
      {edited !== null && <SeatForm key={edited.seat_id} seat={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function SeatForm({ seat, onClose }: { seat: Seat; onClose: () => void }): JSX.Element {
  const [phone, setPhone] = useState(seat.phone);
  const [backup_of, setBackupOf] = useState(seat.backup_of);
  const [contacts, setContacts] = useState<readonly Contact[]>(seat.contacts);
  const others = allSeats().filter((one) => one.seat_id !== seat.seat_id);
  const isGood = contacts.every((one) => one.name.trim() !== "");
  return (
    <FormDialog
      title={t("admin.edit_name", { name: seat.name })}
      save={() => editSeat({ seat_id: seat.seat_id, phone, contacts: [...contacts], backup_of })}
      isGood={isGood}
      onClose={onClose}
    >
      <Field label={t("admin.phone")}>
        {({ id }) => (
          <input id={id} class="input" maxLength={40} value={phone} onInput={(event) => setPhone(event.currentTarget.value)} />
        )}
      </Field>
      <Field label={t("admin.backup_of")} hint={t("admin.backup_hint")}>
        {({ id, describedBy }) => (
          <SeatSelect id={id} describedBy={describedBy} seats={others} chosen={backup_of} onChoose={setBackupOf} />
        )}
      </Field>
      <Contacts contacts={contacts} others={others} onChange={setContacts} />
    </FormDialog>
  );
}

interface SeatSelectProps {
  readonly id?: string;
  readonly label?: string;
  readonly describedBy?: string | undefined;
  readonly seats: readonly Seat[];
  readonly chosen: string | null;
  readonly onChoose: (seat: string | null) => void;
}

function SeatSelect({ id, label, describedBy, seats, chosen, onChoose }: SeatSelectProps): JSX.Element {
  return (
    <select
      id={id}
      class="input"
      aria-label={label}
      aria-describedby={describedBy}
      value={chosen ?? ""}
      onChange={(event) => onChoose(event.currentTarget.value || null)}
    >
      <option value="">{t("admin.no_seat")}</option>
      {seats.map((one) => (
        <option key={one.seat_id} value={one.seat_id}>
          {one.short_name}
        </option>
      ))}
    </select>
  );
}

interface ContactsProps {
  readonly contacts: readonly Contact[];
  readonly others: readonly Seat[];
  readonly onChange: (contacts: readonly Contact[]) => void;
}

/** In the order in which one goes on to them. */
function Contacts({ contacts, others, onChange }: ContactsProps): JSX.Element {
  const change = (place: number, news: Partial<Contact>): void =>
    onChange(contacts.map((one, at) => (at === place ? { ...one, ...news } : one)));
  const raise = (place: number): void => {
    const next = [...contacts];
    const [one] = next.splice(place, 1);
    if (one !== undefined) next.splice(place - 1, 0, one);
    onChange(next);
  };
  return (
    <fieldset class="contact-rows">
      <legend>{t("admin.contacts")}</legend>
      {contacts.map((one, place) => (
        <div key={place} class="contact-row" role="group" aria-label={t("admin.contact_n", { n: place + 1 })}>
          {(["name", "post", "phone"] as const).map((what) => (
            <input
              key={what}
              class="input"
              aria-label={t(`admin.contact_${what}`)}
              placeholder={t(`admin.contact_${what}`)}
              maxLength={what === "phone" ? 40 : what === "post" ? 30 : 20}
              value={one[what]}
              onInput={(event) => change(place, { [what]: event.currentTarget.value })}
            />
          ))}
          <SeatSelect
            label={t("admin.contact_seat")}
            seats={others}
            chosen={one.seat_id}
            onChoose={(seat_id) => change(place, { seat_id })}
          />
          <IconButton icon={ArrowUp} label={t("admin.raise")} disabled={place === 0} onClick={() => raise(place)} />
          <IconButton
            icon={X}
            label={t("admin.remove_contact")}
            onClick={() => onChange(contacts.filter((_, at) => at !== place))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={Plus}
        disabled={contacts.length >= CONTACTS_MAX}
        onClick={() => onChange([...contacts, { name: "", post: "", phone: "", seat_id: null }])}
      >
        {t("admin.add_contact")}
      </Button>
    </fieldset>
  );
}

/** 电话叫应名单: units that have not read or signed in time, whom to telephone, and one line about each call. */
import { PhoneCall, PhoneMissed, Printer } from "lucide-preact";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";

import { notePhoned } from "../incidentactions";
import { merged, type CallRow } from "../state/calllist";
import { organisation, todos } from "../state/store";
import { pathTo, want } from "../state/wanted";
import "../styles/phonelist.css";
import type { PhoneRow } from "../types/wire";
import { Button, Elapsed, EmptyState, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { ExerciseMark } from "../ui/states";
import { attempt } from "../ui/toast";
import { KindMark } from "./askedparts";
import { shortTime } from "./incidentparts";
import { sheetPath } from "./sheetpath";

const NOTE_MAX = 120;

export function PhoneListPage(): JSX.Element {
  const shown = useRef<readonly CallRow[]>([]);
  if (todos.value !== null) shown.current = merged(shown.current, todos.value.phone);
  const rows = shown.current;
  const done = rows.filter((row) => row.done).length;
  return (
    <div class="phone-list">
      <header class="page-title">
        <h1>{t("phone.title")}</h1>
        <span class="muted" role="status">
          {t("phone.waiting_n", { n: rows.length - done })} · {t("phone.done_n", { n: done })}
        </span>
        <Button icon={Printer} onClick={() => window.print()}>
          {t("phone.print")}
        </Button>
      </header>
      {rows.length === 0 && <EmptyState title={t("phone.none")}>{t("phone.none_text")}</EmptyState>}
      {itemsOf(rows).map((group) => (
        <Group key={group[0]?.key} rows={group} />
      ))}
    </div>
  );
}

/** By the item they are about, in the order in which the first of each came. */
function itemsOf(rows: readonly CallRow[]): CallRow[][] {
  const groups = new Map<string, CallRow[]>();
  for (const call of rows) {
    const key = `${call.row.stream}/${call.row.item_id}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()];
}

function Group({ rows }: { rows: readonly CallRow[] }): JSX.Element {
  const first = rows[0]?.row;
  if (first === undefined) return <></>;
  const title = `phone-${first.item_id}`;
  return (
    <section class="card phone-group" aria-labelledby={title}>
      <header>
        <KindMark kind={first.board} colour={first.colour} />
        <ExerciseMark on={first.exercise} />
        <h2 id={title}>
          <button
            type="button"
            class="as-link"
            onClick={() => {
              want(first);
              navigate(pathTo(first));
            }}
          >
            {first.text}
          </button>
        </h2>
        <span class="muted">{first.incident_title}</span>
        <Link class="button small" to={sheetPath(first.stream, first.item_id)}>
          {t("phone.sheet")}
        </Link>
      </header>
      <div class="phone-table" role="table" aria-labelledby={title}>
        <div role="row" class="phone-row phone-heads">
          {(["unit", "numbers", "since", "state", "record"] as const).map((key) => (
            <span key={key} role="columnheader">
              {t(`phone.${key}`)}
            </span>
          ))}
        </div>
        {rows.map((call) => (
          <Row key={call.key} call={call} />
        ))}
      </div>
    </section>
  );
}

function Row({ call: { row, done } }: { call: CallRow }): JSX.Element {
  const read = row.board === "warning" ? "phone.state_unconfirmed" : "phone.state_read";
  const state = done ? "phone.state_done" : row.state === "read" ? read : "phone.state_unread";
  return (
    <div role="row" class={done ? "phone-row is-done" : "phone-row"}>
      <strong role="cell">{row.name}</strong>
      <span role="cell">
        <Numbers seat={row.seat} />
      </span>
      <span role="cell" class="phone-since">
        <Elapsed since_ms={row.sent_ms} until_ms={done ? row.escalated_ms : null} />
        <span class="muted">{t("phone.escalated", { time: shortTime(row.escalated_ms) })}</span>
      </span>
      <span role="cell">
        <StateDot shape={done ? "full" : "triangle"} tone={done ? "good" : "bad"} word={t(state)} />
      </span>
      <div role="cell" class="phone-record">
        <Notes row={row} />
        {!done && <CallForm row={row} />}
      </div>
    </div>
  );
}

/** The duty telephone, then the contacts in their order. */
function Numbers({ seat: id }: { seat: string }): JSX.Element {
  const seat = organisation.value.seats[id];
  const contacts = (seat?.contacts ?? []).filter(({ phone }) => phone !== "");
  const duty = seat?.phone ?? "";
  if (duty === "" && contacts.length === 0) return <span class="muted">{t("phone.no_number")}</span>;
  return (
    <ul class="phone-numbers">
      {duty !== "" && <Number name={t("call.duty_phone")} phone={duty} />}
      {contacts.map(({ name, post, phone }) => (
        <Number key={`${name} ${phone}`} name={post === "" ? name : `${name} ${post}`} phone={phone} />
      ))}
    </ul>
  );
}

function Number({ name, phone }: { name: string; phone: string }): JSX.Element {
  return (
    <li>
      <span class="muted">{name}</span> <a href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{phone}</a>
    </li>
  );
}

function Notes({ row }: { row: PhoneRow }): JSX.Element | null {
  if (row.phoned.length === 0) return null;
  return (
    <ul class="phone-notes">
      {row.phoned.map(({ at_ms, reached, note, actor }) => (
        <li key={at_ms}>
          {reached ? <PhoneCall size={14} aria-hidden="true" /> : <PhoneMissed size={14} aria-hidden="true" />}
          <time class="clock">{shortTime(at_ms)}</time>
          <span>
            {t(reached ? "phone.reached" : "phone.not_reached")}
            {note !== "" && t("call.note_line", { note })}
          </span>
          <span class="muted">{actor.person}</span>
        </li>
      ))}
    </ul>
  );
}

function CallForm({ row }: { row: PhoneRow }): JSX.Element {
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async (reached: boolean): Promise<void> => {
    setBusy(true);
    const went = await attempt(() => notePhoned(row.stream, row.item_id, row.seat, reached, note.trim()));
    if (went) setNote("");
    setBusy(false);
  };
  return (
    <form class="phone-form" onSubmit={(event) => event.preventDefault()}>
      <input
        class="input"
        aria-label={t("phone.note", { name: row.name })}
        placeholder={t("phone.note_hint")}
        maxLength={NOTE_MAX}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        tone="accent"
        icon={PhoneCall}
        busy={busy}
        title={t("phone.reached_name", { name: row.name })}
        onClick={() => void save(true)}
      >
        {t("phone.reached")}
      </Button>
      <Button
        icon={PhoneMissed}
        busy={busy}
        title={t("phone.not_reached_name", { name: row.name })}
        onClick={() => void save(false)}
      >
        {t("phone.not_reached")}
      </Button>
    </form>
  );
}

/** One spot check: the table that fills while seats are called, its figures, and the way out as a file. */
import { ArrowLeft, DoorOpen, FileSpreadsheet, FileText, Phone, PhoneCall, PhoneMissed } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { addPhoneRow, callRow, closeSpotCheck, stepPhone } from "../actions";
import { download } from "../link/download";
import { CALLABLE, figuresOf, nextOf } from "../state/spotcheck";
import { sessions } from "../state/store";
import "../styles/deskcall.css";
import "../styles/spotcheck.css";
import type { CheckRow, PhoneStep, SpotCheck } from "../types/wire";
import { Badge, Button, EmptyState } from "../ui/elements";
import { useShortcuts, useSpotCheck } from "../ui/hooks";
import { clockTime, dateOf, say, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { attempt } from "../ui/toast";
import { Confirm } from "../ui/confirm";
import { groups } from "./deskchoice";
import { Checklist, inSeconds, RowSeconds, RowState, VerdictChoice, Words } from "./spotcheckparts";

export function SpotCheckPage({ checkId }: { checkId: string }): JSX.Element {
  const { state, problem } = useSpotCheck(checkId);
  if (state === null) {
    return problem === null ? (
      <p class="empty" role="status">
        {t("spotcheck.loading")}
      </p>
    ) : (
      <EmptyState title={t("spotcheck.failed")}>{say(problem)}</EmptyState>
    );
  }
  return <Sheet check={state} />;
}

/** Rings the row's seat, and goes to the room where it will answer. */
export async function callAndEnter(check: SpotCheck, row: CheckRow): Promise<void> {
  navigate(`/session/${await callRow(check.check_id, row.number)}`);
}

function Sheet({ check }: { check: SpotCheck }): JSX.Element {
  const isOpen = check.closed_ms === null;
  const next = nextOf(check);
  const [busy, setBusy] = useState(false);
  const call = async (row: CheckRow): Promise<void> => {
    if (busy) return;
    setBusy(true);
    await attempt(() => callAndEnter(check, row));
    setBusy(false);
  };
  useShortcuts(
    isOpen && next !== null ? [{ key: "n", label: t("spotcheck.next"), run: () => void call(next) }] : [],
  );
  return (
    <div class="spotcheck">
      <header class="spotcheck-head">
        <div class="spotcheck-what">
          <Link to="/spotchecks" class="spotcheck-back">
            <ArrowLeft size={16} aria-hidden="true" />
            {t("spotcheck.back")}
          </Link>
          <h1>{check.title}</h1>
          <p class="muted">
            {dateOf(check.started_ms)} {clockTime(check.started_ms)} · {check.by?.person}
            {!isOpen && <> · {t("spotcheck.closed")}</>}
          </p>
          <DrawWords check={check} />
        </div>
        <Figures check={check} />
        <div class="spotcheck-actions">
          {isOpen && (
            <Button
              tone="accent"
              size="large"
              icon={PhoneCall}
              shortcut="N"
              busy={busy}
              disabled={next === null}
              onClick={() => next !== null && void call(next)}
            >
              {next === null ? t("spotcheck.next_none") : t("spotcheck.next_named", { name: next.seat.short_name })}
            </Button>
          )}
          <FileButtons check={check} />
        </div>
      </header>
      <p class="muted spotcheck-legend">
        {t("spotcheck.checklist")}：{check.items.map((item, at) => `${at + 1} ${item}`).join(" · ")}
      </p>
      <table class="spotcheck-table">
        <thead>
          <tr>
            <th scope="col" class="number">{t("spotcheck.number")}</th>
            <th scope="col">{t("spotcheck.seat")}</th>
            <th scope="col">{t("spotcheck.state")}</th>
            <th scope="col" class="number">{t("spotcheck.time")}</th>
            <th scope="col">{t("spotcheck.checklist")}</th>
            <th scope="col">{t("spotcheck.verdict")}</th>
            <th scope="col">{t("spotcheck.note")}</th>
            <th scope="col">{t("spotcheck.action")}</th>
          </tr>
        </thead>
        <tbody>
          {check.rows.map((row) => (
            <Row key={row.number} check={check} row={row} busy={busy} onCall={() => void call(row)} />
          ))}
        </tbody>
      </table>
      {isOpen && <Below check={check} />}
    </div>
  );
}

function DrawWords({ check }: { check: SpotCheck }): JSX.Element | null {
  if (check.draw === null) return null;
  const { label, pool, count, seed } = check.draw;
  return (
    <p class="muted spotcheck-draw">
      {t("spotcheck.drawn_how", { label, pool: pool.length, count })} · {t("spotcheck.seed", { seed })}
    </p>
  );
}

function Figures({ check }: { check: SpotCheck }): JSX.Element {
  const { called, answered, slow, problems, average_ms } = figuresOf(check);
  const figures: readonly (readonly [string, string, string])[] = [
    [
      t("spotcheck.rate"),
      called === 0 ? "—" : `${Math.round((100 * answered) / called)}%`,
      t("spotcheck.rate_of", { answered, called }),
    ],
    [t("spotcheck.average"), average_ms === null ? "—" : inSeconds(average_ms), ""],
    [t("spotcheck.slow", { n: check.video_ring_s }), t("spotcheck.units", { n: slow }), ""],
    [t("spotcheck.problems"), t("spotcheck.units", { n: problems }), ""],
  ];
  return (
    <dl class="spotcheck-figures">
      {figures.map(([name, value, more]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value} {more !== "" && <small class="muted">{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FileButtons({ check }: { check: SpotCheck }): JSX.Element {
  const save = (kind: string): void =>
    void attempt(() => download(`/api/spotchecks/${encodeURIComponent(check.check_id)}/table.${kind}`));
  return (
    <>
      <Button icon={FileText} onClick={() => save("docx")}>
        {t("spotcheck.export_docx")}
      </Button>
      <Button icon={FileSpreadsheet} onClick={() => save("csv")}>
        {t("spotcheck.export_csv")}
      </Button>
    </>
  );
}

interface RowProps {
  readonly check: SpotCheck;
  readonly row: CheckRow;
  readonly busy: boolean;
  readonly onCall: () => void;
}

function Row({ check, row, busy, onCall }: RowProps): JSX.Element {
  return (
    <tr class={row.state === "calling" ? "is-calling" : undefined}>
      <td class="number cell-number">{row.number}</td>
      <th scope="row" class="cell-seat">
        {row.seat.name}
        {row.channel === "phone" && (
          <>
            {" "}
            <Badge>{t("spotcheck.channel_phone")}</Badge> <span class="muted">{row.seat.phone}</span>
          </>
        )}
      </th>
      <td class="cell-state">
        <RowState check={check} row={row} />
      </td>
      <td class="number cell-time">
        <RowSeconds row={row} />
      </td>
      <td class="cell-checklist">
        <Checklist check={check} row={row} />
      </td>
      <td class="cell-verdict">
        <VerdictChoice check={check} row={row} />
      </td>
      <td class="cell-words">
        <Words check={check} row={row} field="note" />
        {row.verdict === "problem" && <Words check={check} row={row} field="problem" />}
      </td>
      <td class="cell-action">
        {check.closed_ms === null && row.channel === "phone" ? (
          <PhoneSteps check={check} row={row} />
        ) : (
          <CallButtons check={check} row={row} busy={busy} onCall={onCall} />
        )}
      </td>
    </tr>
  );
}

function CallButtons({ check, row, busy, onCall }: RowProps): JSX.Element {
  const runs = sessions.value?.some((one) => one.session_id === row.session_id) ?? false;
  const mayCall = check.closed_ms === null && row.channel === "video" && CALLABLE.includes(row.state) && !runs;
  const name = row.seat.short_name;
  return (
    <>
      {runs && row.session_id !== null && (
        <Button
          tone="accent"
          icon={DoorOpen}
          title={t("spotcheck.enter_name", { name })}
          onClick={() => navigate(`/session/${row.session_id}`)}
        >
          {t("spotcheck.enter")}
        </Button>
      )}
      {mayCall && (
        <Button icon={PhoneCall} busy={busy} title={t("spotcheck.call_name", { name })} onClick={onCall}>
          {t(row.calls > 0 ? "spotcheck.call_again" : "spotcheck.call")}
        </Button>
      )}
    </>
  );
}

function PhoneSteps({ check, row }: { check: SpotCheck; row: CheckRow }): JSX.Element | null {
  const [rings, setRings] = useState(1);
  const step = (what: PhoneStep, heard: number | null = null): void =>
    void attempt(() => stepPhone(check.check_id, row.number, what, heard));
  if (CALLABLE.includes(row.state)) {
    return (
      <Button icon={Phone} onClick={() => step("dial")}>
        {t("spotcheck.phone_dial")}
      </Button>
    );
  }
  if (row.state !== "calling") return null;
  return (
    <span class="phone-steps">
      <label>
        <span class="muted">{t("spotcheck.phone_rings")}</span>
        <input
          class="input"
          type="number"
          min={0}
          max={99}
          value={rings}
          onInput={(event) => setRings(Number(event.currentTarget.value))}
        />
      </label>
      <Button tone="accent" icon={PhoneCall} onClick={() => step("answer", rings)}>
        {t("spotcheck.phone_answer")}
      </Button>
      <Button icon={PhoneMissed} onClick={() => step("miss", rings)}>
        {t("spotcheck.phone_miss")}
      </Button>
    </span>
  );
}

function Below({ check }: { check: SpotCheck }): JSX.Element {
  const [seat, setSeat] = useState("");
  const add = async (): Promise<void> => {
    if (seat !== "" && (await attempt(() => addPhoneRow(check.check_id, seat)))) setSeat("");
  };
  return (
    <footer class="spotcheck-below">
      <select
        class="input"
        aria-label={t("spotcheck.phone_seat")}
        value={seat}
        onChange={(event) => setSeat(event.currentTarget.value)}
      >
        <option value="">{t("spotcheck.phone_seat")}</option>
        {groups.value.map(({ level, seats }) => (
          <optgroup key={level} label={t(`level.${level}`)}>
            {seats.map((one) => (
              <option key={one.seat_id} value={one.seat_id}>
                {one.short_name} {one.phone}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Button icon={Phone} disabled={seat === ""} onClick={() => void add()}>
        {t("spotcheck.phone_add")}
      </Button>
      <span class="spotcheck-close">
        <Confirm
          label={t("spotcheck.close")}
          effect={t("spotcheck.close_effect")}
          answer={t("spotcheck.close")}
          onConfirm={() => void attempt(() => closeSpotCheck(check.check_id))}
        />
      </span>
    </footer>
  );
}

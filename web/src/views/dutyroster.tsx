/** 排班: a week as a table, a period read from CSV, changes with their record, and who was on duty when. */
import { ChevronLeft, ChevronRight, FileDown } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { changeCrew, removeShift, swapShifts } from "../actions";
import { get } from "../link/api";
import { download } from "../link/download";
import { inOrder } from "../state/duty";
import { hubNow } from "../state/store";
import type { Crew, Duty, Shift, WasOnDuty } from "../types/wire";
import { Button, Dialog, EmptyState, Field, IconButton } from "../ui/elements";
import { clockTime, dateOf, fieldTime, t, timeInField } from "../ui/i18n";
import { attempt, useAttempt } from "../ui/toast";
import { RosterImport } from "./dutyimport";
import { namesOf, shiftSpan, shortWhen, TextField } from "./dutyparts";

const DAY_MS = 86_400_000;

/** Monday of that week, midnight of this machine's time zone, which the office's machines share. */
function monday(ms: number): number {
  const at = new Date(ms);
  at.setHours(0, 0, 0, 0);
  at.setDate(at.getDate() - ((at.getDay() + 6) % 7));
  return at.getTime();
}

export function Roster({ duty }: { duty: Duty }): JSX.Element {
  const [from_ms, setFrom] = useState(monday(hubNow()));
  const [changed, setChanged] = useState<Shift | null>(null);
  const [imports, setImports] = useState(false);
  const to_ms = from_ms + 7 * DAY_MS;
  const shown = inOrder(duty).filter((shift) => shift.ends_ms > from_ms && shift.starts_ms < to_ms);
  return (
    <div class="duty-roster">
      <div class="duty-filter">
        <IconButton icon={ChevronLeft} label={t("duty.week_before")} onClick={() => setFrom(from_ms - 7 * DAY_MS)} />
        <strong class="roster-week">
          {dateOf(from_ms)} – {dateOf(to_ms - DAY_MS).slice(5)}
        </strong>
        <IconButton icon={ChevronRight} label={t("duty.week_after")} onClick={() => setFrom(from_ms + 7 * DAY_MS)} />
        <Button size="small" onClick={() => setFrom(monday(hubNow()))}>
          {t("duty.week_now")}
        </Button>
        <span class="duty-exports">
          <Button size="small" tone="accent" onClick={() => setImports(true)}>
            {t("duty.import")}
          </Button>
          <Button
            size="small"
            icon={FileDown}
            onClick={() => void attempt(() => download(`/api/duty/roster.csv?from=${from_ms}`))}
          >
            {t("duty.template")}
          </Button>
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t("duty.roster_none")}>{t("duty.roster_help")}</EmptyState>
      ) : (
        <Week shifts={shown} onChange={setChanged} />
      )}
      <Changes duty={duty} />
      <WhoWas />
      {imports && <RosterImport onClose={() => setImports(false)} onDone={(ms) => setFrom(monday(ms))} />}
      {changed !== null && <Change duty={duty} shift={changed} onClose={() => setChanged(null)} />}
    </div>
  );
}

function Week({ shifts, onChange }: { shifts: readonly Shift[]; onChange: (shift: Shift) => void }): JSX.Element {
  const now_ms = hubNow();
  const names = (list: readonly string[]): string => list.join("、");
  return (
    <table class="roster">
      <thead>
        <tr>
          {(["day", "time", "leader", "chief", "primary", "deputies", "phone"] as const).map((name) => (
            <th key={name} scope="col">
              {t(`duty.${name}`)}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift) => {
          const isNow = shift.starts_ms <= now_ms && now_ms < shift.ends_ms;
          const { crew } = shift;
          return (
            <tr key={shift.shift_id} class={isNow ? "is-now" : shift.ends_ms <= now_ms ? "is-over" : ""}>
              <th scope="row">
                {dateOf(shift.starts_ms).slice(5)}
                {isNow && <span class="roster-now"> {t("duty.at_post")}</span>}
              </th>
              <td data-label={t("duty.time")}>
                {clockTime(shift.starts_ms).slice(0, 5)}–{clockTime(shift.ends_ms).slice(0, 5)}
              </td>
              <td data-label={t("duty.leader")}>{crew.leader}</td>
              <td data-label={t("duty.chief")}>{crew.chief}</td>
              <td data-label={t("duty.primary")}>{names(crew.primary)}</td>
              <td data-label={t("duty.deputies")}>{names(crew.deputies)}</td>
              <td data-label={t("duty.phone")}>{crew.phone}</td>
              <td class="roster-do">
                {shift.ends_ms > now_ms && (
                  <Button size="small" onClick={() => onChange(shift)}>
                    {t("duty.change")}
                    <span class="visually-hidden"> {shiftSpan(shift)}</span>
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const split = (text: string): string[] => text.split(/[、，,;；\s]+/).filter((name) => name !== "");

/** Others take the turn, or two crews exchange theirs; always with the reason. */
function Change({ duty, shift, onClose }: { duty: Duty; shift: Shift; onClose: () => void }): JSX.Element {
  const [crew, setCrew] = useState<Crew>(shift.crew);
  const [primary, setPrimary] = useState(shift.crew.primary.join("、"));
  const [deputies, setDeputies] = useState(shift.crew.deputies.join("、"));
  const [other, setOther] = useState("");
  const [reason, setReason] = useState("");
  const now_ms = hubNow();
  const hasBegun = shift.starts_ms <= now_ms;
  const others = inOrder(duty).filter((one) => one.starts_ms > now_ms && one.shift_id !== shift.shift_id);
  const [busy, attemptOnce] = useAttempt();
  const run = async (wish: () => Promise<unknown>): Promise<void> => {
    if (await attemptOnce(wish)) onClose();
  };
  const save = (event: Event): void => {
    event.preventDefault();
    const wanted = { ...crew, primary: split(primary), deputies: split(deputies) };
    const { shift_id } = shift;
    void run(() => (other === "" ? changeCrew(shift_id, wanted, reason) : swapShifts(shift_id, other, reason)));
  };
  return (
    <Dialog title={t("duty.change_title", { time: shiftSpan(shift) })} onClose={onClose}>
      <form class="duty-form" onSubmit={save}>
        {!hasBegun && others.length > 0 && (
          <Field label={t("duty.swap")}>
            {({ id }) => (
              <select id={id} class="input" value={other} onChange={(event) => setOther(event.currentTarget.value)}>
                <option value="">{t("duty.swap_none")}</option>
                {others.map((one) => (
                  <option key={one.shift_id} value={one.shift_id}>
                    {shiftSpan(one)} {namesOf(one.crew)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {other === "" && (
          <div class="duty-crew">
            <TextField label={t("duty.leader")} value={crew.leader} onInput={(leader) => setCrew({ ...crew, leader })} />
            <TextField label={t("duty.chief")} value={crew.chief} onInput={(chief) => setCrew({ ...crew, chief })} />
            <TextField label={t("duty.primary")} value={primary} onInput={setPrimary} />
            <TextField label={t("duty.deputies")} value={deputies} onInput={setDeputies} />
            <TextField label={t("duty.phone")} value={crew.phone} onInput={(phone) => setCrew({ ...crew, phone })} />
          </div>
        )}
        <TextField label={t("duty.reason")} value={reason} onInput={setReason} />
        <div class="actions">
          <Button type="submit" tone="accent" busy={busy} disabled={reason.trim() === ""}>
            {t("duty.change_go")}
          </Button>
          {!hasBegun && (
            <Button
              tone="danger"
              busy={busy}
              disabled={reason.trim() === ""}
              onClick={() => void run(() => removeShift(shift.shift_id, reason))}
            >
              {t("duty.remove")}
            </Button>
          )}
          <Button onClick={onClose}>{t("do.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Changes({ duty }: { duty: Duty }): JSX.Element | null {
  if (duty.changes.length === 0) return null;
  return (
    <details class="roster-changes">
      <summary>
        {t("duty.changes")} {duty.changes.length}
      </summary>
      <ul>
        {[...duty.changes].reverse().map((change) => (
          <li key={`${change.shift_id}/${change.at_ms}`}>
            {t("duty.change_line", {
              time: shortWhen(change.at_ms),
              shift: `${dateOf(change.starts_ms).slice(5)} ${clockTime(change.starts_ms).slice(0, 5)}`,
              before: namesOf(change.before),
              after: change.after === null ? t("duty.removed") : namesOf(change.after),
              reason: change.reason,
              person: change.actor.person,
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}

function WhoWas(): JSX.Element {
  const [at, setAt] = useState("");
  const [found, setFound] = useState<WasOnDuty | null>(null);
  const look = (event: Event): void => {
    event.preventDefault();
    const ms = timeInField(at);
    if (ms === null) return;
    void attempt(async () => setFound(await get<WasOnDuty>(`/api/duty/at?ms=${ms}`)));
  };
  return (
    <form class="duty-line who-was" onSubmit={look} aria-label={t("duty.was_on_duty")}>
      <TextField label={t("duty.was_on_duty")} type="datetime-local" value={at} onInput={setAt} />
      <Button type="submit" disabled={at === ""}>
        {t("duty.was_go")}
      </Button>
      {found !== null && (
        <p role="status">
          {fieldTime(found.at_ms).replace("T", " ")}{" "}
          {found.at_post === null
            ? t("duty.was_nobody")
            : t("duty.was_there", {
                person: found.at_post.person,
                names: namesOf(found.at_post.crew),
                time: shortWhen(found.at_post.began_ms),
              })}
          {found.planned !== null && `　${t("duty.was_planned", { names: namesOf(found.planned.crew) })}`}
        </p>
      )}
    </form>
  );
}

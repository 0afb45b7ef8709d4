/** 值班日志: one line and Enter writes an entry; entries are corrected or voided, and their originals stay. */
import { FileDown, FilePenLine, Siren } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { correctEntry, voidEntry } from "../actions";
import { download } from "../link/download";
import { current, reportDraftOf } from "../state/duty";
import { hubNow, reportDraft } from "../state/store";
import type { Duty, DutyEntry, EntryKind, PhoneRecord } from "../types/wire";
import { Badge, Button, EmptyState } from "../ui/elements";
import { clockTime, dateOf, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { attempt, useAttempt } from "../ui/toast";
import { CallFields, EMPTY_CALL, NewEntry, type DraftProps } from "./dutyentry";
import { shortWhen, TextField } from "./dutyparts";

const KINDS: readonly EntryKind[] = ["call_in", "call_out", "key", "instruction", "other", "system"];
const DAY_MS = 86_400_000;
/** What was written a good while after it happened says so. */
const LATER_MS = 5 * 60_000;

interface LogProps extends DraftProps {
  readonly duty: Duty;
}

export function DutyLog({ duty, draft, onDraft }: LogProps): JSX.Element {
  const [kind, setKind] = useState<EntryKind | "">("");
  const [words, setWords] = useState("");
  const [isRecent, setIsRecent] = useState(false);
  const from_ms = isRecent || duty.watch === null ? 0 : duty.watch.began_ms;
  const inTime = duty.entries.filter((entry) => entry.noted_ms >= from_ms);
  const wanted = words.trim().toLowerCase();
  const shown = inTime
    .filter((entry) => (kind === "" || entry.kind === kind) && textOf(entry).includes(wanted))
    .sort((one, two) => two.at_ms - one.at_ms || two.noted_ms - one.noted_ms);
  return (
    <>
      <NewEntry draft={draft} onDraft={onDraft} />
      <div class="duty-filter">
        <select
          class="input"
          aria-label={t("duty.kind")}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as EntryKind | "")}
        >
          <option value="">{t("duty.all")}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`duty.kind_${one}`)}
            </option>
          ))}
        </select>
        <input
          class="input"
          type="search"
          aria-label={t("duty.search")}
          placeholder={t("duty.search")}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <Button size="small" pressed={!isRecent} onClick={() => setIsRecent(false)}>
          {t("duty.shown")}
        </Button>
        <Button size="small" pressed={isRecent} onClick={() => setIsRecent(true)}>
          {t("duty.shown_recent")}
        </Button>
        <Exports from_ms={from_ms} kind={kind} words={words} />
      </div>
      {shown.length === 0 ? (
        <EmptyState icon={FilePenLine} title={t(inTime.length === 0 ? "duty.empty" : "duty.none_found")}>
          {inTime.length === 0 && t("duty.empty_help")}
        </EmptyState>
      ) : (
        <ol class="duty-entries">
          {shown.map((entry) => (
            <Entry key={entry.entry_id} entry={entry} />
          ))}
        </ol>
      )}
    </>
  );
}

function textOf(entry: DutyEntry): string {
  const { text, call } = current(entry);
  return [text, entry.text, entry.person, call?.unit, call?.name, call?.phone].join(" ").toLowerCase();
}

function Exports({ from_ms, kind, words }: { from_ms: number; kind: string; words: string }): JSX.Element {
  const to = (form: string): string => {
    const now = hubNow();
    const query = new URLSearchParams({
      from: String(from_ms === 0 ? now - 31 * DAY_MS : from_ms - DAY_MS),
      to: String(now + DAY_MS),
      kind,
      q: words.trim(),
    });
    return `/api/duty/log.${form}?${query.toString()}`;
  };
  return (
    <span class="duty-exports">
      {(["csv", "docx"] as const).map((form) => (
        <Button key={form} size="small" icon={FileDown} onClick={() => void attempt(() => download(to(form)))}>
          {t(`duty.export_${form}`)}
        </Button>
      ))}
    </span>
  );
}

type Doing = "correct" | "void" | null;

function Entry({ entry }: { entry: DutyEntry }): JSX.Element {
  const [doing, setDoing] = useState<Doing>(null);
  const now = current(entry);
  const isSystem = entry.kind === "system";
  const isCall = entry.kind === "call_in" || entry.kind === "call_out";
  const toReport = (): void => {
    reportDraft.value = reportDraftOf(entry);
    navigate("/incident/phone");
  };
  return (
    <li class={`duty-entry ${entry.voided === null ? "" : "is-void"} ${isSystem ? "is-system" : ""}`}>
      <time dateTime={new Date(entry.at_ms).toISOString()} title={`${dateOf(entry.at_ms)} ${clockTime(entry.at_ms)}`}>
        {shortWhen(entry.at_ms)}
      </time>
      <Badge tone={entry.kind === "key" || entry.kind === "instruction" ? "accent" : "neutral"}>
        {t(`duty.kind_${entry.kind}`)}
      </Badge>
      <div class="duty-said">
        <p class="duty-text">{now.text}</p>
        {now.call !== null && <CallLine call={now.call} />}
        <p class="muted">
          {entry.person}
          {entry.noted_ms - entry.at_ms > LATER_MS && ` · ${t("duty.noted", { time: shortWhen(entry.noted_ms) })}`}
        </p>
        <Former entry={entry} />
        {doing === "correct" && <Correct entry={entry} onDone={() => setDoing(null)} />}
        {doing === "void" && <Void entry={entry} onDone={() => setDoing(null)} />}
      </div>
      {entry.voided === null && !isSystem && doing === null && (
        <div class="duty-do">
          {isCall && entry.report === "" && (
            <Button size="small" icon={Siren} onClick={toReport}>
              {t("duty.to_report")}
            </Button>
          )}
          {entry.report !== "" && <Link to={`/incident/${entry.report.slice(9)}`}>{t("duty.to_incident")}</Link>}
          <Button size="small" tone="quiet" onClick={() => setDoing("correct")}>
            {t("duty.correct")}
          </Button>
          <Button size="small" tone="quiet" onClick={() => setDoing("void")}>
            {t("duty.void")}
          </Button>
        </div>
      )}
    </li>
  );
}

const SHOWN = ["unit", "name", "post", "phone", "place", "cause", "course", "measures", "result"] as const;
const SHOWN_TOO = ["impact", "trend", "told"] as const;

function CallLine({ call }: { call: PhoneRecord }): JSX.Element | null {
  const known = [...SHOWN, ...SHOWN_TOO].filter((name) => call[name] !== "");
  if (known.length === 0 && call.occurred_ms === null) return null;
  return (
    <dl class="duty-call">
      {known.map((name) => (
        <div key={name}>
          <dt>{t(`duty.call_${name}`)}</dt>
          <dd>{call[name]}</dd>
        </div>
      ))}
      {call.occurred_ms !== null && (
        <div>
          <dt>{t("duty.call_occurred_ms")}</dt>
          <dd>{shortWhen(call.occurred_ms)}</dd>
        </div>
      )}
    </dl>
  );
}

/** What it said before, and why it says something else now. */
function Former({ entry }: { entry: DutyEntry }): JSX.Element | null {
  const { corrections, voided } = entry;
  if (corrections.length === 0 && voided === null) return null;
  const said = [entry.text, ...corrections.map(({ text }) => text)];
  return (
    <ul class="duty-former">
      {corrections.map(({ at_ms, actor, reason }, at) => (
        <li key={at}>
          {t("duty.corrected", { time: shortWhen(at_ms), person: actor.person, reason })}
          <s>
            {t("duty.original")}：{said[at]}
          </s>
        </li>
      ))}
      {voided !== null && (
        <li class="bad-text">
          {t("duty.voided", { time: shortWhen(voided.at_ms), person: voided.actor.person, reason: voided.reason })}
        </li>
      )}
    </ul>
  );
}

function Correct({ entry, onDone }: { entry: DutyEntry; onDone: () => void }): JSX.Element {
  const now = current(entry);
  const [text, setText] = useState(now.text);
  const [call, setCall] = useState<PhoneRecord | null>(now.call);
  const [reason, setReason] = useState("");
  const [busy, run] = useAttempt();
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await run(() => correctEntry(entry.entry_id, text, call, reason))) onDone();
  };
  return (
    <form class="duty-form" onSubmit={(event) => void save(event)}>
      <TextField label={t("duty.text")} value={text} onInput={setText} max={2000} />
      {call !== null && <CallFields call={{ ...EMPTY_CALL, ...call }} onCall={setCall} />}
      <TextField label={t("duty.reason")} value={reason} onInput={setReason} />
      <div class="actions">
        <Button type="submit" tone="accent" busy={busy} disabled={text.trim() === "" || reason.trim() === ""}>
          {t("duty.correct_go")}
        </Button>
        <Button onClick={onDone}>{t("do.cancel")}</Button>
      </div>
    </form>
  );
}

function Void({ entry, onDone }: { entry: DutyEntry; onDone: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const [busy, run] = useAttempt();
  const go = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await run(() => voidEntry(entry.entry_id, reason))) onDone();
  };
  return (
    <form class="duty-form" onSubmit={(event) => void go(event)}>
      <TextField label={t("duty.reason")} value={reason} onInput={setReason} />
      <div class="actions">
        <Button type="submit" tone="danger" busy={busy} disabled={reason.trim() === ""}>
          {t("duty.void")}
        </Button>
        <Button onClick={onDone}>{t("do.cancel")}</Button>
      </div>
    </form>
  );
}

/** 交接班: what the hub finds open, a note for each, who gives and who takes; and the sheets of before. */
import { ClipboardList, FileDown, RefreshCw } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { collectSheet, giveHandover, noteItems, signHandover, withdrawHandover } from "../actions";
import { download } from "../link/download";
import { atPost, comingShift, missingNotes } from "../state/duty";
import { hubNow, me } from "../state/store";
import type { Duty, OpenItem, Sheet, Watch } from "../types/wire";
import { Badge, Button, EmptyState, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { attempt, useAttempt } from "../ui/toast";
import { namesOf, shortWhen, TextField } from "./dutyparts";

export function Handover({ duty }: { duty: Duty }): JSX.Element {
  const { watch } = duty;
  return (
    <div class="duty-handover">
      {watch === null ? (
        <EmptyState icon={ClipboardList} title={t("duty.nobody")} />
      ) : watch.sheet === null ? (
        <EmptyState
          icon={ClipboardList}
          title={t("duty.sheet_none")}
          action={
            <Button tone="accent" onClick={() => void attempt(collectSheet)}>
              {t("duty.sheet_start")}
            </Button>
          }
        >
          {t("duty.sheet_help")}
        </EmptyState>
      ) : (
        <OpenSheet duty={duty} watch={watch} sheet={watch.sheet} />
      )}
      <PastSheets past={duty.past} />
    </div>
  );
}

interface SheetProps {
  readonly duty: Duty;
  readonly watch: Watch;
  readonly sheet: Sheet;
}

function OpenSheet({ duty, watch, sheet }: SheetProps): JSX.Element {
  const missing = missingNotes(sheet);
  const isGiven = sheet.given !== null;
  return (
    <>
      <header class="sheet-head">
        <h2>{sheet.items.length === 0 ? t("duty.sheet_clear") : t("duty.sheet_items", { n: sheet.items.length })}</h2>
        <StateDot
          shape={missing.length === 0 ? "full" : "triangle"}
          tone={missing.length === 0 ? "good" : "warn"}
          word={missing.length === 0 ? t("duty.sheet_ready") : t("duty.sheet_missing", { n: missing.length })}
        />
        <span class="muted">{t("duty.collected", { time: shortWhen(sheet.collected_ms) })}</span>
        {!isGiven && (
          <Button size="small" icon={RefreshCw} onClick={() => void attempt(collectSheet)}>
            {t("duty.sheet_again")}
          </Button>
        )}
        <SheetFiles watch={watch} />
      </header>
      <ol class="sheet-items">
        {sheet.items.map((item) => (
          <Item key={item.key} item={item} sheet={sheet} missing={missing} isGiven={isGiven} />
        ))}
      </ol>
      {sheet.given === null ? <Give watch={watch} /> : <Sign duty={duty} sheet={sheet} />}
    </>
  );
}

interface ItemProps {
  readonly item: OpenItem;
  readonly sheet: Sheet;
  readonly missing: readonly OpenItem[];
  readonly isGiven: boolean;
}

function Item({ item, sheet, missing, isGiven }: ItemProps): JSX.Element {
  const note = sheet.notes[item.key];
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? note?.text ?? "";
  const save = async (keys: string[]): Promise<void> => {
    if (shown.trim() === "" || (shown === note?.text && keys.length === 1)) return;
    if (await attempt(() => noteItems(keys, shown))) setText((now) => (now === text ? null : now)); // nothing typed meanwhile is lost
  };
  const others = missing.filter(({ key }) => key !== item.key);
  return (
    <li class="sheet-item">
      <div class="sheet-what">
        <Badge>{t(`duty.open_${item.kind}`)}</Badge>
        <span class="sheet-title">
          <ItemLink item={item} />
        </span>
        {item.overdue && <StateDot shape="triangle" tone="bad" word={t("duty.overdue")} />}
        {item.due_ms !== null && <span class="muted">{t("duty.due", { time: shortWhen(item.due_ms) })}</span>}
        {item.text !== "" && <span class="muted">{item.text}</span>}
        {item.silent.length > 0 && <span class="warn-text">{t("duty.silent", { names: item.silent.join("、") })}</span>}
      </div>
      {isGiven ? (
        <p class="sheet-note">{note?.text}</p>
      ) : (
        <form
          class="sheet-note"
          onSubmit={(event) => {
            event.preventDefault();
            void save([item.key]);
          }}
        >
          <input
            class="input"
            maxLength={500}
            aria-label={t("duty.note_for", { title: item.title })}
            placeholder={t("duty.note")}
            value={shown}
            onInput={(event) => setText(event.currentTarget.value)}
            onBlur={() => void save([item.key])}
          />
          {shown.trim() !== "" && others.length > 0 && (
            <Button
              size="small"
              tone="quiet"
              onClick={() => void save([item.key, ...others.map(({ key }) => key)])}
            >
              {t("duty.note_all", { n: others.length })}
            </Button>
          )}
          {note !== undefined && (
            <span class="muted">
              {note.actor.person} {shortWhen(note.at_ms)}
            </span>
          )}
        </form>
      )}
    </li>
  );
}

function ItemLink({ item }: { item: OpenItem }): JSX.Element {
  const [noun, id = ""] = item.stream.split(":");
  if (noun === "incident" && id !== "daily") return <Link to={`/incident/${id}`}>{item.title}</Link>;
  if (noun === "session") return <Link to={`/session/${id}`}>{item.title}</Link>;
  return <>{item.title}</>;
}

function Give({ watch }: { watch: Watch }): JSX.Element {
  const [busy, run] = useAttempt();
  const [person, setPerson] = useState(watch.person);
  return (
    <form
      class="duty-line"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => giveHandover(person));
      }}
    >
      <TextField label={t("duty.person")} value={person} onInput={setPerson} max={40} list={atPost(watch.crew)} />
      <Button type="submit" tone="accent" busy={busy}>
        {t("duty.give")}
      </Button>
    </form>
  );
}

function Sign({ duty, sheet }: { duty: Duty; sheet: Sheet }): JSX.Element {
  const own = me.value?.actor.person ?? "";
  const next = comingShift(duty, hubNow());
  const [person, setPerson] = useState(own === sheet.given?.person ? "" : own);
  const [remark, setRemark] = useState("");
  const [busy, run] = useAttempt();
  return (
    <div class="sheet-sign">
      <StateDot
        shape="half"
        tone="accent"
        word={t("duty.given", { person: sheet.given?.person ?? "", time: shortWhen(sheet.given?.at_ms ?? 0) })}
      />
      <p class="muted">{t("duty.sign_help")}</p>
      <form
        class="duty-line"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => signHandover(person, remark));
        }}
      >
        <TextField
          label={t("duty.person")}
          value={person}
          onInput={setPerson}
          max={40}
          list={next === null ? [own] : [...new Set([own, ...atPost(next.crew)])]}
        />
        <TextField label={t("duty.remark")} value={remark} onInput={setRemark} max={500} class="is-wide" />
        <Button type="submit" tone="accent" busy={busy} disabled={person.trim() === ""}>
          {t("duty.sign")}
        </Button>
        <Button tone="quiet" onClick={() => void attempt(withdrawHandover)}>
          {t("duty.withdraw")}
        </Button>
      </form>
    </div>
  );
}

function SheetFiles({ watch }: { watch: Watch }): JSX.Element {
  return (
    <span class="duty-exports">
      {(["csv", "docx"] as const).map((form) => (
        <Button
          key={form}
          size="small"
          icon={FileDown}
          onClick={() => void attempt(() => download(`/api/duty/handovers/${watch.watch_id}.${form}`))}
        >
          {t(`duty.export_${form}`)}
        </Button>
      ))}
    </span>
  );
}

function PastSheets({ past }: { past: readonly Watch[] }): JSX.Element | null {
  const sheets = past.filter((watch) => watch.sheet !== null).reverse();
  if (sheets.length === 0) return null;
  return (
    <section class="past-sheets" aria-labelledby="past-sheets">
      <h2 id="past-sheets">{t("duty.past_sheets")}</h2>
      <ul>
        {sheets.map((watch) => (
          <li key={watch.watch_id}>
            <span>
              {shortWhen(watch.began_ms)}–{shortWhen(watch.ended_ms ?? watch.began_ms)} {namesOf(watch.crew)}
            </span>
            <span class="muted">
              {t("duty.sheet_items", { n: watch.sheet?.items.length ?? 0 })}
              {watch.sheet?.signed != null && ` · ${watch.sheet.given?.person ?? ""} → ${watch.sheet.signed.person}`}
              {watch.sheet?.remark ? ` · ${watch.sheet.remark}` : ""}
            </span>
            <SheetFiles watch={watch} />
          </li>
        ))}
      </ul>
    </section>
  );
}

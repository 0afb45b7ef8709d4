/** One line to add: words and Enter, the rest is defaults; all fields, the units and the time when asked for. */
import { ChevronDown, ChevronUp, Plus, Table2 } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { addItem } from "../../state/drafts";
import { fieldOf, fieldsOf, mayAsk, ownRow, TEXT_MAX } from "../../state/workspace";
import { KINDS, type Field } from "../../types/kinds";
import { Button, Field as Labelled } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { asksForDue, leadOf } from "./columns";
import { isOffice, NOTHING, showItem, stopWriting, write, writingOf, type Context } from "./context";
import { DueChips, FieldInput } from "./input";
import { edit } from "./list";
import { PasteDialog } from "./pastedialog";
import { fromHtml, fromText, isTable, type Table } from "./paste";
import { UnitChips } from "./units";
import { dayTime, said } from "./words";

/** Fields of a new item that this person may fill in; what is secret is for the office. */
export function newFields(of: Context): Field[] {
  return fieldsOf(of.kind).filter(({ writer, name }) => {
    if (writer === "secret") return isOffice(of);
    return name !== "role" || of.kind !== "opinion" || isOffice(of);
  });
}

export function AddLine({ of }: { of: Context }): JSX.Element {
  const { stream, board, kind, me, sessionId } = of;
  const [pasting, setPasting] = useState<Table | null>(null);
  const key = `${stream}/${board.board_id}`;
  const value = writingOf(key) ?? NOTHING;
  const own = me === null ? null : ownRow(of.ws, board, me, kind === "opinion" ? sessionId : null);
  const isConclusion = value.fields["role"] === "conclusion";
  if (own !== null && !isConclusion) return <OwnRow of={of} itemId={own.item_id} />;

  const set = (fields: Readonly<Record<string, string>>): void => write(key, { ...value, fields: { ...value.fields, ...fields } });
  const words = (value.fields["text"] ?? "").trim();
  const asks = me !== null && mayAsk(of.ws, board, me);
  // In a narrow panel whom and until when is asked once there is something to ask.
  const isBare = of.compact && words === "" && value.units.length === 0 && !value.more;
  const send = (): void => {
    if (words === "") return;
    const given = Object.entries(value.fields).map(([name, text]) => [name, text.trim()] as const);
    const fields = Object.fromEntries(given.filter(([, text]) => text !== ""));
    const item_id = addItem(stream, board.board_id, {
      fields,
      ...(asks ? { units: value.units } : {}),
      ...(sessionId === null ? {} : { session_id: sessionId }),
    });
    if (value.more) showItem(stream, board.board_id, null);
    stopWriting(key);
    keepLead(of, value.fields);
    requestAnimationFrame(() => document.querySelector(`[data-item="${CSS.escape(item_id)}"]`)?.scrollIntoView({ block: "nearest" }));
  };
  const onPaste = (event: ClipboardEvent): void => {
    const table = tableIn(event.clipboardData);
    if (table === null) return;
    event.preventDefault();
    setPasting(table);
  };
  return (
    <div class="bv-add" onKeyDown={(event) => onKey(event, send)}>
      <div class="bv-add-line">
        <Lead of={of} value={value.fields} onChange={set} />
        <div class="bv-add-words" onPaste={onPaste}>
          <FieldInput
            field={fieldOf(kind, "text") as Field}
            value={value.fields["text"] ?? ""}
            isNew
            label={t("boards.add_label", { board: said(KINDS[kind]) })}
            placeholder={t(`boards.hint_${kind}`)}
            onChange={(text) => set({ text: text.slice(0, TEXT_MAX) })}
          />
        </div>
        <Button tone="accent" icon={Plus} disabled={words === ""} onClick={send}>
          {t("boards.add")}
        </Button>
      </div>
      <div class="bv-add-extras">
        {asks && !isBare && <UnitChips of={of} chosen={value.units} onChange={(units) => write(key, { ...value, units })} />}
        {asksForDue(kind) && !isBare && <DueLine value={value.fields["due"] ?? ""} onChange={(due) => set({ due })} />}
        <span class="bv-add-tools">
          <Button
            size="small"
            tone="quiet"
            icon={value.more ? ChevronDown : ChevronUp}
            pressed={value.more}
            onClick={() => write(key, { ...value, more: !value.more })}
          >
            {t("boards.more")}
          </Button>
          <Button size="small" tone="quiet" icon={Table2} onClick={() => setPasting([])}>
            {t("boards.paste_table")}
          </Button>
        </span>
      </div>
      {value.more && <AllFields of={of} value={value.fields} onChange={set} />}
      {pasting !== null && <PasteDialog of={of} table={pasting} asks={asks} onClose={() => setPasting(null)} />}
    </div>
  );
}

function onKey(event: KeyboardEvent, send: () => void): void {
  const at = event.target;
  if (event.isComposing || event.key !== "Enter" || event.shiftKey || !(at instanceof HTMLElement)) return;
  if (at.closest("dialog") !== null) return; // units are being looked for, or a table is
  const isLong = at.matches("textarea") && at.closest(".bv-add-words") === null;
  if (!at.matches("input, textarea") || (isLong && !event.ctrlKey && !event.metaKey)) return;
  event.preventDefault();
  send();
}

/** Whoever writes one judgement writes another one next. */
function keepLead(of: Context, fields: Readonly<Record<string, string>>): void {
  const lead = leadOf(of.kind);
  const value = lead === null ? undefined : fields[lead];
  if (lead === null || value === undefined || of.kind === "opinion") return;
  write(`${of.stream}/${of.board.board_id}`, { ...NOTHING, fields: { [lead]: value } });
}

interface PartProps {
  readonly of: Context;
  readonly value: Readonly<Record<string, string>>;
  readonly onChange: (fields: Readonly<Record<string, string>>) => void;
}

/** The one choice that belongs before the words: 事实 or 研判, 首报 or 续报, the colour of a warning. */
function Lead({ of, value, onChange }: PartProps): JSX.Element | null {
  const name = leadOf(of.kind);
  const field = name === null ? undefined : fieldOf(of.kind, name);
  if (name === null || field === undefined || !newFields(of).includes(field)) return null;
  return (
    <span class="bv-lead">
      <FieldInput field={field} value={value[name] ?? field.choices[0]?.value ?? ""} label={said(field)} onChange={(text) => onChange({ [name]: text })} />
    </span>
  );
}

function DueLine({ value, onChange }: { value: string; onChange: (value: string) => void }): JSX.Element {
  return (
    <span class="bv-dueline">
      <span class="muted">{t("boards.due")}</span>
      {value === "" ? (
        <DueChips onChoose={onChange} />
      ) : (
        <>
          <span>{dayTime(Number(value))}</span>
          <Button size="small" tone="quiet" onClick={() => onChange("")}>
            {t("boards.no_due")}
          </Button>
        </>
      )}
    </span>
  );
}

function AllFields({ of, value, onChange }: PartProps): JSX.Element {
  const apart = ["text", leadOf(of.kind)];
  return (
    <div class="bv-editor-fields">
      {newFields(of)
        .filter(({ name }) => !apart.includes(name))
        .map((field) => (
          <Labelled
            key={field.name}
            class={field.type === "long" ? "wide" : ""}
            label={field.element ? t("boards.element", { name: said(field) }) : said(field)}
          >
            {({ id }) => (
              <FieldInput
                field={field}
                id={id}
                value={value[field.name] ?? field.choices[0]?.value ?? ""}
                onChange={(text) => onChange({ [field.name]: text })}
              />
            )}
          </Labelled>
        ))}
    </div>
  );
}

/** On boards where a unit has one row it does not add a second one, it brings its own up to date. */
function OwnRow({ of, itemId }: { of: Context; itemId: string }): JSX.Element {
  const item = of.ws.items[itemId];
  const conclude = of.kind === "opinion" && isOffice(of);
  const key = `${of.stream}/${of.board.board_id}`;
  return (
    <div class="bv-add own">
      <span>{t(of.kind === "duty" ? "boards.own_duty" : "boards.own_opinion")}</span>
      {item !== undefined && (
        <Button tone="accent" onClick={() => edit(of, { item, wishes: [], unsent: false })}>
          {t("boards.own_update")}
        </Button>
      )}
      {conclude && (
        <Button onClick={() => write(key, { ...NOTHING, fields: { role: "conclusion" } })}>{t("boards.conclude")}</Button>
      )}
    </div>
  );
}

/** What is on the clipboard, when that is a table and no line of words. */
export function tableIn(data: DataTransfer | null): Table | null {
  const html = data?.getData("text/html") ?? "";
  const table = html.includes("<table") ? fromHtml(html) : [];
  if (isTable(table)) return table;
  const text = data?.getData("text/plain") ?? "";
  if (!text.includes("\t")) return null; // several lines of words are words
  const plain = fromText(text);
  return isTable(plain) ? plain : null;
}

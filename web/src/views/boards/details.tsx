/** An item in full, in its place: its fields, what may be done with it, the units' tracks, and what hangs on it. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { editItem, moveTrack } from "../../state/drafts";
import type { Row } from "../../state/outbox";
import { fieldsOf, mayWrite, rankOf, valueOf, writable } from "../../state/workspace";
import { touch } from "../../state/touching";
import type { Field } from "../../types/kinds";
import type { Item } from "../../types/wire";
import { Button, Field as Labelled } from "../../ui/elements";
import { t } from "../../ui/i18n";
import "../../styles/boarddetails.css";
import { Actions } from "./actions";
import { Attachments } from "./attachments";
import { SHOWN_APART } from "./columns";
import { stopWriting, write, writingOf, type Context, type Writing } from "./context";
import { FieldInput } from "./input";
import { ItemHistory } from "./history";
import { Notes } from "./notes";
import { Sharing } from "./sharing";
import { ToRecording } from "./torecording";
import { Tracks } from "./tracks";
import { dayTime, said, valueText, whoFull } from "./words";

export function writingFrom(item: Item): Writing {
  return { fields: {}, base_version: item.version, units: [], more: true };
}

export function Details({ row, of }: { row: Row; of: Context }): JSX.Element {
  const { item } = row;
  const writing = of.me === null ? null : writingOf(item.item_id);
  useTouch(item, of, writing !== null);
  useRead(row, of);
  return (
    <section class="bv-details" aria-label={t("boards.details_of")}>
      {writing === null ? <Said item={item} of={of} /> : <Editor item={item} of={of} writing={writing} />}
      {writing === null && <Actions row={row} of={of} />}
      <Tracks row={row} of={of} />
      <div class="bv-more">
        <Attachments row={row} of={of} />
        <Notes item={item} of={of} />
        <Sharing item={item} of={of} />
      </div>
      <Provenance item={item} of={of} />
      {!row.unsent && <ItemHistory item={item} of={of} />}
    </section>
  );
}

/** Others are told that somebody is at this item. */
function useTouch(item: Item, of: Context, editing: boolean): void {
  const isLive = of.at_ms === null && of.me !== null;
  useEffect(() => {
    if (!isLive) return undefined;
    touch(of.stream, item.item_id, editing);
    return () => touch(of.stream, null, false);
  }, [of.stream, item.item_id, editing, isLive]);
}

/** 已读: a unit that opens what it was sent has read it. */
function useRead({ item, wishes, unsent }: Row, of: Context): void {
  const own = of.me?.seat == null ? undefined : item.tracks[of.me.seat];
  const isUnread = own !== undefined && rankOf(own.state) < rankOf("read") && item.voided === null && !unsent;
  const isOnItsWay = wishes.some(({ name }) => name === "track.move");
  useEffect(() => {
    if (isUnread && !isOnItsWay && own !== undefined && of.me !== null) moveTrack(of.stream, item.item_id, own.unit.seat, "read");
  }, [isUnread]);
}

/** Every field that has something in it; empty required elements as 待核实. */
function Said({ item, of }: { item: Item; of: Context }): JSX.Element {
  const full = fieldsOf(of.kind).filter((field) => !SHOWN_APART.includes(field.name) && isSaid(item, field, of));
  const isOpen = (field: Field): boolean => field.element && valueOf(of.kind, item, field.name) === "";
  const isWide = (field: Field): boolean => field.type === "long" && !isOpen(field);
  // What is known first, each long text on a line of its own; then all that is 待核实, close together.
  const known = full.filter((field) => !isOpen(field));
  const shown = [...known.filter((field) => !isWide(field)), ...known.filter(isWide), ...full.filter(isOpen)];
  const [lon, lat] = [valueOf(of.kind, item, "lon"), valueOf(of.kind, item, "lat")];
  return (
    <dl class="bv-fields">
      {shown.map((field) => (
        <div key={field.name} class={isWide(field) ? "wide" : ""}>
          <dt>
            {said(field)}
            {field.writer === "secret" && <span class="badge">{t("boards.office_only")}</span>}
          </dt>
          <dd>{textIn(item, field, of)}</dd>
        </div>
      ))}
      {lon !== "" && lat !== "" && (
        <div>
          <dt>{t("boards.coordinates")}</dt>
          <dd>
            {lon}, {lat}
          </dd>
        </div>
      )}
    </dl>
  );
}

function isSaid(item: Item, field: Field, of: Context): boolean {
  const value = item.fields[field.name] ?? "";
  if (field.name === "due") return item.due_ms !== null || value !== "";
  if (field.element && of.kind === "report") return true;
  return field.type === "choice" ? value !== "" || isTelling(field) : value !== "";
}

/** A choice whose first value says something is shown even when nobody chose it. */
function isTelling(field: Field): boolean {
  return field.choices[0]?.value !== "" && field.writer !== "secret";
}

function textIn(item: Item, field: Field, of: Context): JSX.Element | string {
  const value = valueOf(of.kind, item, field.name);
  if (field.name === "due" && item.due_ms !== null) return dayTime(item.due_ms);
  const text = valueText(field, value);
  if (text !== "") return text;
  return field.element ? <span class="bv-missing">{t("boards.credibility_unverified")}</span> : "";
}

interface EditorProps {
  readonly item: Item;
  readonly of: Context;
  readonly writing: Writing;
}

/** All fields this person may write; Ctrl+Enter saves, Escape leaves them as they were. */
function Editor({ item, of, writing }: EditorProps): JSX.Element | null {
  const { me } = of;
  if (me === null) return null;
  const fields = writable(of.ws, item, me).filter((field) => mayWrite(item, field, me));
  const valueNow = (field: Field): string => writing.fields[field.name] ?? valueOf(of.kind, item, field.name);
  const close = (): void => stopWriting(item.item_id);
  const changed = Object.fromEntries(
    Object.entries(writing.fields)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([name, value]) => value !== valueOf(of.kind, item, name)),
  );
  const isEmpty = changed["text"] === "";
  const save = (): void => {
    if (isEmpty) return;
    if (Object.keys(changed).length > 0) editItem(of.stream, item.item_id, writing.base_version, changed);
    close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return; // Enter chooses a word of the input method
    const isLine = event.target instanceof HTMLInputElement || (event.target as HTMLElement).dataset["line"] !== undefined;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || isLine)) {
      event.preventDefault();
      save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <form
      class="bv-editor"
      aria-label={t("boards.edit_label")}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div class="bv-editor-fields">
        {fields.map((field, at) => (
          <Labelled
            key={field.name}
            label={said(field)}
            class={field.name === "text" || field.type === "long" ? "wide" : ""}
            error={field.name === "text" && isEmpty ? t("boards.needs_text") : null}
          >
            {({ id }) => (
              <FieldInput
                field={field}
                id={id}
                value={valueNow(field)}
                autofocus={at === 0}
                onChange={(value) => write(item.item_id, { ...writing, fields: { ...writing.fields, [field.name]: value } })}
              />
            )}
          </Labelled>
        ))}
      </div>
      <div class="bv-buttons">
        <span class="muted keys">{t("boards.edit_keys")}</span>
        <Button size="small" onClick={close}>
          {t("do.cancel")}
        </Button>
        <Button size="small" tone="accent" type="submit" disabled={isEmpty}>
          {t("boards.save")}
        </Button>
      </div>
    </form>
  );
}

/** Who wrote it and when, who changed it last, from which report it follows, and the second in the recording. */
function Provenance({ item, of }: { item: Item; of: Context }): JSX.Element {
  const chain = item.chain === null ? undefined : of.ws.items[item.chain];
  return (
    <p class="bv-provenance">
      <span>{t("boards.created_at", { time: dayTime(item.created_ms), who: whoFull(item.author) })}</span>
      {item.edited_ms !== null && item.edited_by !== null && (
        <span>{t("boards.edited_at", { time: dayTime(item.edited_ms), who: whoFull(item.edited_by) })}</span>
      )}
      {chain !== undefined && <span>{t("boards.follows", { text: chain.fields["text"] ?? "" })}</span>}
      <ToRecording item={item} />
      {item.reason !== "" && <span>{t("boards.because", { reason: item.reason })}</span>}
      {item.voided !== null && (
        <span>
          {t("boards.voided_note", {
            reason: item.voided.reason,
            who: whoFull(item.voided.actor),
            time: dayTime(item.voided.at_ms),
          })}
        </span>
      )}
    </p>
  );
}


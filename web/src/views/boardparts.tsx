/** The parts of a board that are written in: the one-line add, the editor in place, void, conflicts. */
import { ChevronDown, ChevronUp, Plus } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { addItem, dropWish, editItem, keepMine, retryWish, takeTheirs, voidItem } from "../actions";
import { conflictOf, type Conflict, type Wish } from "../state/outbox";
import { LINE_MAX, TEXT_MAX } from "../state/workspace";
import "../styles/boardwriting.css";
import type { Item } from "../types/wire";
import { Button } from "../ui/elements";
import { clockTime, say, t, type Key } from "../ui/i18n";
import { CATEGORIES, changesOf, EMPTY, stopWriting, write, writingOf, type Category, type Writing } from "./boardwriting";

interface FieldsProps {
  readonly value: Writing;
  readonly onChange: (value: Writing) => void;
  readonly onEnter: () => void;
  readonly onEscape?: () => void;
  readonly label: string;
  readonly placeholder?: string;
  readonly autofocus?: boolean;
  readonly detailed: boolean;
}

/** Category and text in one line; place and source in a second one when asked for. */
function Fields(props: FieldsProps): JSX.Element {
  const { value, onChange, label, placeholder, autofocus = false, detailed } = props;
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => fit(text.current), [value.text]);
  useEffect(() => {
    if (autofocus) text.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return; // Enter chooses a word of the input method, it does not send
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      props.onEnter();
    } else if (event.key === "Escape" && props.onEscape !== undefined) {
      event.stopPropagation();
      props.onEscape();
    }
  };
  return (
    <div class="item-fields" onKeyDown={onKeyDown}>
      <CategorySelect value={value.category} onChange={(category) => onChange({ ...value, category })} />
      <textarea
        ref={text}
        class="input item-input"
        rows={1}
        maxLength={TEXT_MAX}
        aria-label={label}
        placeholder={placeholder}
        value={value.text}
        onInput={(event) => onChange({ ...value, text: event.currentTarget.value })}
      />
      {detailed && (
        <div class="item-details">
          <Short name="place" value={value} onChange={onChange} />
          <Short name="source" value={value} onChange={onChange} />
        </div>
      )}
    </div>
  );
}

/** The text box is as high as its text, up to a third of the screen. */
function fit(element: HTMLTextAreaElement | null): void {
  if (element === null) return;
  element.style.height = "auto";
  element.style.height = `${Math.min(element.scrollHeight + 2, innerHeight / 3)}px`;
}

interface CategorySelectProps {
  readonly value: Category;
  readonly onChange: (value: Category) => void;
}

function CategorySelect({ value, onChange }: CategorySelectProps): JSX.Element {
  return (
    <select
      class="input item-category"
      aria-label={t("board.category")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Category)}
    >
      {CATEGORIES.map((category) => (
        <option key={category} value={category}>
          {t(`board.category_${category}`)}
        </option>
      ))}
    </select>
  );
}

interface ShortProps {
  readonly name: "place" | "source";
  readonly value: Writing;
  readonly onChange: (value: Writing) => void;
}

function Short({ name, value, onChange }: ShortProps): JSX.Element {
  return (
    <input
      class="input"
      aria-label={t(`board.${name}`)}
      placeholder={t(`board.${name}_hint`)}
      maxLength={LINE_MAX}
      value={value[name]}
      onInput={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
    />
  );
}

/** One line at the bottom: category, words, Enter. */
export function AddLine({ stream, boardId }: { stream: string; boardId: string }): JSX.Element {
  const key = `${stream} ${boardId}`;
  const value = writingOf(key) ?? EMPTY;
  const [detailed, setDetailed] = useState(value.place !== "" || value.source !== "");
  const send = (): void => {
    const text = value.text.trim();
    if (text === "") return;
    const { category } = value;
    addItem(stream, boardId, { fields: { text, category, place: value.place.trim(), source: value.source.trim() } });
    write(key, { ...EMPTY, category: value.category });
    setDetailed(false);
  };
  return (
    <div class="board-add">
      <Fields
        value={value}
        onChange={(next) => write(key, next)}
        onEnter={send}
        label={t("board.add_label")}
        placeholder={t("board.add_placeholder")}
        detailed={detailed}
      />
      <Button
        tone="quiet"
        icon={detailed ? ChevronUp : ChevronDown}
        pressed={detailed}
        onClick={() => setDetailed(!detailed)}
      >
        {t("board.details")}
      </Button>
      <Button tone="accent" icon={Plus} disabled={value.text.trim() === ""} onClick={send}>
        {t("board.add")}
      </Button>
    </div>
  );
}

interface EditorProps {
  readonly stream: string;
  readonly item: Item;
  readonly writing: Writing;
}

/** In the row's own place; Enter saves, Escape leaves it as it was. */
export function Editor({ stream, item, writing }: EditorProps): JSX.Element {
  const close = (): void => stopWriting(item.item_id);
  const save = (): void => {
    if (writing.text.trim() === "") return;
    const changes = changesOf(item, writing);
    if (Object.keys(changes).length > 0) editItem(stream, item.item_id, writing.base_version, changes);
    close();
  };
  return (
    <div class="item-editor">
      <Fields
        value={writing}
        onChange={(next) => write(item.item_id, next)}
        onEnter={save}
        onEscape={close}
        label={t("board.edit_label")}
        autofocus
        detailed
      />
      <div class="item-buttons">
        <span class="muted keys">{t("board.edit_keys")}</span>
        <Button size="small" onClick={close}>
          {t("do.cancel")}
        </Button>
        <Button size="small" tone="accent" disabled={writing.text.trim() === ""} onClick={save}>
          {t("board.save")}
        </Button>
      </div>
    </div>
  );
}

interface VoidFormProps {
  readonly stream: string;
  readonly item: Item;
  readonly onDone: () => void;
}

/** 作废 asks once, in place, for the reason it will be remembered by. */
export function VoidForm({ stream, item, onDone }: VoidFormProps): JSX.Element {
  const [reason, setReason] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const send = (event: Event): void => {
    event.preventDefault();
    if (reason.trim() === "") return;
    voidItem(stream, item.item_id, reason.trim());
    onDone();
  };
  return (
    <form
      class="item-void"
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      <input
        ref={input}
        class="input"
        aria-label={t("board.void_reason")}
        placeholder={t("board.void_reason")}
        maxLength={LINE_MAX}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <Button size="small" onClick={onDone}>
        {t("do.cancel")}
      </Button>
      <Button size="small" tone="danger" type="submit" disabled={reason.trim() === ""}>
        {t("board.void")}
      </Button>
    </form>
  );
}

/** Somebody was quicker: both texts, and the person decides. */
export function ConflictPanel({ wish }: { wish: Wish }): JSX.Element | null {
  const conflict = conflictOf(wish);
  if (conflict === null) return null;
  const by = conflict.by;
  const who = by === null ? "" : `${by.seat_name ?? ""} ${by.person}`.trim();
  return (
    <div class="item-trouble" role="group" aria-label={t("board.conflict_title")}>
      <p class="trouble-title">{t("board.conflict", { who, time: clockTime(conflict.at_ms) })}</p>
      <dl class="both">
        <Side title={t("board.theirs")} values={conflict.theirs} />
        <Side title={t("board.yours")} values={conflict.yours} />
      </dl>
      <div class="item-buttons">
        <Button size="small" onClick={() => takeTheirs(wish.op)}>
          {t("board.take_theirs")}
        </Button>
        <Button size="small" tone="accent" onClick={() => keepMine(wish.op)}>
          {t("board.keep_mine")}
        </Button>
      </div>
    </div>
  );
}

function Side({ title, values }: { title: string; values: Conflict["theirs"] }): JSX.Element {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {Object.entries(values).map(([field, value]) => (
          <span key={field}>{valueText(field, value)}</span>
        ))}
      </dd>
    </div>
  );
}

function valueText(field: string, value: string): string {
  if (field === "category" || field === "credibility") return t(`board.${field}_${value}` as Key);
  return value === "" ? t("board.nothing_written") : value;
}

/** The hub said no: what was written stays, with the reason and a way on. */
export function RefusedPanel({ wish }: { wish: Wish }): JSX.Element | null {
  if (wish.state !== "refused" || wish.problem === null) return null;
  return (
    <div class="item-trouble" role="group" aria-label={t("board.refused_title")}>
      <p class="trouble-title">{say(wish.problem)}</p>
      <p class="kept">{keptText(wish)}</p>
      <div class="item-buttons">
        <Button size="small" onClick={() => dropWish(wish.op)}>
          {t("board.give_up")}
        </Button>
        <Button size="small" tone="accent" onClick={() => retryWish(wish.op)}>
          {t("do.retry")}
        </Button>
      </div>
    </div>
  );
}

function keptText(wish: Wish): string {
  switch (wish.name) {
    case "item.add":
      return wish.body.fields.text ?? "";
    case "item.edit":
      return Object.entries(wish.body.fields)
        .map(([field, value]) => valueText(field, String(value)))
        .join(" · ");
    case "item.move":
      return t("board.wish_move");
    case "item.void":
      return t("board.wish_void", { reason: wish.body.reason });
    case "item.annotate":
    case "track.move":
      return wish.body.text ?? "";
    case "item.state":
      return wish.body.reason ?? "";
  }
}

/** What stands in one cell of the table, and the same things on a card. */
import { MapPin, MessageSquareText, Paperclip, Users } from "lucide-preact";
import type { JSX } from "preact";

import type { Row } from "../../state/outbox";
import { missingElements, textOf, timeOf, valueOf } from "../../state/workspace";
import { organisation } from "../../state/store";
import { StateDot } from "../../ui/elements";
import { elapsed, t } from "../../ui/i18n";
import { updatedOf } from "./choice";
import { columnsOf, type ColumnId } from "./columns";
import type { Context } from "./context";
import { Credibility, Due, ItemState, Late, OnWall, Pinned, Progression, UnitNames, Unsent } from "./marks";
import { dayTime, fieldText, labelOf, numberWord, shortTime, whoFull, whoShort } from "./words";

interface CellProps {
  readonly id: ColumnId;
  readonly row: Row;
  readonly of: Context;
}

export function columnLabel(id: ColumnId, of: Context): string {
  switch (id) {
    case "author":
    case "units":
    case "who":
    case "state":
    case "updated":
    case "missing":
    case "late":
    case "amount":
    case "contact":
    case "found":
      return of.kind === "check" && id === "who" ? t("boards.column_checked") : t(`boards.column_${id}`);
    default:
      return labelOf(of.kind, id);
  }
}

/** Everything but the words themselves, which are the button that opens the row. */
export function Cell({ id, row, of }: CellProps): JSX.Element | null {
  const { item } = row;
  switch (id) {
    case "author":
      return <Author row={row} of={of} />;
    case "units":
      return <Progression item={item} of={of} />;
    case "who":
      return <UnitNames item={item} />;
    case "state":
      return <ItemState item={item} of={of} />;
    case "due":
      return <Due item={item} of={of} />;
    case "updated":
      return <Updated row={row} of={of} />;
    case "credibility":
      return <Credibility item={item} of={of} />;
    case "late":
      return item.late_min === null ? <Nothing /> : item.late_min > 0 ? <Late min={item.late_min} /> : <>{t("boards.in_time")}</>;
    case "missing":
      return <Missing row={row} of={of} />;
    case "amount":
      return <>{`${fieldText(of.kind, item, "quantity")} ${fieldText(of.kind, item, "unit")}`.trim() || <Nothing />}</>;
    case "contact":
      return (
        <span class="bv-two">
          <span>{fieldText(of.kind, item, "contact")}</span>
          <span class="muted">{fieldText(of.kind, item, "phone")}</span>
        </span>
      );
    case "found":
      return <Found row={row} of={of} />;
    case "type":
      return <>{typeText(row, of)}</>;
    case "risk":
      return <Alarming row={row} of={of} id={id} when="major" />;
    case "verdict":
      return <Alarming row={row} of={of} id={id} when="problem" />;
    case "colour":
      return <Colour row={row} of={of} />;
    default: {
      const ms = timeOf(item, id);
      const isTime = id === "as_of" || id.startsWith("valid_");
      const text = isTime ? (ms === null ? "" : shortTime(ms, of.now_ms)) : fieldText(of.kind, item, id);
      return text === "" ? <Nothing /> : <span class="bv-clamp">{text}</span>;
    }
  }
}

function Nothing(): JSX.Element {
  return (
    <span class="muted" aria-label={t("boards.nothing")}>
      –
    </span>
  );
}

/** 首报, 续报二, 电话记录 */
export function typeText({ item }: Row, of: Context): string {
  const text = fieldText(of.kind, item, "type");
  const isNumbered = of.kind === "report" && item.number !== null && valueOf(of.kind, item, "type") === "followup";
  return isNumbered ? `${text}${numberWord(item.number ?? 0)}` : text;
}

/** The four warning colours, each with its own outline besides its word. */
function Colour({ row, of }: { row: Row; of: Context }): JSX.Element {
  const value = valueOf(of.kind, row.item, "colour");
  return <span class={`bv-colour ${value}`}>{fieldText(of.kind, row.item, "colour")}</span>;
}

/** A choice of which one value must not be overlooked. */
function Alarming({ id, row, of, when }: CellProps & { when: string }): JSX.Element {
  const text = fieldText(of.kind, row.item, id);
  return valueOf(of.kind, row.item, id) === when ? <StateDot shape="triangle" tone="bad" word={text} /> : <>{text}</>;
}

function Author({ row, of }: { row: Row; of: Context }): JSX.Element {
  const { author } = row.item;
  return (
    <span class="bv-two" title={whoFull(author)}>
      <span>{whoShort(author, of.ws.units, organisation.value.seats)}</span>
      <span class="muted">{author.person}</span>
    </span>
  );
}

export function Updated({ row, of }: { row: Row; of: Context }): JSX.Element {
  const { item } = row;
  if (row.unsent || row.wishes.length > 0) return <Unsent row={row} />;
  const at_ms = updatedOf(item);
  const title = [
    t("boards.created_at", { time: dayTime(item.created_ms), who: whoFull(item.author) }),
    item.edited_ms === null || item.edited_by === null
      ? ""
      : t("boards.edited_at", { time: dayTime(item.edited_ms), who: whoFull(item.edited_by) }),
  ];
  return (
    <time class="clock" dateTime={new Date(at_ms).toISOString()} title={title.filter(Boolean).join("\n")}>
      {shortTime(at_ms, of.now_ms)}
      {item.edited_ms !== null && <span class="muted"> {t("boards.edited")}</span>}
    </time>
  );
}

function Missing({ row, of }: { row: Row; of: Context }): JSX.Element {
  const missing = missingElements(row.item, of.kind);
  if (missing.length === 0) return <>{t("boards.complete")}</>;
  const names = missing.map((name) => labelOf(of.kind, name)).join("、");
  return (
    <span class="bv-missing" title={names}>
      {t("boards.missing", { n: missing.length })}
    </span>
  );
}

/** Answer time and the three questions of a check, in one line. */
function Found({ row, of }: { row: Row; of: Context }): JSX.Element {
  const { item } = row;
  const seconds = fieldText(of.kind, item, "answered_s");
  const parts = ["leader_in", "officer_in", "log_ok"]
    .filter((name) => valueOf(of.kind, item, name) !== "")
    .map((name) => `${labelOf(of.kind, name)} ${fieldText(of.kind, item, name)}`);
  if (seconds !== "") parts.unshift(t("boards.answered_in", { n: seconds }));
  return parts.length === 0 ? <Nothing /> : <span class="bv-clamp">{parts.join("；")}</span>;
}

/** Under the words: where, from whom, as of when, and what hangs on it. */
export function Meta({ row, of, withAuthor = false }: { row: Row; of: Context; withAuthor?: boolean }): JSX.Element | null {
  const { item } = row;
  const place = fieldText(of.kind, item, "place");
  const from = fromText(row, of);
  const as_of = !of.compact && columnsOf(of.kind).includes("as_of") ? null : timeOf(item, "as_of");
  const parts: JSX.Element[] = [];
  if (withAuthor) {
    parts.push(
      <span key="by" title={whoFull(item.author)}>
        {whoShort(item.author, of.ws.units, organisation.value.seats)}
      </span>,
    );
  }
  if (place !== "") {
    parts.push(
      <span key="place">
        <MapPin size={12} aria-hidden="true" />
        <span class="visually-hidden">{labelOf(of.kind, "place")}</span> {place}
      </span>,
    );
  }
  if (from !== "") parts.push(<span key="from">{from}</span>);
  if (as_of !== null) parts.push(<span key="as_of">{t("boards.as_of", { time: shortTime(as_of, of.now_ms) })}</span>);
  if (item.media_ms !== null) parts.push(<span key="media">{t("boards.said_at", { time: elapsed(item.media_ms) })}</span>);
  const counts = [
    { icon: Paperclip, n: item.attachments.length, word: "boards.attachments" as const },
    { icon: MessageSquareText, n: item.notes.length, word: "boards.notes" as const },
    { icon: Users, n: item.shared.length, word: "boards.shared_with" as const },
  ].filter(({ n }) => n > 0);
  for (const { icon: Icon, n, word } of counts) {
    parts.push(
      <span key={word} title={t(word)}>
        <Icon size={12} aria-hidden="true" />
        <span class="visually-hidden">{t(word)}</span> {n}
      </span>,
    );
  }
  return parts.length === 0 ? null : <span class="bv-meta">{parts}</span>;
}

/** 来源：张三（电话） */
function fromText({ item }: Row, of: Context): string {
  const source = fieldText(of.kind, item, "source");
  const channel = valueOf(of.kind, item, "channel") === "" ? "" : fieldText(of.kind, item, "channel");
  if (source === "" && channel === "") return "";
  if (source === "" || channel === "") return t("boards.from", { source: source || channel });
  return t("boards.from_by", { source, channel });
}

/** What must not be overlooked, whichever columns the kind has. */
export function Marks({ row, of, columns }: { row: Row; of: Context; columns: readonly ColumnId[] }): JSX.Element | null {
  const { item } = row;
  const credibility = valueOf(of.kind, item, "credibility");
  const shown = [
    item.pinned && <Pinned key="pin" item={item} />,
    item.on_wall && <OnWall key="wall" item={item} />,
    !columns.includes("credibility") && credibility === "false" && <Credibility key="sure" item={item} of={of} />,
    !columns.includes("late") && (item.late_min ?? 0) > 0 && <Late key="late" min={item.late_min} />,
  ].filter(Boolean);
  return shown.length === 0 ? null : <span class="bv-marks">{shown}</span>;
}

export function wordsOf(row: Row): string {
  return textOf(row.item);
}

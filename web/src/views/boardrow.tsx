/** One item of a board: what is said, by whom and when, how sure it is, and what may be done with it. */
import { Ban, Check, CircleHelp, GripVertical, Pencil, X, type LucideIcon } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { editItem } from "../actions";
import type { Row as RowData } from "../state/outbox";
import { organisation } from "../state/store";
import { isAuthor, isOfficer, textOf, valueOf } from "../state/workspace";
import type { Actor, Item } from "../types/wire";
import { Badge, IconButton, StateDot } from "../ui/elements";
import { clockTime, dateOf, t } from "../ui/i18n";
import { ConflictPanel, Editor, RefusedPanel, VoidForm } from "./boardparts";
import { write, writingFrom, writingOf, type Category } from "./boardwriting";

export interface RowProps {
  readonly stream: string;
  readonly row: RowData;
  /** Null on a board that is only read. */
  readonly by: Actor | null;
  /** "a" and "b" take turns, so that a second change glows again. */
  readonly glow: "a" | "b" | null;
  readonly isDragged: boolean;
  readonly dropHere: "before" | "after" | null;
  readonly onGrab: (event: PointerEvent) => void;
  readonly onNudge: (by: -1 | 1) => void;
}

export function Row(props: RowProps): JSX.Element {
  const { stream, row, by, glow } = props;
  const { item, wishes } = row;
  const [voiding, setVoiding] = useState(false);
  const writing = by === null ? null : writingOf(item.item_id);
  const canArrange = by !== null && mayArrange(item, by);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!canArrange || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    props.onNudge(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li class={classOf(props)} data-item={item.item_id} data-glow={glow ?? undefined} onKeyDown={onKeyDown}>
      <div class="item-grip">{canArrange && <Grip item={item} onGrab={props.onGrab} />}</div>
      {writing !== null ? (
        <Editor stream={stream} item={item} writing={writing} />
      ) : (
        <Said stream={stream} row={row} by={by} voiding={voiding} onVoid={() => setVoiding(!voiding)} />
      )}
      {voiding && <VoidForm stream={stream} item={item} onDone={() => setVoiding(false)} />}
      {wishes.map((wish) =>
        wish.state === "conflict" ? (
          <ConflictPanel key={wish.op} wish={wish} />
        ) : (
          <RefusedPanel key={wish.op} wish={wish} />
        ),
      )}
    </li>
  );
}

function classOf({ row, isDragged, dropHere }: RowProps): string {
  const { item, unsent } = row;
  const classes = [
    "item",
    item.voided !== null && "is-void",
    valueOf("situation", item, "credibility") === "false" && "is-false",
    unsent && "is-unsent",
    isDragged && "is-dragged",
    dropHere !== null && `drop-${dropHere}`,
  ];
  return classes.filter(Boolean).join(" ");
}

function Grip({ item, onGrab }: { item: Item; onGrab: (event: PointerEvent) => void }): JSX.Element {
  return (
    <button
      type="button"
      class="grip"
      aria-label={t("board.move", { text: shortened(textOf(item)) })}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      title={t("board.move_hint")}
      onPointerDown={onGrab}
    >
      <GripVertical size={16} aria-hidden="true" />
    </button>
  );
}

interface SaidProps {
  readonly stream: string;
  readonly row: RowData;
  readonly by: Actor | null;
  readonly voiding: boolean;
  readonly onVoid: () => void;
}

/** The row as it is read, with the two things that may be done to it. */
function Said({ stream, row, by, voiding, onVoid }: SaidProps): JSX.Element {
  const { item } = row;
  const canArrange = by !== null && mayArrange(item, by);
  return (
    <>
      <div class="item-kind">
        <CategoryBadge item={item} />
      </div>
      <div class="item-body">
        <p class="item-text">{textOf(item)}</p>
        <Where item={item} />
        <VoidedNote item={item} />
      </div>
      <div class="item-credibility">
        <CredibilityMark stream={stream} item={item} canChange={canArrange} />
      </div>
      <Author item={item} row={row} />
      <div class="item-actions">
        {by !== null && mayEdit(item, by) && (
          <IconButton
            icon={Pencil}
            label={t("board.edit", { text: shortened(textOf(item)) })}
            onClick={() => write(item.item_id, writingFrom(item))}
          />
        )}
        {canArrange && (
          <IconButton
            icon={Ban}
            label={t("board.void_item", { text: shortened(textOf(item)) })}
            expanded={voiding}
            onClick={onVoid}
          />
        )}
      </div>
    </>
  );
}

/** On a board of an open workspace: `by` is null where nothing may be done. */
function mayEdit(item: Item, by: Actor): boolean {
  return item.voided === null && isAuthor(item, by);
}

function mayArrange(item: Item, by: Actor): boolean {
  return item.voided === null && (isOfficer(by) || isAuthor(item, by));
}

function CategoryBadge({ item }: { item: Item }): JSX.Element {
  const category = valueOf("situation", item, "category") as Category;
  return <Badge class={`category-${category}`}>{t(`board.category_${category}`)}</Badge>;
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}

function Where({ item }: { item: Item }): JSX.Element | null {
  const { place = "", source = "" } = item.fields;
  if (place === "" && source === "") return null;
  return (
    <p class="item-where">
      {place !== "" && <span>{t("board.at_place", { place })}</span>}
      {source !== "" && <span>{t("board.from_source", { source })}</span>}
    </p>
  );
}

function VoidedNote({ item }: { item: Item }): JSX.Element | null {
  const { voided } = item;
  if (voided === null) return null;
  const who = `${voided.actor.seat_name ?? ""} ${voided.actor.person}`.trim();
  return (
    <p class="item-where">
      {t("board.voided_note", { reason: voided.reason, who, time: clockTime(voided.at_ms) })}
    </p>
  );
}

function Author({ item, row }: { item: Item; row: RowData }): JSX.Element {
  const waits = row.wishes.some((wish) => wish.state === "waiting" || wish.state === "done");
  const at_ms = item.edited_ms ?? item.created_ms;
  return (
    <div class="item-author">
      <SeatName by={item.author} />
      {item.author.seat_name !== null && <span class="person">{item.author.person}</span>}
      {waits ? (
        <StateDot shape="half" tone="warn" word={t("board.unsent")} />
      ) : (
        <time class="clock" dateTime={new Date(at_ms).toISOString()} title={historyOf(item)}>
          {clockTime(at_ms)}
          {item.edited_ms !== null && <span class="edited"> {t("board.edited")}</span>}
        </time>
      )}
    </div>
  );
}

/** The office's name as it was when it wrote; in a narrow panel its short name of today. */
function SeatName({ by }: { by: Actor }): JSX.Element {
  const name = by.seat_name ?? by.person;
  const short = organisation.value.seats[by.seat ?? ""]?.short_name ?? name;
  return (
    <span class="seat" title={name}>
      <span class="in-full">{name}</span>
      <span class="in-short">{short}</span>
    </span>
  );
}

function historyOf(item: Item): string {
  const created = t("board.created_at", { time: `${dateOf(item.created_ms)} ${clockTime(item.created_ms)}` });
  if (item.edited_ms === null || item.edited_by === null) return created;
  const who = `${item.edited_by.seat_name ?? ""} ${item.edited_by.person}`.trim();
  return `${created}\n${t("board.edited_at", { who, time: `${dateOf(item.edited_ms)} ${clockTime(item.edited_ms)}` })}`;
}

type Credibility = "verified" | "unverified" | "false";

const MARKS: Record<Credibility, { icon: LucideIcon; tone: "neutral" | "good" | "warn" | "bad" }> = {
  verified: { icon: Check, tone: "good" },
  unverified: { icon: CircleHelp, tone: "warn" },
  false: { icon: X, tone: "bad" },
};

interface CredibilityProps {
  readonly stream: string;
  readonly item: Item;
  readonly canChange: boolean;
}

/** 已核实, 待核实, 不实: a sign with its word; who may change it finds a list in the same place. */
function CredibilityMark({ stream, item, canChange }: CredibilityProps): JSX.Element {
  const credibility = valueOf("situation", item, "credibility") as Credibility;
  const { icon: Icon, tone } = MARKS[credibility];
  const mark = (
    <Badge tone={tone} class="credibility">
      <Icon size={12} aria-hidden="true" />
      {t(`board.credibility_${credibility}`)}
    </Badge>
  );
  if (!canChange) return mark;
  return (
    <span class="credibility-choice">
      {mark}
      <select
        aria-label={t("board.credibility", { text: shortened(textOf(item)) })}
        value={credibility}
        onChange={(event) =>
          editItem(stream, item.item_id, item.version, { credibility: event.currentTarget.value })
        }
      >
        {(Object.keys(MARKS) as Credibility[]).map((one) => (
          <option key={one} value={one}>
            {t(`board.credibility_${one}`)}
          </option>
        ))}
      </select>
    </span>
  );
}

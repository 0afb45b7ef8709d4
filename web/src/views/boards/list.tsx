/** The rows of a board: a table where there is room, cards where there is not, with the same keys and details. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import type { Row } from "../../state/outbox";
import { moveItem } from "../../state/drafts";
import { fieldOf, inOrder, mayArrange, mayVoid, valueOf, writable } from "../../state/workspace";
import { t } from "../../ui/i18n";
import { announce } from "../../ui/toast";
import { Cell, columnLabel, Marks, Meta, typeText, Updated, wordsOf } from "./cells";
import type { Group, GroupBy } from "./choice";
import { columnsOf, leadOf, type ColumnId } from "./columns";
import { openItem, showItem, write, writingOf, type Context } from "./context";
import { Details, writingFrom } from "./details";
import { Credibility, Due, ItemState, Progression } from "./marks";
import { TouchNames } from "./touches";
import { Trouble } from "./trouble";
import { choiceWord, fieldText, shortened, stateWord } from "./words";

interface ListProps {
  readonly groups: readonly Group[];
  readonly by: GroupBy;
  readonly of: Context;
  readonly glowing: (itemId: string) => "a" | "b" | null;
  readonly label: string;
}

const OPENER = "[data-open-item]";

export function List(props: ListProps): JSX.Element {
  const { of, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const open = openItem(of.stream, of.board.board_id);
  useShown(box, open);
  return (
    <div class="bv-list" ref={box} onKeyDown={(event) => onKey(event, box.current, props)}>
      {of.compact ? <Cards {...props} /> : <Table {...props} label={label} />}
    </div>
  );
}

/** An item that was opened from elsewhere comes into sight. */
function useShown(box: { current: HTMLDivElement | null }, open: string | null): void {
  useEffect(() => {
    if (open === null) return;
    box.current?.querySelector(`[data-item="${CSS.escape(open)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [open]);
}

/** Arrows and j/k go from row to row; Enter opens (the words are a button); e edits, v voids, Escape closes. */
function onKey(event: KeyboardEvent, box: HTMLElement | null, { of, groups }: ListProps): void {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || box === null || !(at instanceof HTMLElement)) return;
  if (at.matches("input:not([type=checkbox]), textarea, select") || at.closest("dialog") !== null) return;
  const itemId = at.closest<HTMLElement>("[data-item]")?.dataset["item"];
  const row = groups.flatMap(({ rows }) => rows).find(({ item }) => item.item_id === itemId);
  const step = (by: 1 | -1): void => focusBeside(box, itemId, by);
  const onOpener = at.matches(OPENER);
  if (event.altKey) {
    if (row === undefined || !onOpener || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    nudge(of, row, event.key === "ArrowUp" ? -1 : 1);
    return;
  }
  const act: Record<string, (() => void) | undefined> = {
    j: () => step(1),
    k: () => step(-1),
    ...(onOpener ? { ArrowDown: () => step(1), ArrowUp: () => step(-1) } : {}),
    e: row === undefined ? undefined : () => edit(of, row),
    v: row === undefined ? undefined : () => askVoid(of, row),
    n: () => near(box, "[data-new-item]"),
    "/": () => near(box, "[data-board-search]"),
    Escape: openItem(of.stream, of.board.board_id) === null ? undefined : () => closeFrom(box, of),
  };
  const run = act[event.key];
  if (run === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  run();
}

function near(box: HTMLElement, what: string): void {
  box.closest(".bv")?.querySelector<HTMLElement>(what)?.focus();
}

/** Another place in the board's own order; refused where the rows stand in another one. */
function nudge(of: Context, { item }: Row, by: 1 | -1): void {
  if (of.me === null || !mayArrange(of.ws, item, of.me)) return;
  const ids = inOrder(of.ws, of.board.board_id).filter(({ voided }) => voided === null).map(({ item_id }) => item_id);
  const at = ids.indexOf(item.item_id);
  const place = by === -1 ? at - 2 : at + 1;
  if (at < 0 || (by === -1 && at === 0) || place >= ids.length) return;
  moveItem(of.stream, item.item_id, place < 0 ? null : (ids[place] ?? null));
  announce(t("boards.moved_to", { n: at + 1 + by }));
}

function focusBeside(box: HTMLElement, itemId: string | undefined, by: 1 | -1): void {
  const all = [...box.querySelectorAll<HTMLElement>(OPENER)];
  const at = all.findIndex((one) => one.dataset["openItem"] === itemId);
  const next = all[at === -1 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function closeFrom(box: HTMLElement, of: Context): void {
  const open = openItem(of.stream, of.board.board_id);
  showItem(of.stream, of.board.board_id, null);
  if (open !== null) box.querySelector<HTMLElement>(`[data-open-item="${CSS.escape(open)}"]`)?.focus();
}

export function edit(of: Context, { item }: Row): void {
  if (of.me === null || writable(of.ws, item, of.me).length === 0) return;
  showItem(of.stream, of.board.board_id, item.item_id);
  if (writingOf(item.item_id) === null) write(item.item_id, writingFrom(item)); // what is written already stays
}

function askVoid(of: Context, { item }: Row): void {
  if (of.me === null || !mayVoid(of.ws, item, of.me, of.now_ms)) return;
  showItem(of.stream, of.board.board_id, item.item_id);
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-void-item="${CSS.escape(item.item_id)}"]`)?.click());
}

// --- as a table -----------------------------------------------------------------------------------

function Table({ groups, by, of, glowing, label }: ListProps): JSX.Element {
  const columns = columnsOf(of.kind);
  const roving = useRoving(groups);
  return (
    <table class={`bv-table kind-${of.kind}`} aria-label={label}>
      <thead>
        <tr>
          {columns.map((id) => (
            <th key={id} scope="col" class={`col-${id}`}>
              {columnLabel(id, of)}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map(({ key, rows }) => (
        <tbody key={key}>
          {by !== "" && (
            <tr class="bv-group">
              <th colSpan={columns.length} scope="rowgroup">
                {groupName(key, by, of)} <span class="muted">{t("boards.count", { n: rows.length })}</span>
              </th>
            </tr>
          )}
          {rows.map((row) => (
            <TableRow
              key={row.item.item_id}
              row={row}
              of={of}
              columns={columns}
              glow={glowing(row.item.item_id)}
              tabIndex={roving(row.item.item_id)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** One row of the table takes part in the order of Tab: the one that was last at work, else the first. */
function useRoving(groups: readonly Group[]): (itemId: string) => 0 | -1 {
  const last = useRef<string | null>(null);
  useLayoutEffect(() => {
    const at = document.activeElement;
    if (at instanceof HTMLElement && at.dataset["openItem"] !== undefined) last.current = at.dataset["openItem"];
  });
  const ids = groups.flatMap(({ rows }) => rows.map(({ item }) => item.item_id));
  const chosen = last.current !== null && ids.includes(last.current) ? last.current : ids[0];
  return (itemId) => (itemId === chosen ? 0 : -1);
}

interface RowProps {
  readonly row: Row;
  readonly of: Context;
  readonly columns: readonly ColumnId[];
  readonly glow: "a" | "b" | null;
  readonly tabIndex?: 0 | -1;
}

function TableRow({ row, of, columns, glow, tabIndex }: RowProps): JSX.Element {
  const { item } = row;
  const isOpen = openItem(of.stream, of.board.board_id) === item.item_id;
  return (
    <>
      <tr
        class={classOf(row, of, isOpen)}
        data-item={item.item_id}
        data-glow={glow ?? undefined}
        onClick={(event) => toggleFrom(event, of, item.item_id, isOpen)}
      >
        {columns.map((id) => (
          <td key={id} class={`col-${id}`}>
            {id === "text" ? (
              <>
                <Marks row={row} of={of} columns={columns} />
                <Opener row={row} of={of} isOpen={isOpen} tabIndex={tabIndex} />
                <TouchNames itemId={item.item_id} of={of} />
                <Meta row={row} of={of} />
              </>
            ) : id === columns[0] && !columns.includes("text") ? (
              <>
                <Opener row={row} of={of} isOpen={isOpen} tabIndex={tabIndex} as={<Cell id={id} row={row} of={of} />} />
                <TouchNames itemId={item.item_id} of={of} />
              </>
            ) : (
              <Cell id={id} row={row} of={of} />
            )}
          </td>
        ))}
      </tr>
      {(isOpen || row.wishes.length > 0) && (
        <tr class="bv-under" data-item={item.item_id}>
          <td colSpan={columns.length}>
            <Trouble row={row} of={of} />
            {isOpen && <Details row={row} of={of} />}
          </td>
        </tr>
      )}
    </>
  );
}

/** A press anywhere on the row opens it; marking text with the mouse does not. */
function toggleFrom(event: MouseEvent, of: Context, itemId: string, isOpen: boolean): void {
  const at = event.target;
  if (!(at instanceof HTMLElement) || at.closest("button, a, input, select, textarea") !== null) return;
  if ((getSelection()?.toString() ?? "") !== "") return;
  showItem(of.stream, of.board.board_id, isOpen ? null : itemId);
}

interface OpenerProps {
  readonly row: Row;
  readonly of: Context;
  readonly isOpen: boolean;
  readonly tabIndex?: 0 | -1 | undefined;
  readonly as?: JSX.Element;
}

/** The words of the item: a button that opens it in full, in its place. */
function Opener({ row, of, isOpen, tabIndex = 0, as }: OpenerProps): JSX.Element {
  const { item } = row;
  return (
    <button
      type="button"
      class="bv-opener"
      data-open-item={item.item_id}
      aria-expanded={isOpen}
      tabIndex={tabIndex}
      onClick={() => showItem(of.stream, of.board.board_id, isOpen ? null : item.item_id)}
    >
      {as ?? <span class={isOpen ? "" : "bv-text"}>{wordsOf(row)}</span>}
    </button>
  );
}

function classOf({ item, unsent }: Row, of: Context, isOpen: boolean): string {
  const classes = [
    "bv-row",
    item.voided !== null && "is-void",
    valueOf(of.kind, item, "credibility") === "false" && "is-false",
    unsent && "is-unsent",
    isOpen && "is-open",
    item.pinned && "is-pinned",
  ];
  return classes.filter(Boolean).join(" ");
}

function groupName(key: string, by: GroupBy, of: Context): string {
  if (by === "state") return stateWord(of.kind, key);
  if (by === "unit") return of.ws.units[key]?.name ?? nameOfAuthor(key, of);
  const lead = leadOf(of.kind);
  const field = lead === null ? undefined : fieldOf(of.kind, lead);
  return field === undefined ? t("boards.no_group") : choiceWord(field, key) || t("boards.no_group");
}

function nameOfAuthor(seat: string, of: Context): string {
  const item = Object.values(of.ws.items).find(({ author }) => author.seat === seat);
  return item?.author.seat_name ?? (seat === "" ? t("boards.no_group") : seat);
}

// --- as cards -------------------------------------------------------------------------------------

function Cards({ groups, by, of, glowing, label }: ListProps): JSX.Element {
  return (
    <>
      {groups.map(({ key, rows }) => (
        <div key={key} class="bv-cards">
          {by !== "" && (
            <h3 class="bv-group">
              {groupName(key, by, of)} <span class="muted">{t("boards.count", { n: rows.length })}</span>
            </h3>
          )}
          <ol aria-label={by === "" ? label : groupName(key, by, of)}>
            {rows.map((row) => (
              <Card key={row.item.item_id} row={row} of={of} glow={glowing(row.item.item_id)} />
            ))}
          </ol>
        </div>
      ))}
    </>
  );
}

function Card({ row, of, glow }: { row: Row; of: Context; glow: "a" | "b" | null }): JSX.Element {
  const { item } = row;
  const isOpen = openItem(of.stream, of.board.board_id) === item.item_id;
  const lead = leadOf(of.kind);
  const leading = lead === null ? "" : lead === "type" ? typeText(row, of) : fieldText(of.kind, item, lead);
  return (
    <li
      class={`bv-card ${classOf(row, of, isOpen)}`}
      data-item={item.item_id}
      data-glow={glow ?? undefined}
      onClick={(event) => toggleFrom(event, of, item.item_id, isOpen)}
    >
      <div class="bv-card-head">
        {lead === "colour" || lead === "risk" ? (
          <Cell id={lead} row={row} of={of} />
        ) : (
          leading !== "" && <span class={`badge lead-${valueOf(of.kind, item, lead ?? "")}`}>{leading}</span>
        )}
        <ItemState item={item} of={of} />
        <span class="bv-card-when">
          <Updated row={row} of={of} />
        </span>
      </div>
      <Marks row={row} of={of} columns={["credibility"]} />
      <Opener row={row} of={of} isOpen={isOpen} />
      <TouchNames itemId={item.item_id} of={of} />
      <div class="bv-card-foot">
        <Credibility item={item} of={of} />
        <Meta row={row} of={of} withAuthor />
      </div>
      {Object.keys(item.tracks).length > 0 && (
        <div class="bv-card-foot">
          <Progression item={item} of={of} />
          {item.due_ms !== null && <Due item={item} of={of} />}
        </div>
      )}
      <Trouble row={row} of={of} />
      {isOpen && <Details row={row} of={of} />}
    </li>
  );
}

export function quoted(row: Row): string {
  return shortened(wordsOf(row));
}


/** A situation board (态势板), live beside a consultation or as it stood at one second of a recording. */
import { ClipboardList } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { moveItem } from "../actions";
import { outbox } from "../state/drafts";
import { rowsOf, type Row as RowData } from "../state/outbox";
import { me } from "../state/store";
import { boardOf, inOrder, mayAdd, textOf, valueOf } from "../state/workspace";
import "../styles/board.css";
import type { Actor, Workspace } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { useWorkspace } from "../ui/hooks";
import { say, t } from "../ui/i18n";
import { announce } from "../ui/toast";
import { useRearranging } from "./boardmove";
import { AddLine } from "./boardparts";
import { Row } from "./boardrow";

export interface BoardProps {
  /** The workspace: its situation board is shown. */
  readonly stream: string;
  readonly readOnly?: boolean;
  /** As it stood at one second of a recording. */
  readonly then?: Workspace;
}

export function Board({ stream, readOnly = false, then }: BoardProps): JSX.Element {
  if (then !== undefined) return <PastBoard stream={stream} state={then} />;
  return <LiveBoard stream={stream} readOnly={readOnly} />;
}

function PastBoard({ stream, state }: { stream: string; state: Workspace }): JSX.Element {
  const boardId = boardOf(state, "situation")?.board_id ?? "";
  const rows = useMemo(() => inOrder(state, boardId).map((item) => ({ item, wishes: [], unsent: false })), [state]);
  return <Sheet stream={stream} boardId={boardId} rows={rows} by={null} isClosed={false} empty={t("board.empty_then")} />;
}

function LiveBoard({ stream, readOnly }: { stream: string; readOnly: boolean }): JSX.Element {
  const { state, problem } = useWorkspace(stream);
  const who = me.value?.actor ?? null;
  if (state === null) {
    const text = problem === null ? t("app.loading") : say(problem);
    return (
      <div class="board" role="status">
        <EmptyState title={text} />
      </div>
    );
  }
  const isClosed = state.closed_ms !== null;
  const board = boardOf(state, "situation");
  const by = readOnly || who === null || board === undefined || !mayAdd(state, board, who) ? null : who;
  const boardId = board?.board_id ?? "";
  const own = outbox.value.filter((wish) => wish.body.stream === stream);
  const rows = who === null ? [] : rowsOf(state, boardId, own, who);
  return <Sheet stream={stream} boardId={boardId} rows={rows} by={by} isClosed={isClosed} empty={t("board.empty_title")} />;
}

interface SheetProps {
  readonly stream: string;
  readonly boardId: string;
  readonly rows: readonly RowData[];
  readonly by: Actor | null;
  readonly isClosed: boolean;
  readonly empty: string;
}

function Sheet({ stream, boardId, rows, by, isClosed, empty }: SheetProps): JSX.Element {
  const [hidesVoid, setHidesVoid] = useState(false);
  const shown = hidesVoid ? rows.filter(({ item }) => item.voided === null) : rows;
  const voids = rows.filter(({ item }) => item.voided !== null).length;
  const unverified = rows.filter(({ item }) => item.voided === null && isUnverified(item)).length;
  const wishes = rows.flatMap((row) => row.wishes);
  const troubled = wishes.filter(({ state }) => state === "conflict" || state === "refused").length;
  const unsent = wishes.length - troubled;
  return (
    <section class="board" aria-label={t("board.title")}>
      <header class="board-head">
        <span>{t("board.count", { n: rows.length - voids })}</span>
        {unverified > 0 && <span>{t("board.count_unverified", { n: unverified })}</span>}
        {unsent > 0 && <span class="board-unsent">{t("board.count_unsent", { n: unsent })}</span>}
        {troubled > 0 && <span class="board-unsent">{t("board.count_troubled", { n: troubled })}</span>}
        {voids > 0 && (
          <Button size="small" tone="quiet" pressed={hidesVoid} onClick={() => setHidesVoid(!hidesVoid)}>
            {t("board.hide_void", { n: voids })}
          </Button>
        )}
      </header>
      {shown.length === 0 ? (
        <EmptyState icon={ClipboardList} title={empty}>
          {by === null ? undefined : t("board.empty_text")}
        </EmptyState>
      ) : (
        <Rows stream={stream} rows={shown} by={by} />
      )}
      {isClosed && <p class="board-closed">{t("board.closed")}</p>}
      {by !== null && <AddLine stream={stream} boardId={boardId} />}
    </section>
  );
}

interface RowsProps {
  readonly stream: string;
  readonly rows: readonly RowData[];
  readonly by: Actor | null;
}

function Rows({ stream, rows, by }: RowsProps): JSX.Element {
  const ids = rows.map(({ item }) => item.item_id);
  const glowing = useGlow(rows, by);
  const arranging = useRearranging(ids, (itemId, after) => moveItem(stream, itemId, after));
  const { dragging, list } = arranging;
  const refocus = useRef<string | null>(null);
  useLayoutEffect(() => {
    // Moving a row in the document takes the focus off it.
    if (refocus.current === null) return;
    gripOf(list.current, refocus.current)?.focus();
    refocus.current = null;
  });
  useStayAtEnd(list, ids.length);

  const nudge = (itemId: string, direction: -1 | 1): void => {
    if (!arranging.nudge(itemId, direction)) return;
    refocus.current = itemId;
    announce(t("board.moved_to", { n: ids.indexOf(itemId) + 1 + direction }));
  };
  return (
    <div class="board-list">
      <div class="item board-columns" aria-hidden="true">
        <span />
        <span>{t("board.category")}</span>
        <span>{t("board.column_text")}</span>
        <span>{t("board.column_credibility")}</span>
        <span>{t("board.column_author")}</span>
        <span />
      </div>
      <ol ref={list}>
        {rows.map((row, index) => (
          <Row
            key={row.item.item_id}
            stream={stream}
            row={row}
            by={by}
            glow={glowing(row.item.item_id)}
            isDragged={dragging?.itemId === row.item.item_id}
            dropHere={dropAt(dragging?.place, index, rows.length)}
            onGrab={(event) => arranging.begin(event, row.item.item_id)}
            onNudge={(direction) => nudge(row.item.item_id, direction)}
          />
        ))}
      </ol>
    </div>
  );
}

function isUnverified(item: RowData["item"]): boolean {
  return valueOf("situation", item, "credibility") === "unverified";
}

function gripOf(list: HTMLElement | null, itemId: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-item="${itemId}"] .grip`) ?? null;
}

function dropAt(place: number | undefined, index: number, count: number): "before" | "after" | null {
  if (place === index) return "before";
  return place === count && index === count - 1 ? "after" : null;
}

/** Whoever reads the end of the board keeps reading it when something is added. */
function useStayAtEnd(list: { current: HTMLElement | null }, count: number): void {
  const before = useRef(count);
  useLayoutEffect(() => {
    const box = list.current?.parentElement;
    if (box == null || count <= before.current) {
      before.current = count;
      return;
    }
    before.current = count;
    const last = list.current?.lastElementChild;
    const wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight <= (last?.clientHeight ?? 0) + 24;
    if (wasAtEnd) box.scrollTop = box.scrollHeight;
  }, [count]);
}

/** Rows that changed since they were first seen here glow once; others' changes are read aloud. */
function useGlow(rows: readonly RowData[], by: Actor | null): (itemId: string) => "a" | "b" | null {
  const seen = useRef<Map<string, { stamp: string; turns: number }> | null>(null);
  const known = seen.current;
  const next = new Map<string, { stamp: string; turns: number }>();
  const changed: RowData[] = [];
  for (const row of rows) {
    const stamp = stampOf(row);
    const before = known?.get(row.item.item_id);
    const isNew = known !== null && before?.stamp !== stamp;
    if (isNew) changed.push(row);
    next.set(row.item.item_id, { stamp, turns: (before?.turns ?? 0) + (isNew ? 1 : 0) });
  }
  useEffect(() => {
    seen.current = next;
    const others = changed.filter(({ item }) => by !== null && (item.edited_by ?? item.author).account !== by.account);
    const last = others.at(-1)?.item;
    if (last !== undefined) announce(t("board.changed_aloud", { who: last.author.seat_name ?? "", text: textOf(last) }));
  });
  return (itemId) => {
    const turns = next.get(itemId)?.turns ?? 0;
    return turns === 0 ? null : turns % 2 === 1 ? "a" : "b";
  };
}

function stampOf({ item, unsent }: RowData): string {
  return unsent ? "unsent" : `${item.version}${item.voided === null ? "" : " void"}`;
}

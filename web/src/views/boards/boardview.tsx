/** One board of any kind: on the incident's page, beside a consultation, on a telephone, in a review as of a second. */
import { ClipboardList } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import { outbox } from "../../state/drafts";
import { rowsOf, type Row } from "../../state/outbox";
import { watchTouches } from "../../state/touching";
import { inOrder, mayAdd } from "../../state/workspace";
import "../../styles/boards.css";
import "../../styles/boardrows.css";
import "../../styles/boardadd.css";
import "../../styles/boardprint.css";
import type { Actor, Workspace } from "../../types/wire";
import { Button, EmptyState } from "../../ui/elements";
import { useListed } from "../../ui/hooks";
import { t } from "../../ui/i18n";
import { lazy } from "../../ui/lazy";
import { announce } from "../../ui/toast";
import { AddLine } from "./addline";
import { chosen, EVERYTHING, grouped, read, upTo, written, type Choice } from "./choice";
import { openItem, useNow, type Context } from "./context";
import { Head } from "./head";
import { List } from "./list";
import { boardTitle, shortened, whoFull } from "./words";

export { showItem } from "./context";

export interface BoardViewProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly boardId: string;
  /** Who looks; null where nothing can be written. */
  readonly me: Actor | null;
  readonly readOnly?: boolean;
  /** What is added belongs to this session, with the second of its recording. */
  readonly sessionId?: string | null;
  /** Cards and few words, for a narrow panel; a narrow page has them by itself. */
  readonly compact?: boolean;
  /** Items that have just changed and glow once, besides those seen to change. */
  readonly changed?: ReadonlySet<string> | undefined;
  /** The hub time at which a recorded board is shown. */
  readonly at_ms?: number | null;
}

const MapView = lazy(() => import("./map").then((module) => module.BoardMap));

/** A table needs so much room, in CSS pixels. */
const TABLE_FROM = 860;

export function BoardView(props: BoardViewProps): JSX.Element | null {
  const { stream, ws, boardId, readOnly = false, sessionId = null, at_ms = null } = props;
  const board = ws.boards[boardId];
  const [box, isNarrow] = useNarrow();
  const now_ms = useNow(at_ms);
  const [choice, setChoice] = useChoice(`${stream}/${boardId}`);
  const isLive = at_ms === null;
  useEffect(() => (isLive ? watchTouches(stream) : undefined), [stream, isLive]);
  if (board === undefined) return <EmptyState icon={ClipboardList} title={t("boards.unknown")} />;
  const me = readOnly || !isLive || ws.closed_ms !== null ? null : props.me;
  const compact = props.compact === true || isNarrow;
  const of: Context = { stream, ws, board, kind: board.kind, me, sessionId, compact, now_ms, at_ms };
  return (
    <section class={compact ? "bv compact" : "bv"} ref={box} aria-label={boardTitle(board)}>
      <Sheet of={of} reader={props.me} choice={choice} onChoose={setChoice} changed={props.changed} />
    </section>
  );
}

interface SheetProps {
  readonly of: Context;
  readonly reader: Actor | null;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
  readonly changed: ReadonlySet<string> | undefined;
}

function Sheet({ of, reader, choice, onChoose, changed }: SheetProps): JSX.Element {
  const { ws, board, stream, me } = of;
  const rows = useRows(of);
  const { rows: shown, voided } = chosen(rows, choice, { ws, kind: of.kind, me: reader, now_ms: of.now_ms });
  const glowing = useGlow(rows, reader, changed);
  const adds = me !== null && mayAdd(ws, board, me);
  const isEmpty = shown.length === 0;
  useKeys(me !== null);
  return (
    <>
      <Head of={of} rows={rows} choice={choice} onChoose={onChoose} />
      <div class="bv-body" data-board={`${stream}/${board.board_id}`}>
        {choice.view === "map" && <MapView rows={shown} of={of} />}
        {isEmpty && (
          <EmptyState icon={ClipboardList} title={rows.length === 0 ? t("boards.empty") : t("boards.none_found")}>
            {rows.length === 0 && adds ? t("boards.empty_text") : undefined}
          </EmptyState>
        )}
        {!isEmpty && <Shown rows={shown} choice={choice} of={of} glowing={glowing} changed={changed} />}
        {voided.length > 0 && (
          <div class="bv-voided">
            <Button size="small" tone="quiet" pressed={choice.voided} onClick={() => onChoose({ ...choice, voided: !choice.voided })}>
              {t("boards.show_voided", { n: voided.length })}
            </Button>
            {choice.voided && (
              <List groups={[{ key: "", rows: voided }]} by="" of={of} glowing={glowing} label={t("boards.voided")} />
            )}
          </div>
        )}
      </div>
      {ws.closed_ms !== null && of.at_ms === null && <p class="bv-closed">{t("boards.closed")}</p>}
      {adds && <AddLine of={of} />}
    </>
  );
}

interface ShownProps {
  readonly rows: readonly Row[];
  readonly choice: Choice;
  readonly of: Context;
  readonly glowing: (itemId: string) => "a" | "b" | null;
  readonly changed: ReadonlySet<string> | undefined;
}

/** So many rows at first; the others come as one reads on, and all of them on paper. */
const AT_FIRST = 120;

function Shown({ rows, choice, of, glowing, changed }: ShownProps): JSX.Element {
  const [most, setMost] = useState(AT_FIRST);
  const opened = openItem(of.stream, of.board.board_id);
  const groups = grouped(rows, choice.group, of.kind);
  const ordered = groups.flatMap((group) => group.rows);
  const needed = ordered.findIndex(({ item }) => item.item_id === opened) + 1;
  const unsent = ordered.findLastIndex((row) => row.unsent || row.wishes.length > 0) + 1;
  const told = ordered.findLastIndex(({ item }) => changed?.has(item.item_id)) + 1;
  const reached = useRef(AT_FIRST); // what one has written, opened or been led to stays in sight
  reached.current = Math.max(reached.current, needed, unsent, told);
  const limit = Math.max(most, reached.current);
  useEffect(() => {
    const all = (): void => setMost(Infinity);
    addEventListener("beforeprint", all);
    return () => removeEventListener("beforeprint", all);
  }, []);
  return (
    <>
      <List groups={upTo(groups, limit)} by={choice.group} of={of} glowing={glowing} label={boardTitle(of.board)} />
      {limit < rows.length && <More left={rows.length - limit} onMore={() => setMost(limit + AT_FIRST)} />}
    </>
  );
}

/** At the end of what is shown: more comes when it is reached. */
function More({ left, onMore }: { left: number; onMore: () => void }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    const element = box.current;
    if (element === null || typeof IntersectionObserver === "undefined") return undefined;
    const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && latest.current(), {
      rootMargin: "400px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [left]);
  return (
    <div class="bv-voided" ref={box}>
      <Button size="small" tone="quiet" onClick={onMore}>
        {t("boards.show_more", { n: left })}
      </Button>
    </div>
  );
}

/** The rows with what this page could not say yet laid over them; as recorded, without. */
function useRows({ ws, board, stream, me, at_ms }: Context): Row[] {
  const mine = at_ms === null && me !== null ? outbox.value : null;
  return useMemo(() => {
    if (mine === null || me === null) {
      return inOrder(ws, board.board_id).map((item) => ({ item, wishes: [], unsent: false }));
    }
    return rowsOf(ws, board.board_id, mine.filter((wish) => wish.body.stream === stream), me);
  }, [ws, board.board_id, mine, me]);
}

/** The keys work in the rows (list.tsx); here they are named for the list under `?`, each where it does something. */
function useKeys(mayWrite: boolean): void {
  const none = (): void => undefined;
  useListed({ key: "j k", label: t("boards.key_rows"), run: none });
  useListed({ key: "Enter", label: t("boards.key_open"), run: none });
  useListed({ key: "e", ...(mayWrite && { label: t("boards.key_edit") }), run: none });
  useListed({ key: "v", ...(mayWrite && { label: t("boards.key_void") }), run: none });
  useListed({ key: "Alt+↑ ↓", ...(mayWrite && { label: t("boards.key_move") }), run: none });
  useListed({ key: "/", label: t("boards.key_search"), run: none });
}

/** Kept for the tab, each board its own. */
function useChoice(key: string): [Choice, (choice: Choice) => void] {
  const kept = `huishang.boards.${key}`;
  const [of, set] = useState(() => ({ key, choice: readKept(kept) }));
  const now = of.key === key ? of.choice : readKept(kept);
  const choose = (choice: Choice): void => {
    set({ key, choice });
    try {
      sessionStorage.setItem(kept, written(choice));
    } catch {
      // without storage it lasts as long as the view
    }
  };
  return [now, choose];
}

function readKept(kept: string): Choice {
  try {
    return read(sessionStorage.getItem(kept) ?? "");
  } catch {
    return EVERYTHING;
  }
}

function useNarrow(): [{ current: HTMLElement | null }, boolean] {
  const box = useRef<HTMLElement>(null);
  const [isNarrow, setNarrow] = useState(innerWidth < TABLE_FROM);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === "undefined") return undefined;
    const look = (): void => setNarrow(element.clientWidth > 0 && element.clientWidth < TABLE_FROM);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);
  return [box, isNarrow];
}

/** Rows that changed since they were first seen here glow once; others' changes are read aloud. */
function useGlow(rows: readonly Row[], me: Actor | null, changed?: ReadonlySet<string>): (itemId: string) => "a" | "b" | null {
  const seen = useRef<Map<string, { stamp: string; turns: number }> | null>(null);
  const before = useRef<ReadonlySet<string> | undefined>(undefined);
  const next = new Map<string, { stamp: string; turns: number }>();
  const fresh: Row[] = [];
  for (const row of rows) {
    const { item, unsent } = row;
    const stamp = unsent ? "unsent" : `${item.version} ${item.state} ${item.voided === null}`;
    const known = seen.current?.get(item.item_id);
    const told = changed !== before.current && changed?.has(item.item_id) === true;
    const isNew = (seen.current !== null && known?.stamp !== stamp && changed === undefined) || told;
    if (isNew) fresh.push(row);
    next.set(item.item_id, { stamp, turns: (known?.turns ?? 0) + (isNew ? 1 : 0) });
  }
  useEffect(() => {
    seen.current = next;
    before.current = changed;
    const others = fresh.filter(({ item }) => (item.edited_by ?? item.author).account !== me?.account);
    const last = others.at(-1)?.item;
    if (last !== undefined && me !== null) {
      announce(t("boards.changed_aloud", { who: whoFull(last.edited_by ?? last.author), text: shortened(last.fields["text"] ?? "") }));
    }
  });
  return (itemId) => {
    const turns = next.get(itemId)?.turns ?? 0;
    return turns === 0 ? null : turns % 2 === 1 ? "a" : "b";
  };
}

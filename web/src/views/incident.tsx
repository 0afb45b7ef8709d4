/** 事件专题: one incident on one page: its head, its boards, the chosen board, its sessions and its timeline. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { boardsInOrder } from "../state/incident";
import { hubNow, me } from "../state/store";
import { wanted } from "../state/wanted";
import { countsOf, DAILY, isCounted, streamOf } from "../state/workspace";
import "../styles/incident.css";
import "../styles/deskcall.css";
import "../styles/incidentforms.css";
import "../styles/incidenthead.css";
import "../styles/incidenttimeline.css";
import "../styles/spotcheck.css";
import type { Workspace } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { useShortcuts, useWorkspace } from "../ui/hooks";
import { say, t } from "../ui/i18n";
import { isNarrow } from "../ui/narrow";
import { navigate } from "../ui/router";
import { BoardView, showItem } from "./boards/boardview";
import { boardTitle } from "./boards/words";
import { BoardList } from "./incidentboards";
import { IncidentHeader } from "./incidentheader";
import { Sessions } from "./incidentsessions";
import { Timeline } from "./incidenttimeline";

interface IncidentPageProps {
  readonly incidentId: string;
}

export function IncidentPage({ incidentId }: IncidentPageProps): JSX.Element {
  const stream = incidentId === "daily" ? DAILY : streamOf(incidentId);
  const { state: ws, problem } = useWorkspace(stream);
  if (ws !== null) return <Loaded stream={stream} ws={ws} />;
  if (problem === null) return <Loading />;
  return (
    <EmptyState
      title={t("incident.unknown_title")}
      action={<Button onClick={() => navigate("/desk")}>{t("app.home")}</Button>}
    >
      {problem.code === "incident.unknown" ? t("incident.unknown_text") : say(problem)}
    </EmptyState>
  );
}

function Loading(): JSX.Element {
  return (
    <div class="empty" role="status">
      <p class="empty-text">{t("app.loading")}</p>
    </div>
  );
}

interface LoadedProps {
  readonly stream: string;
  readonly ws: Workspace;
}

/** On a telephone one part at a time; a desk shows all of them. */
const PARTS = ["overview", "board", "timeline"] as const;
type Part = (typeof PARTS)[number];

function Loaded({ stream, ws }: LoadedProps): JSX.Element {
  const boards = boardsInOrder(ws);
  const [looked, setLooked] = useState<string | null>(null);
  const [part, setPart] = useState<Part>("overview");
  const search = useRef<HTMLInputElement>(null);
  const boardId = looked !== null && looked in ws.boards ? looked : (boards[0]?.board_id ?? null);
  useTitle(ws);
  const show = (id: string, itemId?: string): void => {
    setLooked(id);
    setPart("board");
    if (itemId !== undefined) showItem(stream, id, itemId);
  };
  const sought = wanted.value;
  const target = sought?.stream === stream && sought.item_id in ws.items ? sought : null;
  useEffect(() => {
    if (target === null) return;
    wanted.value = null;
    show(target.board_id, target.item_id);
  }, [target]);
  useEffect(() => {
    // ?item=…: whoever has followed a link to one item finds it open
    const item = ws.items[new URLSearchParams(location.search).get("item") ?? ""];
    if (item !== undefined) show(item.board_id, item.item_id);
  }, []);
  const step = (by: number): void => {
    const at = boards.findIndex((board) => board.board_id === boardId);
    const next = boards[(at + by + boards.length) % boards.length];
    if (next !== undefined) setLooked(next.board_id);
  };
  useShortcuts([
    { key: "j", label: t("incident.key_next"), run: () => step(1) },
    { key: "k", label: t("incident.key_previous"), run: () => step(-1) },
    { key: "n", label: t("incident.key_new"), run: () => goToNew(() => setPart("board")) },
    { key: "/", label: t("incident.key_search"), run: () => goTo(() => setPart("timeline"), () => search.current) },
  ]);
  const narrow = isNarrow.value;
  const shows = (one: Part): boolean => !narrow || part === one;
  return (
    <div class={`inc ${ws.exercise ? "is-exercise" : ""}`}>
      {!shows("overview") && <h1 class="visually-hidden">{ws.header.title}</h1>}
      {shows("overview") && <IncidentHeader stream={stream} ws={ws} onShow={show} />}
      <div class={`inc-body part-${part}`}>
        {shows("overview") && (
          <div class="inc-left">
            <BoardList stream={stream} ws={ws} chosen={narrow ? null : boardId} onChoose={(id) => show(id)} />
            <Sessions ws={ws} />
          </div>
        )}
        {shows("board") && (
          <section class="inc-centre" aria-label={t("incident.tab_board")}>
            {narrow && <BoardSelect ws={ws} chosen={boardId} onChoose={setLooked} />}
            {boardId !== null && me.value !== null && (
              <BoardView key={boardId} stream={stream} ws={ws} boardId={boardId} me={me.value.actor} />
            )}
          </section>
        )}
        {shows("timeline") && <Timeline stream={stream} ws={ws} search={search} onShow={show} />}
      </div>
      {narrow && <Parts part={part} onPart={setPart} />}
    </div>
  );
}

/** The incident's name stands on the tab: an officer has several open. */
function useTitle(ws: Workspace): void {
  const name = ws.nature === "daily" ? t("incident.daily") : ws.header.title;
  const title = `${ws.exercise ? `${t("exercise")} ` : ""}${name} · ${t("app.name")}`;
  useEffect(() => {
    queueMicrotask(() => (document.title = title)); // after the frame has named the page
  }, [title]);
}

/** After the part is shown that has it. */
function goTo(show: () => void, find: () => HTMLElement | null): void {
  show();
  setTimeout(() => find()?.focus(), 0);
}

/** Where one types a new item of the board that is shown. */
function goToNew(show: () => void): void {
  goTo(show, () => document.querySelector<HTMLElement>(".inc-centre .bv-add-words :is(input, textarea)"));
}

interface BoardSelectProps {
  readonly ws: Workspace;
  readonly chosen: string | null;
  readonly onChoose: (boardId: string) => void;
}

/** On a telephone: from board to board without going back to the overview. */
function BoardSelect({ ws, chosen, onChoose }: BoardSelectProps): JSX.Element {
  return (
    <select
      class="input inc-board-select"
      aria-label={t("incident.boards")}
      value={chosen ?? ""}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {boardsInOrder(ws).map((board) => {
        const { all, open, overdue } = countsOf(ws, board.board_id, hubNow());
        const count = isCounted(board.kind) ? t("incident.board_open_n", { n: open }) : t("incident.board_all_n", { n: all });
        const late = overdue > 0 ? ` · ${t("incident.board_overdue_n", { n: overdue })}` : "";
        return (
          <option key={board.board_id} value={board.board_id}>
            {`${boardTitle(board)} · ${count}${late}`}
          </option>
        );
      })}
    </select>
  );
}

/** At the lower edge, where the thumb is. */
function Parts({ part, onPart }: { part: Part; onPart: (part: Part) => void }): JSX.Element {
  return (
    <nav class="inc-parts" aria-label={t("incident.tabs")}>
      {PARTS.map((one) => (
        <button key={one} type="button" aria-current={one === part ? "true" : undefined} onClick={() => onPart(one)}>
          {t(`incident.tab_${one}`)}
        </button>
      ))}
    </nav>
  );
}

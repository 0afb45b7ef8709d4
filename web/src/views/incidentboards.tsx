/** The boards of an incident as a list: what is open and what is late on each; one more can be opened. */
import { Plus } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { openBoard } from "../actions";
import { boardsInOrder } from "../state/incident";
import { hubNow, second } from "../state/store";
import { countsOf, isCounted } from "../state/workspace";
import { KINDS } from "../types/kinds";
import type { Board, BoardKind, Workspace } from "../types/wire";
import { Button, EmptyState, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { boardTitle, said } from "./boards/words";
import { FormDialog, isOffice, OverdueSign } from "./incidentparts";

interface BoardsProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly chosen: string | null;
  readonly onChoose: (boardId: string) => void;
}

export function BoardList({ stream, ws, chosen, onChoose }: BoardsProps): JSX.Element {
  void second.value;
  const [opens, setOpens] = useState(false);
  const boards = boardsInOrder(ws);
  return (
    <nav class="inc-boards card" aria-labelledby="inc-boards-title">
      <header class="column-head">
        <h2 id="inc-boards-title">{t("incident.boards")}</h2>
        <span class="muted">{t("incident.board_counts")}</span>
      </header>
      {boards.length === 0 && <EmptyState title={t("incident.no_boards")} />}
      <ul>
        {boards.map((board) => (
          <li key={board.board_id}>
            <BoardButton ws={ws} board={board} isChosen={board.board_id === chosen} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {isOffice() && ws.closed_ms === null && (
        <Button tone="quiet" size="small" icon={Plus} onClick={() => setOpens(true)}>
          {t("incident.open_board")}
        </Button>
      )}
      {opens && <OpenBoard stream={stream} ws={ws} onClose={() => setOpens(false)} />}
    </nav>
  );
}

interface BoardButtonProps {
  readonly ws: Workspace;
  readonly board: Board;
  readonly isChosen: boolean;
  readonly onChoose: (boardId: string) => void;
}

function BoardButton({ ws, board, isChosen, onChoose }: BoardButtonProps): JSX.Element {
  const { all, open, overdue } = countsOf(ws, board.board_id, hubNow());
  return (
    <button
      type="button"
      class="inc-board"
      aria-current={isChosen ? "true" : undefined}
      onClick={() => onChoose(board.board_id)}
    >
      <span class="inc-board-name">{boardTitle(board)}</span>
      {/* Facts and teams are no work to be done: there is only how many there are. */}
      {isCounted(board.kind) ? (
        <span class={open === 0 ? "muted number" : "number"}>
          <span aria-hidden="true">{open}</span>
          <span class="visually-hidden">{t("incident.board_open_n", { n: open })}</span>
        </span>
      ) : (
        <span class="muted number inc-board-all">{t("incident.board_all_n", { n: all })}</span>
      )}
      <span hidden={!isCounted(board.kind)} class={overdue === 0 ? "number muted" : "number is-overdue"}>
        {overdue > 0 && <OverdueSign />} <span aria-hidden="true">{overdue}</span>
        <span class="visually-hidden">{t("incident.board_overdue_n", { n: overdue })}</span>
      </span>
    </button>
  );
}

function OpenBoard({ stream, ws, onClose }: { stream: string; ws: Workspace; onClose: () => void }): JSX.Element {
  const there = new Set(Object.values(ws.boards).map(({ kind }) => kind));
  const kinds = Object.values(KINDS);
  const [kind, setKind] = useState<BoardKind>(kinds.find((one) => !there.has(one.kind))?.kind ?? "situation");
  const [title, setTitle] = useState("");
  return (
    <FormDialog
      title={t("incident.open_board_title")}
      go={t("incident.open_board_go")}
      onClose={onClose}
      onSubmit={() => openBoard(stream, kind, title.trim())}
    >
      <Field label={t("incident.open_board_kind")} hint={said(KINDS[kind].purpose)}>
        {({ id, describedBy }) => (
          <select
            id={id}
            class="input"
            aria-describedby={describedBy}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as BoardKind)}
          >
            {kinds.map((one) => (
              <option key={one.kind} value={one.kind}>
                {said(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("incident.open_board_name")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            maxLength={80}
            placeholder={said(KINDS[kind])}
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}

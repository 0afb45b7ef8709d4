/** The boards of a workspace in a narrow panel, one at a time: beside a consultation, and in a review as of a second. */
import { ClipboardCheck, Download } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { download } from "../../link/download";
import { me } from "../../state/store";
import { wanted } from "../../state/wanted";
import { boardOf, boardsOf, countsOf, isCounted, isOfficer } from "../../state/workspace";
import "../../styles/boardpanel.css";
import type { Board, Workspace } from "../../types/wire";
import { Button, Dialog, EmptyState, StateDot } from "../../ui/elements";
import { useWorkspace } from "../../ui/hooks";
import { say, t } from "../../ui/i18n";
import { LevelBadge } from "../../ui/levelbadge";
import { Link } from "../../ui/link";
import { attempt } from "../../ui/toast";
import { FeedbackTable } from "../feedbacktable";
import { BoardView } from "./boardview";
import { useNow } from "./context";
import { look, looked, seeBoard } from "./looked";
import { boardTitle } from "./words";

interface PanelProps {
  readonly stream: string;
  /** What is written belongs to this session. */
  readonly sessionId?: string;
  readonly readOnly?: boolean;
}

export function BoardPanel({ stream, sessionId, readOnly = false }: PanelProps): JSX.Element {
  const { state, problem } = useWorkspace(stream);
  if (state === null) {
    return (
      <div class="bv" role="status">
        <EmptyState title={problem === null ? t("app.loading") : say(problem)} />
      </div>
    );
  }
  return <Chosen stream={stream} ws={state} sessionId={sessionId ?? null} readOnly={readOnly} at_ms={null} />;
}

interface PastBoardsProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly at_ms: number;
  /** Items whose change has just been passed. */
  readonly changed?: ReadonlySet<string>;
}

/** As the boards stood at one second of a recording. */
export function PastBoards({ stream, ws, at_ms, changed }: PastBoardsProps): JSX.Element {
  return <Chosen stream={stream} ws={ws} sessionId={null} readOnly at_ms={at_ms} changed={changed} />;
}

/** The one that was looked at last, else the situation; undefined while there is none. */
export function chosenBoard(ws: Workspace, stream: string): Board | undefined {
  const boards = boardsOf(ws);
  return boards.find(({ board_id }) => board_id === looked.value[stream]) ?? boardOf(ws, "situation") ?? boards[0];
}

interface ChosenProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly sessionId: string | null;
  readonly readOnly: boolean;
  readonly at_ms: number | null;
  readonly changed?: ReadonlySet<string> | undefined;
}

function Chosen({ stream, ws, sessionId, readOnly, at_ms, changed }: ChosenProps): JSX.Element {
  const now_ms = useNow(at_ms);
  const boards = boardsOf(ws);
  const sought = wanted.value;
  const target = at_ms === null && sought?.stream === stream && sought.item_id in ws.items ? sought : null;
  useEffect(() => {
    if (target === null) return;
    wanted.value = null;
    seeBoard(stream, target.board_id, target.item_id);
  }, [target]);
  const chosen = chosenBoard(ws, stream);
  if (chosen === undefined) return <EmptyState title={t("boards.none_yet")} />;
  return (
    <div class="bv-panel">
      {ws.nature === "incident" && <Incident ws={ws} />}
      {boards.length > 1 && (
        <div class="bv-chooser" role="group" aria-label={t("boards.which")}>
          {boards.map((board) => (
            <Choice
              key={board.board_id}
              ws={ws}
              board={board}
              now_ms={now_ms}
              isChosen={board === chosen}
              onChoose={() => look(stream, board.board_id)}
            />
          ))}
        </div>
      )}
      {chosen.kind === "instruction" && <Feedback stream={stream} ws={ws} at_ms={at_ms} />}
      <BoardView
        key={chosen.board_id}
        stream={stream}
        ws={ws}
        boardId={chosen.board_id}
        me={me.value?.actor ?? null}
        sessionId={sessionId}
        readOnly={readOnly}
        at_ms={at_ms}
        changed={changed}
        compact
      />
    </div>
  );
}

/** The incident on which the session is held; its own page has the rest. */
function Incident({ ws }: { ws: Workspace }): JSX.Element {
  return (
    <p class="bv-incident">
      <LevelBadge level={ws.level} size="small" />
      <Link to={`/incident/${ws.workspace_id}`}>{ws.header.title}</Link>
    </p>
  );
}

interface ChoiceProps {
  readonly ws: Workspace;
  readonly board: Board;
  readonly now_ms: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** What is open stands as a number, what is overdue has a sign of its own. Facts are no work: there is only how many. */
function Choice({ ws, board, now_ms, isChosen, onChoose }: ChoiceProps): JSX.Element {
  const { all, open, overdue } = countsOf(ws, board.board_id, now_ms);
  const title = boardTitle(board);
  const counts = isCounted(board.kind) ? t("boards.count_open", { n: open }) : t("boards.count", { n: all });
  const late = overdue > 0 ? t("boards.count_overdue", { n: overdue }) : "";
  return (
    <button
      type="button"
      class="bv-choice"
      aria-pressed={isChosen}
      aria-label={[title, counts, late].filter(Boolean).join(" ")}
      title={[title, counts, late].filter(Boolean).join(" · ")}
      onClick={onChoose}
    >
      <span>{title.replace(/板$/, "")}</span>
      {open > 0 && <span class="number">{open}</span>}
      {overdue > 0 && <StateDot shape="triangle" tone="bad" word={String(overdue)} />}
    </button>
  );
}

interface FeedbackProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly at_ms: number | null;
}

const FORMS = ["xlsx", "csv", "pdf"] as const;

/** 落实情况 over all instructions, for who sees all of it. */
function Feedback({ stream, ws, at_ms }: FeedbackProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const by = me.value?.actor;
  if (by === undefined || !(isOfficer(by) || by.role === "reviewer")) return null;
  const path = `/api/workspaces/${encodeURIComponent(stream)}/feedback`;
  const forms = FORMS.map((form) => (
    <Button key={form} icon={Download} onClick={() => void attempt(() => download(`${path}.${form}`))}>
      {t(`boards.export_${form}`)}
    </Button>
  ));
  return (
    <div class="bv-feedback">
      <Button size="small" icon={ClipboardCheck} onClick={() => setOpen(true)}>
        {t("feedback.title")}
      </Button>
      {open && (
        <Dialog
          title={t("feedback.title")}
          class="feedback-dialog"
          onClose={() => setOpen(false)}
          footer={at_ms === null ? forms : undefined}
        >
          <FeedbackTable ws={ws} at_ms={at_ms ?? undefined} />
        </Dialog>
      )}
    </div>
  );
}

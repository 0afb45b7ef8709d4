/** The boards of a workspace in a narrow panel, one at a time: beside a consultation, and in a review as of a second. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { me } from "../../state/store";
import { wanted } from "../../state/wanted";
import { boardsOf, countsOf } from "../../state/workspace";
import type { Workspace } from "../../types/wire";
import { EmptyState } from "../../ui/elements";
import { useWorkspace } from "../../ui/hooks";
import { say, t } from "../../ui/i18n";
import { BoardView } from "./boardview";
import { showItem, useNow } from "./context";
import { boardTitle } from "./words";

interface PanelProps {
  readonly stream: string;
  /** What is written belongs to this session. */
  readonly sessionId?: string;
  readonly readOnly?: boolean;
}

/** Which board of a workspace was looked at last. */
const looked = signal<Readonly<Record<string, string>>>({});

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

/** As the boards stood at one second of a recording. */
export function PastBoards({ stream, ws, at_ms }: { stream: string; ws: Workspace; at_ms: number }): JSX.Element {
  return <Chosen stream={stream} ws={ws} sessionId={null} readOnly at_ms={at_ms} />;
}

interface ChosenProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly sessionId: string | null;
  readonly readOnly: boolean;
  readonly at_ms: number | null;
}

function Chosen({ stream, ws, sessionId, readOnly, at_ms }: ChosenProps): JSX.Element {
  const now_ms = useNow(at_ms);
  const boards = boardsOf(ws);
  const sought = wanted.value;
  const target = at_ms === null && sought?.stream === stream && sought.item_id in ws.items ? sought : null;
  useEffect(() => {
    if (target === null) return;
    wanted.value = null;
    looked.value = { ...looked.peek(), [stream]: target.board_id };
    showItem(stream, target.board_id, target.item_id);
  }, [target]);
  const chosen = boards.find(({ board_id }) => board_id === looked.value[stream]) ?? boards[0];
  if (chosen === undefined) return <EmptyState title={t("boards.none_yet")} />;
  return (
    <div class="bv-panel">
      {boards.length > 1 && (
        <select
          class="input"
          aria-label={t("boards.which")}
          value={chosen.board_id}
          onChange={(event) => (looked.value = { ...looked.peek(), [stream]: event.currentTarget.value })}
        >
          {boards.map((board) => {
            const { open, overdue } = countsOf(ws, board.board_id, now_ms);
            const late = overdue > 0 ? ` · ${t("boards.count_overdue", { n: overdue })}` : "";
            return (
              <option key={board.board_id} value={board.board_id}>
                {`${boardTitle(board)} · ${t("boards.count_open", { n: open })}${late}`}
              </option>
            );
          })}
        </select>
      )}
      <BoardView
        key={chosen.board_id}
        stream={stream}
        ws={ws}
        boardId={chosen.board_id}
        me={me.value?.actor ?? null}
        sessionId={sessionId}
        readOnly={readOnly}
        at_ms={at_ms}
        compact
      />
    </div>
  );
}

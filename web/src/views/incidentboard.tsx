/** The chosen board in the centre of an incident's page. */
import type { JSX } from "preact";

import { inOrder, stateOf, textOf } from "../state/workspace";
import type { Actor, Workspace } from "../types/wire";
import { EmptyState } from "../ui/elements";
import { boardTitle } from "./incidentboards";
import { words } from "./incidentelements";
import { KINDS } from "../types/kinds";

interface ChosenBoardProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly boardId: string;
  readonly me: Actor;
  /** Somebody has come for this item. */
  readonly itemId: string | null;
}

export function ChosenBoard({ ws, boardId }: ChosenBoardProps): JSX.Element | null {
  const board = ws.boards[boardId];
  if (board === undefined) return null;
  const items = inOrder(ws, boardId);
  return (
    <section class="card">
      <header class="column-head">
        <h2>{boardTitle(board)}</h2>
      </header>
      {items.length === 0 && <EmptyState title={words(KINDS[board.kind].purpose)} />}
      <ul>
        {items.map((item) => (
          <li key={item.item_id} class="inc-session">
            {textOf(item)} <span class="muted">{words(stateOf(ws, item) ?? { zh: "", en: "" })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

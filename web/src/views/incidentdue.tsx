/** What is due next and what is open or late: two of the facts in an incident's head. */
import { ListChecks } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { boardsInOrder, deadlinesInOrder, nextItemDue } from "../state/incident";
import { hubNow, second } from "../state/store";
import { countsOf, kindOf, nextDeadline, textOf } from "../state/workspace";
import type { Deadline, Item, Workspace } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { t } from "../ui/i18n";
import { Countdown, LateStamp, minuteTime, OverdueSign, shortTime } from "./incidentparts";

interface DueProps {
  readonly ws: Workspace;
  /** Shows a board, and on it the item when one is named. */
  readonly onShow: (boardId: string, itemId?: string) => void;
}

/** The incident's own deadline first, then the next one of an item, which leads to it. */
export function NextDue({ ws, onShow }: DueProps): JSX.Element {
  void second.value;
  const [shows, setShows] = useState(false);
  const next = ws.closed_ms === null ? nextItemDue(ws, hubNow()) : null;
  const due = ws.closed_ms === null ? nextDeadline(ws) : null;
  return (
    <div class="inc-fact is-wide">
      <dt>{t("incident.next_due")}</dt>
      <dd>
        {due === null ? (
          next === null && <span class="figure muted">{t("incident.no_due")}</span>
        ) : (
          <>
            <span class="figure">
              {t("incident.due_at", { what: t(`deadline.${due.name}`), time: minuteTime(due.due_ms) })}
            </span>
            <span class="beside">
              <Countdown due_ms={due.due_ms} />
            </span>
          </>
        )}
        {next !== null && (
          <button
            type="button"
            class={due === null ? "linklike figure" : "linklike beside"}
            title={textOf(next.item)}
            onClick={() => onShow(next.item.board_id, next.item.item_id)}
          >
            {t("incident.due_at", { what: kindWord(ws, next.item), time: minuteTime(next.due_ms) })}{" "}
            <span class="beside">
              <Countdown due_ms={next.due_ms} />
            </span>
          </button>
        )}
        <Button size="small" tone="quiet" icon={ListChecks} onClick={() => setShows(true)}>
          {t("incident.deadlines_all")}
        </Button>
        {shows && <Deadlines ws={ws} onClose={() => setShows(false)} />}
      </dd>
    </div>
  );
}

function kindWord(ws: Workspace, item: Item): string {
  return t(`itemkind.${kindOf(ws, item)}`);
}

function Deadlines({ ws, onClose }: { ws: Workspace; onClose: () => void }): JSX.Element {
  const { name } = ws.profile;
  return (
    <Dialog title={t("incident.deadlines")} onClose={onClose}>
      <p class="muted">
        {t("incident.profile", {
          name: name === "default" || name === "henan" ? t(`incident.profile_${name}`) : ws.profile.zh,
        })}
      </p>
      <ul class="inc-deadlines">
        {deadlinesInOrder(ws).map((one) => (
          <li key={one.name}>
            <span>{t("incident.due_at", { what: t(`deadline.${one.name}`), time: minuteTime(one.due_ms) })}</span>
            <Met deadline={one} isOver={ws.closed_ms !== null} />
          </li>
        ))}
      </ul>
      <p class="muted">{t("incident.stamped")}</p>
    </Dialog>
  );
}

function Met({ deadline, isOver }: { deadline: Deadline; isOver: boolean }): JSX.Element {
  if (deadline.met_ms !== null) {
    return (
      <span class="beside">
        {t("incident.met_at", { time: shortTime(deadline.met_ms) })} <LateStamp late_min={deadline.late_min} />
      </span>
    );
  }
  return isOver ? <span class="muted">{t("incident.open_due")}</span> : <Countdown due_ms={deadline.due_ms} />;
}


/** How much is open and how much of it late, over all boards; leads to the first board with something late. */
export function Work({ ws, onShow }: DueProps): JSX.Element {
  void second.value;
  const boards = boardsInOrder(ws).map((board) => ({ board, counts: countsOf(ws, board.board_id, hubNow()) }));
  const open = boards.reduce((sum, { counts }) => sum + counts.open, 0);
  const late = boards.reduce((sum, { counts }) => sum + counts.overdue, 0);
  const first = boards.find(({ counts }) => counts.overdue > 0)?.board.board_id;
  return (
    <div class="inc-fact">
      <dt>{t("incident.work")}</dt>
      <dd>
        <span class="figure">{t("incident.open_n", { n: open })}</span>
        <span class="beside">
          {late === 0 ? (
            <span class="muted">{t("incident.overdue_none")}</span>
          ) : (
            <button type="button" class="linklike is-overdue" onClick={() => first !== undefined && onShow(first)}>
              <OverdueSign /> {t("incident.overdue_n", { n: late })}
            </button>
          )}
        </span>
      </dd>
    </div>
  );
}

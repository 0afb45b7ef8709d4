/** The whole history of an item, fetched when somebody asks: who changed what from what to what. */
import { History } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { get } from "../../link/api";
import { problemOf } from "../../link/problem";
import { fieldOf } from "../../state/workspace";
import { KINDS } from "../../types/kinds";
import type { HistoryRow, Item, ItemHistory as Answer, Problem } from "../../types/wire";
import { Button } from "../../ui/elements";
import { clockTime, dateOf, say, t, type Key } from "../../ui/i18n";
import type { Context } from "./context";
import { labelOf, moveWord, progressWord, reachWord, stateWord, valueText, whoFull } from "./words";

export function ItemHistory({ item, of }: { item: Item; of: Context }): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <div class="bv-history">
      <Button size="small" tone="quiet" icon={History} pressed={shown} onClick={() => setShown(!shown)}>
        {t("boards.history")}
      </Button>
      {shown && <Rows item={item} of={of} />}
    </div>
  );
}

function Rows({ item, of }: { item: Item; of: Context }): JSX.Element {
  const [rows, setRows] = useState<readonly HistoryRow[] | Problem | null>(null);
  const stamp = `${item.version}/${item.state_ms}/${item.notes.length}/${item.attachments.length}`;
  useEffect(() => {
    let gone = false;
    const path = `/api/workspaces/${encodeURIComponent(of.stream)}/items/${encodeURIComponent(item.item_id)}/history`;
    get<Answer>(path)
      .then((answer) => void (gone || setRows(answer.rows)))
      .catch((thrown: unknown) => void (gone || setRows(problemOf(thrown))));
    return () => {
      gone = true;
    };
  }, [of.stream, item.item_id, stamp]);
  if (rows === null) return <p role="status">{t("app.loading")}</p>;
  if (!Array.isArray(rows)) return <p role="alert">{say(rows as Problem)}</p>;
  const told = (rows as readonly HistoryRow[]).filter(({ at_ms }) => of.at_ms === null || at_ms <= of.at_ms);
  return (
    <ol>
      {told.map((row) => (
        <li key={row.seq}>
          <time class="clock" dateTime={new Date(row.at_ms).toISOString()}>
            {dateOf(row.at_ms)} {clockTime(row.at_ms)}
          </time>
          <span>
            {whoFull(row.actor)} {eventText(row, of)}
            {row.changes.map(({ field, before, after }) => (
              <span key={field} class="bv-change">
                {labelOf(of.kind, field)}：{row.type !== "item.added" && <del>{text(field, before, of)}</del>}
                <ins>{text(field, after, of)}</ins>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

function text(name: string, value: string, of: Context): string {
  const field = fieldOf(of.kind, name);
  return (field === undefined ? value : valueText(field, value)) || t("boards.nothing_written");
}

/** What the event did, in words. */
function eventText({ event }: HistoryRow, of: Context): string {
  const unit = "seat" in event && typeof event.seat === "string" ? (of.ws.units[event.seat]?.short_name ?? event.seat) : "";
  switch (event.type) {
    case "item.state_changed": {
      const move = KINDS[of.kind].moves.find(({ name }) => name === event.move);
      const state = stateWord(of.kind, event.state);
      const verb = move === undefined ? t("boards.event_follows") : moveWord(move);
      return `${verb} → ${state}${event.reason === "" ? "" : `（${event.reason}）`}`;
    }
    case "track.moved":
      return `${unit} ${progressWord(event.state, of.kind)}${event.text === "" ? "" : `：${event.text}`}`;
    case "item.voided":
      return `${t("boards.void")}（${event.reason}）`;
    case "item.shared":
      return `${t("boards.reach")} → ${reachWord(event.reach)}`;
    case "item.annotated":
      return `${t("boards.notes")}：${event.text}`;
    case "item.attached":
      return `${t("boards.attachments")}：${event.attachment.name}`;
    case "item.pinned":
      return t(event.pinned ? "boards.pin" : "boards.unpin");
    case "item.on_wall":
      return t(event.on_wall ? "boards.to_wall" : "boards.off_wall");
    case "track.phoned":
      return `${unit} ${t(event.reached ? "boards.phone_reached" : "boards.phone_missed")}${event.note === "" ? "" : `：${event.note}`}`;
    case "extension.asked":
      return `${unit} ${t("boards.extend")}（${event.reason}）`;
    case "extension.answered":
      return `${unit} ${t(event.granted ? "boards.grant" : "boards.deny")}`;
    default:
      return t(`boards.event_${event.type.replace(/\W/g, "_")}` as Key);
  }
}

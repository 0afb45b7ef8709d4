/** On a wall: what the incident is, what is due next, and the items that everybody in the room has to read. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { hubNow, second } from "../state/store";
import { boardOf, fieldOf, isOpen, kindOf, nextDeadline, textOf, valueOf } from "../state/workspace";
import { KINDS } from "../types/kinds";
import type { BoardKind, Item, Workspace } from "../types/wire";
import { Badge } from "../ui/elements";
import { elapsed, language, t } from "../ui/i18n";
import { LevelBadge } from "../ui/levelbadge";
import { minuteTime, shortTime } from "./incidentparts";
import { TimeLeft } from "./trackmarks";

const SHOWN = 40;
const COUNTS = ["dead", "missing", "injured", "trapped"] as const;

/** In large type, what was put on the wall first, then the newest: what has no room is left out whole. */
export function WallBoard({ ws }: { ws: Workspace | null }): JSX.Element {
  const items = ws === null ? [] : itemsFor(ws);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const bottom = list.current?.getBoundingClientRect().bottom ?? 0;
    for (const child of list.current?.children ?? []) {
      const { style } = child as HTMLElement;
      style.visibility = child.getBoundingClientRect().bottom > bottom + 1 ? "hidden" : "";
    }
  });
  const isIncident = ws !== null && ws.nature !== "session";
  return (
    <section class="wall-board" aria-label={t("wall.board")}>
      {isIncident ? <Incident ws={ws} /> : <h2>{titleOf(ws)}</h2>}
      {items.length === 0 && <p class="wall-note">{t(isIncident ? "wall.nothing_on_wall" : "wall.board_empty")}</p>}
      <ol ref={list}>{ws !== null && items.map((item) => <Line key={item.item_id} ws={ws} item={item} />)}</ol>
    </section>
  );
}

function titleOf(ws: Workspace | null): string {
  return (ws === null ? undefined : boardOf(ws, "situation")?.title) ?? t("wall.board");
}

/** Of a session's own boards the situation as well; of an incident what the office has put on the wall. */
function itemsFor(ws: Workspace): Item[] {
  const shown = Object.values(ws.items).filter(
    (item) => item.voided === null && (item.on_wall || (ws.nature === "session" && kindOf(ws, item) === "situation")),
  );
  return shown.sort((a, b) => Number(b.on_wall) - Number(a.on_wall) || changedOf(b) - changedOf(a)).slice(0, SHOWN);
}

function changedOf(item: Item): number {
  return item.edited_ms ?? item.created_ms;
}

/** 是什么事、在哪里、多少伤亡、下一步何时: what leaders ask first. */
function Incident({ ws }: { ws: Workspace }): JSX.Element {
  const { header } = ws;
  return (
    <header class="wall-incident">
      {ws.nature === "incident" && <LevelBadge level={ws.level} size="large" />}
      <h2>{header.title}</h2>
      {header.place !== "" && <p>{header.place}</p>}
      <Casualties ws={ws} />
      <NextDue ws={ws} />
    </header>
  );
}

/** The latest figure of each, with the time as of which it holds. */
function Casualties({ ws }: { ws: Workspace }): JSX.Element | null {
  const series = [...ws.casualties].sort((a, b) => b.entry.as_of_ms - a.entry.as_of_ms);
  const counts = COUNTS.flatMap((name) => {
    const of = series.find(({ entry }) => entry[name] !== null);
    return of === undefined ? [] : [`${t(`incident.${name}`)} ${of.entry[name]}`];
  });
  const last = series[0];
  if (last === undefined || counts.length === 0) return null;
  return (
    <p class="wall-casualties">
      <strong>{counts.join("  ")}</strong> {t("wall.as_of", { time: minuteTime(last.entry.as_of_ms) })}
    </p>
  );
}

function NextDue({ ws }: { ws: Workspace }): JSX.Element | null {
  void second.value;
  const due = ws.closed_ms === null ? nextDeadline(ws) : null;
  if (due === null) return null;
  const left_ms = due.due_ms - hubNow();
  const words = { what: t(`deadline.${due.name}`), time: minuteTime(due.due_ms) };
  return (
    <p class={left_ms < 0 ? "wall-due is-over" : "wall-due"}>
      {left_ms < 0
        ? t("wall.due_over", { ...words, late: elapsed(-left_ms) })
        : t("wall.due_left", { ...words, left: elapsed(left_ms) })}
    </p>
  );
}

function Line({ ws, item }: { ws: Workspace; item: Item }): JSX.Element {
  const kind = kindOf(ws, item);
  const unsure = sureness(kind, item);
  return (
    <li class={item.on_wall ? "is-on-wall" : undefined}>
      <p class="wall-item">{textOf(item)}</p>
      <p class="wall-source">
        <span>{shortTime(changedOf(item))}</span>
        <Badge>{labelOf(kind, item)}</Badge>
        {unsure !== null && <Badge tone={unsure === "wall.verified" ? "good" : "warn"}>{t(unsure)}</Badge>}
        {item.due_ms !== null && isOpen(ws, item) && kind !== "report" && <TimeLeft due_ms={item.due_ms} />}
        <span>{item.author.seat_name ?? item.author.person}</span>
      </p>
    </li>
  );
}

/** 事实, 研判 …; of a report which one it is; else what kind of board it comes from. */
function labelOf(kind: BoardKind, item: Item): string {
  const isChinese = language.value === "zh-CN";
  const field = kind === "situation" ? fieldOf(kind, "category") : kind === "report" ? fieldOf(kind, "type") : undefined;
  const choice = field?.choices.find(({ value }) => value === valueOf(kind, item, field.name));
  const { zh, en } = choice ?? KINDS[kind];
  return isChinese ? zh : en;
}

/** 未核实 is to be seen from the back of the room; what an office orders or records is not in question. */
function sureness(kind: BoardKind, item: Item): "wall.verified" | "wall.unverified" | "wall.clue_unverified" | "wall.false" | null {
  if (!ASSERTED.includes(kind)) return null;
  const value = valueOf(kind, item, "credibility");
  if (value === "verified") return "wall.verified";
  if (value === "false") return "wall.false";
  return kind === "report" && valueOf(kind, item, "type") === "clue" ? "wall.clue_unverified" : "wall.unverified";
}

const ASSERTED: readonly BoardKind[] = ["situation", "report", "resource", "hazard", "keyevent"];

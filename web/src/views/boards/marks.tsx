/** The small signs of an item: how sure it is, late, overdue, pinned, on the wall, not sent yet. Always with a word. */
import { Check, CircleHelp, MonitorUp, Pin, TriangleAlert, X, type LucideIcon } from "lucide-preact";
import type { JSX } from "preact";

import type { Row } from "../../state/outbox";
import { dueOf, isAnswered, isOpen, isUnanswered, kindOf, rankOf, stateOf, valueOf } from "../../state/workspace";
import type { Item, Progress, UnitTrack } from "../../types/wire";
import { Badge, StateDot, type Shape } from "../../ui/elements";
import { lasting, t } from "../../ui/i18n";
import { isClaim } from "./columns";
import type { Context } from "./context";
import { progressWord, said, shortTime } from "./words";

type Tone = "good" | "warn" | "bad" | "muted" | "accent";

const SURE: Record<string, { icon: LucideIcon; tone: "good" | "warn" | "bad" }> = {
  verified: { icon: Check, tone: "good" },
  unverified: { icon: CircleHelp, tone: "warn" },
  false: { icon: X, tone: "bad" },
};

/** 已核实, 待核实, 不实 */
export function Credibility({ item, of }: { item: Item; of: Context }): JSX.Element | null {
  const value = valueOf(of.kind, item, "credibility");
  const mark = SURE[value];
  if (mark === undefined || !isClaim(of.kind)) return null;
  return (
    <Badge tone={mark.tone}>
      <mark.icon size={12} aria-hidden="true" />
      {t(`boards.credibility_${value as "verified" | "unverified" | "false"}`)}
    </Badge>
  );
}

export function Pinned({ item }: { item: Item }): JSX.Element | null {
  if (!item.pinned) return null;
  return (
    <Badge tone="accent">
      <Pin size={12} aria-hidden="true" />
      {t("boards.pinned")}
    </Badge>
  );
}

export function OnWall({ item }: { item: Item }): JSX.Element | null {
  if (!item.on_wall) return null;
  return (
    <Badge>
      <MonitorUp size={12} aria-hidden="true" />
      {t("boards.on_wall")}
    </Badge>
  );
}

/** 迟报 12 分钟: stamped by the hub, never taken back. */
export function Late({ min }: { min: number | null }): JSX.Element | null {
  if (min === null || min <= 0) return null;
  return (
    <Badge tone="bad">
      <TriangleAlert size={12} aria-hidden="true" />
      {t("boards.late", { n: min })}
    </Badge>
  );
}

/** The time until which something is asked, and how far away or past it is. */
export function Due({ item, of, due_ms = item.due_ms }: { item: Item; of: Context; due_ms?: number | null }): JSX.Element {
  if (due_ms === null) return <span class="muted">{t("boards.no_due")}</span>;
  const left_ms = due_ms - of.now_ms;
  const waits = isOpen(of.ws, item) && !Object.values(item.tracks).every(isAnsweredAfterAll(item));
  return (
    <span class="bv-due">
      <time dateTime={new Date(due_ms).toISOString()}>{shortTime(due_ms, of.now_ms)}</time>
      {waits && left_ms < 0 && <Overdue by_ms={-left_ms} />}
      {waits && left_ms >= 0 && <span class="muted">{t("boards.left", { time: lasting(left_ms + 59_999) })}</span>}
    </span>
  );
}

/** An item asked of nobody waits by itself. */
function isAnsweredAfterAll(item: Item): (track: UnitTrack) => boolean {
  const asked = Object.keys(item.tracks).length > 0;
  return (track) => asked && isAnswered(track);
}

/** ▲ 超期 12 分: shape, word and minutes. */
export function Overdue({ by_ms }: { by_ms: number }): JSX.Element {
  return <StateDot shape="triangle" tone="bad" word={t("boards.overdue", { time: lasting(Math.max(by_ms, 60_000)) })} />;
}

const TRACK: Record<Progress, readonly [Shape, Tone]> = {
  sent: ["dash", "muted"],
  delivered: ["ring", "warn"],
  read: ["ring", "accent"],
  signed: ["half", "accent"],
  working: ["half", "accent"],
  replied: ["full", "good"],
  returned: ["cross", "bad"],
  confirmed: ["full", "good"],
};

export function TrackDot({ track, of, since = false }: { track: UnitTrack; of: Context; since?: boolean }): JSX.Element {
  const [shape, tone] = TRACK[track.state];
  const word = progressWord(track.state, of.kind);
  const lasts = since ? ` ${lasting(of.now_ms - track.since_ms)}` : "";
  return <StateDot shape={shape} tone={tone} word={word + lasts} />;
}

export function isTrackLate(item: Item, track: UnitTrack, now_ms: number): number | null {
  const due_ms = dueOf(item, track);
  return due_ms !== null && now_ms > due_ms && !isAnswered(track) ? now_ms - due_ms : null;
}

/** 5/18 已签收，2 已反馈；a unit sees its own state. */
export function Progression({ item, of }: { item: Item; of: Context }): JSX.Element | null {
  const tracks = Object.values(item.tracks);
  const [only] = tracks;
  if (only === undefined) return <span class="muted">{t("boards.not_asked")}</span>;
  if (tracks.length === 1) {
    const isOwn = only.unit.seat === of.me?.seat;
    return (
      <span class="bv-progress">
        {!isOwn && <span>{only.unit.short_name}</span>}
        <TrackDot track={only} of={of} />
      </span>
    );
  }
  const signed = tracks.filter((track) => rankOf(track.state) >= rankOf("signed")).length;
  const replied = tracks.filter(isAnswered).length;
  const silent = tracks.filter(isUnanswered).length;
  return (
    <span class="bv-progress">
      <span>{t(of.kind === "warning" ? "boards.warned_of" : "boards.signed_of", { n: signed, all: tracks.length })}</span>
      <span>{t(of.kind === "warning" ? "boards.warned_replied_of" : "boards.replied_of", { n: replied })}</span>
      {silent > 0 && isOpen(of.ws, item) && <span class="muted">{t("boards.silent_of", { n: silent })}</span>}
      <span class="bv-bar" aria-hidden="true">
        <span style={{ width: `${(100 * replied) / tracks.length}%` }} class="replied" />
        <span style={{ width: `${(100 * (signed - replied)) / tracks.length}%` }} class="signed" />
      </span>
    </span>
  );
}

/** 郑州、开封等 18 个单位 */
export function UnitNames({ item, most = 3 }: { item: Item; most?: number }): JSX.Element {
  const names = Object.values(item.tracks).map(({ unit }) => unit.short_name);
  if (names.length === 0) return <span class="muted">{t("boards.not_asked")}</span>;
  const first = names.slice(0, most).join("、");
  return (
    <span title={names.join("、")}>
      {names.length > most ? t("boards.and_others", { names: first, n: names.length }) : first}
    </span>
  );
}

const WAITING: Readonly<Record<string, readonly [Shape, Tone]>> = {
  draft: ["ring", "muted"],
  returned: ["cross", "bad"],
  blocked: ["triangle", "warn"],
  no_answer: ["triangle", "bad"],
  off_post: ["triangle", "bad"],
  rejected: ["cross", "muted"],
  revoked: ["cross", "muted"],
  skipped: ["dash", "muted"],
  todo: ["ring", "muted"],
  waiting: ["ring", "muted"],
  supervised: ["triangle", "bad"],
  on_post: ["full", "good"],
};

const OF_RESOURCES: Readonly<Record<string, readonly [Shape, Tone]>> = {
  available: ["ring", "accent"],
  onsite: ["full", "good"],
};

/** The state of the item, in shape, word and colour. */
export function ItemState({ item, of }: { item: Item; of: Context }): JSX.Element {
  if (item.voided !== null) return <StateDot shape="cross" tone="muted" word={t("boards.voided")} />;
  const state = stateOf(of.ws, item);
  const isResource = kindOf(of.ws, item) === "resource";
  const usual: readonly [Shape, Tone] = state?.final === true ? ["full", isResource ? "muted" : "good"] : ["half", "accent"];
  const [shape, tone] = (isResource ? OF_RESOURCES : WAITING)[item.state] ?? usual;
  return <StateDot shape={shape} tone={tone} word={state === undefined ? item.state : said(state)} />;
}

/** 待发送, 冲突, 未能保存 */
export function Unsent({ row }: { row: Row }): JSX.Element | null {
  const states = row.wishes.map(({ state }) => state);
  if (states.includes("conflict")) return <StateDot shape="triangle" tone="warn" word={t("boards.conflict_mark")} />;
  if (states.includes("refused")) return <StateDot shape="triangle" tone="bad" word={t("boards.refused_mark")} />;
  if (row.unsent || states.length > 0) return <StateDot shape="half" tone="warn" word={t("boards.unsent")} />;
  return null;
}

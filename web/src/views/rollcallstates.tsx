/** The results of a roll call as shape and word, and what it comes to in one line. */
import type { JSX } from "preact";

import type { RollCall, RollResult, RollRow } from "../types/wire";
import { Badge, StateDot, type Shape } from "../ui/elements";
import { t } from "../ui/i18n";
import { countsOf, RESULTS } from "./rollcallrows";

type Tone = "good" | "warn" | "bad" | "muted" | "accent";

const LOOKS: Record<RollResult, readonly [Shape, Tone]> = {
  answered: ["full", "good"],
  no_answer: ["triangle", "bad"],
  picture_only: ["half", "warn"],
  sound_only: ["half", "warn"],
  offline: ["ring", "muted"],
  on_leave: ["dash", "muted"],
};

export function ResultDot({ result }: { result: RollResult }): JSX.Element {
  const [shape, tone] = LOOKS[result];
  return <StateDot shape={shape} tone={tone} word={t(`rollcall.${result}`)} />;
}

/** Waiting and being asked are states too. */
export function RowDot({ row, isCurrent }: { row: RollRow; isCurrent: boolean }): JSX.Element {
  if (row.result !== null) return <ResultDot result={row.result} />;
  if (isCurrent) return <StateDot shape="pulse" tone="accent" word={t("rollcall.asking")} />;
  return <StateDot shape="dash" word={t("rollcall.waiting")} />;
}

export function LateMark(): JSX.Element {
  return <Badge tone="accent">{t("rollcall.late")}</Badge>;
}

/** 应答 17/20 · 无应答 2 · 请假 1 */
export function countsText(roll: RollCall): string {
  const { all, waiting, of } = countsOf(roll);
  const others = RESULTS.filter((result) => result !== "answered" && of[result] > 0);
  return [
    t("rollcall.count_answered", { n: of.answered, all }),
    ...others.map((result) => `${t(`rollcall.${result}`)} ${of[result]}`),
    ...(waiting > 0 ? [`${t("rollcall.waiting")} ${waiting}`] : []),
  ].join(" · ");
}

/** What a self-check found, in sentences: for the rows, and as plain text for the administrator. */
import { PARTS, type Part, type Row, type Rows, wholeOf } from "../media/selfcheckrows";
import type { Actor } from "../types/wire";
import { clockTime, dateOf, say, t } from "../ui/i18n";

/** What is being done, or what was measured. */
export function figuresText(part: Part, row: Row): string {
  if (row.verdict === "running") return t(`check.doing_${part}`);
  if (row.figures === null || part === "speaker") return "";
  return t(part === "udp" || part === "tcp" ? "check.figures_line" : `check.figures_${part}`, row.figures);
}

/** What is wrong and what to do. */
export function helpText(row: Row): string {
  if (row.why === null) return "";
  const problem = row.problem === undefined ? "" : say(row.problem);
  return t(`check.why_${row.why}`, { address: row.address ?? "", problem });
}

export function plainText(rows: Rows, began_ms: number, actor: Actor): string {
  const lines = PARTS.map((part) => {
    const row = rows[part];
    const head = t("check.plain_row", { part: t(`check.${part}`), verdict: t(`check.${row.verdict}`) });
    return [head, figuresText(part, row), helpText(row)].filter((text) => text !== "").join(" · ");
  });
  return [
    t("check.plain_head", { time: `${dateOf(began_ms)} ${clockTime(began_ms)}` }),
    t("check.plain_seat", { seat: actor.seat_name ?? "-", person: actor.person }),
    t("check.plain_page", { agent: navigator.userAgent }),
    ...lines,
    t(`check.whole_${wholeOf(rows)}`),
  ].join("\n");
}

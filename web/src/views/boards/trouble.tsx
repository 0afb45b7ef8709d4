/** What this page has written and the hub has not taken: both texts of a conflict, a refusal with its reason. */
import type { JSX } from "preact";

import { dropWish, keepMine, retryWish, takeTheirs } from "../../state/drafts";
import { conflictOf, type Row, type Wish } from "../../state/outbox";
import { fieldOf } from "../../state/workspace";
import { Button } from "../../ui/elements";
import { clockTime, say, t } from "../../ui/i18n";
import type { Context } from "./context";
import { labelOf, moveWord, progressWord, valueText, whoFull } from "./words";
import { KINDS } from "../../types/kinds";

export function Trouble({ row, of }: { row: Row; of: Context }): JSX.Element | null {
  const troubled = row.wishes.filter(({ state }) => state === "conflict" || state === "refused");
  if (troubled.length === 0) return null;
  return (
    <>
      {troubled.map((wish) =>
        wish.state === "conflict" ? <Conflict key={wish.op} wish={wish} of={of} /> : <Refused key={wish.op} wish={wish} of={of} />,
      )}
    </>
  );
}

/** Somebody was quicker: both texts, field by field, and the person decides. */
function Conflict({ wish, of }: { wish: Wish; of: Context }): JSX.Element | null {
  const conflict = conflictOf(wish);
  if (conflict === null) return null;
  const who = conflict.by === null ? "" : whoFull(conflict.by);
  return (
    <div class="bv-trouble" role="group" aria-label={t("boards.conflict_title")}>
      <p class="bv-trouble-title">{t("boards.conflict", { who, time: clockTime(conflict.at_ms) })}</p>
      <table class="bv-both">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("boards.theirs")}</th>
            <th scope="col">{t("boards.yours")}</th>
          </tr>
        </thead>
        <tbody>
          {Object.keys(conflict.yours).map((name) => (
            <tr key={name}>
              <th scope="row">{labelOf(of.kind, name)}</th>
              <td>{shown(name, conflict.theirs[name] ?? "", of)}</td>
              <td>{shown(name, conflict.yours[name] ?? "", of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="bv-buttons">
        <Button size="small" onClick={() => takeTheirs(wish.op)}>
          {t("boards.take_theirs")}
        </Button>
        <Button size="small" tone="accent" onClick={() => keepMine(wish.op)}>
          {t("boards.keep_mine")}
        </Button>
      </div>
    </div>
  );
}

function shown(name: string, value: string, of: Context): string {
  const field = fieldOf(of.kind, name);
  const text = field === undefined ? value : valueText(field, value);
  return text === "" ? t("boards.nothing_written") : text;
}

/** The hub said no: what was written stays, with the reason and a way on. */
function Refused({ wish, of }: { wish: Wish; of: Context }): JSX.Element | null {
  if (wish.problem === null) return null;
  return (
    <div class="bv-trouble refused" role="group" aria-label={t("boards.refused_title")}>
      <p class="bv-trouble-title">{say(wish.problem)}</p>
      <p class="bv-kept">{keptText(wish, of)}</p>
      <div class="bv-buttons">
        <Button size="small" onClick={() => dropWish(wish.op)}>
          {t("boards.give_up")}
        </Button>
        <Button size="small" tone="accent" onClick={() => retryWish(wish.op)}>
          {t("do.retry")}
        </Button>
      </div>
    </div>
  );
}

function keptText(wish: Wish, of: Context): string {
  switch (wish.name) {
    case "item.add":
    case "item.edit":
      return Object.entries(wish.body.fields)
        .map(([name, value]) => `${labelOf(of.kind, name)}：${shown(name, value, of)}`)
        .join(" · ");
    case "item.move":
      return t("boards.wish_move");
    case "item.void":
      return t("boards.wish_void", { reason: wish.body.reason });
    case "item.state": {
      const move = KINDS[of.kind].moves.find(({ name }) => name === wish.body.move);
      return [move === undefined ? wish.body.move : moveWord(move), wish.body.reason].filter(Boolean).join("：");
    }
    case "item.annotate":
      return wish.body.text;
    case "track.move":
      return [progressWord(wish.body.state, of.kind), wish.body.text].filter(Boolean).join("：");
  }
}

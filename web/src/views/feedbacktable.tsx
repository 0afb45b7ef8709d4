/** 落实情况: every instruction with every unit's answer in one table, those without an answer on top. */
import type { JSX } from "preact";

import { feedbackOf, type Ask } from "../state/asks";
import { hubNow, second } from "../state/store";
import { dueOf, isAnswered, isTrackOverdue, textOf } from "../state/workspace";
import "../styles/feedback.css";
import type { Workspace } from "../types/wire";
import { Badge, EmptyState } from "../ui/elements";
import { t } from "../ui/i18n";
import { minuteTime, shortTime } from "./incidentparts";
import { MediaTime, ProgressDot, TimeLeft } from "./trackmarks";

interface TableProps {
  readonly ws: Workspace;
  /** A second of a recording; without it now. */
  readonly at_ms?: number;
}

export function FeedbackTable({ ws, at_ms }: TableProps): JSX.Element {
  if (at_ms === undefined) void second.value;
  const now_ms = at_ms ?? hubNow();
  const asks = feedbackOf(ws, now_ms);
  if (asks.length === 0) return <EmptyState title={t("feedback.none")} />;
  const waiting = asks.filter(({ track }) => !isAnswered(track)).length;
  return (
    <div class="feedback">
      <p>{t("feedback.counts", { all: asks.length, waiting })}</p>
      <div class="feedback-scroll" tabIndex={0} role="group" aria-label={t("feedback.title")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("feedback.unit")}</th>
              <th scope="col">{t("feedback.state")}</th>
              <th scope="col">{t("feedback.due")}</th>
              <th scope="col">{t("feedback.instruction")}</th>
              <th scope="col">{t("feedback.answer")}</th>
            </tr>
          </thead>
          <tbody>
            {asks.map((ask) => (
              <Line key={`${ask.item.item_id} ${ask.track.unit.seat}`} ask={ask} now_ms={now_ms} at_ms={at_ms} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Line({ ask, now_ms, at_ms }: { ask: Ask; now_ms: number; at_ms: number | undefined }): JSX.Element {
  const { item, track } = ask;
  const { leader = "" } = item.fields;
  const overdue = isTrackOverdue(item, track, now_ms);
  const due_ms = dueOf(item, track);
  const last = track.replies.at(-1);
  return (
    <tr class={overdue ? "late-row" : undefined}>
      <th scope="row" title={track.unit.name}>
        {track.unit.short_name}
      </th>
      <td>
        <ProgressDot track={track} overdue={overdue} />
        {track.urged.length > 0 && !isAnswered(track) && (
          <span class="muted"> {t("feedback.urged", { n: track.urged.length })}</span>
        )}
      </td>
      <td>
        {due_ms === null ? (
          <span class="muted">{t("feedback.no_due")}</span>
        ) : isAnswered(track) ? (
          <span class="clock">{minuteTime(due_ms, now_ms)}</span>
        ) : (
          <TimeLeft due_ms={due_ms} at_ms={at_ms} />
        )}
        {track.late_min !== null && <Badge tone="bad">{t("feedback.late", { n: track.late_min })}</Badge>}
      </td>
      <td>
        {leader !== "" && <strong>{leader}：</strong>}
        {textOf(item)}
        <span class="feedback-when">
          <time class="clock">{shortTime(item.created_ms, now_ms)}</time> <MediaTime media_ms={item.media_ms} />
        </span>
      </td>
      <td>
        {last === undefined ? (
          <span class="muted">{t("feedback.not_yet")}</span>
        ) : (
          <>
            {last.text}
            {last.returned !== null && <span class="feedback-returned">{t("feedback.returned", { reason: last.returned })}</span>}
            <span class="feedback-when">
              {last.actor.person} <time class="clock">{shortTime(last.at_ms, now_ms)}</time>
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

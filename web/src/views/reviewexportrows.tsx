/** What was asked for: queued, being made with how long it will take, done with its digest, failed with its reason. */
import { Download, RotateCcw, X } from "lucide-preact";
import type { JSX } from "preact";

import { hubNow, second } from "../state/store";
import type { Export, ExportList, ExportRow, ExportWish } from "../types/wire";
import { Button, StateDot } from "../ui/elements";
import { clockTime, dateOf, elapsed, shortClock, t, type Key } from "../ui/i18n";
import { useAttempt } from "../ui/toast";
import { sizeOf } from "./boards/attachments";

/** Codes of hub/recording_errors.py that stand in the log. */
const WHY: Readonly<Record<string, Key>> = {
  "export.no_room": "export.why_no_room",
  "storage.full": "export.why_no_room",
  "export.no_font": "export.why_no_font",
  "recording.unreadable": "export.why_unreadable",
  "recording.damaged": "export.why_unreadable",
  "recording.no_key": "export.why_no_key",
  "recording.store_failed": "export.why_store",
};

/** Why one has failed. */
export function exportTrouble(reason: string): string {
  return t(WHY[reason] ?? "export.why_failed");
}

interface ExportRowsProps {
  readonly list: ExportList;
  readonly onCancel: (export_id: string) => Promise<void>;
  readonly onAgain: (wish: ExportWish) => Promise<void>;
}

export function ExportRows({ list, ...does }: ExportRowsProps): JSX.Element {
  return (
    <section class="export-rows" aria-label={t("export.made")}>
      <h3>{t("export.made")}</h3>
      {list.rows.length === 0 ? (
        <p class="muted">{t("export.none")}</p>
      ) : (
        <ul>
          {list.rows.map((row) => (
            <Row key={row.export.export_id} row={row} {...does} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps extends Omit<ExportRowsProps, "list"> {
  readonly row: ExportRow;
}

function Row({ row, onCancel, onAgain }: RowProps): JSX.Element {
  const { export: made } = row;
  const [busy, attempt] = useAttempt();
  return (
    <li class={`export-row ${made.state}`}>
      <p class="export-what">
        <strong>{whatOf(made.wish)}</strong>
        <span class="muted">
          {t("export.by", { who: made.by.person, time: shortClock(made.requested_ms, hubNow()) })}
        </span>
      </p>
      <State row={row} />
      <div class="export-do">
        {made.state === "waiting" && (
          <Button size="small" icon={X} busy={busy} onClick={() => void attempt(() => onCancel(made.export_id))}>
            {t("export.cancel")}
          </Button>
        )}
        {made.state === "done" && (
          <a class="button small accent" href={row.href} download={made.name}>
            <Download size={16} aria-hidden="true" />
            <span class="label">{t("export.download")}</span>
          </a>
        )}
        {(made.state === "failed" || made.state === "cancelled" || made.state === "removed") && (
          <Button size="small" icon={RotateCcw} busy={busy} onClick={() => void attempt(() => onAgain(made.wish))}>
            {t(made.state === "cancelled" ? "export.go_on" : made.state === "failed" ? "do.retry" : "export.again")}
          </Button>
        )}
      </div>
      {made.state === "done" && <Digest made={made} />}
    </li>
  );
}

/** 宫格 720p 25 帧 · 10:31:02 - 10:41:02 */
export function whatOf(wish: ExportWish): string {
  if (wish.form === "package") return t("export.form_package");
  const how = t(wish.layout === "grid" ? "export.grid" : "export.speaker");
  const size = `${t("export.height_of", { n: String(wish.height) })} ${t("export.fps_of", { n: String(wish.fps) })}`;
  return `${how} ${size} · ${clockTime(wish.from_ms)} - ${clockTime(wish.to_ms)}`;
}

function State({ row }: { row: ExportRow }): JSX.Element {
  const { export: made } = row;
  const since_ms = made.since_ms;
  void second.value;
  switch (made.state) {
    case "waiting":
      return row.running ? <Running row={row} /> : <StateDot shape="ring" word={queuedText(row)} since_ms={since_ms} />;
    case "done":
      return (
        <p class="export-state">
          <StateDot shape="full" tone="good" word={t("export.done", { size: sizeOf(made.size_bytes) })} />
          <span class="muted">
            {t("export.done_at", { time: shortClock(since_ms, hubNow()) })}
            {row.until_ms !== null && ` · ${t("export.until", { date: dateOf(row.until_ms) })}`}
          </span>
        </p>
      );
    case "failed":
      return (
        <div class="export-state">
          <StateDot shape="triangle" tone="bad" word={t("export.failed")} />
          <span class="muted">{t("export.done_at", { time: shortClock(since_ms, hubNow()) })}</span>
          <p>{exportTrouble(made.reason)}</p>
        </div>
      );
    case "cancelled":
      return (
        <p class="export-state">
          <StateDot shape="dash" word={t("export.cancelled")} />
          <span class="muted">{t("export.done_at", { time: shortClock(since_ms, hubNow()) })}</span>
        </p>
      );
    case "removed":
      return (
        <p class="export-state">
          <StateDot shape="dash" word={t("export.removed")} />
          <span class="muted">{t("export.done_at", { time: shortClock(since_ms, hubNow()) })}</span>
        </p>
      );
  }
}

function queuedText(row: ExportRow): string {
  return row.ahead > 0 ? t("export.queued", { n: row.ahead }) : t("export.next");
}

function Running({ row }: { row: ExportRow }): JSX.Element {
  const percent = Math.floor(row.share * 100);
  return (
    <div class="export-state running">
      <StateDot shape="half" tone="accent" word={t("export.running")} since_ms={row.export.since_ms} />
      <progress value={row.share} max={1} aria-label={t("export.progress", { what: whatOf(row.export.wish) })} />
      <span class="number">
        {t("export.percent", { n: percent })}
        {row.left_s !== null && ` · ${t("export.left", { time: elapsed(row.left_s * 1000) })}`}
      </span>
    </div>
  );
}

function Digest({ made }: { made: Export }): JSX.Element {
  return (
    <details class="export-digest">
      <summary>{t("export.digest", { algorithm: made.algorithm === "sm3" ? "SM3" : "SHA-256" })}</summary>
      <code>{made.digest}</code>
    </details>
  );
}

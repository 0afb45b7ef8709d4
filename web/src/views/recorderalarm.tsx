/** What the duty desk is told of the recorder: no room, room that runs out, what stalled, what was recovered. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { recorder } from "../state/store";
import "../styles/recordingstate.css";
import type { Recorder, RecoveredRow } from "../types/wire";
import { Banner, Button } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { navigate } from "../ui/router";

/** Up to when this page's officer has taken note; what comes later is said again. */
const seenUntil_ms = signal(0);

export function RecorderAlarm(): JSX.Element | null {
  const now = recorder.value;
  if (now === null || !hasNews(now, seenUntil_ms.value)) return null;
  return (
    <div class="recorder-alarm">
      <Room now={now} />
      <Stalled now={now} />
      <Recovered now={now} />
    </div>
  );
}

function hasNews({ room, stalled, recovered }: Recorder, seen_ms: number): boolean {
  return room !== "ample" || [...stalled, ...recovered].some((row) => row.at_ms > seen_ms);
}

function Room({ now }: { now: Recorder }): JSX.Element | null {
  if (now.room === "full") {
    return (
      <Banner tone="bad">
        <strong>{t("recorder.room_full", { time: clockTime(now.since_ms) })}</strong>
        <span>{t("recorder.room_full_help")}</span>
      </Banner>
    );
  }
  if (now.room !== "low") return null;
  return (
    <Banner tone="warn">
      <strong>{t("recorder.room_low", { left: leftOf(now.left_s ?? 0), size: gigabytes(now.free_bytes) })}</strong>
      <span>{t("recorder.room_low_help")}</span>
    </Banner>
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** 3.5 小时, 25 分钟 */
function leftOf(left_s: number): string {
  if (left_s < 3600) return t("recorder.left_minutes", { n: Math.round(left_s / 60) });
  return t("recorder.left_hours", { n: Math.round(left_s / 360) / 10 });
}

function Stalled({ now }: { now: Recorder }): JSX.Element | null {
  const last = now.stalled.at(-1);
  if (last === undefined || last.at_ms <= seenUntil_ms.value) return null;
  return (
    <Banner tone="warn" action={<Seen at_ms={last.at_ms} />}>
      <strong>
        {t("recorder.stalled", {
          time: clockTime(last.at_ms),
          venue: last.venue_name,
          source: sourceText(last.source),
          title: last.title,
        })}
      </strong>
      <span>{t("recorder.stalled_help")}</span>
    </Banner>
  );
}

function sourceText(source: string): string {
  if (source === "microphone") return t("recorder.source_microphone");
  return source === "content" ? t("recorder.source_content") : t("recorder.source_camera");
}

function Recovered({ now }: { now: Recorder }): JSX.Element | null {
  const fresh = now.recovered.filter((row) => row.at_ms > seenUntil_ms.value);
  const last = fresh.at(-1);
  if (last === undefined) return null;
  return (
    <Banner
      tone={fresh.some((row) => row.failed > 0) ? "warn" : "info"}
      action={
        <span class="recorder-answers">
          <Button size="small" onClick={() => navigate("/recordings")}>
            {t("recorder.open_recordings")}
          </Button>
          <Seen at_ms={last.at_ms} />
        </span>
      }
    >
      <span>{recoveredText(last)}</span>
      {fresh.length > 1 && <span>{t("recorder.recovered_more", { n: fresh.length - 1 })}</span>}
    </Banner>
  );
}

function recoveredText({ title, recovered, failed }: RecoveredRow): string {
  if (failed === 0) return t("recorder.recovered", { title, n: recovered });
  return t("recorder.recovered_lost", { title, n: recovered, lost: failed });
}

function Seen({ at_ms }: { at_ms: number }): JSX.Element {
  return (
    <Button size="small" onClick={() => (seenUntil_ms.value = Math.max(seenUntil_ms.peek(), at_ms))}>
      {t("recorder.seen")}
    </Button>
  );
}

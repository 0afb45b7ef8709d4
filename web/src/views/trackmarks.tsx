/** How far a unit is with what it is asked, and how much time is left: in a notice, a receipt, a table. */
import type { JSX } from "preact";

import { hubNow, second } from "../state/store";
import type { Progress, UnitTrack } from "../types/wire";
import { StateDot, type Shape } from "../ui/elements";
import { elapsed, t } from "../ui/i18n";
import { minuteTime, shortTime } from "./incidentparts";

type Tone = "good" | "warn" | "bad" | "muted" | "accent";

const DOTS: Record<Progress, { readonly shape: Shape; readonly tone: Tone }> = {
  sent: { shape: "ring", tone: "muted" },
  delivered: { shape: "ring", tone: "warn" },
  read: { shape: "half", tone: "warn" },
  signed: { shape: "half", tone: "accent" },
  working: { shape: "half", tone: "accent" },
  replied: { shape: "full", tone: "good" },
  returned: { shape: "cross", tone: "bad" },
  confirmed: { shape: "full", tone: "good" },
};

/** Shape, word, colour, and since when; overdue is a triangle of its own. */
export function ProgressDot({ track, overdue = false }: { track: UnitTrack; overdue?: boolean }): JSX.Element {
  const { shape, tone } = DOTS[track.state];
  const word = t(`boards.progress_${track.state}`);
  return (
    <span class="track-state">
      {overdue ? (
        <StateDot shape="triangle" tone="bad" word={t("tracks.overdue_word", { state: word })} />
      ) : (
        <StateDot shape={shape} tone={tone} word={word} />
      )}
      <time class="clock">{shortTime(track.since_ms)}</time>
    </span>
  );
}

/** What the countdown counts to; behind its time how late it is, in words and with a sign. */
export function TimeLeft({ due_ms, at_ms }: { due_ms: number; at_ms?: number }): JSX.Element {
  if (at_ms === undefined) void second.value;
  const now_ms = at_ms ?? hubNow();
  const left_ms = due_ms - now_ms;
  const time = minuteTime(due_ms, now_ms);
  if (left_ms >= 0) return <span class="time-left">{t("tracks.left", { time, left: elapsed(left_ms) })}</span>;
  return (
    <span class="time-left is-over">
      <StateDot shape="triangle" tone="bad" word={t("tracks.over", { time, late: elapsed(-left_ms) })} />
    </span>
  );
}

/** How far into the recording it was said. */
export function MediaTime({ media_ms }: { media_ms: number | null }): JSX.Element | null {
  if (media_ms === null) return null;
  return <span class="media-time">{t("tracks.media", { time: elapsed(media_ms) })}</span>;
}

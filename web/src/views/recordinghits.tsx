/** Below the title of a recording: its incident, who spoke, and the seconds at which the words stand that were sought. */
import { ChevronDown } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { KINDS } from "../types/kinds";
import type { RecordingHit, RecordingRow } from "../types/wire";
import { Button } from "../ui/elements";
import { clockTime, elapsed, language, t } from "../ui/i18n";
import { Link } from "../ui/link";

const SPEAKERS = 4;
const HITS = 4;

/** The incident and the units that spoke longest; the hint has all that came. */
export function Speakers({ row }: { row: RecordingRow }): JSX.Element {
  const shown = row.speakers.slice(0, SPEAKERS);
  return (
    <p class="recording-about" title={t("review.came", { units: row.units.join("、") })}>
      {row.incident_id !== "" && (
        <Link to={`/incident/${encodeURIComponent(row.incident_id)}`}>
          {row.incident_number} {row.incident_title}
        </Link>
      )}
      {shown.length > 0 && <span>{t("review.spoke")}</span>}
      {shown.map(({ venue, name, total_ms, first_ms }) => (
        <Link
          key={venue}
          to={secondOf(row, first_ms)}
          label={t("review.first_word", { name, total: elapsed(total_ms), time: clockTime(first_ms) })}
        >
          {name} <span class="tabular">{elapsed(total_ms)}</span>
        </Link>
      ))}
      {row.speakers.length > SPEAKERS && <span>{t("review.and_more", { n: row.speakers.length - SPEAKERS })}</span>}
    </p>
  );
}

/** A few of them; the others that the hub has told at a press. */
export function Hits({ row }: { row: RecordingRow }): JSX.Element | null {
  const [isAll, setAll] = useState(false);
  if (row.hits.length === 0) return null;
  const shown = isAll ? row.hits : row.hits.slice(0, HITS);
  const more = row.hits_total - shown.length;
  return (
    <ul class="recording-hits" aria-label={t("review.hits")}>
      {shown.map((hit) => (
        <li key={`${hit.at_ms}${hit.what}${hit.item_id}`}>
          <Link to={secondOf(row, hit.at_ms)}>
            <time>{clockTime(hit.at_ms)}</time>
            <span class="recording-hit-kind">{kindOf(hit)}</span>
            <span class="recording-hit-text">{hit.snippet}</span>
          </Link>
        </li>
      ))}
      {more > 0 && shown.length < row.hits.length && (
        <li>
          <Button size="small" tone="quiet" icon={ChevronDown} onClick={() => setAll(true)}>
            {t("review.more_hits", { n: more })}
          </Button>
        </li>
      )}
      {more > 0 && shown.length === row.hits.length && <li class="muted">{t("review.more_hits_inside", { n: more })}</li>}
    </ul>
  );
}

function secondOf(row: RecordingRow, at_ms: number): string {
  const second = Math.max(0, Math.floor((at_ms - row.started_ms) / 1000));
  return `/recordings/${encodeURIComponent(row.recording_id)}?t=${second}`;
}

function kindOf({ what }: RecordingHit): string {
  if (what === "speech") return t("review.hit_speech");
  const board = Object.values(KINDS).find(({ kind }) => what === `item_${kind}`);
  if (board !== undefined) return board[language.value === "en" ? "en" : "zh"];
  return t("review.hit_marker");
}

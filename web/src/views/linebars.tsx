/** How good a line is: bars, a word, since when, and on demand the figures of both directions. */
import type { JSX } from "preact";

import type { Bars as Count } from "../media/quality";
import "../styles/linebars.css";
import type { LineSide, LineState, VenueLine } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { type Key, t } from "../ui/i18n";

/** Four bars as on a telephone, so many of them filled. */
export function Bars({ count }: { count: Count }): JSX.Element {
  return (
    <svg viewBox="0 0 18 14" width="18" height="14" aria-hidden="true">
      {[0, 1, 2, 3].map((n) => (
        <rect key={n} x={n * 5} y={10 - n * 3} width="3" height={4 + n * 3} class={n < count ? "on" : "off"} />
      ))}
    </svg>
  );
}

const COUNTS: Record<LineState, Count> = { good: 4, fair: 3, poor: 1, lost: 0 };

interface LineMarkProps {
  readonly line: VenueLine;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Opens the figures where there are any: they are for the duty office alone. */
export function LineMark({ line, open, onToggle }: LineMarkProps): JSX.Element {
  const mark = (
    <>
      <Bars count={COUNTS[line.state]} />
      <span class="line-word">{t(`media.venue_line_${line.state}`)}</span>
      <Elapsed since_ms={line.since_ms} />
    </>
  );
  const name = `line-bars level-${COUNTS[line.state]}`;
  if (line.up === null && line.down === null) return <span class={name}>{mark}</span>;
  return (
    <button type="button" class={name} aria-expanded={open} title={t("media.figures")} onClick={onToggle}>
      {mark}
    </button>
  );
}

const ROWS: readonly (readonly [Key, (side: LineSide) => string])[] = [
  ["media.figure_loss", ({ loss }) => `${(loss * 100).toFixed(1)}%`],
  ["media.figure_rtt", ({ rtt_ms }) => (rtt_ms === null ? "-" : `${rtt_ms} ms`)],
  ["media.figure_jitter", ({ jitter_ms }) => (jitter_ms === null ? "-" : `${jitter_ms} ms`)],
  ["media.figure_rate", ({ bitrate_bps }) => rate(bitrate_bps)],
  ["media.figure_width", ({ width }) => (width === null ? "-" : String(width))],
  ["media.figure_via", ({ via }) => via?.toUpperCase() ?? "-"],
];

export function LineFigures({ line, venue }: { line: VenueLine; venue: string }): JSX.Element {
  const sides = [line.up, line.down];
  return (
    <table class="line-figures">
      <caption class="visually-hidden">{t("media.figures_of", { venue })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t("media.up")}</th>
          <th scope="col">{t("media.down")}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([name, show]) => (
          <tr key={name}>
            <th scope="row">{t(name)}</th>
            {sides.map((side, n) => (
              <td key={n} class="number">
                {side === null ? "-" : show(side)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function rate(bps: number): string {
  return bps >= 1_000_000 ? `${(bps / 1_000_000).toFixed(1)} Mbit/s` : `${Math.round(bps / 1000)} kbit/s`;
}

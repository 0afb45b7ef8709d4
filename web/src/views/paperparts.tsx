/** Small parts of the papers: their state, their sources, the table as it was counted. */
import type { JSX } from "preact";

import { piecesOf } from "../state/paper";
import { me } from "../state/store";
import type { Paper, PaperGrid, PaperKind, PaperSource, PaperState } from "../types/wire";
import { StateDot, type Shape } from "../ui/elements";
import { clockTime, dateOf, t, type Key } from "../ui/i18n";
import { Link } from "../ui/link";

export const KINDS: readonly PaperKind[] = ["duty_report", "duty_circular", "brief", "minutes"];

type Tone = "good" | "warn" | "bad" | "muted" | "accent";

const STATES: Record<PaperState, readonly [Shape, Tone]> = {
  draft: ["ring", "muted"],
  review: ["half", "accent"],
  returned: ["triangle", "warn"],
  issued: ["full", "good"],
  pushed: ["full", "good"],
};

export function PaperDot({ state }: { state: PaperState }): JSX.Element {
  const [shape, tone] = STATES[state];
  return <StateDot shape={shape} tone={tone} word={t(`paper.state_${state}`)} />;
}

/** 2026-07-20 10:32 */
export function minute(ms: number): string {
  return `${dateOf(ms)} ${clockTime(ms).slice(0, 5)}`;
}

/** The first digits are enough to tell two papers apart; the whole stands in the paper. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}

const SHOWN: Readonly<Record<string, string>> = { sha256: "SHA-256", sm3: "SM3" };

export function algorithmName(algorithm: string): string {
  return SHOWN[algorithm] ?? algorithm;
}

/** Where the record stands that a source names; null where there is no page of it. */
export function addressOf(source: PaperSource): string | null {
  if (source.kind === "moment") return momentAddress(source.record);
  const [noun, id = ""] = source.stream.split(":");
  if (noun === "incident") return `/incident/${encodeURIComponent(id)}${source.kind === "item" ? `?item=${encodeURIComponent(source.record)}` : ""}`;
  if (noun === "spotcheck" && me.value?.actor.role === "officer") return `/spotchecks/${encodeURIComponent(id)}`;
  if (noun === "session" || noun === "recording") return `/recordings/${encodeURIComponent(source.record.split("/")[0] ?? "")}`;
  return null;
}

/** r-1?t=754: the recording, and the second of it. */
function momentAddress(record: string): string {
  const [id = "", second = ""] = record.split("?t=");
  return `/recordings/${encodeURIComponent(id)}?t=${encodeURIComponent(second)}`;
}

/** ［3］ and what it is, with the way to the record. */
export function SourceLine({ source, linked }: { source: PaperSource; linked: boolean }): JSX.Element {
  const to = linked ? addressOf(source) : null;
  const what = (
    <>
      <span class="paper-key">［{source.key}］</span>
      {source.label}
    </>
  );
  return to === null ? <span>{what}</span> : <Link to={to}>{what}</Link>;
}

interface LineProps {
  readonly line: string;
  /** By their keys, for those who may go from the text to the records. */
  readonly sources?: ReadonlyMap<number, PaperSource> | undefined;
}

/** A line of the text; its sources stand raised, and lead to their records. */
export function Line({ line, sources }: LineProps): JSX.Element {
  return (
    <p class="paper-line">
      {piecesOf(line).map((piece) => {
        if (typeof piece === "string") return piece;
        const isFew = sources !== undefined && piece.length <= LINKED_MAX;
        return <sup>［{isFew ? <Keys keys={piece} sources={sources} /> : runs(piece)}］</sup>;
      })}
    </p>
  );
}

/** More of them are a count, and stand in the list of sources. */
const LINKED_MAX = 6;

function Keys({ keys, sources }: { keys: readonly number[]; sources: ReadonlyMap<number, PaperSource> }): JSX.Element {
  return (
    <>
      {keys.map((key, place) => {
        const source = sources.get(key);
        const to = source === undefined ? null : addressOf(source);
        return (
          <>
            {place > 0 && "、"}
            {to === null ? (
              key
            ) : (
              <Link to={to} label={`${key} ${source?.label ?? ""}`}>
                {key}
              </Link>
            )}
          </>
        );
      })}
    </>
  );
}

/** 3-5、9 */
function runs(keys: readonly number[]): string {
  const found: [number, number][] = [];
  for (const key of keys) {
    const last = found[found.length - 1];
    if (last !== undefined && key === last[1] + 1) last[1] = key;
    else found.push([key, key]);
  }
  return found.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join("、");
}

/** Figures stand to the right in a table, words to the left. */
export function isFigure(text: string): boolean {
  return /^[\d.,—-]*$/.test(text);
}

export function GridTable({ grid, label }: { grid: PaperGrid; label: string }): JSX.Element {
  return (
    <div class="paper-grid" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {grid.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {cell.text}
                  </th>
                ) : (
                  <td key={at} class={isFigure(cell.text) ? undefined : "words"} title={cell.sources.length === 0 ? undefined : `［${runs(cell.sources)}］`}>
                    {cell.text}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 值班报告〔2026〕第12期; its kind alone as long as it has no number. */
export function numberOf(paper: Paper): string {
  const kind = t(`paper.kind_${paper.kind}` as Key);
  if (paper.number === null || paper.year === null) return kind;
  const edition = paper.edition > 1 ? t("paper.edition_of", { n: paper.edition }) : "";
  return `${t("paper.number_of", { kind, year: String(paper.year), n: String(paper.number) })}${edition}`;
}

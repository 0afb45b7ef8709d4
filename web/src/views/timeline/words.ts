/** What stands on the timeline in words: names on bars, sentences beside marks, letters in flags. */
import type { Recorded } from "../../types/wire";
import { clockTime, elapsed, t } from "../../ui/i18n";
import { sentenceOf } from "../eventwords";
import type { Lanes } from "../reviewlanes";
import { reasonText } from "../reasons";
import type { DrawnMark } from "./marks";
import type { Words } from "./paint";
import type { Bar, LaneName, Row } from "./rows";
import { signOf, toneOf, type Sign } from "./shapes";

export function laneText(lane: LaneName): string {
  return lane === "key" ? t("timeline.lane_key") : t(`review.lane_${lane}`);
}

export function sentence(recorded: Recorded, lanes: Lanes): string {
  const { key, words } = sentenceOf(recorded, (venue) => lanes.names.get(venue) ?? venue, reasonText);
  return t(key, words);
}

/** The name on a bar. */
export function barText({ kind, label, venue }: Bar, lanes: Lanes): string {
  switch (kind) {
    case "voice":
      return label;
    case "gap":
      return venue === "" ? label : `${lanes.names.get(venue) ?? venue} ${label}`;
    case "broadcast":
      return label === "" ? t("review.control_multi") : t("review.control_broadcast", { venue: label });
    case "rollcall":
    case "turn":
    case "carousel":
      return t(`review.control_${kind}`, { venue: label });
    default:
      return "";
  }
}

/** What a bar is, since when and how long. */
export function barTitle(bar: Bar, lanes: Lanes): string {
  const said = { time: clockTime(bar.from_ms), length: elapsed(bar.to_ms - bar.from_ms) };
  switch (bar.kind) {
    case "recorded":
      return t("timeline.recorded_here", said);
    case "gap":
      return t("review.gap_here", { ...said, reason: barText(bar, lanes) });
    case "voice":
      return t("review.speech_here", { ...said, venue: bar.label });
    case "ring":
      return t("timeline.ring_here", { ...said, venue: bar.label });
    default:
      return t("review.control_here", { ...said, what: barText(bar, lanes) });
  }
}

/** Says each event once; which lane it lies on is known by the rows. */
export function wordsFor(rows: readonly Row[], lanes: Lanes): Words {
  const orders = new Set(lanes.instructions.map(({ recorded }) => recorded));
  const laneOf = new Map(rows.flatMap(({ lane, dots }) => dots.map(({ recorded }) => [recorded, lane] as const)));
  const said = new Map<Recorded, string>();
  const sign = (recorded: Recorded): Sign => {
    const lane = laneOf.get(recorded) ?? "venue";
    return signOf(recorded.event, lane, orders.has(recorded) && (lane === "instruction" || lane === "key"));
  };
  const first = (mark: DrawnMark): Recorded => mark.cluster.dots[0]!.recorded;
  return {
    bar: ({ bar }) => barText(bar, lanes),
    mark: (mark) => {
      const recorded = first(mark);
      const known = said.get(recorded) ?? sentence(recorded, lanes);
      said.set(recorded, known);
      return known;
    },
    letter: (mark) => {
      const { event } = first(mark);
      return event.type === "marker.set" ? t(`timeline.flag_${event.kind}`) : "";
    },
    sign: (mark) => sign(first(mark)),
    tone: ({ cluster }) => toneOf(cluster.dots.map(({ recorded }) => sign(recorded))),
    tick: (at_ms, step_ms) => (step_ms >= 60_000 ? clockTime(at_ms).slice(0, 5) : clockTime(at_ms)),
  };
}

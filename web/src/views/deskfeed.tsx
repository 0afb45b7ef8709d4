/** 动态: what has just happened in the sessions that run, newest first; noise stays in the log. */
import { History } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { hold, sessionState } from "../state/followed";
import { streamOf } from "../state/session";
import { organisation, sessions } from "../state/store";
import type { DomainEvent, Recorded } from "../types/wire";
import { EmptyState } from "../ui/elements";
import { clockTime, language, t } from "../ui/i18n";
import { watched } from "./deskchoice";
import { sentenceOf } from "./eventwords";
import { reasonText } from "./reasons";

const SHOWN = 80;
/** Rings that began with one click end one after the other, but at once for whoever reads it. */
const AT_ONCE_MS = 500;
const TOLD: ReadonlySet<DomainEvent["type"]> = new Set([
  "session.started",
  "session.ended",
  "venue.called",
  "venue.answered",
  "venue.declined",
  "venue.missed",
  "call.escalated",
  "call.phoned",
  "chair.requested",
  "chair.passed",
  "venue.joined",
  "venue.dropped",
  "venue.returned",
  "venue.left",
  "marker.set",
]);

interface Told {
  readonly recorded: Recorded;
  readonly title: string;
  /** Venues that were called with one click, or did not answer it, are told in one line. */
  readonly alike: readonly string[];
}

/** Follows every running session, and the one that is looked at even after its end. */
export function useRunning(): readonly string[] {
  const running = (sessions.value ?? []).map(({ session_id }) => session_id);
  const ids = watched.value === null ? running : [...new Set([...running, watched.value])];
  const names = ids.join(" ");
  useEffect(() => {
    const releases = ids.map((id) => hold(streamOf(id)));
    return () => {
      for (const release of releases) release();
    };
  }, [names]);
  return ids;
}

export function Feed({ ids }: { ids: readonly string[] }): JSX.Element {
  const told = ids.flatMap(toldOf).sort(({ recorded: a }, { recorded: b }) => b.at_ms - a.at_ms || b.seq - a.seq);
  const hasSeveral = new Set(told.map(({ recorded }) => recorded.stream)).size > 1;
  return (
    <section class="desk-feed" aria-labelledby="desk-feed-title">
      <header class="column-head">
        <h2 id="desk-feed-title">{t("desk.feed")}</h2>
      </header>
      {told.length === 0 ? (
        <EmptyState icon={History} title={t("desk.feed_empty")}>
          {t("desk.feed_empty_text")}
        </EmptyState>
      ) : (
        <div class="feed-lines" role="log" aria-labelledby="desk-feed-title" tabIndex={0}>
          <ol>
            {told.slice(0, SHOWN).map((one) => (
              <Line key={`${one.recorded.stream} ${one.recorded.seq}`} told={one} withTitle={hasSeveral} />
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function toldOf(id: string): Told[] {
  const { state, recent } = sessionState(id).value;
  const told: Told[] = [];
  for (const recorded of recent) {
    const { event } = recorded;
    if (!TOLD.has(event.type)) continue;
    const place = alikeAt(told, recorded);
    const known = told[place];
    if (known !== undefined && "venue" in event) {
      told[place] = { ...known, alike: [...known.alike, event.venue ?? ""] };
    } else {
      told.push({ recorded, title: state?.title ?? "", alike: "venue" in event && event.venue !== null ? [event.venue] : [] });
    }
  }
  return told;
}

/** The line of the same kind and moment, which may stand behind one other: who is silent is called again at once. */
function alikeAt(told: readonly Told[], { event, at_ms }: Recorded): number {
  if (event.type !== "venue.called" && event.type !== "venue.missed") return -1;
  const near = told.slice(-2).findLastIndex(
    ({ recorded }) => recorded.event.type === event.type && at_ms - recorded.at_ms <= AT_ONCE_MS,
  );
  return near < 0 ? -1 : Math.max(0, told.length - 2) + near;
}

function Line({ told, withTitle }: { told: Told; withTitle: boolean }): JSX.Element {
  const { recorded, title, alike } = told;
  const { key, words } = sentenceOf(recorded, nameOf, reasonText);
  const named = alike.length > 1 ? { ...words, venue: listed(alike.map(nameOf)) } : words;
  return (
    <li class={`feed-line ${toneOf(recorded.event.type)}`}>
      <time class="clock" dateTime={new Date(recorded.at_ms).toISOString()}>
        {clockTime(recorded.at_ms)}
      </time>
      <span>
        {t(key, named)}
        {withTitle && <span class="feed-title">{title}</span>}
      </span>
    </li>
  );
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: "conjunction" }).format(names);
}

function nameOf(seatId: string): string {
  return organisation.value.seats[seatId]?.short_name ?? seatId;
}

/** What somebody has to act on stands out by weight, not by colour alone. */
function toneOf(type: DomainEvent["type"]): string {
  return type === "venue.missed" || type === "venue.declined" || type === "venue.dropped" ? "is-trouble" : "";
}

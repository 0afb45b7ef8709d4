/** Beside the player: the board as it stood, and the events that follow the playhead. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import type { Manifest, Recorded, Workspace } from "../types/wire";
import { clockTime, t } from "../ui/i18n";
import { PastBoards } from "./boards/boardpanel";
import { sentenceOf, type Sentence } from "./eventwords";
import { countUntil, kindOf, type EventKind } from "./reviewlanes";
import { reasonText } from "./reasons";
import { ReviewRollCalls } from "./reviewrollcalls";
import { useWorkspaceAt } from "./reviewstate";
import { Tabs } from "./tabs";

interface ReviewPanelProps {
  readonly manifest: Manifest;
  readonly boards: Workspace;
  readonly events: readonly Recorded[];
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

const TABS = [
  { name: "board", text: "review.tab_board" },
  { name: "events", text: "review.tab_events" },
] as const;
const ROLL_CALLS = { name: "rollcall", text: "rollcall.tab" } as const;
type Tab = (typeof TABS)[number]["name"] | "rollcall";

export function ReviewPanel(props: ReviewPanelProps): JSX.Element {
  const [tab, setTab] = useState<Tab>("board");
  const hasRollCalls = props.events.some(({ event }) => event.type === "rollcall.started");
  const tabs = hasRollCalls ? [...TABS, ROLL_CALLS] : TABS;
  return (
    <aside class="panel" aria-label={t("review.panel")}>
      <Tabs<Tab> tabs={tabs} chosen={tab} onChoose={setTab}>
        {tab === "board" && <BoardThen {...props} />}
        {tab === "events" && <Events {...props} />}
        {tab === "rollcall" && <ReviewRollCalls {...props} />}
      </Tabs>
    </aside>
  );
}

function BoardThen({ manifest, boards, events, playhead }: ReviewPanelProps): JSX.Element {
  const at_ms = playhead.at.value;
  const then = useWorkspaceAt(manifest.boards, boards, events, playhead);
  return (
    <>
      <p class="board-as-of">{t("review.board_as_of", { time: clockTime(at_ms) })}</p>
      <PastBoards stream={manifest.boards} ws={then} at_ms={at_ms} />
    </>
  );
}

interface Line {
  readonly recorded: Recorded;
  readonly kind: EventKind;
  readonly sentence: Sentence;
  readonly text: string;
}

const KINDS: readonly EventKind[] = ["venue", "control", "board", "marker", "recording"];

function Events({ events, playhead, onJump }: ReviewPanelProps): JSX.Element {
  const [kind, setKind] = useState<EventKind | null>(null);
  const [search, setSearch] = useState("");
  const lines = useMemo(() => linesOf(events), [events]);
  const wanted = search.trim().toLowerCase();
  const shown = lines.filter(
    (line) => (kind === null || line.kind === kind) && (wanted === "" || line.text.toLowerCase().includes(wanted)),
  );
  const current = countUntil(shown.map(({ recorded }) => recorded), playhead.at.value) - 1;
  return (
    <div class="review-events">
      <div class="events-filter" role="group" aria-label={t("review.events_filter")}>
        {[null, ...KINDS].map((one) => (
          <button
            key={one ?? "all"}
            type="button"
            class="event-chip"
            aria-pressed={kind === one}
            onClick={() => setKind(one)}
          >
            {t(one === null ? "review.events_all" : `review.events_${one}`)}
          </button>
        ))}
      </div>
      <input
        class="input"
        type="search"
        aria-label={t("review.events_search")}
        placeholder={t("review.events_search")}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {shown.length === 0 && <p class="muted">{t("review.events_none")}</p>}
      <EventLines lines={shown} current={current} onJump={onJump} />
    </div>
  );
}

interface EventLinesProps {
  readonly lines: readonly Line[];
  readonly current: number;
  readonly onJump: (at_ms: number) => void;
}

/** The list follows the playhead, but not while somebody's pointer is in it. */
function EventLines({ lines, current, onJump }: EventLinesProps): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const held = useRef(false);
  useEffect(() => {
    if (held.current) return;
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current, lines.length]);
  return (
    <ol
      ref={list}
      class="event-list"
      aria-label={t("review.events_list")}
      onPointerEnter={() => (held.current = true)}
      onPointerLeave={() => (held.current = false)}
    >
      {lines.map(({ recorded, text, kind }, n) => (
        <li key={`${recorded.stream}${recorded.seq}`}>
          <button
            type="button"
            class={`event-line ${kind} ${n > current ? "later" : ""}`}
            aria-current={n === current ? "true" : undefined}
            onClick={() => onJump(recorded.at_ms)}
          >
            <time>{clockTime(recorded.at_ms)}</time>
            <span>{text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function linesOf(events: readonly Recorded[]): Line[] {
  const names = new Map<string, string>();
  for (const { event } of events) if (event.type === "venue.added") names.set(event.venue, event.short_name);
  const nameOf = (venue: string): string => names.get(venue) ?? venue;
  return events.flatMap((recorded) => {
    const kind = kindOf(recorded);
    if (kind === null) return [];
    const sentence = sentenceOf(recorded, nameOf, reasonText);
    return [{ recorded, kind, sentence, text: t(sentence.key, sentence.words) }];
  });
}

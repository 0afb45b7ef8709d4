/** The events beside the player: found by kind, unit and words; they follow the playhead, and each goes to its second. */
import { computed } from "@preact/signals";
import { LocateFixed } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import "../styles/reviewevents.css";
import type { Recorded } from "../types/wire";
import { Button } from "../ui/elements";
import { clockTime, language, t } from "../ui/i18n";
import { countUntil, type Lanes } from "./reviewlanes";
import { ANY, found, LINE_KINDS, LINE_PX, lineBy, linesOf, partOf, scrollTo, seatsIn, type Line, type Wanted } from "./reviewlist";
import { useSize } from "./stagesize";
import { sentence } from "./timeline/words";

interface ReviewEventsProps {
  readonly events: readonly Recorded[];
  readonly lanes: Lanes;
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

export function ReviewEvents({ events, lanes, playhead, onJump }: ReviewEventsProps): JSX.Element {
  const [wanted, setWanted] = useState<Wanted>(ANY);
  const lines = useMemo(() => linesOf(events, lanes, (recorded) => sentence(recorded, lanes)), [events, lanes, language.value]);
  const shown = useMemo(() => found(lines, wanted), [lines, wanted]);
  return (
    <div class="review-events">
      <Filter lines={lines} lanes={lanes} wanted={wanted} onWant={setWanted} />
      <p class="visually-hidden" role="status">
        {t("timeline.events_found", { n: shown.length })}
      </p>
      {shown.length === 0 ? (
        <p class="empty">{t("review.events_none")}</p>
      ) : (
        <EventLines lines={shown} playhead={playhead} onJump={onJump} />
      )}
    </div>
  );
}

interface FilterProps {
  readonly lines: readonly Line[];
  readonly lanes: Lanes;
  readonly wanted: Wanted;
  readonly onWant: (wanted: Wanted) => void;
}

function Filter({ lines, lanes, wanted, onWant }: FilterProps): JSX.Element {
  const seats = useMemo(() => seatsIn(lines, lanes), [lines, lanes]);
  return (
    <>
      <div class="events-filter" role="group" aria-label={t("review.events_filter")}>
        {[null, ...LINE_KINDS].map((kind) => (
          <button
            key={kind ?? "all"}
            type="button"
            class="event-chip"
            aria-pressed={wanted.kind === kind}
            onClick={() => onWant({ ...wanted, kind })}
          >
            {kind === "instruction" ? t("review.lane_instruction") : t(`review.events_${kind ?? "all"}`)}
          </button>
        ))}
      </div>
      <div class="events-seek">
        <select
          class="input"
          aria-label={t("timeline.events_unit")}
          value={wanted.seat ?? ""}
          onChange={(event) => onWant({ ...wanted, seat: event.currentTarget.value || null })}
        >
          <option value="">{t("timeline.events_all_units")}</option>
          {seats.map(({ seat, name, count }) => (
            <option key={seat} value={seat}>
              {t("timeline.events_of", { name, count: String(count) })}
            </option>
          ))}
        </select>
        <input
          class="input"
          type="search"
          aria-label={t("review.events_search")}
          placeholder={t("review.events_search")}
          value={wanted.words}
          onInput={(event) => onWant({ ...wanted, words: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

interface EventLinesProps {
  readonly lines: readonly Line[];
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

function EventLines({ lines, playhead, onJump }: EventLinesProps): JSX.Element {
  const { ref, height } = useSize();
  const [scrolled, setScrolled] = useState(0);
  const [focused, setFocused] = useState<number | null>(null);
  const current = useCurrent(lines, playhead);
  const follow = useFollowing(ref, current, height, lines);
  const list = useRef<HTMLOListElement>(null);
  const focus = (line: number): void => {
    show(ref.current, line, height);
    setFocused(line);
  };
  useLayoutEffect(() => {
    if (focused !== null) list.current?.querySelector<HTMLElement>(`[data-line="${focused}"]`)?.focus({ preventScroll: true });
  }, [focused, scrolled]);
  const part = partOf(lines.length, scrolled, height);
  const isCurrentSeen = current < 0 || scrollTo(current, scrolled, height) === null;
  const reached = Math.min(lines.length - 1, Math.max(0, focused ?? current));
  return (
    <div class="events-lines">
      <div
        class="events-scroll"
        ref={ref as { current: HTMLDivElement | null }}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
        {...follow}
      >
        <ol
          ref={list}
          class="events-list"
          aria-label={t("review.events_list")}
          style={{ height: `${lines.length * LINE_PX}px` }}
          onFocusIn={(event) => setFocused(lineOf(event.target))}
          onKeyDown={(event) => {
            const to = lineBy(event.key, lineOf(event.target) ?? reached, lines.length, Math.max(1, Math.floor(height / LINE_PX) - 1));
            if (to === null || event.ctrlKey || event.altKey || event.metaKey) return;
            event.preventDefault();
            focus(to);
          }}
          onFocusOut={(event) => lineOf(event.relatedTarget) === null && setFocused(null)}
        >
          {lines.slice(part.from, part.to).map((line, n) => (
            <EventLine
              key={`${line.recorded.stream}${line.recorded.seq}`}
              line={line}
              at={part.from + n}
              of={lines.length}
              current={current}
              isReached={part.from + n === reached}
              onJump={onJump}
            />
          ))}
        </ol>
      </div>
      {!isCurrentSeen && (
        <Button class="events-back" size="small" tone="accent" icon={LocateFixed} onClick={() => show(ref.current, current, height)}>
          {t("timeline.events_back")}
        </Button>
      )}
    </div>
  );
}

interface EventLineProps {
  readonly line: Line;
  readonly at: number;
  readonly of: number;
  readonly current: number;
  readonly isReached: boolean;
  readonly onJump: (at_ms: number) => void;
}

function EventLine({ line, at, of, current, isReached, onJump }: EventLineProps): JSX.Element {
  const { kind, text, person, unit, at_ms } = line;
  return (
    <li style={{ top: `${at * LINE_PX}px`, height: `${LINE_PX}px` }} aria-setsize={of} aria-posinset={at + 1}>
      <button
        type="button"
        class={`event-line ${kind} ${at > current ? "later" : ""}`}
        aria-current={at === current ? "true" : undefined}
        data-line={at}
        tabIndex={isReached ? 0 : -1}
        title={text}
        onClick={() => onJump(at_ms)}
      >
        <time>{clockTime(at_ms)}</time>
        <span class="event-text">{text}</span>
        <span class="event-who">{unit === "" ? person : `${unit} · ${person}`}</span>
      </button>
    </li>
  );
}

function lineOf(target: EventTarget | null): number | null {
  const line = target instanceof HTMLElement ? target.dataset["line"] : undefined;
  return line === undefined ? null : Number(line);
}

/** The last line that has happened; the view is drawn anew only when it is another one. */
function useCurrent(lines: readonly Line[], playhead: Playhead): number {
  return useMemo(() => computed(() => countUntil(lines, playhead.at.value) - 1), [lines, playhead]).value;
}

interface Holding {
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
  readonly onFocusIn: () => void;
  readonly onFocusOut: () => void;
}

/** The list follows the playhead, but not while somebody's pointer or focus is in it. */
function useFollowing(
  ref: { current: HTMLElement | null },
  current: number,
  height: number,
  lines: readonly Line[],
): Holding {
  const held = useRef({ pointer: false, focus: false });
  useEffect(() => {
    if (!held.current.pointer && !held.current.focus) show(ref.current, current, height);
  }, [current, height, lines]);
  return {
    onPointerEnter: () => (held.current.pointer = true),
    onPointerLeave: () => (held.current.pointer = false),
    onFocusIn: () => (held.current.focus = true),
    onFocusOut: () => (held.current.focus = false),
  };
}

function show(box: HTMLElement | null, line: number, height: number): void {
  if (box === null || line < 0 || height === 0) return;
  const to = scrollTo(line, box.scrollTop, height);
  if (to !== null) box.scrollTop = to;
}

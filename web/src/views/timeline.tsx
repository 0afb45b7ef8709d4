/** The timeline: what was recorded, who spoke, what happened; a click goes there. */
import { effect } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Playhead, Span } from "../media/playhead";
import "../styles/timeline.css";
import { clockTime, elapsed, t } from "../ui/i18n";
import { isSpan, type ControlStretch } from "./controllanes";
import type { Dot, EventKind, Lanes } from "./reviewlanes";
import type { Stretch } from "./stretches";

interface TimelineProps {
  readonly playhead: Playhead;
  readonly lanes: Lanes;
  readonly onJump: (at_ms: number) => void;
}

const STEP_MS = 5_000;
const LEAP_MS = 60_000;

export function Timeline({ playhead, lanes, onJump }: TimelineProps): JSX.Element {
  const { span } = playhead;
  const speechHeight = heightOf(lanes.speech);
  const controlHeight = heightOf(lanes.control);
  return (
    <section class="timeline" aria-label={t("review.timeline")}>
      <div class="timeline-names" aria-hidden="true">
        <span class="axis-name" />
        <span>{t("review.lane_recorded")}</span>
        <span style={{ height: speechHeight }}>{t("review.lane_speech")}</span>
        <span style={{ height: controlHeight }}>{t("review.lane_control")}</span>
        <span>{t("review.lane_venue")}</span>
        <span>{t("review.lane_board")}</span>
        <span>{t("review.lane_instruction")}</span>
        <span>{t("review.lane_marker")}</span>
      </div>
      <Track playhead={playhead} onJump={onJump}>
        <Axis span={span} />
        <div class="lane">
          {lanes.recorded.map((stretch) => (
            <Bar key={stretch.from_ms} span={span} stretch={stretch} class="recorded" title="" />
          ))}
          {lanes.gaps.map((gap) => (
            <Bar key={`gap${gap.from_ms}${gap.label}`} span={span} stretch={gap} class="gap" title={gapTitle(gap)} />
          ))}
        </div>
        <div class="lane speech" style={{ height: speechHeight }}>
          {lanes.control
            .filter(({ kind }) => kind === "turn")
            .map((turn) => (
              <Bar key={`floor${turn.from_ms}`} span={span} stretch={turn} class="floor" top={0} title={controlTitle(turn)} />
            ))}
          {lanes.speech.map((turn) => (
            <Bar
              key={`${turn.label}${turn.from_ms}`}
              span={span}
              stretch={turn}
              class={`turn row-${turn.row}`}
              title={turnTitle(turn)}
            >
              {turn.label}
            </Bar>
          ))}
        </div>
        <Control span={span} lanes={lanes} height={controlHeight} />
        <Dots span={span} dots={[...lanes.dots.venue, ...lanes.dots.recording]} kind="venue" />
        <Dots span={span} dots={lanes.dots.board} kind="board" />
        <Dots span={span} dots={lanes.instructions} kind="instruction" />
        <Dots span={span} dots={lanes.dots.marker} kind="marker" />
      </Track>
    </section>
  );
}

interface TrackProps {
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
  readonly children: ComponentChildren;
}

/** The lanes are one slider: press and drag anywhere, or use the keys of a slider. */
function Track({ playhead, onJump, children }: TrackProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const { span } = playhead;
  useEffect(
    () =>
      effect(() => {
        const part = (playhead.at.value - span.from_ms) / (span.to_ms - span.from_ms);
        element.current?.style.setProperty("--at", `${(part * 100).toFixed(3)}%`);
      }),
    [playhead],
  );
  const at_ms = playhead.at.value;
  return (
    <div
      ref={element}
      class="timeline-track"
      role="slider"
      tabIndex={0}
      aria-label={t("review.playhead")}
      aria-valuemin={0}
      aria-valuemax={Math.round((span.to_ms - span.from_ms) / 1000)}
      aria-valuenow={Math.round((at_ms - span.from_ms) / 1000)}
      aria-valuetext={`${clockTime(at_ms)}, ${elapsed(at_ms - span.from_ms)}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        onJump(timeAt(event, span));
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onJump(timeAt(event, span));
      }}
      onKeyDown={(event) => {
        const to_ms = keyTarget(event.key, playhead.now(), span);
        if (to_ms === null) return;
        event.preventDefault();
        onJump(to_ms);
      }}
    >
      {children}
      <div class="timeline-head" />
    </div>
  );
}

function timeAt(event: PointerEvent, span: Span): number {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const part = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  return span.from_ms + part * (span.to_ms - span.from_ms);
}

/** WAI-ARIA Authoring Practices, slider. */
export function keyTarget(key: string, now_ms: number, span: Span): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return now_ms - STEP_MS;
    case "ArrowRight":
    case "ArrowUp":
      return now_ms + STEP_MS;
    case "PageDown":
      return now_ms - LEAP_MS;
    case "PageUp":
      return now_ms + LEAP_MS;
    case "Home":
      return span.from_ms;
    case "End":
      return span.to_ms;
    default:
      return null;
  }
}

interface BarProps {
  readonly span: Span;
  readonly stretch: Stretch;
  readonly class: string;
  readonly title: string;
  /** In the lane, in pixels, where its row does not say it. */
  readonly top?: number;
  readonly children?: ComponentChildren;
}

function Bar({ span, stretch, class: name, title, top = 4 + stretch.row * 16, children }: BarProps): JSX.Element {
  const width = percent(stretch.to_ms, span) - percent(stretch.from_ms, span);
  return (
    <span
      class={`bar ${name}`}
      title={title}
      style={{
        left: `${percent(stretch.from_ms, span)}%`,
        width: `max(2px, ${width}%)`,
        top: `${top}px`,
      }}
    >
      {children}
    </span>
  );
}

/** 点名, 点名发言, 广播, 轮询 as stretches; who was asked as strokes in them; the rest as dots. */
function Control({ span, lanes, height }: { span: Span; lanes: Lanes; height: string }): JSX.Element {
  return (
    <div class="lane control" style={{ height }}>
      {lanes.control.map((stretch) => (
        <Bar
          key={`${stretch.kind}${stretch.from_ms}`}
          span={span}
          stretch={stretch}
          class={`control ${stretch.kind}`}
          title={controlTitle(stretch)}
        >
          {controlText(stretch)}
        </Bar>
      ))}
      <DotMarks span={span} dots={lanes.dots.control.filter(({ recorded }) => !isSpan(recorded.event.type))} kind="control" />
    </div>
  );
}

function controlText({ kind, label }: ControlStretch): string {
  if (kind === "broadcast" && label === "") return t("review.control_multi");
  return t(`review.control_${kind}`, { venue: label });
}

function controlTitle(stretch: ControlStretch): string {
  return t("review.control_here", {
    what: controlText(stretch),
    time: clockTime(stretch.from_ms),
    length: elapsed(stretch.to_ms - stretch.from_ms),
  });
}

/** As many rows as its stretches need. */
function heightOf(stretches: readonly Stretch[]): string {
  const rows = 1 + Math.max(0, ...stretches.map(({ row }) => row));
  return `${rows * 16 + 8}px`;
}

interface DotsProps {
  readonly span: Span;
  readonly dots: readonly Dot[];
  readonly kind: EventKind | "instruction";
}

function Dots(props: DotsProps): JSX.Element {
  return (
    <div class="lane">
      <DotMarks {...props} />
    </div>
  );
}

function DotMarks({ span, dots, kind }: DotsProps): JSX.Element {
  return (
    <>
      {dots.map(({ at_ms, recorded }) => (
        <span
          key={`${recorded.stream}${recorded.seq}`}
          class={`dot dot-${kind} dot-${recorded.event.type.replace(".", "-")}`}
          style={{ left: `${percent(at_ms, span)}%` }}
        />
      ))}
    </>
  );
}

/** Round steps, as many as can be read: a label needs about a tenth of the width. */
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * 1000);

export function axisTimes(span: Span): number[] {
  const length_ms = span.to_ms - span.from_ms;
  const step_ms = STEPS_MS.find((step) => length_ms / step <= 8) ?? 3_600_000;
  const times: number[] = [];
  for (let at = Math.ceil(span.from_ms / step_ms) * step_ms; at < span.to_ms; at += step_ms) times.push(at);
  return times;
}

function Axis({ span }: { span: Span }): JSX.Element {
  return (
    <div class="axis" aria-hidden="true">
      {axisTimes(span).map((at_ms) => (
        <span key={at_ms} style={{ left: `${percent(at_ms, span)}%` }}>
          {clockTime(at_ms)}
        </span>
      ))}
    </div>
  );
}

function percent(at_ms: number, span: Span): number {
  return (100 * (at_ms - span.from_ms)) / (span.to_ms - span.from_ms);
}

function gapTitle(gap: Stretch): string {
  return t("review.gap_here", {
    time: clockTime(gap.from_ms),
    length: elapsed(gap.to_ms - gap.from_ms),
    reason: gap.label,
  });
}

function turnTitle(turn: Stretch): string {
  return t("review.speech_here", {
    venue: turn.label,
    time: clockTime(turn.from_ms),
    length: elapsed(turn.to_ms - turn.from_ms),
  });
}

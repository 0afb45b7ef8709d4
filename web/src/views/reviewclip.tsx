/** 剪辑: two points in time, set by keys or buttons, shown on the timeline, taken over by 导出. */
import { CornerDownLeft, CornerDownRight, Film, X } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { clamp, type Playhead, type Span } from "../media/playhead";
import "../styles/reviewclip.css";
import { me } from "../state/store";
import { Button } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { clockTime, elapsed, t } from "../ui/i18n";
import { lengthOf } from "./timeline/window";

export interface Clip {
  readonly in_ms: number | null;
  readonly out_ms: number | null;
}

export interface Clipping {
  readonly clip: Clip;
  /** The bar is there, whether or not anything is set. */
  readonly isOpen: boolean;
  readonly setIn: () => void;
  readonly setOut: () => void;
  readonly open: () => void;
  readonly clear: () => void;
}

const NOTHING: Clip = { in_ms: null, out_ms: null };

/** A point that would turn the clip round takes the other one away: it is the newer wish. */
export function withIn({ out_ms }: Clip, at_ms: number): Clip {
  return { in_ms: at_ms, out_ms: out_ms !== null && out_ms > at_ms ? out_ms : null };
}

export function withOut({ in_ms }: Clip, at_ms: number): Clip {
  return { in_ms: in_ms !== null && in_ms < at_ms ? in_ms : null, out_ms: at_ms };
}

/** What lies between the points; up to where the recording begins or ends when there is only one. */
export function spanOfClip({ in_ms, out_ms }: Clip, whole: Span): Span | null {
  if (in_ms === null && out_ms === null) return null;
  return { from_ms: clamp(in_ms ?? whole.from_ms, whole), to_ms: clamp(out_ms ?? whole.to_ms, whole) };
}

/** P16: whether this person's office has chaired it is for the hub to say. */
export function keepsRecordings(): boolean {
  const role = me.value?.actor.role;
  return role === "officer" || role === "reviewer";
}

export function useClipping(playhead: Playhead): Clipping {
  const [clip, setClip] = useState(NOTHING);
  const [isOpen, setOpen] = useState(false);
  const set = (change: (clip: Clip, at_ms: number) => Clip) => (): void => {
    setOpen(true);
    setClip(change(clip, Math.round(playhead.now())));
  };
  const clipping = {
    clip,
    isOpen,
    setIn: set(withIn),
    setOut: set(withOut),
    open: () => setOpen(true),
    clear: () => {
      setClip(NOTHING);
      setOpen(false);
    },
  };
  useShortcuts(
    keepsRecordings()
      ? [
          { key: "i", label: t("clip.set_in"), run: clipping.setIn },
          { key: "o", label: t("clip.set_out"), run: clipping.setOut },
        ]
      : [],
  );
  return clipping;
}

interface ClipBarProps {
  readonly clipping: Clipping;
  readonly span: Span;
  readonly onExport: (span: Span) => void;
}

export function ClipBar({ clipping, span, onExport }: ClipBarProps): JSX.Element | null {
  if (!clipping.isOpen) return null;
  const { clip } = clipping;
  const cut = spanOfClip(clip, span);
  return (
    <div class="clip-bar" role="group" aria-label={t("clip.title")}>
      <Button size="small" icon={CornerDownRight} shortcut="I" onClick={clipping.setIn}>
        {t("clip.set_in")}
      </Button>
      <p class="clip-point">
        {t("clip.in")} <strong>{clip.in_ms === null ? t("clip.from_start") : clockTime(clip.in_ms)}</strong>
      </p>
      <Button size="small" icon={CornerDownLeft} shortcut="O" onClick={clipping.setOut}>
        {t("clip.set_out")}
      </Button>
      <p class="clip-point">
        {t("clip.out")} <strong>{clip.out_ms === null ? t("clip.to_end") : clockTime(clip.out_ms)}</strong>
      </p>
      <p class="clip-length" role="status">
        {cut === null ? t("clip.hint") : t("clip.length", { length: elapsed(lengthOf(cut)) })}
      </p>
      <Button size="small" tone="accent" icon={Film} disabled={cut === null} onClick={() => cut !== null && onExport(cut)}>
        {t("clip.export")}
      </Button>
      <Button size="small" tone="quiet" icon={X} onClick={clipping.clear}>
        {t("clip.clear")}
      </Button>
    </div>
  );
}

/** Where the clip lies on the lanes. */
export function ClipRange({ range, window }: { range: Span | null; window: Span }): JSX.Element | null {
  if (range === null || range.to_ms <= window.from_ms || range.from_ms >= window.to_ms) return null;
  const part = (at_ms: number): number => (100 * (clamp(at_ms, window) - window.from_ms)) / lengthOf(window);
  const left = part(range.from_ms);
  return <div class="clip-range" aria-hidden="true" style={{ left: `${left}%`, width: `${part(range.to_ms) - left}%` }} />;
}

/** The keys of the player, as at an editing desk. */
import { useEffect } from "preact/hooks";

import type { Ensemble } from "../media/ensemble";
import { nextSpeed, type Playhead, shuttleSpeed } from "../media/playhead";
import { isTyping, useListed, useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { type Layout, LAYOUTS } from "./playerlayout";

export const SKIP_MS = 10_000;
const ARROW_MS = 5_000;
/** Where the times of frames are not known. */
const FRAME_MS = 40;

/** Pure: where one frame further or back is; half a millisecond inside it, for rounding. */
export function frameStep(now_ms: number, step: -1 | 1, frameAt: (hub_ms: number, after: boolean) => number | null): number {
  const found_ms = frameAt(now_ms, step === 1);
  if (found_ms === null) return now_ms + step * FRAME_MS;
  return step === 1 ? found_ms + 0.5 : found_ms - 0.5; // just before this one the one before it is seen
}

export function stepFrame(playhead: Playhead, ensemble: Ensemble, step: -1 | 1): void {
  if (playhead.playing.value) playhead.pause();
  const seen_ms = ensemble.seenAt(playhead.now());
  playhead.seek(frameStep(seen_ms, step, (hub_ms, after) => ensemble.frameAt(hub_ms, after)));
}

interface PlayerKeys {
  readonly playhead: Playhead;
  readonly ensemble: Ensemble;
  readonly onJump: (at_ms: number) => void;
  readonly onLayout: (layout: Layout) => void;
}

export function usePlayerKeys({ playhead, ensemble, onJump, onLayout }: PlayerKeys): void {
  const by = (step_ms: number) => (): void => onJump(playhead.now() + step_ms);
  const speed = (step: -1 | 1) => (): void => playhead.setSpeed(nextSpeed(playhead.speed.value, step));
  useShortcuts([
    { key: "j", label: t("review.back_10"), run: by(-SKIP_MS) },
    { key: "k", label: t("review.pause"), run: () => playhead.pause() },
    { key: "l", label: t("review.key_shuttle"), run: () => shuttle(playhead) },
    { key: "ArrowLeft", label: t("review.back_5"), run: by(-ARROW_MS) },
    { key: "ArrowRight", label: t("review.forward_5"), run: by(ARROW_MS) },
    { key: ",", label: t("review.frame_back"), run: () => stepFrame(playhead, ensemble, -1) },
    { key: ".", label: t("review.frame_forward"), run: () => stepFrame(playhead, ensemble, 1) },
    { key: "<", label: t("review.slower"), run: speed(-1) },
    { key: ">", label: t("review.faster"), run: speed(1) },
    { key: "Home", label: t("review.to_start"), run: () => onJump(playhead.span.from_ms) },
    { key: "End", label: t("review.to_end"), run: () => onJump(playhead.span.to_ms) },
    ...LAYOUTS.map((layout, n) => ({
      key: String(n + 1),
      label: t(`review.layout_${layout}`),
      run: () => onLayout(layout),
    })),
  ]);
  useSpaceBar(playhead);
}

function shuttle(playhead: Playhead): void {
  playhead.setSpeed(shuttleSpeed(playhead.playing.value, playhead.speed.value));
  if (!playhead.playing.value) playhead.play();
}

/** The space bar belongs to whatever button has the focus; elsewhere it plays and pauses. */
function useSpaceBar(playhead: Playhead): void {
  useListed({ key: " ", label: t("review.key_toggle"), run: () => playhead.toggle() });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.key !== " " || isTyping(target) || target?.closest("button, a, [role=slider], dialog") != null) return;
      event.preventDefault();
      playhead.toggle();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [playhead]);
}

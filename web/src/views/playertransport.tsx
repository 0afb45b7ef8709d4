/** Below the pictures: playing, jumping, speed, layout, and where the playhead stands. */
import {
  ChevronLast,
  LayoutGrid,
  Link as LinkIcon,
  Maximize,
  Pause,
  Play,
  RotateCcw,
  RotateCw,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  UserRound,
} from "lucide-preact";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";

import type { Ensemble } from "../media/ensemble";
import { type Playhead, SPEEDS } from "../media/playhead";
import { Button, IconButton } from "../ui/elements";
import { clockTime, elapsed, t } from "../ui/i18n";
import { toast } from "../ui/toast";
import { SKIP_MS, stepFrame } from "./playerkeys";
import { type Layout, LAYOUTS } from "./playerlayout";
import { remember } from "./reviewaddress";
import { neighbour, type Lanes } from "./reviewlanes";

interface TransportProps {
  readonly playhead: Playhead;
  readonly ensemble: Ensemble;
  readonly lanes: Lanes;
  readonly onJump: (at_ms: number) => void;
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}

export function Transport(props: TransportProps): JSX.Element {
  const { playhead, ensemble, onJump } = props;
  const at_ms = playhead.at.value;
  const { from_ms, to_ms } = playhead.span;
  const playing = playhead.playing.value;
  return (
    <div class={playhead.isLive ? "transport live" : "transport"} role="group" aria-label={t("review.transport")}>
      <Button
        tone="accent"
        icon={playing ? Pause : Play}
        shortcut={playing ? "K" : "L"}
        onClick={() => playhead.toggle()}
      >
        {t(playing ? "review.pause" : "review.play")}
      </Button>
      <p class="transport-at">
        <span class="visually-hidden">{t("review.playhead")} </span>
        {elapsed(at_ms - from_ms)}{" "}
        <span class="muted">/ {playhead.isLive ? t("review.live") : elapsed(to_ms - from_ms)}</span>
      </p>
      <Button tone="quiet" icon={RotateCcw} shortcut="J" title={t("review.back_10")} onClick={() => onJump(playhead.now() - SKIP_MS)}>
        {t("review.minus_10")}
      </Button>
      <Button tone="quiet" icon={RotateCw} title={t("review.forward_10")} onClick={() => onJump(playhead.now() + SKIP_MS)}>
        {t("review.plus_10")}
      </Button>
      <IconButton icon={StepBack} label={t("review.frame_back")} shortcut="," onClick={() => stepFrame(playhead, ensemble, -1)} />
      <IconButton icon={StepForward} label={t("review.frame_forward")} shortcut="." onClick={() => stepFrame(playhead, ensemble, 1)} />
      <Speed playhead={playhead} />
      <Neighbours {...props} />
      <Layouts {...props} />
      <CopyLink playhead={playhead} />
      {playhead.isLive && <ToLive playhead={playhead} />}
      <p class="transport-clock">
        <span class="muted">{t("review.hub_time")}</span> {clockTime(at_ms)}
      </p>
    </div>
  );
}

function Speed({ playhead }: Pick<TransportProps, "playhead">): JSX.Element {
  return (
    <label class="transport-speed">
      <span class="visually-hidden">{t("review.speed")}</span>
      <select
        class="input"
        value={String(playhead.speed.value)}
        onChange={(event) => playhead.setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={String(speed)}>
            {t("review.speed_times", { x: Number.isInteger(speed * 2) ? speed.toFixed(1) : String(speed) })}
          </option>
        ))}
      </select>
    </label>
  );
}

function Neighbours({ playhead, lanes, onJump }: TransportProps): JSX.Element {
  const at_ms = playhead.at.value;
  const dots = useMemo(
    () => Object.values(lanes.dots).flat().sort((a, b) => a.at_ms - b.at_ms),
    [lanes],
  );
  const go = (step: -1 | 1): void => {
    const dot = neighbour(dots, playhead.now(), step);
    if (dot !== null) onJump(dot.at_ms);
  };
  return (
    <>
      <Button class="slim" tone="quiet" icon={SkipBack} title={t("review.previous_event")} disabled={neighbour(dots, at_ms, -1) === null} onClick={() => go(-1)}>
        {t("review.previous_event")}
      </Button>
      <Button class="slim" tone="quiet" icon={SkipForward} title={t("review.next_event")} disabled={neighbour(dots, at_ms, 1) === null} onClick={() => go(1)}>
        {t("review.next_event")}
      </Button>
    </>
  );
}

const LAYOUT_ICONS = { grid: LayoutGrid, speaker: UserRound, single: Maximize } as const;

function Layouts({ layout, onLayout }: TransportProps): JSX.Element {
  return (
    <div class="transport-layouts" role="group" aria-label={t("review.layout")}>
      {LAYOUTS.map((one, n) => (
        <IconButton
          key={one}
          icon={LAYOUT_ICONS[one]}
          label={t(`review.layout_${one}`)}
          shortcut={String(n + 1)}
          pressed={layout === one}
          onClick={() => onLayout(one)}
        />
      ))}
    </div>
  );
}

function CopyLink({ playhead }: Pick<TransportProps, "playhead">): JSX.Element {
  const copy = async (): Promise<void> => {
    const time = clockTime(playhead.now());
    remember(playhead);
    try {
      await navigator.clipboard.writeText(location.href);
      toast(t("review.link_copied", { time }));
    } catch {
      toast(t("review.link_in_address", { time })); // an address that is not secure has no clipboard
    }
  };
  return (
    <Button class="slim" tone="quiet" icon={LinkIcon} title={t("review.copy_link")} onClick={() => void copy()}>
      {t("review.copy_link")}
    </Button>
  );
}

/** The present is a few seconds ahead of what has been written; nearer than this one is there. */
const THERE_MS = 2_500;

function ToLive({ playhead }: Pick<TransportProps, "playhead">): JSX.Element {
  const isThere = playhead.edge_ms - playhead.at.value < THERE_MS;
  return (
    <Button
      class="slim to-live"
      tone={isThere ? "quiet" : "plain"}
      icon={ChevronLast}
      title={t("review.to_live")}
      pressed={isThere}
      onClick={() => {
        playhead.setSpeed(1);
        playhead.seek(playhead.edge_ms);
        playhead.play();
      }}
    >
      {t("review.to_live")}
    </Button>
  );
}

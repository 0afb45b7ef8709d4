/** Review (回看): all venues in step, the board as it stood, and every event a click away. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { get } from "../link/api";
import type { Asks } from "../media/ensemble";
import { Playhead, type Span } from "../media/playhead";
import { withMarks } from "../state/marks";
import { hubNow } from "../state/store";
import "../styles/review.css";
import type { Growing, Manifest, Recorded } from "../types/wire";
import { Badge, Banner, Button, EmptyState } from "../ui/elements";
import { useKept } from "../ui/hooks";
import { clockTime, dateOf, language, say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { Classification, ExerciseMark, RecordingDot } from "../ui/states";
import { Player } from "./player";
import { namedMoment, remember } from "./reviewaddress";
import { ClipBar, spanOfClip, useClipping } from "./reviewclip";
import { ExportDialog } from "./reviewexport";
import { ExportTools } from "./reviewexporttools";
import { FateBanner, KeepingTools, KeptBadges, useIsGone } from "./reviewkeeping";
import { type Found, useRecording } from "./reviewload";
import { ReviewPanel } from "./reviewpanel";
import { lanesOf, spanOf } from "./reviewlanes";
import { reasonText } from "./reasons";
import { Timeline } from "./timeline";

export function Review({ recordingId }: { recordingId: string }): JSX.Element {
  const { found, problem, load, renew } = useRecording(recordingId);
  if (found !== null) return <Opened {...found} renew={renew} />;
  if (problem === null) return <p class="empty" role="status">{t("review.opening")}</p>;
  return (
    <div role="alert">
      <EmptyState
        title={t("review.open_failed")}
        action={
          <>
            <Button onClick={load}>{t("do.retry")}</Button>
            <Button onClick={() => navigate("/recordings")}>{t("review.back")}</Button>
          </>
        }
      >
        {say(problem)}
      </EmptyState>
    </div>
  );
}

function Opened({ manifest, events: logged, boards, renew }: Found & { renew: () => void }): JSX.Element {
  const keeping = useKept(manifest.recording_id);
  const events = useMemo(() => withMarks(logged, manifest.recording_id, keeping), [logged, keeping?.marks]);
  const playhead = usePlayhead(manifest, events);
  const { span } = playhead;
  const lanes = useMemo(
    () => lanesOf(manifest, events, span, (gap) => reasonText(gap.reason), boards),
    [manifest, events, span, boards, language.value],
  );
  const isGone = useIsGone(manifest);
  const clipping = useClipping(playhead);
  const [exporting, setExporting] = useState<{ clip: Span | null } | null>(null);
  const asks = useMemo((): Asks => {
    const path = `/api/recordings/${encodeURIComponent(manifest.recording_id)}/growing`;
    return { growing: (after_ms) => get<Growing>(`${path}?after_ms=${after_ms}`), renew };
  }, [manifest.recording_id]);
  const jump = (at_ms: number): void => {
    playhead.seek(at_ms);
    remember(playhead);
  };
  return (
    <div class="review" data-theme="dark">
      <Head manifest={manifest} events={events}>
        <KeepingTools manifest={manifest} />
        {!isGone && <ExportTools clipping={clipping} onExport={() => setExporting({ clip: spanOfClip(clipping.clip, playhead.span) })} />}
      </Head>
      <FateBanner manifest={manifest} />
      {manifest.stopped_ms !== null && manifest.state !== "ready" && <Banner tone="info">{t("review.processing")}</Banner>}
      <div class="review-body">
        <div class="review-main">
          {!isGone && <Player manifest={manifest} events={events} playhead={playhead} lanes={lanes} onJump={jump} asks={asks} />}
          <ClipBar clipping={clipping} span={playhead.span} onExport={(clip) => setExporting({ clip })} />
          <Timeline manifest={manifest} playhead={playhead} lanes={lanes} onJump={jump} range={spanOfClip(clipping.clip, playhead.span)} />
        </div>
        <ReviewPanel manifest={manifest} boards={boards} events={events} lanes={lanes} keeping={keeping} playhead={playhead} onJump={jump} />
      </div>
      {exporting !== null && (
        <ExportDialog manifest={manifest} whole={playhead.span} clip={exporting.clip} onClose={() => setExporting(null)} />
      )}
    </div>
  );
}

function Head({ manifest, events, children }: Pick<Found, "manifest" | "events"> & { children: ComponentChildren }): JSX.Element {
  const came = events.flatMap(({ event }) =>
    event.type === "venue.answered" || event.type === "venue.joined" ? [event.venue] : [],
  );
  return (
    <header class="review-head">
      <h1>{manifest.title}</h1>
      <Classification of={manifest.classification} />
      <ExerciseMark on={manifest.exercise} />
      <span>{t(`kind.${manifest.kind}`)}</span>
      <span>
        {dateOf(manifest.started_ms)} {clockTime(manifest.started_ms)}
        {manifest.stopped_ms !== null && ` - ${clockTime(manifest.stopped_ms)}`}
      </span>
      <span>{t("review.venues", { n: new Set(came).size })}</span>
      {manifest.gaps.length > 0 && <Badge tone="warn">{t("review.gaps", { n: manifest.gaps.length })}</Badge>}
      {!useIsGone(manifest) && <RecordingDot state={manifest.state} />}
      {manifest.stopped_ms === null && <Badge>{t("review.still_running")}</Badge>}
      <KeptBadges manifest={manifest} />
      <div class="review-tools">{children}</div>
    </header>
  );
}

/** So far behind the present everything that came has been written through. */
const LIVE_BEHIND_MS = 4_000;
/** The end of the timeline grows in steps: a picture that moves all the time cannot be read. */
const GROWS_BY_MS = 5_000;

/** A recording that grows while it is looked at keeps the place of its playhead. */
function usePlayhead(manifest: Manifest, events: readonly Recorded[]): Playhead {
  const isLive = manifest.stopped_ms === null;
  const spanNow = (): Span => {
    const known = spanOf(manifest, events);
    if (!isLive) return known;
    return { ...known, to_ms: Math.max(known.to_ms, Math.ceil(hubNow() / GROWS_BY_MS) * GROWS_BY_MS) };
  };
  const [playhead] = useState(() => {
    const span = spanNow();
    return new Playhead(span, namedMoment(location.search, span.from_ms));
  });
  useEffect(() => {
    playhead.goOnTo(isLive ? () => hubNow() - LIVE_BEHIND_MS : null);
    const grow = (): void => playhead.extend(spanNow());
    grow();
    const timer = isLive ? setInterval(grow, 1_000) : null;
    return () => void (timer !== null && clearInterval(timer));
  }, [isLive, manifest, events]);
  return playhead;
}

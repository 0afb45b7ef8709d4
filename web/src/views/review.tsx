/** Review (回看): all venues in step, the board as it stood, and every event a click away. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { get } from "../link/api";
import { problemOf } from "../link/problem";
import { Playhead, type Span } from "../media/playhead";
import { withMarks } from "../state/marks";
import "../styles/review.css";
import type { History, Manifest, Problem, Recorded, Workspace } from "../types/wire";
import { Badge, Banner, Button, EmptyState } from "../ui/elements";
import { useKept } from "../ui/hooks";
import { clockTime, dateOf, say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { Classification, ExerciseMark, RecordingDot } from "../ui/states";
import { Player } from "./player";
import { ClipBar, spanOfClip, useClipping } from "./reviewclip";
import { ExportDialog } from "./reviewexport";
import { ExportTools } from "./reviewexporttools";
import { ReviewPanel } from "./reviewpanel";
import { lanesOf, spanOf } from "./reviewlanes";
import { reasonText } from "./reasons";
import { Timeline } from "./timeline";

const LOOK_AGAIN_MS = 4_000;

export function Review({ recordingId }: { recordingId: string }): JSX.Element {
  const { found, problem, load } = useRecording(recordingId);
  if (found !== null) return <Opened {...found} />;
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

interface Found {
  readonly manifest: Manifest;
  readonly events: readonly Recorded[];
  /** The boards as they were at the start. */
  readonly boards: Workspace;
}

function Opened({ manifest, events: logged, boards }: Found): JSX.Element {
  const keeping = useKept(manifest.recording_id);
  const events = useMemo(() => withMarks(logged, manifest.recording_id, keeping), [logged, keeping?.marks]);
  const playhead = usePlayhead(manifest, events);
  const lanes = useMemo(
    () => lanesOf(manifest, events, playhead.span, (gap) => reasonText(gap.reason), boards),
    [manifest, events, playhead, boards],
  );
  const clipping = useClipping(playhead);
  const [exporting, setExporting] = useState<{ clip: Span | null } | null>(null);
  const jump = (at_ms: number): void => {
    playhead.seek(at_ms);
    remember(playhead);
  };
  return (
    <div class="review" data-theme="dark">
      <Head manifest={manifest} events={events}>
        <ExportTools clipping={clipping} onExport={() => setExporting({ clip: spanOfClip(clipping.clip, playhead.span) })} />
      </Head>
      {manifest.state !== "ready" && (
        <Banner tone="info">
          {t(manifest.stopped_ms === null ? "review.still_running" : "review.processing")}
        </Banner>
      )}
      <div class="review-body">
        <div class="review-main">
          <Player manifest={manifest} events={events} playhead={playhead} lanes={lanes} onJump={jump} />
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
      <RecordingDot state={manifest.state} />
      <div class="review-tools">{children}</div>
    </header>
  );
}

/** The address names the second: `?t=` counts seconds from the start of the recording. */
function remember(playhead: Playhead): void {
  const second = Math.round((playhead.now() - playhead.span.from_ms) / 1000);
  history.replaceState(history.state, "", `${location.pathname}?t=${second}`);
}

function named(from_ms: number): number {
  const second = Number(new URLSearchParams(location.search).get("t"));
  return from_ms + (Number.isFinite(second) ? Math.max(0, second) * 1000 : 0);
}

/** A recording that grows while it is looked at keeps the place of its playhead. */
function usePlayhead(manifest: Manifest, events: readonly Recorded[]): Playhead {
  const span = spanOf(manifest, events);
  const [playhead, setPlayhead] = useState(() => new Playhead(span, named(span.from_ms)));
  const isNew = playhead.span.to_ms !== span.to_ms || playhead.span.from_ms !== span.from_ms;
  useEffect(() => {
    if (isNew) setPlayhead(new Playhead(span, playhead.now()));
  }, [isNew]);
  return playhead;
}

interface Loading {
  readonly found: Found | null;
  readonly problem: Problem | null;
  readonly load: () => void;
}

function useRecording(id: string): Loading {
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = (): void => {
    const path = `/api/recordings/${encodeURIComponent(id)}`;
    setProblem(null);
    Promise.all([get<Manifest>(path), get<History>(`${path}/events`)]).then(
      ([manifest, { events, boards }]) => setFound({ manifest, events, boards }),
      (thrown: unknown) => setProblem(problemOf(thrown)),
    );
  };
  useEffect(load, [id]);
  const isMoving = found !== null && found.manifest.state !== "ready";
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(load, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  return { found, problem, load };
}

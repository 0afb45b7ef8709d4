/** 录制 while it runs: its state for everybody, since when, by whom it was paused, its gaps; and the pause. */
import { CirclePause, CirclePlay } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { pauseRecording, resumeRecording } from "../recordingactions";
import { isOffice } from "../state/chair";
import { counted, missing } from "../state/gaps";
import { line, me } from "../state/store";
import "../styles/recordingstate.css";
import type { Gap, Recording, RecordingNow, Session } from "../types/wire";
import { Banner, Button, Dialog, Elapsed, Field, IconButton, StateDot } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { reasonText } from "./reasons";

const REASON_MAX = 200;

interface Props {
  readonly session: Session;
  readonly recording: Recording | null;
}

/** In the header. */
export function RecordingHead({ session, recording }: Props): JSX.Element {
  // Behind a broken line, or before the hub has said, nobody here can know.
  if (line.value.state !== "online" || recording === null) {
    return <StateDot shape="ring" word={t("consultation.recording_unknown")} />;
  }
  const out = missing(recording);
  const gaps = counted(recording.gaps);
  const title = gaps.map((gap) => gapLine(gap, session)).join("\n");
  return (
    <span class="head-recording" title={title}>
      <RecordingNowDot now={recording} />
      {recording.state === "recording" && out.length > 0 && (
        <StateDot shape="triangle" tone="warn" word={t("recorder.missing", { n: out.length })} />
      )}
      {gaps.length > 0 && <span class="head-gaps">{t("recorder.gaps", { n: gaps.length })}</span>}
      {recording.state === "recording" && isOffice(session, me.value?.actor) && <Pause recording={recording} />}
    </span>
  );
}

/** Also for those who cannot follow the recording: guests in the field and walls. */
export function RecordingNowDot({ now }: { now: RecordingNow | Recording | null }): JSX.Element {
  switch (now?.state) {
    case undefined:
      return <StateDot shape="ring" word={t("consultation.recording_off")} />;
    case "recording":
      return (
        <span class="recording-now">
          <StateDot shape="full" tone="bad" word={t("recorder.on")} />
          <Elapsed since_ms={now?.started_ms ?? 0} />
        </span>
      );
    case "interrupted":
      return (
        <StateDot
          shape="triangle"
          tone="bad"
          word={t("consultation.recording_interrupted")}
          since_ms={now?.since_ms ?? null}
        />
      );
    case "paused":
      return <StateDot shape="half" tone="warn" word={t("recorder.paused_by")} since_ms={now?.since_ms ?? null} />;
    case "processing":
    case "ready":
      return <StateDot shape="ring" word={t("consultation.recording_off")} />;
  }
}

function gapLine(gap: Gap, session: Session): string {
  return t("recorder.gap_line", {
    from: clockTime(gap.from_ms),
    to: gap.to_ms === null ? t("recorder.gap_now") : clockTime(gap.to_ms),
    whose: gap.track_id === "" ? t("recorder.gap_all") : (session.venues[gap.venue]?.short_name ?? gap.venue),
    reason: gap.note === "" ? reasonText(gap.reason) : gap.note,
  });
}

/** Asks for the reason, and says what everybody will see. */
function Pause({ recording }: { recording: Recording }): JSX.Element {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <IconButton icon={CirclePause} label={t("recorder.pause")} onClick={() => setAsks(true)} />
      {asks && <PauseDialog recordingId={recording.recording_id} onClose={() => setAsks(false)} />}
    </>
  );
}

function PauseDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const [sending, setSending] = useState(false);
  const isReady = reason.trim() !== "" && !sending;
  const pause = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!isReady) return;
    setSending(true);
    const went = await attempt(() => pauseRecording(recordingId, reason.trim()));
    setSending(false);
    if (went) onClose();
  };
  return (
    <Dialog title={t("recorder.pause_title")} class="recording-pause" onClose={onClose}>
      <form onSubmit={(event) => void pause(event)}>
        <p>{t("recorder.pause_effect")}</p>
        <Field label={t("recorder.pause_reason")} hint={t("recorder.pause_hint")}>
          {({ id, describedBy }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              class="input"
              required
              autofocus
              maxLength={REASON_MAX}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="recording-pause-answers">
          <Button onClick={onClose}>{t("do.cancel")}</Button>
          <Button type="submit" tone="danger" icon={CirclePause} disabled={!isReady}>
            {t("recorder.pause")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Above the stage, for everybody: what is not being kept, since when, who has said so and why. */
export function RecordingNotice({ session, recording }: Props): JSX.Element | null {
  if (recording?.state === "interrupted") {
    return (
      <Banner tone="bad">
        <strong>{t("consultation.recording_broken", { time: clockTime(recording.since_ms) })}</strong>
        <span>{reasonText(recording.failure ?? "")}</span>
        <span>{t("consultation.recording_broken_help")}</span>
      </Banner>
    );
  }
  if (recording?.state !== "paused") return null;
  const { paused_by: by, recording_id, since_ms, gaps } = recording;
  const seat = by?.seat_name ?? session.venues[by?.seat ?? ""]?.short_name ?? "";
  const who = seat === "" ? (by?.person ?? "") : t("recorder.who", { person: by?.person ?? "", seat });
  const mayResume = isOffice(session, me.value?.actor);
  return (
    <Banner
      tone="warn"
      action={
        mayResume && (
          <Button
            size="small"
            tone="accent"
            icon={CirclePlay}
            onClick={() => void attempt(() => resumeRecording(recording_id))}
          >
            {t("recorder.resume")}
          </Button>
        )
      }
    >
      <strong>{t("recorder.is_paused", { time: clockTime(since_ms) })}</strong>
      <span>{t("recorder.paused_because", { who, reason: gaps.at(-1)?.note ?? "" })}</span>
      <span>{t("recorder.paused_help")}</span>
      {!mayResume && <span>{t("recorder.paused_ask")}</span>}
    </Banner>
  );
}

/** The one line above the stage: what this is, that it is being recorded, the clock, who is there, the line. */
import { ArrowLeft, PanelRightClose, PanelRightOpen } from "lucide-preact";
import type { JSX } from "preact";

import type { Room } from "../media/room";
import { isPresent } from "../state/call";
import { line } from "../state/store";
import type { Recording, Session } from "../types/wire";
import { Clock, Elapsed, IconButton, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { Classification, ExerciseMark } from "../ui/states";
import { Bars, rate } from "./linebars";
import { reasonText } from "./reasons";

interface HeaderProps {
  readonly session: Session;
  readonly recording: Recording | null;
  readonly room: Room;
  readonly panelOpen: boolean;
  readonly onPanel: () => void;
}

export function Header({ session, recording, room, panelOpen, onPanel }: HeaderProps): JSX.Element {
  const venues = Object.values(session.venues);
  const joined = venues.filter((venue) => isPresent(venue.state)).length;
  return (
    <header class="consultation-head">
      <Link to="/desk" class="button quiet icon">
        <ArrowLeft size={18} aria-hidden="true" />
        <span class="visually-hidden">{t("consultation.back_home")}</span>
      </Link>
      <div class="head-title">
        <h1 title={session.title}>{session.title}</h1>
        <span class="head-kind">{t(`kind.${session.kind}`)}</span>
        <Classification />
        <ExerciseMark on={session.exercise} />
      </div>
      <RecordingState recording={recording} />
      <span class="head-venues">{t("consultation.venues_count", { joined, all: venues.length })}</span>
      <span class="head-chair">
        {t("consultation.chair")} {session.venues[session.chair]?.short_name}
      </span>
      <LineBars room={room} />
      <Clock />
      <IconButton
        icon={panelOpen ? PanelRightClose : PanelRightOpen}
        label={t(panelOpen ? "consultation.panel_hide" : "consultation.panel_show")}
        expanded={panelOpen}
        onClick={onPanel}
      />
    </header>
  );
}

function RecordingState({ recording }: { recording: Recording | null }): JSX.Element {
  // Behind a broken line, or before the hub has said, nobody here can know.
  if (line.value.state !== "online" || recording === null) {
    return <StateDot shape="ring" word={t("consultation.recording_unknown")} />;
  }
  switch (recording.state) {
    case "recording":
      return (
        <span class="head-recording">
          <StateDot shape="full" tone="bad" word={t("consultation.recording")} />
          <Elapsed since_ms={recording.started_ms} />
        </span>
      );
    case "interrupted":
      return (
        <span class="head-recording" title={reasonText(recording.failure ?? "")}>
          <StateDot
            shape="triangle"
            tone="bad"
            word={t("consultation.recording_interrupted")}
            since_ms={recording.since_ms}
          />
        </span>
      );
    case "processing":
    case "ready":
      return <StateDot shape="ring" word={t("consultation.recording_off")} />;
  }
}

/** 线路: four bars and a word; the figures are in the hint. */
function LineBars({ room }: { room: Room }): JSX.Element {
  const bars = line.value.state === "online" || room.flows.value ? room.bars.value : 0;
  const sent = room.sent.value;
  const received = room.received.value;
  const isComing = room.subscriber.peer.state.value === "connecting";
  const word = isComing ? t("media.line_coming") : t(`media.line_${bars}`);
  const detail = t("media.line_detail", {
    rtt: Math.round(Math.max(sent?.rtt_ms ?? 0, received?.rtt_ms ?? 0)),
    loss: (Math.max(sent?.loss ?? 0, received?.loss ?? 0) * 100).toFixed(1),
    down: rate(received?.rate_bps ?? 0),
    up: rate(sent?.rate_bps ?? 0),
  });
  return (
    <span class={`line-bars ${isComing ? "" : `level-${bars}`}`} title={detail}>
      <span class="line-label">{t("consultation.line")}</span>
      <Bars count={bars} />
      <span class="line-word">{word}</span>
    </span>
  );
}

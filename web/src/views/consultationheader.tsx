/** The one line above the stage: what this is, that it is being recorded, the clock, who is there, the line. */
import { ArrowLeft, PanelRightClose, PanelRightOpen, Timer } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Room } from "../media/room";
import { isPresent } from "../state/call";
import { hubNow, line, second } from "../state/store";
import type { Recording, Session } from "../types/wire";
import { Badge, Clock, Elapsed, IconButton, Remaining } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { Classification, ExerciseMark } from "../ui/states";
import { toast } from "../ui/toast";
import { Bars, rate } from "./linebars";
import { LookBack } from "./lookback";
import { RecordingHead } from "./recordingstate";

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
        <Classification of={session.classification} />
        <ExerciseMark on={session.exercise} />
        {session.locked && <Badge>{t("room.is_locked")}</Badge>}
      </div>
      <RecordingHead session={session} recording={recording} />
      {recording !== null && recording.stopped_ms === null && <LookBack session={session} recording={recording} />}
      <span class="head-venues">{t("consultation.venues_count", { joined, all: venues.length })}</span>
      <span class="head-chair" title={t("room.chair_since", { time: clockTime(session.chair_since_ms) })}>
        {t("consultation.chair")} <strong>{session.venues[session.chair]?.short_name}</strong>{" "}
        <span class="head-since">{t("room.since", { time: clockTime(session.chair_since_ms) })}</span>
      </span>
      {session.ends_ms !== null && <PlannedEnd ends_ms={session.ends_ms} />}
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

/** So long before the planned end it is said once. */
const WARN_MS = 5 * 60_000;

/** 计划结束: it never ends by itself; how long is left, and how long it is over. */
function PlannedEnd({ ends_ms }: { ends_ms: number }): JSX.Element {
  void second.value;
  const left_ms = ends_ms - hubNow();
  const phase = left_ms <= 0 ? "over" : left_ms <= WARN_MS ? "soon" : "later";
  const before = useRef({ ends_ms, phase });
  useEffect(() => {
    const was = before.current;
    before.current = { ends_ms, phase };
    if (was.ends_ms !== ends_ms || was.phase === phase || phase === "later") return;
    toast(t(phase === "soon" ? "room.end_soon" : "room.end_passed", { time: hourOf(ends_ms) }), "info", "end");
  }, [ends_ms, phase]);
  return (
    <span class={`head-end ${phase}`} title={t("room.end_planned", { time: hourOf(ends_ms) })}>
      {phase !== "later" && <Timer size={14} aria-hidden="true" />}
      {phase === "over" ? t("room.end_over") : t("room.end_left")}{" "}
      {phase === "over" ? <Elapsed since_ms={ends_ms} /> : <Remaining until_ms={ends_ms} />}
    </span>
  );
}

/** 11:30 */
function hourOf(at_ms: number): string {
  return clockTime(at_ms).slice(0, 5);
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

/** The consultation room: who is in it, what they show, the board beside it, and every state of getting in. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { problemOf } from "../link/problem";
import type { Room } from "../media/room";
import { canShare } from "../media/share";
import { isChair as chairs } from "../state/chair";
import { boardsOf, isRunning } from "../state/session";
import { line, me } from "../state/store";
import "../styles/consultation.css";
import type { Problem, Session } from "../types/wire";
import { useRecording, useSession, useShortcuts, useWorkspace } from "../ui/hooks";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { wished } from "./boards/looked";
import { Controls, switchOwnLayout, switchShare } from "./consultationbar";
import { Header } from "./consultationheader";
import { Notices } from "./consultationnotices";
import { Panel } from "./consultationpanel";
import { Denied, Displaced, Ended, Entering, Gone } from "./consultationstates";
import { StatusLine } from "./consultationstatus";
import { handOf, microphoneText, remedy, switchMicrophone, useFloorWords } from "./floorverbs";
import { useKeptChoice } from "./keptchoice";
import { RollCallBanner } from "./rollcallbanner";
import { enterRoom, room } from "./roomkeeper";
import { Stage } from "./stage";
import { SharingNotice } from "./stagecontent";
import { useTalkKey } from "./talkkey";

export function Consultation({ sessionId }: { sessionId: string }): JSX.Element {
  const { state: session, problem } = useSession(sessionId);
  const here = room.value?.sessionId === sessionId ? room.value : null;
  const entry = useEntry(session, here);
  return (
    <div class="consultation" data-theme="dark">
      <What session={session} problem={problem} here={here} entry={entry} />
    </div>
  );
}

interface WhatProps {
  readonly session: Session | null;
  readonly problem: Problem | null;
  readonly here: Room | null;
  readonly entry: Entry;
}

function What({ session, problem, here, entry }: WhatProps): JSX.Element {
  if (session === null) return problem === null ? <Entering /> : <Denied problem={problem} onRetry={null} />;
  if (session.ended_ms !== null) return <Ended session={session} />;
  if (entry.problem !== null) return <Denied problem={entry.problem} onRetry={entry.enter} />;
  if (here?.state.value === "displaced") return <Displaced session={session} onTakeBack={entry.enter} />;
  if (here !== null) return <Live session={session} room={here} />;
  return entry.gone ? <Gone session={session} onReenter={entry.enter} /> : <Entering session={session} />;
}

function Live({ session, room }: { session: Session; room: Room }): JSX.Element {
  const [panelOpen, setPanelOpen] = useState(() => innerWidth > 1100);
  const recording = useRecording(session.recording_id).state;
  const isChair = session.chair === room.ownVenue && chairs(session, me.value?.actor);
  const togglePanel = (): void => setPanelOpen(!panelOpen);
  useWorkspace(boardsOf(session)); // known before anybody opens them: I asks where an instruction goes
  useWhenWished(() => setPanelOpen(true));
  useKeptChoice(session.session_id);
  useRoomKeys(session, room);
  useTalkKey(room);
  useFloorWords(session, room);
  return (
    <>
      <Header
        session={session}
        recording={recording}
        room={room}
        panelOpen={panelOpen}
        onPanel={togglePanel}
      />
      <Notices room={room} session={session} recording={recording} />
      <SharingNotice session={session} room={room} />
      <RollCallBanner session={session} own={room.ownVenue} isChair={isChair} />
      <div class="consultation-body">
        <Stage session={session} room={room} />
        {panelOpen && <Panel session={session} room={room} isChair={isChair} onClose={() => setPanelOpen(false)} />}
      </div>
      <StatusLine session={session} room={room} isChair={isChair} />
      <Controls session={session} room={room} isChair={isChair} onPanel={togglePanel} />
    </>
  );
}

/** Something on a board is to be seen: the panel beside the picture opens. */
function useWhenWished(run: () => void): void {
  const seen = useRef(wished.peek());
  useEffect(() => {
    if (wished.value !== seen.current) run();
    seen.current = wished.value;
  }, [wished.value]);
}

/** M, V, H, S, L; the chair's own and the one to talk are listed where they work. */
function useRoomKeys(session: Session, room: Room): void {
  const own = room.own.value;
  const hand = handOf(session, room.ownVenue);
  const what = hand?.what ?? null;
  useShortcuts([
    { key: "m", label: t(microphoneText(room)), run: () => switchMicrophone(room) },
    {
      key: "v",
      label: t(own.camera ? "consultation.camera_turn_off" : "consultation.camera_turn_on"),
      run: () => void attempt(() => room.setCamera(!own.camera)),
    },
    ...(hand === null || what === null ? [] : [{ key: "h", label: t(hand.key, hand.params), run: () => remedy(what, room) }]),
    ...(canShare() ? [{ key: "s", label: t("consultation.share_switch"), run: () => switchShare(room) }] : []),
    { key: "l", label: t("consultation.layout"), run: () => switchOwnLayout(session, room) },
  ]);
}

interface Entry {
  /** This page was in the session and is not any more. */
  readonly gone: boolean;
  readonly problem: Problem | null;
  readonly enter: () => void;
}

/** Comes in by itself once, as soon as the session is known and the line is there. */
function useEntry(session: Session | null, here: Room | null): Entry {
  const [wasIn, setWasIn] = useState(here !== null);
  const [entering, setEntering] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const sessionId = session?.session_id ?? "";
  const enter = (): void => {
    setProblem(null);
    setEntering(true);
    enterRoom(sessionId)
      .catch((thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setEntering(false));
  };
  const ready = session !== null && isRunning(session) && line.value.state === "online";
  const may = ready && here === null && !wasIn && !entering && problem === null;
  useEffect(() => {
    if (here !== null) setWasIn(true);
    else if (may) enter();
  }, [may, here]);
  return { gone: wasIn && here === null && !entering, problem, enter };
}

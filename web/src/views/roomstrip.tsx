/** While the consultation goes on behind another view: that it does, whether one is heard, and the way back. */
import { Mic, MicOff, ScreenShareOff, Undo2 } from "lucide-preact";
import type { JSX } from "preact";

import type { Room } from "../media/room";
import { sessionState } from "../state/store";
import "../styles/roomstrip.css";
import { Button, Elapsed, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { navigate, route } from "../ui/router";
import { attempt } from "../ui/toast";
import { isHeard, microphoneText, switchMicrophone, useFloorWords } from "./floorverbs";
import { RollCallAnswer } from "./rollcallbanner";
import { room } from "./roomkeeper";

export function RoomStrip(): JSX.Element | null {
  const here = room.value;
  if (here === null || !here.isHere()) return null;
  const at = route.value;
  if (at.page === "session" && at.sessionId === here.sessionId) return null;
  return <Strip here={here} />;
}

function Strip({ here }: { here: Room }): JSX.Element {
  const session = sessionState(here.sessionId).value.state;
  useFloorWords(session, here);
  return (
    <aside class="room-strip" data-theme="dark" aria-label={t("consultation.goes_on")}>
      <StateDot shape="full" tone="good" word={t("consultation.goes_on")} />
      {session !== null && (
        <>
          <strong>{session.title}</strong>
          <Elapsed since_ms={session.started_ms} />
          <RollCallAnswer session={session} own={here.ownVenue} />
        </>
      )}
      <Button
        size="small"
        tone="quiet"
        icon={isHeard(here) ? Mic : MicOff}
        onClick={() => switchMicrophone(here)}
      >
        {t(microphoneText(here))}
      </Button>
      {here.share.state.value === "on" && (
        <Button size="small" icon={ScreenShareOff} onClick={() => void attempt(() => here.share.stop())}>
          {t("consultation.share_stop")}
        </Button>
      )}
      <Button size="small" tone="accent" icon={Undo2} onClick={() => navigate(`/session/${here.sessionId}`)}>
        {t("consultation.go_back")}
      </Button>
    </aside>
  );
}

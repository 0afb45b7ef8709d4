/** What stands between header and stage when something is wrong: what happened, what still works, what to do. */
import type { JSX } from "preact";

import { problemOf } from "../link/problem";
import type { Peer } from "../media/peer";
import type { Room } from "../media/room";
import { line, second } from "../state/store";
import type { Recording } from "../types/wire";
import { Banner, Button } from "../ui/elements";
import { clockTime, elapsed, say, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { troubleText } from "./devices";
import { reasonText } from "./reasons";

export function Notices({ room, recording }: { room: Room; recording: Recording | null }): JSX.Element {
  return (
    <div class="notices">
      {recording?.state === "interrupted" && <RecordingBroken recording={recording} />}
      {line.value.state === "online" && <MediaNotice room={room} />}
      <DeviceNotice room={room} />
      {room.subscriber.soundBlocked.value && (
        <Banner
          tone="warn"
          action={
            <Button size="small" tone="accent" onClick={() => room.subscriber.playSound()}>
              {t("consultation.sound_on")}
            </Button>
          }
        >
          {t("consultation.sound_blocked")}
        </Banner>
      )}
    </div>
  );
}

function RecordingBroken({ recording }: { recording: Recording }): JSX.Element {
  return (
    <Banner tone="bad">
      <strong>{t("consultation.recording_broken", { time: clockTime(recording.since_ms) })}</strong>
      <span>{reasonText(recording.failure ?? "")}</span>
      <span>{t("consultation.recording_broken_help")}</span>
    </Banner>
  );
}

/** Receiving comes first: who sees and hears nothing must be told before who is not seen. */
function MediaNotice({ room }: { room: Room }): JSX.Element | null {
  const { subscriber, publisher } = room;
  const troubled = [subscriber.peer, publisher.peer].find((peer) => isTroubled(peer));
  if (troubled === undefined) return null;
  void second.value;
  return (
    <Banner tone={troubled.state.value === "blocked" ? "bad" : "warn"}>
      <span>{mediaText(troubled, room)}</span>
      {/* Not read aloud: the banner is a live region, and this changes every second. */}
      <span class="elapsed" aria-hidden="true">
        {elapsed(Date.now() - troubled.since.value)}
      </span>
    </Banner>
  );
}

function isTroubled(peer: Peer): boolean {
  return peer.state.value === "blocked" || peer.state.value === "lost";
}

function mediaText(peer: Peer, room: Room): string {
  const refusal = peer.refusal.value;
  if (peer.state.value === "lost") {
    return t(peer === room.subscriber.peer ? "media.receive_lost" : "media.send_lost");
  }
  if (refusal !== null) return t("media.refused", { problem: say(problemOf(refusal)) });
  const address = peer.address.value;
  return address === null ? t("media.blocked_nowhere") : t("media.blocked", { address });
}

function DeviceNotice({ room }: { room: Room }): JSX.Element | null {
  const own = room.own.value;
  const text = troubleText(own.cameraTrouble, own.microphoneTrouble);
  if (text === null) return null;
  const again = async (): Promise<void> => {
    if (own.microphoneTrouble !== null) await room.setMicrophone(true);
    if (own.cameraTrouble !== null) await room.setCamera(true);
  };
  return (
    <Banner
      tone="warn"
      action={
        <Button size="small" onClick={() => void attempt(again)}>
          {t("media.try_again")}
        </Button>
      }
    >
      {text}
    </Banner>
  );
}

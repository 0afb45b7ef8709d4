/** What stands between header and stage when something is wrong: what happened, what still works, what to do. */
import type { JSX } from "preact";

import { problemOf } from "../link/problem";
import { hurry } from "../link/socket";
import { PATIENCE_MS, type Peer } from "../media/peer";
import type { Room } from "../media/room";
import { line, second } from "../state/store";
import type { Recording, Session } from "../types/wire";
import { Banner, Button, Elapsed } from "../ui/elements";
import { elapsed, say, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { troubleText } from "./devices";
import { RecordingNotice } from "./recordingstate";
import { cutSince, tryAgain } from "./roomkeeper";

/** A short stumble of the line does not flash a banner. */
const LINE_AFTER_MS = 1_500;

interface NoticesProps {
  readonly room: Room;
  readonly session: Session;
  readonly recording: Recording | null;
}

export function Notices({ room, session, recording }: NoticesProps): JSX.Element {
  return (
    <div class="notices">
      <RecordingNotice session={session} recording={recording} />
      {line.value.state === "online" ? <MediaNotice room={room} /> : <LineNotice room={room} />}
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

/** The line to the hub is cut: whether picture and sound go on is what people in a session want to know. */
function LineNotice({ room }: { room: Room }): JSX.Element | null {
  const since_ms = cutSince.value;
  if (since_ms === null) return null;
  void second.value;
  const lasted_ms = Date.now() - since_ms;
  if (lasted_ms < LINE_AFTER_MS) return null;
  if (lasted_ms >= PATIENCE_MS) return <GivenUp text={t("media.line_given_up")} />;
  const flows = room.flows.value;
  return (
    <Banner tone={flows ? "warn" : "bad"} action={<Button size="small" onClick={hurry}>{t("do.reconnect_now")}</Button>}>
      <strong>{t(flows ? "media.line_cut" : "media.all_cut")}</strong>
      <Trying since_ms={since_ms} />
      <span class="notice-more">{t("line.banner_still")}</span>
    </Banner>
  );
}

/** Receiving comes first: who sees and hears nothing must be told before who is not seen. */
function MediaNotice({ room }: { room: Room }): JSX.Element | null {
  const { subscriber, publisher } = room;
  const peers = [subscriber.peer, publisher.peer];
  const stopped = peers.find((peer) => peer.state.value === "stopped");
  if (stopped !== undefined) return <GivenUp text={givenUpText(stopped)} />;
  const troubled = peers.find((peer) => isTroubled(peer));
  if (troubled === undefined) return <QualityNotice room={room} />;
  return (
    <Banner tone={troubled.state.value === "blocked" ? "bad" : "warn"}>
      <span>{mediaText(troubled, room)}</span>
      <Trying since_ms={troubled.since.value} />
    </Banner>
  );
}

/** Since when, and how long it is still tried. Not read aloud: it changes every second. */
function Trying({ since_ms }: { since_ms: number }): JSX.Element {
  void second.value;
  const lasted_ms = Date.now() - since_ms;
  return (
    <span class="elapsed" aria-hidden="true">
      {t("media.trying", { since: elapsed(lasted_ms), left: elapsed(PATIENCE_MS - lasted_ms) })}
    </span>
  );
}

/** Ten minutes are over: one button, and a person decides (rule J11). */
function GivenUp({ text }: { text: string }): JSX.Element {
  return (
    <Banner
      tone="bad"
      action={
        <Button size="small" tone="accent" onClick={tryAgain}>
          {t("media.reconnect")}
        </Button>
      }
    >
      {text}
    </Banner>
  );
}

/** As the hub judges it, so that the venue and the duty office read the same. */
function QualityNotice({ room }: { room: Room }): JSX.Element | null {
  const own = room.lines.value[room.ownVenue ?? ""];
  if (own?.state !== "poor") return null;
  return (
    <Banner tone="warn">
      <span>{t("media.own_poor")}</span>
      <span class="elapsed" aria-hidden="true">
        <Elapsed since_ms={own.since_ms} />
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

function givenUpText(peer: Peer): string {
  const address = peer.address.value;
  return address === null ? t("media.given_up") : t("media.given_up_at", { address });
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

/** Shared content: large on everybody's stage, and said to the one who shares. */
import { ScreenShare, ScreenShareOff } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { Room } from "../media/room";
import type { Picture } from "../media/slots";
import type { Session } from "../types/wire";
import { Banner, Button, Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { TrackVideo } from "./devices";
import type { Box } from "./stagegrid";
import { placeOf, troubleOf } from "./tile";

interface SharedContentProps {
  readonly session: Session;
  readonly picture: Picture<MediaStreamTrack>;
  readonly box: Box;
  /** Since when nothing comes from the presenter; null while something does. */
  readonly lost_ms: number | null;
}

export function SharedContent({ session, picture, box, lost_ms }: SharedContentProps): JSX.Element {
  const [shown, setShown] = useState<string | null>(null);
  const venue = session.venues[picture.venue];
  const name = venue?.short_name ?? "";
  const isShown = shown === picture.key;
  const trouble = troubleOf(venue, picture, lost_ms);
  const why = trouble ?? (isShown ? null : t("consultation.coming"));
  return (
    <figure class={`shared-content ${trouble === null ? "" : "troubled"}`} style={placeOf(box)} aria-label={t("consultation.content_of", { venue: name })}>
      <TrackVideo key={picture.key} track={picture.track} onFrame={() => setShown(picture.key)} />
      {why !== null && <p class={isShown ? "tile-trouble" : "content-why"}>{why}</p>}
      <figcaption class="plate">
        <ScreenShare size={16} aria-hidden="true" />
        <span class="plate-name">{name}</span>
        <span>{t("consultation.presents")}</span>
        {session.presented_ms !== null && <Elapsed since_ms={session.presented_ms} />}
      </figcaption>
    </figure>
  );
}

/** Somebody shares, and its picture has not come yet. */
export function Coming({ session, own }: { session: Session; own: string | null }): JSX.Element | null {
  const { presenter } = session;
  if (presenter === null || presenter === own) return null;
  const name = session.venues[presenter]?.short_name ?? "";
  return (
    <p class="stage-note" role="status">
      {t("consultation.content_coming", { venue: name })}
    </p>
  );
}

/** Who shares must not forget it. */
export function SharingNotice({ session, room }: { session: Session; room: Room }): JSX.Element | null {
  if (room.share.state.value !== "on") return null;
  return (
    <Banner
      tone="info"
      action={
        <Button size="small" tone="accent" icon={ScreenShareOff} onClick={() => void attempt(() => room.share.stop())}>
          {t("consultation.share_stop")}
        </Button>
      }
    >
      <span>{t("consultation.sharing")}</span>
      {session.presented_ms !== null && (
        <span aria-hidden="true">
          <Elapsed since_ms={session.presented_ms} />
        </span>
      )}
    </Banner>
  );
}

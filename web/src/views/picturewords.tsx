/** Why this picture is shown, in words with their seconds; and why no other can be chosen. */
import type { JSX } from "preact";

import { runningRollCall } from "../state/rollcall";
import { hubNow, second } from "../state/store";
import type { Carousel, Session } from "../types/wire";
import { Elapsed } from "../ui/elements";
import { t } from "../ui/i18n";
import type { Plan } from "./stageplan";

/** 主会场广播中 · 点名发言 02:14 · 轮询 3/8，7 秒后切换 · 我的选看 · 声控 */
export function ReasonText({ session, plan }: { session: Session; plan: Plan }): JSX.Element | null {
  const { broadcast, carousel } = session.picture;
  if (plan.cycling !== null && carousel !== null) return <CarouselText carousel={carousel} />;
  switch (plan.reason) {
    case "broadcast":
      return (
        <>
          {t(broadcastKey(session))} {broadcast !== null && <Elapsed since_ms={broadcast.since_ms} />}
        </>
      );
    case "named":
      return <NamedText session={session} />;
    case "carousel":
      return carousel && <CarouselText carousel={carousel} />;
    case "choice":
      return <>{t("consultation.why_chosen")}</>;
    case "voice":
      return <>{t("consultation.why_voice")}</>;
    case "chair":
      return <>{t("consultation.why_chair")}</>;
    case "layout":
      return <>{t("room.why_layout", { n: plan.cells ?? 1 })}</>;
    case null:
      return null;
  }
}

function broadcastKey({ picture, chair }: Session): "room.why_multi" | "room.why_chair_broadcast" | "room.why_broadcast" {
  if (picture.broadcast?.venue == null) return "room.why_multi";
  return picture.broadcast.venue === chair ? "room.why_chair_broadcast" : "room.why_broadcast";
}

function NamedText({ session }: { session: Session }): JSX.Element {
  const running = runningRollCall(session);
  const row = running === null ? undefined : running.roll.rows[running.roll.current ?? -1];
  if (row !== undefined) {
    return (
      <>
        {t("room.why_asked")} {row.asked_ms !== null && <Elapsed since_ms={row.asked_ms} />}
      </>
    );
  }
  const { turn } = session.floor;
  return (
    <>
      {t(turn?.kind === "granted" ? "room.why_granted" : "room.why_named")}{" "}
      {turn !== null && <Elapsed since_ms={turn.since_ms} />}
    </>
  );
}

export function CarouselText({ carousel }: { carousel: Carousel }): JSX.Element {
  void second.value;
  return <>{carouselWords(carousel, hubNow())}</>;
}

export function carouselWords(carousel: Carousel, now_ms: number): string {
  const all = carousel.venues.length;
  const at = carousel.venues.indexOf(carousel.shown ?? "") + 1;
  if (carousel.paused) return t("room.carousel_paused", { at, all });
  const left = Math.max(0, Math.ceil(carousel.interval_s - (now_ms - carousel.since_ms) / 1000));
  return t("room.carousel_turns", { at, all, left });
}

/** 选看 is not possible: what everybody has to see now. */
export function whyNot(plan: Plan): string {
  switch (plan.reason) {
    case "broadcast":
      return t("room.forced_broadcast");
    case "named":
      return t("room.forced_named");
    case "carousel":
      return t("room.forced_carousel");
    default:
      return t("room.forced_layout");
  }
}

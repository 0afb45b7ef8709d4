/** 回看, while the session goes on: what was said half a minute ago, in a tab beside this one. */
import { History } from "lucide-preact";
import type { JSX } from "preact";

import { mayReview } from "../state/recording";
import { hubNow, me } from "../state/store";
import type { Recording, Session } from "../types/wire";
import { t } from "../ui/i18n";
import { addressOf } from "./reviewaddress";

const BACK_MS = 30_000;

interface LookBackProps {
  readonly session: Session;
  readonly recording: Recording;
}

export function LookBack({ session, recording }: LookBackProps): JSX.Element | null {
  if (!mayReview(session, me.value?.actor ?? null)) return null;
  const addressNow = (): string =>
    addressOf(recording.recording_id, (hubNow() - BACK_MS - recording.started_ms) / 1000);
  const aim = (event: MouseEvent): void => {
    if (event.currentTarget instanceof HTMLAnchorElement) event.currentTarget.href = addressNow();
  };
  return (
    <a
      class="button quiet small"
      href={addressNow()}
      target="_blank"
      rel="noopener"
      title={t("review.look_back_hint")}
      onClick={aim}
      onAuxClick={aim}
    >
      <History size={16} aria-hidden="true" />
      <span class="label">{t("review.look_back")}</span>
    </a>
  );
}

/** 桌面通知: a call is announced beside the browser too, where a person has allowed it with a click. */
import { signal } from "@preact/signals";
import { BellDot } from "lucide-preact";
import type { JSX } from "preact";

import type { Ring } from "../types/wire";
import { Button, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";

/** `none`: this browser, or this address, has no notifications. */
type Permission = NotificationPermission | "none";

const permission = signal<Permission>(now());

function now(): Permission {
  return typeof Notification === "undefined" || !isSecureContext ? "none" : Notification.permission;
}

/** Only ever called by a click: a page that asks by itself is refused by habit. */
async function ask(): Promise<void> {
  await Notification.requestPermission();
  permission.value = now();
}

const SIGNS = {
  granted: ["full", "good"],
  default: ["ring", "muted"],
  denied: ["triangle", "warn"],
  none: ["dash", "muted"],
} as const;

export function NotificationCheck(): JSX.Element {
  const [shape, tone] = SIGNS[permission.value];
  return (
    <span class="home-line">
      <StateDot shape={shape} tone={tone} word={t(`notify.${permission.value}`)} />
      {permission.value === "default" && (
        <Button size="small" icon={BellDot} onClick={() => void ask()}>
          {t("notify.ask")}
        </Button>
      )}
    </span>
  );
}

/** Shows the call while the page is not looked at; a click on it brings the page to the front. */
export function notifyCall(ring: Ring): () => void {
  return notify(t("consultation.incoming_calls", { caller: ring.caller }), ring.title, ring.session_id, true);
}

/** The same for whatever must not wait until somebody looks at the page; `stays` until it is clicked on. */
export function notify(title: string, body: string, tag: string, stays: boolean): () => void {
  if (now() !== "granted" || (!document.hidden && document.hasFocus())) return () => undefined;
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: stays });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return () => shown.close();
  } catch {
    return () => undefined; // telephones only let a service worker show one; the page and its bell ring all the same
  }
}

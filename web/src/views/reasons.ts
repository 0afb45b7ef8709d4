/** Why a recording has a hole, in words. */
import { say, t, type Key } from "../ui/i18n";

const KNOWN: Readonly<Record<string, Key>> = {
  crash: "review.reason.crash",
  restart: "review.reason.restart",
  "storage.full": "review.reason.storage_full",
  lost: "review.reason.lost",
  unreadable: "review.reason.unreadable",
};

/** The log holds a code; one this page does not know is at least said as a failure. */
export function reasonText(code: string): string {
  const key = KNOWN[code];
  if (key !== undefined) return t(key);
  return code.startsWith("error.") ? say({ code, zh: "", en: "", detail: {} }) : t("review.reason.other");
}

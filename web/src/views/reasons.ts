/** Why a recording has a hole, in words. */
import { t, type Key } from "../ui/i18n";

/** The codes of recordings/ (recover, capture, tape); they stand in the log for ever. */
const KNOWN: Readonly<Record<string, Key>> = {
  "hub.crashed": "review.reason.crashed",
  "hub.stopped": "review.reason.stopped",
  "storage.full": "review.reason.storage_full",
  "storage.failed": "review.reason.storage_failed",
  "recording.unreadable": "review.reason.unreadable",
  "recording.no_key": "review.reason.no_key",
  "recording.paused": "review.reason.paused",
  "recording.stalled": "review.reason.stalled",
  "line.lost": "review.reason.line_lost",
  "line.renewed": "review.reason.line_renewed",
};

export function reasonText(code: string): string {
  return t(KNOWN[code] ?? "review.reason.other");
}

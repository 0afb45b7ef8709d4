/** What is wrong with where recordings are kept; officers and administrators are told, and only then. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { get } from "../link/api";
import { me } from "../state/store";
import "../styles/recordings.css";
import type { StorageState } from "../types/wire";
import { Banner } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { sizeOf } from "./boards/attachments";

const LOOK_AGAIN_MS = 30_000;

export function StorageTroubles(): JSX.Element | null {
  const state = useStorage();
  if (state === null || state.troubles.length === 0) return null;
  return (
    <div class="storage-troubles">
      {state.troubles.map((code) => (
        <Banner key={code} tone={code === "recording.store_failed" ? "warn" : "bad"}>
          <span>{textOf(code, state)}</span>
        </Banner>
      ))}
    </div>
  );
}

function textOf(code: string, state: StorageState): string {
  if (code === "recording.no_key") return t("review.storage_no_key");
  if (code === "storage.failed") {
    return t("review.storage_unfinished", { time: clockTime(state.unfinished_since_ms ?? 0), n: state.unfinished_files });
  }
  return t("review.storage_failing", {
    time: clockTime(state.since_ms ?? 0),
    n: state.waiting_files,
    size: sizeOf(state.waiting_bytes),
  });
}

/** Null for those who are not told. */
function useStorage(): StorageState | null {
  const [state, setState] = useState<StorageState | null>(null);
  const role = me.value?.actor.role;
  const isTold = role === "officer" || role === "admin";
  useEffect(() => {
    if (!isTold) return undefined;
    // One that cannot be asked says nothing of the store; the list beside it says what is wrong.
    const load = (): void => void get<StorageState>("/api/storage").then(setState, () => undefined);
    load();
    const timer = setInterval(load, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isTold]);
  return state;
}

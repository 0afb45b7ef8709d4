/** From an item to the second of the recording in which it was written. */
import { Play } from "lucide-preact";
import type { JSX } from "preact";

import { get } from "../../link/api";
import type { Item, RecordingList } from "../../types/wire";
import { Button } from "../../ui/elements";
import { elapsed, t } from "../../ui/i18n";
import { navigate } from "../../ui/router";
import { attempt, toast } from "../../ui/toast";

export function ToRecording({ item }: { item: Item }): JSX.Element | null {
  const { session_id, media_ms } = item;
  if (session_id === null || media_ms === null) return null;
  const go = (): void =>
    void attempt(async () => {
      const { rows } = await get<RecordingList>(`/api/recordings?session=${encodeURIComponent(session_id)}`);
      const found = rows[0];
      if (found === undefined) toast(t("boards.no_recording"));
      else navigate(`/recordings/${encodeURIComponent(found.recording_id)}?t=${Math.floor(media_ms / 1000)}`);
    });
  return (
    <Button size="small" tone="quiet" icon={Play} onClick={go}>
      {t("boards.to_recording", { time: elapsed(media_ms) })}
    </Button>
  );
}

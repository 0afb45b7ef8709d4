/** The roll calls of a recording: each row goes to the second in which that venue was asked. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import { apply, initial, streamOf } from "../state/session";
import { me } from "../state/store";
import "../styles/rollcall.css";
import type { Manifest, Recorded, Session } from "../types/wire";
import { t } from "../ui/i18n";
import { RollCallExport } from "./rollcallexport";
import { Earlier } from "./rollcallpanel";
import { rowAt } from "./rollcallrows";
import { countsText } from "./rollcallstates";
import { RollCallTable } from "./rollcalltable";

interface ReviewRollCallsProps {
  readonly manifest: Manifest;
  readonly events: readonly Recorded[];
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

export function ReviewRollCalls({ manifest, events, playhead, onJump }: ReviewRollCallsProps): JSX.Element {
  const session = useMemo(() => sessionOf(manifest.session_id, events), [manifest.session_id, events]);
  const [wanted, setWanted] = useState<string | null>(null);
  const rolls = session.rollcalls;
  const shown = rolls.find(({ rollcall_id }) => rollcall_id === wanted) ?? rolls.at(-1);
  if (shown === undefined) return <p class="muted">{t("rollcall.none")}</p>;
  const role = me.value?.actor.role;
  return (
    <div class="rollcall">
      <p class="rollcall-counts">{countsText(shown)}</p>
      <RollCallTable
        key={shown.rollcall_id}
        roll={shown}
        nameOf={(venue) => session.venues[venue]?.short_name ?? venue}
        current={rowAt(shown, playhead.at.value)}
        onJump={onJump}
      />
      {(role === "officer" || role === "reviewer") && (
        <RollCallExport sessionId={manifest.session_id} rollcallId={shown.rollcall_id} />
      )}
      {rolls.length > 1 && <Earlier rolls={rolls} shown={shown} onShow={setWanted} />}
    </div>
  );
}

/** As it was in the end, with every later correction. */
function sessionOf(sessionId: string, events: readonly Recorded[]): Session {
  const stream = streamOf(sessionId);
  return events.filter((recorded) => recorded.stream === stream).reduce(apply, initial());
}

/** Beside the player: the board as it stood, the events that follow the playhead, and what has been made of them. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import { me } from "../state/store";
import type { Keeping, Manifest, Recorded, Workspace } from "../types/wire";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { ReviewBoards } from "./reviewboards";
import { ReviewEvents } from "./reviewevents";
import type { Lanes } from "./reviewlanes";
import { ReviewMarks } from "./reviewmarks";
import { ReviewMinutes } from "./reviewminutes";
import { ReviewRollCalls } from "./reviewrollcalls";
import { Tabs } from "./tabs";

interface ReviewPanelProps {
  readonly manifest: Manifest;
  readonly boards: Workspace;
  readonly events: readonly Recorded[];
  readonly lanes: Lanes;
  /** Null for those who only look at it. */
  readonly keeping: Keeping | null;
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

const TABS = [
  { name: "board", text: "review.tab_board" },
  { name: "events", text: "review.tab_events" },
  { name: "marks", text: "marks.tab" },
] as const;
const MINUTES = { name: "minutes", text: "minutes.tab" } as const;
const ROLL_CALLS = { name: "rollcall", text: "rollcall.tab" } as const;
type Tab = (typeof TABS)[number]["name"] | "rollcall" | "minutes";

export function ReviewPanel(props: ReviewPanelProps): JSX.Element {
  const [tab, setTab] = useState<Tab>("board");
  const hasRollCalls = props.events.some(({ event }) => event.type === "rollcall.started");
  const role = me.value?.actor.role;
  const mayKeep = role === "officer" || role === "reviewer";
  const tabs = [...TABS, ...(mayKeep ? [MINUTES] : []), ...(hasRollCalls ? [ROLL_CALLS] : [])];
  const [asked, setAsked] = useState<number | null>(null);
  const mark = (): void => {
    setTab("marks");
    setAsked(props.playhead.now());
  };
  useShortcuts(
    mayKeep
      ? [
          { key: "m", label: t("marks.set"), run: mark },
          { key: "b", run: mark }, // as in the consultation
        ]
      : [],
  );
  return (
    <aside class="panel" aria-label={t("review.panel")}>
      <Tabs<Tab> tabs={tabs} chosen={tab} onChoose={setTab}>
        {tab === "board" && <ReviewBoards {...props} />}
        {tab === "events" && <ReviewEvents {...props} />}
        {tab === "marks" && (
          <ReviewMarks {...props} recordingId={props.manifest.recording_id} asked={asked} onAsked={setAsked} />
        )}
        {tab === "minutes" && <ReviewMinutes {...props} />}
        {tab === "rollcall" && <ReviewRollCalls {...props} />}
      </Tabs>
    </aside>
  );
}

/** Beside the player: the board as it stood, the events that follow the playhead, and what has been made of them. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import type { Manifest, Recorded, Workspace } from "../types/wire";
import { t } from "../ui/i18n";
import { ReviewBoards } from "./reviewboards";
import { ReviewEvents } from "./reviewevents";
import type { Lanes } from "./reviewlanes";
import { ReviewRollCalls } from "./reviewrollcalls";
import { Tabs } from "./tabs";

interface ReviewPanelProps {
  readonly manifest: Manifest;
  readonly boards: Workspace;
  readonly events: readonly Recorded[];
  readonly lanes: Lanes;
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

const TABS = [
  { name: "board", text: "review.tab_board" },
  { name: "events", text: "review.tab_events" },
] as const;
const ROLL_CALLS = { name: "rollcall", text: "rollcall.tab" } as const;
type Tab = (typeof TABS)[number]["name"] | "rollcall";

export function ReviewPanel(props: ReviewPanelProps): JSX.Element {
  const [tab, setTab] = useState<Tab>("board");
  const hasRollCalls = props.events.some(({ event }) => event.type === "rollcall.started");
  const tabs = hasRollCalls ? [...TABS, ROLL_CALLS] : TABS;
  return (
    <aside class="panel" aria-label={t("review.panel")}>
      <Tabs<Tab> tabs={tabs} chosen={tab} onChoose={setTab}>
        {tab === "board" && <ReviewBoards {...props} />}
        {tab === "events" && <ReviewEvents {...props} />}
        {tab === "rollcall" && <ReviewRollCalls {...props} />}
      </Tabs>
    </aside>
  );
}

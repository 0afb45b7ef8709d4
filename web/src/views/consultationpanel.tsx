/** Beside the stage: the situation board, who speaks, who is where, and what has happened. */
import { X } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import type { Room } from "../media/room";
import { boardsOf } from "../state/session";
import type { Session } from "../types/wire";
import { IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import { BoardPanel } from "./boards/boardpanel";
import { wished } from "./boards/looked";
import { EventList } from "./consultationevents";
import { FloorPanel } from "./consultationfloor";
import { VenueList } from "./consultationvenues";
import { RollCallPanel } from "./rollcallpanel";
import { checkPlaceOf, SpotCheckPanel } from "./spotcheckpanel";
import { Tabs } from "./tabs";

const TABS = [
  { name: "board", text: "consultation.tab_board" },
  { name: "floor", text: "room.tab_floor" },
  { name: "venues", text: "consultation.tab_venues" },
  { name: "rollcall", text: "rollcall.tab" },
  { name: "events", text: "consultation.tab_events" },
] as const;

/** First where the session is the call of a spot check. */
const CHECK_TAB = { name: "spotcheck", text: "spotcheck.tab" } as const;

type TabName = (typeof TABS)[number]["name"] | typeof CHECK_TAB.name;

interface PanelProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
  readonly onClose: () => void;
}

export function Panel({ session, room, isChair, onClose }: PanelProps): JSX.Element {
  const [chosen, setTab] = useState<TabName | null>(null);
  const seen = useRef(wished.peek());
  useEffect(() => {
    if (wished.value !== seen.current) setTab("board");
    seen.current = wished.value;
  }, [wished.value]);
  const place = checkPlaceOf(session.session_id);
  const tab = chosen ?? (place === null ? "board" : "spotcheck");
  const close = <IconButton class="panel-close" icon={X} label={t("consultation.panel_hide")} onClick={onClose} />;
  return (
    <aside class="panel" aria-label={t("consultation.panel")}>
      <Tabs<TabName> tabs={place === null ? TABS : [CHECK_TAB, ...TABS]} chosen={tab} onChoose={setTab} action={close}>
        {tab === "spotcheck" && place !== null && <SpotCheckPanel place={place} sessionId={session.session_id} />}
        {tab === "board" && <BoardPanel stream={boardsOf(session)} sessionId={session.session_id} />}
        {tab === "floor" && <FloorPanel session={session} room={room} isChair={isChair} />}
        {tab === "venues" && <VenueList session={session} room={room} isChair={isChair} />}
        {tab === "rollcall" && <RollCallPanel session={session} isChair={isChair} />}
        {tab === "events" && <EventList session={session} />}
      </Tabs>
    </aside>
  );
}

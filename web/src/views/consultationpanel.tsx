/** Beside the stage: the situation board, who speaks, who is where, and what has happened. */
import { X } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import type { Room } from "../media/room";
import type { Session } from "../types/wire";
import { IconButton } from "../ui/elements";
import { t } from "../ui/i18n";
import { Board } from "./board";
import { EventList } from "./consultationevents";
import { FloorPanel } from "./consultationfloor";
import { VenueList } from "./consultationvenues";
import { Tabs } from "./tabs";

const TABS = [
  { name: "board", text: "consultation.tab_board" },
  { name: "floor", text: "room.tab_floor" },
  { name: "venues", text: "consultation.tab_venues" },
  { name: "events", text: "consultation.tab_events" },
] as const;

interface PanelProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
  readonly onClose: () => void;
}

export function Panel({ session, room, isChair, onClose }: PanelProps): JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]["name"]>("board");
  const close = <IconButton class="panel-close" icon={X} label={t("consultation.panel_hide")} onClick={onClose} />;
  return (
    <aside class="panel" aria-label={t("consultation.panel")}>
      <Tabs tabs={TABS} chosen={tab} onChoose={setTab} action={close}>
        {tab === "board" && <Board boardId={session.board_id} />}
        {tab === "floor" && <FloorPanel session={session} room={room} isChair={isChair} />}
        {tab === "venues" && <VenueList session={session} room={room} isChair={isChair} />}
        {tab === "events" && <EventList session={session} />}
      </Tabs>
    </aside>
  );
}

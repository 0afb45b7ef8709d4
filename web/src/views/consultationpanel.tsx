/** Beside the stage: the situation board, who is where, and what has happened. */
import { X } from "lucide-preact";
import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";

import type { Session } from "../types/wire";
import { IconButton } from "../ui/elements";
import { t, type Key } from "../ui/i18n";
import { Board } from "./board";
import { EventList } from "./consultationevents";
import { VenueList } from "./consultationvenues";

const TABS = ["board", "venues", "events"] as const;
type Tab = (typeof TABS)[number];

const TEXT: Record<Tab, Key> = {
  board: "consultation.tab_board",
  venues: "consultation.tab_venues",
  events: "consultation.tab_events",
};

interface PanelProps {
  readonly session: Session;
  readonly isChair: boolean;
  readonly onClose: () => void;
}

export function Panel({ session, isChair, onClose }: PanelProps): JSX.Element {
  const [tab, setTab] = useState<Tab>("board");
  const id = useId();
  return (
    <aside class="panel" aria-label={t("consultation.panel")}>
      <div class="panel-head">
        <Tabs id={id} tab={tab} onTab={setTab} />
        <IconButton class="panel-close" icon={X} label={t("consultation.panel_hide")} onClick={onClose} />
      </div>
      <div class="panel-body" id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        {tab === "board" && <Board boardId={session.board_id} />}
        {tab === "venues" && <VenueList session={session} isChair={isChair} />}
        {tab === "events" && <EventList session={session} />}
      </div>
    </aside>
  );
}

interface TabsProps {
  readonly id: string;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
}

function Tabs({ id, tab, onTab }: TabsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number): void => {
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length];
    if (next === undefined) return;
    onTab(next);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next}`)}`)?.focus();
  };
  return (
    <div
      class="tabs"
      role="tablist"
      ref={list}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") step(1);
        else if (event.key === "ArrowLeft") step(-1);
      }}
    >
      {TABS.map((name) => (
        <button
          key={name}
          id={`${id}-${name}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={name === tab}
          aria-controls={`${id}-panel`}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onTab(name)}
        >
          {t(TEXT[name])}
        </button>
      ))}
    </div>
  );
}

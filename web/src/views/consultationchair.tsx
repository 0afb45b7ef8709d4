/** 会控: the chair's part of the control bar, and what the duty office can do while somebody else has the chair. */
import {
  Crown,
  Ellipsis,
  LayoutPanelLeft,
  Lock,
  MicOff,
  MicVocal,
  Phone,
  RadioTower,
  RefreshCw,
  TimerReset,
} from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import { heirOf, isOffice } from "../state/chair";
import { areSomeClosed } from "../state/floor";
import { hubNow, me } from "../state/store";
import type { Session } from "../types/wire";
import { Button } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { Menu, type MenuItem } from "../ui/menu";
import { isNarrow } from "../ui/narrow";
import { attempt } from "../ui/toast";
import { CallDialog } from "./consultationcall";
import { CarouselDialog } from "./consultationcarousel";
import { Marking } from "./consultationmarking";
import { Instructing } from "./instructing";
import { venueChoices } from "./venuechoices";
import { VenuePicker } from "./venuepicker";

type Dialogs = "name" | "broadcast" | "carousel" | "call";

interface ChairProps {
  readonly session: Session;
  readonly isChair: boolean;
}

export function ChairControls({ session, isChair }: ChairProps): JSX.Element | null {
  const [open, setOpen] = useState<Dialogs | null>(null);
  if (!isChair && !isOffice(session, me.value?.actor)) return null;
  return (
    <div class="controls-chair" role="group" aria-label={t("room.chair_controls")}>
      {isChair ? <Chairing session={session} onOpen={setOpen} /> : <Beside session={session} onOpen={setOpen} />}
      {open === "name" && <NameDialog session={session} onClose={() => setOpen(null)} />}
      {open === "broadcast" && <BroadcastDialog session={session} onClose={() => setOpen(null)} />}
      {open === "carousel" && <CarouselDialog session={session} onClose={() => setOpen(null)} />}
      {open === "call" && <CallDialog session={session} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface PartProps {
  readonly session: Session;
  readonly onOpen: (dialog: Dialogs) => void;
}

/** An officer of the duty office while a branch venue, or the other one, has the chair. */
function Beside({ session, onOpen }: PartProps): JSX.Element {
  return (
    <>
      <Button icon={Crown} class="switch" onClick={() => void attempt(() => actions.takeChair(session.session_id))}>
        {t("room.take_chair")}
      </Button>
      <Button icon={Phone} class="switch" onClick={() => onOpen("call")}>
        {t("room.call")}
      </Button>
      <Instructing session={session} />
      <Marking session={session} />
    </>
  );
}

function Chairing({ session, onOpen }: PartProps): JSX.Element {
  // In the call of a spot check there is nobody to choose from, and N goes on to the next call.
  const names = session.kind !== "spot_check";
  useShortcuts(names ? [{ key: "n", label: t("room.name"), run: () => onOpen("name") }] : []);
  const { broadcast, carousel } = session.picture;
  const rare: MenuItem[] = [
    { text: t("room.broadcast"), icon: RadioTower, run: () => onOpen("broadcast") },
    { text: t("room.carousel"), icon: RefreshCw, run: () => onOpen("carousel") },
    { text: t("room.call"), icon: Phone, run: () => onOpen("call") },
    ...layoutItems(session),
  ];
  const narrow = isNarrow.value;
  return (
    <>
      <Button icon={MicVocal} class={session.floor.turn === null ? "switch" : "switch on"} shortcut="N" onClick={() => onOpen("name")}>
        {t("room.name")}
      </Button>
      {!narrow && (
        <>
          <Button icon={RadioTower} class={broadcast === null ? "switch" : "switch on"} onClick={() => onOpen("broadcast")}>
            {t("room.broadcast")}
          </Button>
          <Button icon={RefreshCw} class={carousel === null ? "switch" : "switch on"} onClick={() => onOpen("carousel")}>
            {t("room.carousel")}
          </Button>
          <Menu label={t("room.layout")} icon={LayoutPanelLeft} class="switch" items={layoutItems(session)} />
        </>
      )}
      <Menu label={t("media.mute_all")} icon={MicOff} class="switch" items={closingItems(session)} />
      {!narrow && (
        <Button icon={Phone} class="switch" onClick={() => onOpen("call")}>
          {t("room.call")}
        </Button>
      )}
      <Instructing session={session} />
      <Marking session={session} />
      <Menu
        label={t("room.more_chair")}
        icon={Ellipsis}
        class="switch"
        items={[...(narrow ? rare : []), ...lockItems(session), ...endItems(session), releaseItem(session)]}
      />
    </>
  );
}

const LAYOUTS = [null, 1, 4, 9, 16] as const;

function layoutItems(session: Session): MenuItem[] {
  const id = session.session_id;
  const { layout, voice } = session.picture;
  return [
    ...LAYOUTS.map((one, n) => ({
      text: one === null ? t("room.layout_free") : t("room.layout_n", { n: one }),
      kind: "choice" as const,
      checked: layout === one,
      apart: n === 0,
      run: () => void attempt(() => actions.setLayout(id, one)),
    })),
    {
      text: t("room.voice"),
      kind: "switch",
      checked: voice,
      apart: true,
      run: () => void attempt(() => actions.setVoiceSwitching(id, !voice)),
    },
  ];
}

function closingItems(session: Session): MenuItem[] {
  const id = session.session_id;
  const close = (self: boolean) => () => void attempt(() => actions.muteAll(id, true, self));
  return [
    { text: t("room.close_all_hard"), icon: Lock, run: close(false) },
    { text: t("room.close_all_soft"), icon: MicOff, run: close(true) },
    {
      text: t("media.unmute_all"),
      apart: true,
      disabled: !areSomeClosed(session),
      run: () => void attempt(() => actions.muteAll(id, false)),
    },
  ];
}

function lockItems(session: Session): MenuItem[] {
  const id = session.session_id;
  const { locked, presenter_locked } = session;
  return [
    {
      text: t("room.lock"),
      kind: "switch",
      checked: locked,
      apart: isNarrow.peek(),
      run: () => void attempt(() => actions.lockSession(id, !locked)),
    },
    {
      text: t("room.lock_presentation"),
      kind: "switch",
      checked: presenter_locked,
      run: () => void attempt(() => actions.lockPresentation(id, !presenter_locked)),
    },
  ];
}

const MINUTES = [15, 30, 60] as const;

/** 延长: from the planned end on, or from now when that has passed or there was none. */
function endItems(session: Session): MenuItem[] {
  const id = session.session_id;
  const { ends_ms } = session;
  const plan = (minutes: number): void => {
    const from_ms = Math.max(ends_ms ?? 0, hubNow());
    void attempt(() => actions.planEnd(id, Math.round(from_ms + minutes * 60_000)));
  };
  return [
    ...MINUTES.map((minutes, n) => ({
      text: t(ends_ms === null ? "room.end_in" : "room.extend", { n: minutes }),
      icon: TimerReset,
      apart: n === 0,
      run: () => plan(minutes),
    })),
    { text: t("room.end_open"), disabled: ends_ms === null, run: () => void attempt(() => actions.planEnd(id, null)) },
  ];
}

/** While nobody of the office can have it next it stays where it is (rule C3). */
function releaseItem(session: Session): MenuItem {
  return {
    text: t("room.release_chair"),
    icon: Crown,
    apart: true,
    disabled: heirOf(session, session.chair) === session.chair,
    run: () => void attempt(() => actions.releaseChair(session.session_id)),
  };
}

interface DialogProps {
  readonly session: Session;
  readonly onClose: () => void;
}

function NameDialog({ session, onClose }: DialogProps): JSX.Element {
  return (
    <VenuePicker
      title={t("room.name")}
      choices={venueChoices(session, false)}
      onPick={(venue) => void attempt(() => actions.nameSpeaker(session.session_id, venue))}
      onClose={onClose}
    />
  );
}

const MULTI = "*";

function BroadcastDialog({ session, onClose }: DialogProps): JSX.Element {
  const id = session.session_id;
  const isOn = session.picture.broadcast !== null;
  const stop = (): void => {
    onClose();
    void attempt(() => actions.stopBroadcast(id));
  };
  const multi = { key: MULTI, name: t("room.multi"), short_name: t("room.multi") };
  return (
    <VenuePicker
      title={t("room.broadcast_title")}
      choices={[...venueChoices(session, true), multi]}
      onPick={(venue) => void attempt(() => actions.broadcastVenue(id, venue === MULTI ? null : venue))}
      onClose={onClose}
      footer={isOn ? <Button onClick={stop}>{t("room.broadcast_stop")}</Button> : undefined}
    />
  );
}

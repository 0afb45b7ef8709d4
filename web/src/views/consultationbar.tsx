/** The control bar: the venue's own switches and its hand, the chair's group, leaving and ending. */
import {
  Crown,
  Ellipsis,
  Hand,
  LayoutGrid,
  LogOut,
  Mic,
  MicOff,
  PanelBottom,
  PhoneOff,
  RectangleHorizontal,
  ScreenShare,
  ScreenShareOff,
  Settings2,
  Video,
  VideoOff,
} from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import * as actions from "../actions";
import type { Room } from "../media/room";
import { canShare } from "../media/share";
import { isOffice } from "../state/chair";
import { hungUpByEnd } from "../state/session";
import { me } from "../state/store";
import type { Session } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { t, type Key } from "../ui/i18n";
import { Menu, type MenuItem } from "../ui/menu";
import { isNarrow } from "../ui/narrow";
import { navigate } from "../ui/router";
import { attempt, toast } from "../ui/toast";
import { ChairControls } from "./consultationchair";
import { DeviceChoice } from "./devices";
import { handOf, isHeard, microphoneText, remedy, switchMicrophone } from "./floorverbs";
import { whyNot } from "./picturewords";
import { leaveRoom } from "./roomkeeper";
import { layout, planHere, switchLayout } from "./stage";
import { WallControl } from "./wallcontrol";

interface ControlsProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
  readonly onPanel: () => void;
}

export function Controls(props: ControlsProps): JSX.Element {
  const { session, isChair } = props;
  return (
    <div class="controls" aria-label={t("consultation.controls")} role="group">
      <div class="controls-own">
        <OwnSwitches {...props} />
      </div>
      <ChairControls session={session} isChair={isChair} />
      <WallControl sessionId={session.session_id} class="switch" />
      <Leaving session={session} isChair={isChair} />
    </div>
  );
}

function OwnSwitches({ session, room, onPanel }: ControlsProps): JSX.Element {
  const [choosing, setChoosing] = useState(false);
  const own = room.own.value;
  const heard = isHeard(room);
  const narrow = isNarrow.value;
  const more = moreItems(session, room, () => setChoosing(true));
  return (
    <>
      <Button
        icon={heard ? Mic : MicOff}
        class={heard ? "switch" : "switch off"}
        shortcut="M"
        onClick={() => switchMicrophone(room)}
      >
        {t(microphoneText(room))}
      </Button>
      <Button
        icon={own.camera ? Video : VideoOff}
        class={own.camera ? "switch" : "switch off"}
        shortcut="V"
        onClick={() => void attempt(() => room.setCamera(!own.camera))}
      >
        {t(own.camera ? "consultation.camera_turn_off" : "consultation.camera_turn_on")}
      </Button>
      <HandSwitch session={session} room={room} />
      <ShareSwitch room={room} />
      {!narrow && <LayoutSwitch session={session} room={room} />}
      {narrow && (
        <Button icon={PanelBottom} class="switch" onClick={onPanel}>
          {t("room.panel")}
        </Button>
      )}
      {narrow || isAskable(session, room) ? (
        <Menu label={t("room.more")} icon={Ellipsis} class="switch" items={more} />
      ) : (
        <Button icon={Settings2} class="switch" onClick={() => setChoosing(true)}>
          {t("consultation.devices")}
        </Button>
      )}
      {choosing && (
        <Dialog title={t("media.devices")} onClose={() => setChoosing(false)}>
          <DeviceChoice
            choice={room.choice.value}
            opened={own.picture}
            onChoose={(choice) => void attempt(() => room.choose(choice))}
          />
        </Dialog>
      )}
    </>
  );
}

/** A venue that does not have the chair may ask for it; an officer of the duty office just takes it. */
function isAskable(session: Session, room: Room): boolean {
  return room.ownVenue !== session.chair && !isOffice(session, me.value?.actor);
}

function moreItems(session: Session, room: Room, onDevices: () => void): MenuItem[] {
  const id = session.session_id;
  const hasAsked = session.chair_requests[room.ownVenue ?? ""] !== undefined;
  const items: MenuItem[] = [{ text: t("consultation.devices"), icon: Settings2, run: onDevices }];
  if (isNarrow.peek()) {
    items.unshift({ text: t(layoutText()), icon: LayoutGrid, run: () => switchOwnLayout(session, room) });
  }
  if (isAskable(session, room)) {
    const run = (): void => void attempt(() => (hasAsked ? actions.endChairRequest(id) : actions.requestChair(id)));
    items.push({ text: t(hasAsked ? "room.withdraw_chair" : "room.ask_chair"), icon: Crown, apart: true, run });
  }
  return items;
}

function layoutText(): Key {
  return layout.value === "grid" ? "consultation.layout_main" : "consultation.layout_grid";
}

function LayoutSwitch({ session, room }: { session: Session; room: Room }): JSX.Element {
  const isGrid = layout.value === "grid";
  return (
    <Button
      icon={isGrid ? RectangleHorizontal : LayoutGrid}
      class="switch"
      shortcut="L"
      onClick={() => switchOwnLayout(session, room)}
    >
      {t(layoutText())}
    </Button>
  );
}

/** What everybody has to see now is said, and the own habit stays as it is. */
export function switchOwnLayout(session: Session, room: Room): void {
  const plan = planHere(session, room);
  if (plan.forced || session.picture.layout !== null) toast(whyNot(plan), "info", "choose");
  else switchLayout();
}

/** 申请发言, 放下, 结束发言: one button in one place. */
function HandSwitch({ session, room }: { session: Session; room: Room }): JSX.Element | null {
  const hand = handOf(session, room.ownVenue);
  if (hand === null) return null;
  const { what } = hand;
  return (
    <Button
      icon={Hand}
      class={what === "withdraw" || what === "end_turn" ? "switch on" : "switch"}
      shortcut="H"
      disabled={what === null}
      title={what === null ? t("room.guide_silent") : undefined}
      onClick={() => what !== null && remedy(what, room)}
    >
      {t(hand.key, hand.params)}
    </Button>
  );
}

/** 共享: everybody sees this screen, until it is stopped here, in the browser's own bar, or by the chair. */
function ShareSwitch({ room }: { room: Room }): JSX.Element | null {
  if (!canShare()) return null;
  const shares = room.share.state.value === "on";
  return (
    <Button
      icon={shares ? ScreenShareOff : ScreenShare}
      class={shares ? "switch on" : "switch"}
      shortcut="S"
      busy={room.share.state.value === "asking"}
      onClick={() => switchShare(room)}
    >
      {t(shares ? "consultation.share_stop" : "consultation.share")}
    </Button>
  );
}

export function switchShare(room: Room): void {
  const { share } = room;
  void attempt(() => (share.state.peek() === "on" ? share.stop() : share.start()));
}

function Leaving({ session, isChair }: { session: Session; isChair: boolean }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const mayEnd = isOffice(session, me.value?.actor);
  const end = useRef<HTMLButtonElement>(null);
  const hasAsked = useRef(false);
  useEffect(() => {
    if (!asking && hasAsked.current) end.current?.focus();
    hasAsked.current = asking;
  }, [asking]);
  const leave = async (): Promise<void> => {
    await attempt(() => leaveRoom(session.session_id));
    navigate("/desk");
  };
  if (asking) {
    return (
      <EndConfirm
        venues={hungUpByEnd(session)}
        onEnd={() => void attempt(() => actions.endSession(session.session_id))}
        onCancel={() => setAsking(false)}
      />
    );
  }
  return (
    <div class="controls-leave">
      <Button icon={LogOut} class="switch" title={t("consultation.leave_why")} onClick={() => void leave()}>
        {t("consultation.leave")}
      </Button>
      {isChair && !mayEnd && (
        <Button icon={Crown} class="switch" onClick={() => void attempt(() => actions.releaseChair(session.session_id))}>
          {t("room.release_chair")}
        </Button>
      )}
      {mayEnd && (
        <Button icon={PhoneOff} tone="danger" class="switch" buttonRef={end} onClick={() => setAsking(true)}>
          {t("consultation.end")}
        </Button>
      )}
    </div>
  );
}

interface EndConfirmProps {
  readonly venues: number;
  readonly onEnd: () => void;
  readonly onCancel: () => void;
}

/** Asks once, in place, and names what will happen; the focus lies on the harmless answer. */
function EndConfirm({ venues, onEnd, onCancel }: EndConfirmProps): JSX.Element {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      class="controls-leave asking"
      role="group"
      aria-label={t("consultation.end")}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      <p role="alert">{t("consultation.end_effect", { n: venues })}</p>
      <Button buttonRef={cancel} onClick={onCancel}>
        {t("do.cancel")}
      </Button>
      <Button icon={PhoneOff} tone="danger" onClick={onEnd}>
        {t("consultation.end_confirm")}
      </Button>
    </div>
  );
}

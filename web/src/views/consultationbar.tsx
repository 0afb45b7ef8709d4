/** The control bar: the venue's own switches, and for the chair marking and ending. */
import {
  Flag,
  LayoutGrid,
  LogOut,
  Mic,
  MicOff,
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
import { hungUpByEnd } from "../state/session";
import { hubNow } from "../state/store";
import type { MarkerKind, Session } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { clockTime, t, type Key } from "../ui/i18n";
import { navigate } from "../ui/router";
import { attempt, toast } from "../ui/toast";
import { DeviceChoice } from "./devices";
import { leaveRoom } from "./roomkeeper";
import { layout, switchLayout } from "./stage";
import { WallControl } from "./wallcontrol";

interface ControlsProps {
  readonly session: Session;
  readonly room: Room;
  readonly isChair: boolean;
}

export function Controls({ session, room, isChair }: ControlsProps): JSX.Element {
  return (
    <div class="controls" aria-label={t("consultation.controls")} role="group">
      <div class="controls-own">
        <OwnSwitches room={room} />
      </div>
      {isChair && <Marking session={session} />}
      <WallControl sessionId={session.session_id} class="switch" />
      <Leaving session={session} isChair={isChair} />
    </div>
  );
}

function OwnSwitches({ room }: { room: Room }): JSX.Element {
  const [choosing, setChoosing] = useState(false);
  const own = room.own.value;
  const isGrid = layout.value === "grid";
  return (
    <>
      <Button
        icon={own.microphone ? Mic : MicOff}
        class={own.microphone ? "switch" : "switch off"}
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
      <ShareSwitch room={room} />
      <Button icon={isGrid ? RectangleHorizontal : LayoutGrid} class="switch" shortcut="L" onClick={switchLayout}>
        {t(isGrid ? "consultation.layout_main" : "consultation.layout_grid")}
      </Button>
      <Button icon={Settings2} class="switch" onClick={() => setChoosing(true)}>
        {t("consultation.devices")}
      </Button>
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

export function microphoneText(room: Room): Key {
  if (room.muted.value) return "consultation.muted_here";
  return room.own.value.microphone ? "consultation.microphone_turn_off" : "consultation.microphone_turn_on";
}

/** What the chair has closed is not opened here; who tries hears why. */
export function switchMicrophone(room: Room): void {
  if (room.muted.peek()) toast(t("consultation.muted_now"), "info", "muted");
  else void attempt(() => room.setMicrophone(!room.own.peek().microphone));
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

const KINDS: readonly MarkerKind[] = ["decision", "instruction", "todo", "key"];

/** One key, one choice, one word if there is time: a second worth finding again must not cost ten. */
function Marking({ session }: { session: Session }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState("");
  useShortcuts([{ key: "b", label: t("consultation.mark"), run: () => setOpen(true) }]);
  const set = async (kind: MarkerKind): Promise<void> => {
    const text = label.trim();
    setOpen(false);
    setLabel("");
    const went = await attempt(() => actions.mark(session.session_id, kind, text));
    const time = clockTime(hubNow());
    if (went) toast(t("consultation.mark_done", { kind: t(`consultation.marker_${kind}`), time }));
  };
  return (
    <div class="controls-chair">
      <Button icon={Flag} class="switch" shortcut="B" onClick={() => setOpen(true)}>
        {t("consultation.mark")}
      </Button>
      {open && (
        <Dialog title={t("consultation.mark_title")} onClose={() => setOpen(false)}>
          <form
            class="marking"
            onSubmit={(event) => {
              event.preventDefault();
              void set("key");
            }}
          >
            <label>
              {t("consultation.mark_label")}
              <input
                class="input"
                maxLength={80}
                value={label}
                autofocus
                onInput={(event) => setLabel(event.currentTarget.value)}
              />
            </label>
            <div class="marking-kinds" role="group" aria-label={t("consultation.mark_kind")}>
              {KINDS.map((kind) => (
                <Button key={kind} onClick={() => void set(kind)}>
                  {t(`consultation.marker_${kind}`)}
                </Button>
              ))}
            </div>
          </form>
        </Dialog>
      )}
    </div>
  );
}

function Leaving({ session, isChair }: { session: Session; isChair: boolean }): JSX.Element {
  const [asking, setAsking] = useState(false);
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
      {isChair && (
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

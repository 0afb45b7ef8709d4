/** Space: push to talk. The microphone is on while the key is held, where the venue may be heard. */
import { useEffect } from "preact/hooks";

import type { Room } from "../media/room";
import { isTyping, useListed } from "../ui/hooks";
import { t } from "../ui/i18n";

const PRESSABLE = "button, a[href], summary, [role=menuitem], [role=tab], [role=option], input";

export function useTalkKey(room: Room): void {
  useListed({ key: " ", label: t("room.talk"), run: () => undefined });
  useEffect(() => {
    let talks = false;
    /** Whoever goes by keyboard presses what has the focus with this key; after a click of the mouse it is free. */
    let byKeyboard = false;
    const isFree = (target: EventTarget | null): boolean =>
      !isTyping(target) &&
      document.querySelector("dialog[open], [role=menu]") === null &&
      !(byKeyboard && target instanceof Element && target.matches(PRESSABLE));
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Tab" || event.key.startsWith("Arrow")) byKeyboard = true;
      if (event.key !== " " || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (talks) return event.preventDefault();
      if (!isFree(event.target)) return;
      event.preventDefault();
      if (event.repeat || room.own.peek().microphone || room.access.peek() !== "free") return;
      talks = true;
      void room.setMicrophone(true);
    };
    const over = (): void => {
      if (!talks) return;
      talks = false;
      void room.setMicrophone(false);
    };
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key !== " ") return;
      // A button that was clicked before would be pressed by the key's way up.
      if (talks || isFree(event.target)) event.preventDefault();
      over();
    };
    const onPointer = (): void => {
      byKeyboard = false;
    };
    const hidden = (): void => (document.hidden ? over() : undefined);
    addEventListener("keydown", onKey);
    addEventListener("keyup", onKeyUp);
    addEventListener("pointerdown", onPointer, true);
    addEventListener("blur", over);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      over();
      removeEventListener("keydown", onKey);
      removeEventListener("keyup", onKeyUp);
      removeEventListener("pointerdown", onPointer, true);
      removeEventListener("blur", over);
      document.removeEventListener("visibilitychange", hidden);
    };
  }, [room]);
}

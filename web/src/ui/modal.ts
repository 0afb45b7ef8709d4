/** The browser's own modal dialog: nothing behind it can be reached, and focus returns where it was. */
import { useEffect, useRef } from "preact/hooks";

/** `mustAnswer`: the page asks again when the browser closes it after all (a second Escape may not be refused). */
export function useModal(mustAnswer = false): { current: HTMLDialogElement | null } {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return undefined;
    const before = document.activeElement;
    const again = (): void => {
      if (mustAnswer && !dialog.open) dialog.showModal();
    };
    dialog.addEventListener("close", again);
    if (!dialog.open) dialog.showModal();
    return () => {
      dialog.removeEventListener("close", again);
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return element;
}

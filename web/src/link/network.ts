/** The browser's own signs that the network has changed or is there again (rule J13). */

/** Chromium has it; `type` only where it knows the kind of network. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * ``isSure``: the network was away, or is of another kind. Else it is only a hint: Chromium tells in the same
 * way when it merely estimates the speed anew.
 */
export function onNetworkChange(changed: (isSure: boolean) => void): void {
  addEventListener("online", () => changed(true));
  const { connection } = navigator as { connection?: NetworkInformation };
  let type = connection?.type;
  connection?.addEventListener("change", () => {
    const isSure = connection.type !== type;
    type = connection.type;
    changed(isSure);
  });
}

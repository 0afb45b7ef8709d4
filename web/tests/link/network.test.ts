/** What counts as a change of the network, and what is only the browser's guess at its speed. */
import { afterEach, expect, it, vi } from "vitest";

import { onNetworkChange } from "../../src/link/network";

class Connection extends EventTarget {
  type: string | undefined = "wifi";
}

afterEach(() => vi.unstubAllGlobals());

it("is sure when the network is back or of another kind, and only hints at a new estimate", () => {
  const connection = new Connection();
  vi.stubGlobal("navigator", { connection });
  const heard: boolean[] = [];
  onNetworkChange((isSure) => heard.push(isSure));
  connection.dispatchEvent(new Event("change"));
  connection.type = "ethernet";
  connection.dispatchEvent(new Event("change"));
  connection.dispatchEvent(new Event("change"));
  dispatchEvent(new Event("online"));
  expect(heard).toEqual([false, true, false, true]);
});

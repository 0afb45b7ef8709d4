/** A screen is captured only while the hub and the person both want it shown. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Share } from "../../src/media/share";

class Track extends EventTarget {
  contentHint = "";
  readyState = "live";
  stop(): void {
    this.readyState = "ended";
  }
}

let track = new Track();
let ask: () => Promise<unknown> = () => Promise.reject();
const PATIENCE_MS = 10_000; // for a busy machine
const said: string[] = [];

function makeShare(present: () => Promise<unknown> = () => Promise.resolve()): Share {
  const hub = {
    present: () => (said.push("present"), present()),
    unpresent: () => (said.push("unpresent"), Promise.resolve()),
  };
  return new Share(hub, (content) => said.push(content === null ? "nothing sent" : "content sent"));
}

beforeEach(() => {
  track = new Track();
  said.length = 0;
  ask = () => Promise.resolve({ getVideoTracks: () => [track] });
  vi.stubGlobal("navigator", { mediaDevices: { getDisplayMedia: () => ask() } });
});

afterEach(() => vi.unstubAllGlobals());

it("asks the hub, then the person, and tunes the picture for text", async () => {
  const share = makeShare();
  await share.start();
  expect(said).toEqual(["present", "content sent"]);
  expect([share.state.value, track.contentHint]).toEqual(["on", "detail"]);
  await share.stop();
  expect(said.slice(2)).toEqual(["nothing sent", "unpresent"]);
  expect([share.state.value, track.readyState]).toEqual(["off", "ended"]);
});

it("does not ask the person when the hub says no", async () => {
  ask = vi.fn();
  const share = makeShare(() => Promise.reject(new Error("session.presenting")));
  await expect(share.start()).rejects.toThrow("session.presenting");
  expect(ask).not.toHaveBeenCalled();
  expect([share.state.value, said]).toEqual(["off", ["present"]]);
});

it("gives the turn back when the person shows nothing after all", async () => {
  ask = () => Promise.reject(new DOMException("", "NotAllowedError"));
  const share = makeShare();
  await share.start();
  expect([share.state.value, said]).toEqual(["off", ["present", "unpresent"]]);
});

it("ends with the browser's own bar, once", async () => {
  const share = makeShare();
  await share.start();
  track.dispatchEvent(new Event("ended"));
  track.dispatchEvent(new Event("ended"));
  await Promise.resolve();
  expect(said).toEqual(["present", "content sent", "nothing sent", "unpresent"]);
});

it("captures nothing when the chair ended it while the person was choosing", async () => {
  const share = makeShare();
  const started = share.start();
  await Promise.resolve();
  share.over();
  await started;
  expect([share.state.value, track.readyState, said]).toEqual(["off", "ended", ["present"]]);
});

it("shows only what was chosen last when the question of an earlier start is still open", async () => {
  const answers: ((stream: unknown) => void)[] = [];
  ask = () => new Promise((resolve) => answers.push(resolve));
  const share = makeShare();
  const [first, second] = [new Track(), new Track()];
  const starts = [share.start()];
  await vi.waitFor(() => expect(answers).toHaveLength(1), PATIENCE_MS);
  share.over(); // by the chair
  starts.push(share.start());
  await vi.waitFor(() => expect(answers).toHaveLength(2), PATIENCE_MS);
  answers[0]?.({ getVideoTracks: () => [first] });
  await starts[0];
  expect([share.state.value, first.readyState]).toEqual(["asking", "ended"]);
  answers[1]?.({ getVideoTracks: () => [second] });
  await starts[1];
  expect([share.state.value, second.readyState]).toEqual(["on", "live"]);
  expect(said.filter((one) => one === "content sent")).toHaveLength(1);
});

it("says that the screen could not be captured, and gives the turn back", async () => {
  ask = () => Promise.reject(new DOMException("", "NotReadableError"));
  const share = makeShare();
  await expect(share.start()).rejects.toMatchObject({ code: "share.failed" });
  expect([share.state.value, said]).toEqual(["off", ["present", "unpresent"]]);
});

it("gives back a turn it does not use, and none that it does", async () => {
  const share = makeShare();
  share.giveBack();
  expect(said).toEqual(["unpresent"]);
  await share.start();
  share.giveBack();
  expect(said).toEqual(["unpresent", "present", "content sent"]);
});

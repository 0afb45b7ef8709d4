/** When an element has come to the place where it was sought. */
import { afterEach, describe, expect, it, vi } from "vitest";

import { landed } from "../../src/media/sourced";

const going = new AbortController().signal;

function element(seeking = true): EventTarget & { seeking: boolean } {
  return Object.assign(new EventTarget(), { seeking });
}

async function isOver(landing: Promise<void>): Promise<boolean> {
  return Promise.race([landing.then(() => true), Promise.resolve().then(() => Promise.resolve().then(() => false))]);
}

describe("an element that was sought", () => {
  afterEach(() => void vi.useRealTimers());

  it("has landed once it says so, and at once where it was not sought", async () => {
    const sought = element();
    const landing = landed(sought, going);
    expect(await isOver(landing)).toBe(false);
    sought.dispatchEvent(new Event("seeked"));
    await landing;
    await landed(element(false), going);
  });

  it("keeps nobody waiting who wants to go elsewhere", async () => {
    const stop = new AbortController();
    const landing = landed(element(), stop.signal);
    stop.abort();
    await landing;
    await landed(element(), stop.signal);
  });

  it("that never gets there holds up the others for half a second", async () => {
    vi.useFakeTimers();
    const landing = landed(element(), going);
    vi.advanceTimersByTime(499);
    expect(await isOver(landing)).toBe(false);
    vi.advanceTimersByTime(1);
    await landing;
  });
});

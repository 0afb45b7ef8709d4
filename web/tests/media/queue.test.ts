/** Who asks the hub first, and how many at once. */
import { describe, expect, it } from "vitest";

import { Queue } from "../../src/media/queue";

const going = new AbortController().signal;

interface Jobs {
  readonly begun: string[];
  readonly ask: (name: string, urgency: number, signal?: AbortSignal) => Promise<void>;
  readonly settle: () => Promise<void>;
  readonly end: (name: string) => Promise<void>;
}

/** Jobs that end when they are told to. */
function jobs(queue: Queue): Jobs {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, urgency: number, signal = going): Promise<void> =>
    queue.run(urgency, signal, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return { begun, ask, settle, end: (name) => (ends.get(name)?.(), settle()) };
}

describe("the queue", () => {
  it("lets so many go at once, the most urgent of those that wait first", async () => {
    const { begun, ask, end, settle } = jobs(new Queue(2));
    const all = [ask("a", 5), ask("b", 9), ask("ahead", 12), ask("sound", 2), ask("large", 0)];
    await settle();
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    expect(begun).toEqual(["a", "b", "large"]);
    await end("a");
    await end("large");
    expect(begun).toEqual(["a", "b", "large", "sound", "ahead"]);
    await end("sound");
    await end("ahead");
    await Promise.all(all);
  });

  it("lets one go alone where the first is waited for, then so many; and anew for those who come later", async () => {
    const queue = new Queue(2, 1);
    const { begun, ask, end, settle } = jobs(queue);
    const all = [ask("near", 0.1), ask("far", 0.3), ask("further", 0.4), ask("nearer", 0.2)];
    await settle();
    expect(begun).toEqual(["near"]);
    await end("near");
    expect(begun).toEqual(["near", "nearer", "far"]);
    await end("far");
    await end("nearer");
    expect(queue.isBusy).toBe(true);
    await end("further");
    await Promise.all(all);
    expect(queue.isBusy).toBe(false);
    const later = [ask("a", 1), ask("b", 1)];
    await settle();
    expect(begun.slice(4)).toEqual(["a"]);
    await end("a");
    await end("b");
    await Promise.all(later);
  });

  it("begins anew with one where the jump was given up for another", async () => {
    const queue = new Queue(2, 1);
    const { begun, ask, end, settle } = jobs(queue);
    const stop = new AbortController();
    const given = ["old", "older", "oldest"].map((name) => ask(name, 1, stop.signal).catch(() => undefined));
    await settle();
    stop.abort();
    await end("old");
    await Promise.all(given);
    const fresh = [ask("one", 1), ask("two", 1)];
    await settle();
    expect(begun).toEqual(["old", "one"]);
    await end("one");
    await end("two");
    await Promise.all(fresh);
  });

  it("forgets what nobody waits for any more, and a failure makes room", async () => {
    const queue = new Queue(1);
    const { begun, ask, end, settle } = jobs(queue);
    const stop = new AbortController();
    const first = ask("first", 1);
    const outdated = ask("outdated", 0, stop.signal).catch(() => "given up");
    stop.abort();
    expect(await outdated).toBe("given up");
    const failed = queue.run(1, going, () => Promise.reject(new Error("no"))).catch(() => "failed");
    const last = ask("last", 2);
    await settle();
    await end("first");
    expect(await failed).toBe("failed");
    await settle();
    expect(begun).toEqual(["first", "last"]);
    await end("last");
    await Promise.all([first, last]);
  });
});

/** Files that are still being written: what is known of them, and when it is asked for. */
import { describe, expect, it } from "vitest";

import { GrowingFiles } from "../../src/media/growing";
import type { Growing } from "../../src/types/wire";

class Hub {
  readonly asked: number[] = [];
  readonly answers: Growing[] = [];
  changed = 0;
  gone = 0;
  page_ms = 10_000;
  readonly files = new GrowingFiles(
    (after_ms) => {
      this.asked.push(after_ms);
      const answer = this.answers.shift();
      return answer === undefined ? Promise.reject(new Error("no line")) : Promise.resolve(answer);
    },
    () => (this.changed += 1),
    () => (this.gone += 1),
    () => this.page_ms,
  );

  async want(): Promise<void> {
    this.files.want();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe("growing files", () => {
  it("are asked for together, at most once a second, and only for what is new", async () => {
    const hub = new Hub();
    const camera = hub.files.file("t-cam", 50_000);
    const microphone = hub.files.file("t-mic", 50_400);
    expect(hub.files.file("t-cam", 50_000)).toBe(camera);
    hub.answers.push({
      now_ms: 60_000,
      tracks: [
        { track_id: "t-cam", size_bytes: 9_000, cues: [[0, 400], [4_000, 5_000]] },
        { track_id: "t-mic", size_bytes: 700, cues: [[0, 300]] },
      ],
    });
    await hub.want();
    await hub.want();
    expect(hub.asked).toEqual([0]);
    expect(camera.cues).toEqual([{ time_s: 0, offset: 400 }, { time_s: 4, offset: 5_000 }]);
    expect(camera.settled_s, "two seconds ago nothing was under way any more").toBe(8);
    expect(microphone.size_bytes).toBe(700);

    hub.page_ms += 1_000;
    hub.answers.push({
      now_ms: 61_000,
      tracks: [
        { track_id: "t-cam", size_bytes: 12_000, cues: [[4_000, 5_000], [8_000, 10_000]] },
        { track_id: "t-mic", size_bytes: 800, cues: [] },
      ],
    });
    await hub.want();
    expect(hub.asked).toEqual([0, 60_000]);
    expect(camera.cues.map(({ offset }) => offset)).toEqual([400, 5_000, 10_000]);
  });

  it("that come later are told of from their beginning", async () => {
    const hub = new Hub();
    hub.files.file("t-1", 0);
    hub.answers.push({ now_ms: 5_000, tracks: [{ track_id: "t-1", size_bytes: 10, cues: [[0, 1]] }] });
    await hub.want();
    hub.files.file("t-2", 4_000);
    hub.page_ms += 1_000;
    const tracks = ["t-1", "t-2"].map((track_id) => ({ track_id, size_bytes: 10, cues: [[0, 1]] as [number, number][] }));
    hub.answers.push({ now_ms: 6_000, tracks });
    await hub.want();
    expect(hub.asked).toEqual([0, 0]);
    expect(hub.files.file("t-1", 0).cues).toHaveLength(1);
  });

  it("that are sealed, or not answered for, make the page look at the manifest", async () => {
    const hub = new Hub();
    hub.files.file("t-1", 0);
    hub.answers.push({ now_ms: 5_000, tracks: [] });
    await hub.want();
    expect([hub.changed, hub.gone]).toEqual([1, 1]);
    hub.page_ms += 1_000;
    await hub.want();
    expect([hub.changed, hub.gone]).toEqual([2, 2]);
  });
});

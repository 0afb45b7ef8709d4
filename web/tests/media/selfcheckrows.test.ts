/** What was measured becomes a verdict, and the verdicts one sentence. */
import { describe, expect, it } from "vitest";

import { nextPiece } from "../../src/link/bandwidth";
import { decibels, reach } from "../../src/media/loudness";
import {
  allOf,
  ASKING,
  ENOUGH_BPS,
  failed,
  judgeBandwidth,
  judgeLoop,
  judgeMicrophone,
  passed,
  poor,
  RUNNING,
  wholeOf,
} from "../../src/media/selfcheckrows";
import { Chance } from "../random";

describe("a part", () => {
  const clear = { connected_ms: 80.4, rtt_ms: 12.3, loss: 0.004, fps: 14.6 };

  it("passes with its figures", () => {
    const row = judgeLoop("udp", clear);
    expect(row).toEqual(passed({ connected: 80, rtt: 12, loss: "0.4", fps: 15 }));
  });

  it("is poor on a line that loses or is slow, and fails when nothing comes back", () => {
    expect(judgeLoop("tcp", { ...clear, rtt_ms: 401 }).why).toBe("tcp_lossy");
    expect(judgeLoop("udp", { ...clear, loss: 0.031 })).toMatchObject({ verdict: "poor", why: "udp_lossy" });
    expect(judgeLoop("udp", { ...clear, fps: 0.4 })).toMatchObject({ verdict: "failed", why: "udp_empty" });
  });

  it("needs enough both ways", () => {
    expect(judgeBandwidth(ENOUGH_BPS, ENOUGH_BPS).verdict).toBe("passed");
    expect(judgeBandwidth(50e6, ENOUGH_BPS - 1)).toMatchObject({ verdict: "poor", figures: { down: "50.0", up: "2.0" } });
  });

  it("tells a microphone that is switched off from a person who said nothing", () => {
    expect(judgeMicrophone(-30, "USB").verdict).toBe("passed");
    expect(judgeMicrophone(-60, "USB").why).toBe("microphone_quiet");
    expect(judgeMicrophone(-120, "USB").why).toBe("microphone_silent");
  });
});

describe("the whole", () => {
  const well = allOf(passed(null));

  it("is unable only when media gets through nowhere", () => {
    const noUdp = { ...well, udp: failed("udp_blocked") };
    expect(wholeOf(noUdp)).toBe("limited");
    expect(wholeOf({ ...noUdp, tcp: failed("tcp_blocked") })).toBe("unable");
    expect(wholeOf({ ...well, camera: failed("camera_refused") })).toBe("limited");
    expect(wholeOf({ ...well, speaker: poor("speaker_unheard", null) })).toBe("limited");
  });

  it("does not wait for the person, only for what is measured", () => {
    expect(wholeOf({ ...well, speaker: ASKING })).toBe("ready");
    expect(wholeOf({ ...well, bandwidth: RUNNING })).toBe("running");
  });
});

describe("the bandwidth", () => {
  it("is told by few pieces on any line, each no longer than twice what it takes to tell", () => {
    const chance = new Chance(1);
    for (let run = 0; run < 200; run += 1) {
      const bytes_a_ms = 10 ** (chance.next() * 4);
      const pieces: number[] = [];
      for (let size: number | null = 65_536; size !== null; size = nextPiece(size, size / bytes_a_ms)) {
        pieces.push(size);
      }
      const last = pieces.at(-1) ?? 0;
      expect(pieces.length).toBeLessThan(7);
      expect(last / bytes_a_ms > 850 || last === 8 * 1024 * 1024).toBe(true);
      if (pieces.length > 1) expect(last / bytes_a_ms).toBeLessThan(1_600);
    }
  });
});

describe("loudness", () => {
  it("is measured against full scale and drawn between nothing and all", () => {
    expect(decibels(new Float32Array(64).fill(1))).toBeCloseTo(0);
    expect(decibels(new Float32Array(64).fill(0.1))).toBeCloseTo(-20);
    expect(decibels(new Float32Array(64))).toBeLessThan(-100);
    expect([reach(0), reach(-25), reach(-80)]).toEqual([1, 0.5, 0]);
  });
});

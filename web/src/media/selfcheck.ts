/** 设备自检: camera, microphone, speaker, the line by UDP and by TCP, and what it carries. Some 20 seconds. */

import { signal } from "@preact/signals";
import { measureDown, measureUp } from "../link/bandwidth";
import { problemOf } from "../link/problem";
import type { Via } from "./address";
import { openDevice, rememberedChoice } from "./devices";
import { meter } from "./loudness";
import { type LoopLine, NoWay, pause, runLoop } from "./selfcheckloop";
import * as rows from "./selfcheckrows";
import type { Part, Row, Rows } from "./selfcheckrows";

/** Long enough for a person to read "say something" and to do it. */
const LISTEN_MS = 6_000;
const FRAME_MS = 4_000;

export class SelfCheck {
  readonly rows = signal<Rows>(rows.allOf(rows.WAITING));
  /** Null before the first run. */
  readonly began_ms = signal<number | null>(null);
  readonly busy = signal(false);
  /** What the camera sees and the microphone hears while they are looked at. */
  readonly picture = signal<MediaStreamTrack | null>(null);
  readonly voice = signal<MediaStreamTrack | null>(null);

  private over = new AbortController();

  /** `line` asks the hub, `tone` sounds once through the speaker. */
  constructor(
    private readonly line: LoopLine,
    private readonly tone: () => void,
  ) {}

  async run(): Promise<void> {
    this.close();
    this.over = new AbortController();
    const { signal: over } = this.over;
    this.rows.value = rows.allOf(rows.WAITING);
    this.began_ms.value = Date.now();
    this.busy.value = true;
    try {
      await Promise.all([this.checkDevices(over), this.checkLine(over)]);
      this.close();
    } catch (thrown) {
      if (over.aborted) return; // the page has gone, or the check began anew
      this.close();
      throw thrown;
    }
  }

  /** The person has heard the tone, or has not. */
  confirm(heard: boolean): void {
    this.put("speaker", heard ? rows.passed(null) : rows.poor("speaker_unheard", null));
  }

  playAgain(): void {
    this.put("speaker", rows.ASKING);
    this.tone();
  }

  /** Gives everything back; what was found stays to be read. */
  close(): void {
    this.over.abort();
    this.busy.value = false;
    for (const held of [this.picture, this.voice]) {
      held.peek()?.stop();
      held.value = null;
    }
  }

  private put(part: Part, row: Row): void {
    this.rows.value = { ...this.rows.value, [part]: row };
  }

  private async step(part: Part, over: AbortSignal, check: () => Promise<Row>): Promise<Row> {
    this.put(part, rows.RUNNING);
    const row = await check();
    over.throwIfAborted();
    this.put(part, row);
    return row;
  }

  // --- camera, microphone, speaker ------------------------------------------------------------------

  private async checkDevices(over: AbortSignal): Promise<void> {
    await this.step("camera", over, () => this.checkCamera(over));
    await this.step("microphone", over, () => this.checkMicrophone(over));
    this.playAgain();
  }

  private async checkCamera(over: AbortSignal): Promise<Row> {
    const { track, trouble } = await this.open("camera", over);
    if (track === null) return rows.failed(`camera_${trouble ?? "failed"}`);
    this.picture.value = track;
    if (!(await showsFrames(track, over))) return rows.failed("camera_dark");
    const { width = 0, height = 0, frameRate = 0 } = track.getSettings();
    return rows.passed({ width: String(width), height: String(height), fps: Math.round(frameRate), device: track.label });
  }

  private async checkMicrophone(over: AbortSignal): Promise<Row> {
    const { track, trouble } = await this.open("microphone", over);
    if (track === null) return rows.failed(`microphone_${trouble ?? "failed"}`);
    this.voice.value = track;
    let loudest_db = -Infinity;
    const stop = meter(track, (level_db) => (loudest_db = Math.max(loudest_db, level_db)));
    try {
      const until = performance.now() + LISTEN_MS;
      while (!rows.isSpeech(loudest_db) && performance.now() < until) await pause(100, over);
    } finally {
      stop();
    }
    return rows.judgeMicrophone(loudest_db, track.label);
  }

  private async open(kind: "camera" | "microphone", over: AbortSignal): ReturnType<typeof openDevice> {
    const opened = await openDevice(kind, rememberedChoice());
    if (over.aborted) opened.track?.stop(); // the page has gone while the browser still asked
    over.throwIfAborted();
    return opened;
  }

  // --- the line --------------------------------------------------------------------------------------

  /** One after the other: together they would measure each other. */
  private async checkLine(over: AbortSignal): Promise<void> {
    for (const via of ["udp", "tcp"] as const) await this.step(via, over, () => this.checkLoop(via, over));
    await this.step("bandwidth", over, () => this.checkBandwidth(over));
  }

  private async checkLoop(via: Via, over: AbortSignal): Promise<Row> {
    try {
      const found = rows.judgeLoop(via, await runLoop(this.line, via, over));
      // A machine that stalls for a moment looks like a line without room, and its picture is paused for a while.
      return found.verdict === "failed" ? rows.judgeLoop(via, await runLoop(this.line, via, over)) : found;
    } catch (thrown) {
      over.throwIfAborted();
      if (!(thrown instanceof NoWay)) return rows.failed(`${via}_refused`, { problem: problemOf(thrown) });
      const { address } = thrown;
      return address === null ? rows.failed(`${via}_closed`) : rows.failed(`${via}_blocked`, { address });
    }
  }

  private async checkBandwidth(over: AbortSignal): Promise<Row> {
    try {
      const down_bps = await measureDown(over);
      return rows.judgeBandwidth(down_bps, await measureUp(over));
    } catch (thrown) {
      over.throwIfAborted();
      const isBusy = problemOf(thrown).code === "check.busy";
      return rows.failed(isBusy ? "bandwidth_busy" : "bandwidth_unknown");
    }
  }
}

/** A camera can be open and show nothing: covered by its driver, or held by a program that sleeps. */
async function showsFrames(track: MediaStreamTrack, over: AbortSignal): Promise<boolean> {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  video.play().catch(() => undefined);
  try {
    const until = performance.now() + FRAME_MS;
    while (video.videoWidth === 0 || video.currentTime === 0) {
      if (performance.now() > until) return false;
      await pause(50, over);
    }
    return true;
  } finally {
    video.srcObject = null;
  }
}

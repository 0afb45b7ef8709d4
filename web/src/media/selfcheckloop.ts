/** A picture and a tone of this page's own, sent to the hub and back over one kind of transport. */

import type { MediaAnswer } from "../types/wire";
import { addressIn, type Via } from "./address";
import { offerOnlyForwarded } from "./codecs";
import { between, count } from "./quality";
import type { LoopFound } from "./selfcheckrows";

/** The requests of the self-check that concern the line. */
export interface LoopLine {
  publish(sdp: string, via: Via): Promise<MediaAnswer>;
  subscribe(sdp: string, via: Via): Promise<MediaAnswer>;
  close(resource: string): Promise<unknown>;
}

/** Media does not get through on this transport; the address is what a network admin must let through. */
export class NoWay extends Error {
  constructor(readonly address: string | null) {
    super("no way through");
  }
}

const CONNECT_MS = 5_000;
/** An old machine takes its time to encode the first picture. */
const PICTURE_MS = 4_000;
const MEASURE_MS = 2_400;

export async function runLoop(line: LoopLine, via: Via, over: AbortSignal): Promise<LoopFound> {
  const began = performance.now();
  const sample = new Sample();
  const [out, back] = [newConnection(), newConnection()];
  const resources: string[] = [];
  try {
    const connect = async (connection: RTCPeerConnection, ask: LoopLine["publish"]): Promise<void> => {
      await connection.setLocalDescription();
      const answer = await ask(connection.localDescription?.sdp ?? "", via);
      if (connection.connectionState === "closed") line.close(answer.resource).catch(() => undefined);
      else resources.push(answer.resource);
      const address = addressIn(answer.sdp, via);
      if (address === null) throw new NoWay(null);
      await connection.setRemoteDescription({ type: "answer", sdp: answer.sdp });
      if (!(await isConnected(connection, over))) throw new NoWay(address);
    };
    sample.sendOn(out);
    receiveOn(back);
    await Promise.all([
      connect(out, (sdp) => line.publish(sdp, via)),
      connect(back, (sdp) => line.subscribe(sdp, via)),
    ]);
    const connected_ms = performance.now() - began;
    await untilPicture(back, over);
    return { connected_ms, ...(await measure(out, back, over)) };
  } finally {
    out.close();
    back.close();
    sample.end();
    for (const resource of resources) line.close(resource).catch(() => undefined);
  }
}

/** Resolves after so many milliseconds, or rejects at once when the check is over. */
export function pause(for_ms: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new DOMException("the check is over", "AbortError"));
    };
    const timer = setTimeout(() => {
      over.removeEventListener("abort", stop);
      resolve();
    }, for_ms);
    if (over.aborted) stop();
    else over.addEventListener("abort", stop, { once: true });
  });
}

function newConnection(): RTCPeerConnection {
  // Neither STUN nor TURN: what is asked is whether the hub itself can be reached.
  return new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
}

function receiveOn(connection: RTCPeerConnection): void {
  for (const kind of ["audio", "video"] as const) {
    offerOnlyForwarded(connection.addTransceiver(kind, { direction: "recvonly" }), kind);
  }
}

async function isConnected(connection: RTCPeerConnection, over: AbortSignal): Promise<boolean> {
  const until = performance.now() + CONNECT_MS;
  while (connection.connectionState !== "connected") {
    if (performance.now() > until) return false;
    await pause(20, over);
  }
  return true;
}

/** Without one the measurement begins all the same, and finds nothing. */
async function untilPicture(back: RTCPeerConnection, over: AbortSignal): Promise<void> {
  const until = performance.now() + PICTURE_MS;
  while (count(await back.getStats(), false, 0).frames === 0 && performance.now() < until) await pause(50, over);
}

async function measure(
  out: RTCPeerConnection,
  back: RTCPeerConnection,
  over: AbortSignal,
): Promise<Omit<LoopFound, "connected_ms">> {
  const look = async () => ({
    out: count(await out.getStats(), true, performance.now()),
    back: count(await back.getStats(), false, performance.now()),
  });
  const before = await look();
  await pause(MEASURE_MS, over);
  const after = await look();
  const [sent, received] = [between(before.out, after.out), between(before.back, after.back)];
  return {
    rtt_ms: received.rtt_ms ?? sent.rtt_ms,
    loss: Math.max(sent.loss, received.loss),
    fps: received.fps,
  };
}

/** Made on the spot, so that the line can be judged without a camera and a microphone. */
class Sample {
  private readonly canvas = document.createElement("canvas");
  private readonly pencil = this.canvas.getContext("2d");
  private readonly sound = new AudioContext();
  private readonly timer: ReturnType<typeof setInterval>;
  private turn = 0;

  constructor() {
    this.canvas.width = 640;
    this.canvas.height = 360;
    this.timer = setInterval(() => this.draw(), 1000 / FPS);
    this.draw();
  }

  sendOn(connection: RTCPeerConnection): void {
    const [picture] = this.canvas.captureStream(FPS).getVideoTracks();
    const target = this.sound.createMediaStreamDestination();
    const tone = this.sound.createOscillator();
    tone.connect(target);
    tone.start();
    const [voice] = target.stream.getAudioTracks();
    if (voice !== undefined) {
      offerOnlyForwarded(connection.addTransceiver(voice, { direction: "sendonly" }), "audio");
    }
    if (picture !== undefined) {
      const sendEncodings = [{ maxBitrate: PICTURE_BPS }];
      offerOnlyForwarded(connection.addTransceiver(picture, { direction: "sendonly", sendEncodings }), "video");
    }
  }

  end(): void {
    clearInterval(this.timer);
    void this.sound.close();
  }

  /** Colours that change everywhere: a picture that stands still would send next to nothing. */
  private draw(): void {
    this.turn += 1;
    for (let n = 0; n < 64; n += 1) {
      if (this.pencil === null) return;
      this.pencil.fillStyle = `hsl(${(this.turn * 7 + n * 47) % 360} 70% 50%)`;
      this.pencil.fillRect((n % 8) * 80, Math.floor(n / 8) * 45, 80, 45);
    }
  }
}

const FPS = 15;
const PICTURE_BPS = 500_000;

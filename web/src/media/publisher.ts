/** What this page sends: one microphone and one camera on a sendonly connection. */

import type { MediaAnswer } from "../types/wire";
import { offerOnlyForwarded } from "./codecs";
import { Peer, type Line } from "./peer";

export interface PublishLine extends Line {
  publish(sdp: string, sources: Record<string, string>): Promise<MediaAnswer>;
}

/** One layer; the hub's own estimate takes it down from here. */
const CAMERA_BPS = 1_500_000;

export class Publisher {
  readonly peer: Peer;
  private microphone: MediaStreamTrack | null = null;
  private camera: MediaStreamTrack | null = null;
  private readonly names = new Map<RTCRtpTransceiver, "microphone" | "camera">();

  constructor(line: PublishLine) {
    this.peer = new Peer(
      {
        prepare: (connection) => this.prepare(connection),
        ask: (_connection, sdp) => line.publish(sdp, this.sources()),
        answered: () => undefined,
      },
      line,
    );
  }

  /** Sends these from now on; opens (or re-opens) the connection when a kind is new to it. */
  async send(microphone: MediaStreamTrack | null, camera: MediaStreamTrack | null): Promise<void> {
    this.microphone = microphone;
    this.camera = camera;
    // Without a device there is nothing to offer, now or when the connection breaks.
    if (microphone === null && camera === null) return this.close();
    const needs = [...(microphone ? ["microphone"] : []), ...(camera ? ["camera"] : [])];
    const offered = new Set<string>(this.names.values());
    if (this.peer.connection === null || needs.some((name) => !offered.has(name))) return this.peer.open();
    await this.replace();
  }

  /** The line to the hub is new; with nothing to send there is no connection to keep. */
  async renew(): Promise<void> {
    if (this.peer.connection !== null) await this.peer.renew();
  }

  close(told = false): void {
    this.peer.close(told);
    this.names.clear();
  }

  private async replace(): Promise<void> {
    for (const [transceiver, name] of this.names) {
      await transceiver.sender.replaceTrack(name === "camera" ? this.camera : this.microphone);
    }
  }

  private prepare(connection: RTCPeerConnection): void {
    this.names.clear();
    if (this.microphone !== null) {
      const sound = connection.addTransceiver(this.microphone, { direction: "sendonly" });
      offerOnlyForwarded(sound, "audio");
      this.names.set(sound, "microphone");
    }
    if (this.camera !== null) {
      const picture = connection.addTransceiver(this.camera, {
        direction: "sendonly",
        sendEncodings: [{ maxBitrate: CAMERA_BPS }],
      });
      offerOnlyForwarded(picture, "video");
      this.names.set(picture, "camera");
    }
  }

  private sources(): Record<string, string> {
    const sources: Record<string, string> = {};
    for (const [transceiver, name] of this.names) {
      if (transceiver.mid !== null) sources[transceiver.mid] = name;
    }
    return sources;
  }
}

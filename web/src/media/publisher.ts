/** What this page sends: microphone, camera and content, each an m-line of its own from the start. */

import type { MediaAnswer, MediaLayers } from "../types/wire";
import { offerOnlyForwarded } from "./codecs";
import { cameraEncodings, contentEncodings, type Size } from "./encodings";
import { type Line, Peer } from "./peer";

export interface PublishLine extends Line {
  publish(sdp: string, sources: Record<string, string>): Promise<MediaAnswer>;
}

/** In the order of their m-lines. */
const SOURCES = ["microphone", "camera", "content"] as const;
export type SourceName = (typeof SOURCES)[number];

/** Devices come and go in their m-lines (replaceTrack): switching one on later needs no new connection. */
export class Publisher {
  readonly peer: Peer;
  private readonly tracks = new Map<SourceName, MediaStreamTrack>();
  private readonly places = new Map<SourceName, RTCRtpTransceiver>();
  private layers: MediaLayers | null = null;
  /** One change of a sender after the other: setParameters takes only what getParameters gave last. */
  private changes: Promise<void> = Promise.resolve();

  constructor(line: PublishLine) {
    this.peer = new Peer(
      {
        prepare: (connection) => this.prepare(connection),
        ask: (_connection, sdp) => line.publish(sdp, this.sources()),
        answered: () => this.tune(),
      },
      line,
    );
  }

  open(): Promise<void> {
    return this.peer.open();
  }

  /** Sends this from now on; null is nothing. Without a connection it waits for one. */
  send(name: SourceName, track: MediaStreamTrack | null): void {
    if (track === null) this.tracks.delete(name);
    else this.tracks.set(name, track);
    // The sizes first, else a small camera is seen at a quarter of itself for a moment.
    if (name === "camera") this.tune();
    this.change(name, (sender) => sender.replaceTrack(this.tracks.get(name) ?? null));
  }

  /** The hub says which encodings anybody looks at. */
  take(push: MediaLayers): void {
    this.layers = push;
    this.tune();
  }

  close(told = false): void {
    this.peer.close(told);
    this.tracks.clear();
    this.places.clear();
  }

  private prepare(connection: RTCPeerConnection): void {
    this.places.clear();
    for (const name of SOURCES) {
      const kind = name === "microphone" ? "audio" : "video";
      const place = connection.addTransceiver(this.tracks.get(name) ?? kind, {
        direction: "sendonly",
        ...(kind === "video" && { sendEncodings: this.encodingsOf(name) }),
      });
      offerOnlyForwarded(place, kind);
      this.places.set(name, place);
    }
    // What the browser does when the line is narrow: fewer frames of the content, never fewer pixels.
    this.change("content", (sender) => setParameters(sender, { degradationPreference: "maintain-resolution" }));
  }

  private encodingsOf(name: SourceName): RTCRtpEncodingParameters[] {
    if (name === "content") return contentEncodings();
    const track = this.tracks.get(name);
    return cameraEncodings(track === undefined ? null : sizeOf(track), this.wanted());
  }

  private wanted(): ReadonlySet<string> | null {
    const mid = this.places.get("camera")?.mid ?? "";
    const told = this.layers?.resource === this.peer.resource ? this.layers?.encodings[mid] : undefined;
    return told === undefined ? null : new Set(told);
  }

  private tune(): void {
    this.change("camera", (sender) => setParameters(sender, { encodings: this.encodingsOf("camera") }));
  }

  private change(name: SourceName, make: (sender: RTCRtpSender) => Promise<void>): void {
    this.changes = this.changes
      .then(() => {
        const place = this.places.get(name);
        return place === undefined ? undefined : make(place.sender);
      })
      // Of a connection that was closed meanwhile; the next one is prepared with all that holds then.
      .catch(() => undefined);
  }

  private sources(): Record<string, string> {
    return Object.fromEntries([...this.places].map(([name, place]) => [place.mid ?? "", name]));
  }
}

function sizeOf(track: MediaStreamTrack): Size | null {
  const { width, height } = track.getSettings();
  return width === undefined || height === undefined ? null : { width, height };
}

type Wish = Partial<RTCRtpSendParameters> & { degradationPreference?: string };

/** WebRTC 1.0, 5.2 (setParameters): only what was read last may be set, so read, change and set in one breath. */
async function setParameters(sender: RTCRtpSender, { encodings, ...others }: Wish): Promise<void> {
  const now = sender.getParameters();
  Object.assign(now, others);
  if (encodings !== undefined) {
    now.encodings = now.encodings.map((one) => ({ ...one, ...encodings.find(({ rid }) => rid === one.rid) }));
  }
  await sender.setParameters(now);
}

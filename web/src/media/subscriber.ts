/** What this page receives: a fixed pool of slots, of which the hub says what they carry. */

import { computed, signal } from "@preact/signals";
import type { MediaAnswer, Slot, Slots } from "../types/wire";
import { offerOnlyForwarded } from "./codecs";
import { Peer, type Line } from "./peer";
import { picturesByVenue } from "./slots";

export const AUDIO_SLOTS = 4;
export const VIDEO_SLOTS = 16;

export interface SubscribeLine extends Line {
  subscribe(sdp: string): Promise<MediaAnswer>;
}

export class Subscriber {
  readonly peer: Peer;
  /** True while the browser refuses to play sound before a click (its autoplay rule). */
  readonly soundBlocked = signal(false);

  private readonly tracks = signal<ReadonlyMap<string, MediaStreamTrack>>(new Map());
  private readonly slots = signal<readonly Slot[]>([]);
  private readonly players = new Map<string, HTMLAudioElement>();
  /** A push can overtake the answer that names its resource. */
  private early: Slots | null = null;

  readonly pictures = computed(() => picturesByVenue(this.slots.value, this.tracks.value));

  constructor(line: SubscribeLine) {
    this.peer = new Peer(
      {
        prepare: (connection) => this.prepare(connection),
        ask: (_connection, sdp) => line.subscribe(sdp),
        answered: (_connection, resource) => {
          if (this.early?.resource === resource) this.slots.value = this.early.slots;
        },
      },
      line,
    );
  }

  take(push: Slots): void {
    this.early = push;
    if (push.resource === this.peer.resource) this.slots.value = push.slots;
  }

  /** Called from a click, which is what the browser waits for. */
  playSound(): void {
    for (const player of this.players.values()) this.play(player);
  }

  close(told = false): void {
    this.peer.close(told);
    this.silence();
  }

  private prepare(connection: RTCPeerConnection): void {
    this.silence();
    this.tracks.value = new Map();
    this.slots.value = [];
    connection.ontrack = ({ track, transceiver }) => {
      if (transceiver.mid === null) return;
      if (track.kind === "audio") this.listen(transceiver.mid, track);
      else this.tracks.value = new Map(this.tracks.value).set(transceiver.mid, track);
    };
    const pool = [...Array<"audio">(AUDIO_SLOTS).fill("audio"), ...Array<"video">(VIDEO_SLOTS).fill("video")];
    for (const kind of pool) {
      offerOnlyForwarded(connection.addTransceiver(kind, { direction: "recvonly" }), kind);
    }
  }

  private listen(mid: string, track: MediaStreamTrack): void {
    const player = new Audio();
    player.srcObject = new MediaStream([track]);
    this.players.set(mid, player);
    this.play(player);
  }

  private play(player: HTMLAudioElement): void {
    player.play().then(
      () => (this.soundBlocked.value = false),
      (thrown: unknown) => {
        if (thrown instanceof DOMException && thrown.name === "NotAllowedError") this.soundBlocked.value = true;
      },
    );
  }

  private silence(): void {
    for (const player of this.players.values()) player.srcObject = null;
    this.players.clear();
    this.soundBlocked.value = false;
  }
}

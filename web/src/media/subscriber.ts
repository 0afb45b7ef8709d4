/** What this page receives: a pool of slots, which the page steers and of which the hub says what they carry. */

import { computed, signal } from "@preact/signals";
import type { MediaAnswer, Slot, Slots, SlotView } from "../types/wire";
import { offerOnlyForwarded } from "./codecs";
import { Peer, type Line } from "./peer";
import { contentIn, type Look, picturesByVenue, steer } from "./slots";

/** How many slots are offered: of video in steps, so that the first offer is short and joining is quick. */
export interface Offered {
  readonly audio: number;
  readonly video: readonly number[];
}

const BY_A_VENUE: Offered = { audio: 4, video: [9, 16, 25] };
/** A window being dragged larger is one wish, not fifty. */
const SETTLE_MS = 150;
const AGAIN_MS = 1_000;
/** A short look at another tab pauses nothing: every picture that comes back costs its source a key frame. */
const REST_MS = 2_000;

export interface SubscribeLine extends Line {
  subscribe(sdp: string, content: string | null): Promise<MediaAnswer>;
  view(resource: string, slots: SlotView[]): Promise<unknown>;
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

  private places: RTCRtpTransceiver[] = [];
  /** How many of them the hub has answered. */
  private answered = 0;
  private contentPlace: RTCRtpTransceiver | null = null;
  private looks: readonly Look[] = [];
  private contentWidth = 0;
  private resting = false;
  /** Which venue each slot was steered to last. */
  private steered: ReadonlyMap<string, string> = new Map();
  /** The last wish the hub has heard, to say only what is new. */
  private said = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly pictures = computed(() => picturesByVenue(this.slots.value, this.tracks.value));
  readonly content = computed(() => contentIn(this.slots.value, this.tracks.value));

  private readonly most: number;

  constructor(
    private readonly line: SubscribeLine,
    private readonly offered: Offered = BY_A_VENUE,
  ) {
    this.most = Math.max(...offered.video);
    this.peer = new Peer(
      {
        prepare: (connection) => this.prepare(connection),
        ask: (_connection, sdp) => line.subscribe(sdp, this.contentPlace?.mid ?? null),
        answered: (_connection, resource) => {
          if (this.early?.resource === resource) this.slots.value = this.early.slots;
          this.answered = this.places.length;
          this.settle(0);
        },
      },
      line,
    );
  }

  take(push: Slots): void {
    this.early = push;
    if (push.resource === this.peer.resource) this.slots.value = push.slots;
  }

  /** What is on the screen now, the most important first; ``contentWidth`` is 0 when no content is shown. */
  look(looks: readonly Look[], contentWidth: number): void {
    this.looks = looks.slice(0, this.most);
    this.contentWidth = contentWidth;
    this.settle(this.resting ? REST_MS : SETTLE_MS);
  }

  /** Nobody sees this page: its pictures are paused, and are back at once; sound goes on. */
  rest(resting: boolean): void {
    this.resting = resting;
    this.settle(resting ? REST_MS : 0);
  }

  /** The line to the hub is new. */
  async renew(): Promise<void> {
    await this.peer.renew();
    this.said = "";
    this.settle(0);
  }

  /** Called from a click, which is what the browser waits for. */
  playSound(): void {
    for (const player of this.players.values()) this.play(player);
  }

  close(told = false): void {
    clearTimeout(this.timer);
    this.peer.close(told);
    this.silence();
  }

  private prepare(connection: RTCPeerConnection): void {
    this.silence();
    this.tracks.value = new Map();
    this.slots.value = [];
    this.steered = new Map();
    this.said = "";
    connection.ontrack = ({ track, transceiver }) => {
      if (transceiver.mid === null) return;
      if (track.kind === "audio") this.listen(transceiver.mid, track);
      else this.tracks.value = new Map(this.tracks.value).set(transceiver.mid, track);
    };
    for (let n = 0; n < this.offered.audio; n += 1) addSlot(connection, "audio");
    this.places = [];
    this.addPlaces(connection);
    this.contentPlace = addSlot(connection, "video");
  }

  /** As many video slots as are looked at, in steps: ten venues that come one by one are not ten offers. */
  private addPlaces(connection: RTCPeerConnection): void {
    const wanted = this.offered.video.find((step) => step >= this.looks.length) ?? this.most;
    while (this.places.length < wanted) this.places.push(addSlot(connection, "video"));
  }

  private settle(after_ms: number): void {
    clearTimeout(this.timer);
    if (this.peer.resource === null) return; // its answer brings us here again
    this.timer = setTimeout(() => void this.say(), after_ms);
  }

  private async say(): Promise<void> {
    const { connection, resource } = this.peer;
    if (connection === null || resource === null) return;
    this.addPlaces(connection);
    const { length } = this.places;
    if (length > this.answered) {
      if (await this.peer.offerMore()) this.answered = length;
      else this.settle(AGAIN_MS);
    }
    const view = this.view();
    const text = JSON.stringify(view);
    if (resource !== this.peer.resource || text === this.said) return;
    this.said = text;
    try {
      await this.line.view(resource, view);
    } catch {
      if (this.said === text) this.said = "";
      // A venue may be too new for the hub, or the line was cut: what is wished stays wished.
      if (resource === this.peer.resource) this.settle(AGAIN_MS);
    }
  }

  private view(): SlotView[] {
    const mids = this.places.slice(0, this.answered).map(({ mid }) => mid ?? "");
    const before = new Map(this.steered);
    for (const { mid, venue, source } of this.slots.peek()) {
      if (venue !== null && source !== "content" && !before.has(mid)) before.set(mid, venue);
    }
    const view = steer(mids, before, this.resting ? [] : this.looks);
    this.steered = new Map(view.flatMap(({ mid, venue }) => (venue === null ? [] : [[mid, venue]])));
    const content = this.contentPlace?.mid ?? null;
    return content === null ? view : [...view, { mid: content, venue: null, width: this.resting ? 0 : this.contentWidth }];
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

function addSlot(connection: RTCPeerConnection, kind: "audio" | "video"): RTCRtpTransceiver {
  const place = connection.addTransceiver(kind, { direction: "recvonly" });
  offerOnlyForwarded(place, kind);
  return place;
}

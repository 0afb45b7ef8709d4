/** This page's place in one session: its devices, what it sends, what it receives, and staying there. */

import { batch, computed, signal } from "@preact/signals";
import { mayBeHeard, mayOpenItself } from "../state/floor";
import { namedVenue } from "../state/picture";
import type { MediaState, Pushes, Requests, Session, VenueLine } from "../types/wire";
import {
  BOTH,
  type Capture,
  type Choice,
  type Opened,
  type Trouble,
  type Wanted,
  openDevice,
  openDevices,
  rememberChoice,
  rememberedChoice,
} from "./devices";
import { LevelMarks } from "./levels";
import type { Peer } from "./peer";
import { Publisher } from "./publisher";
import { type Bars, MOST_BARS, type Quality, barsOf, watch } from "./quality";
import { Share } from "./share";
import { type Offered, Subscriber } from "./subscriber";

/** What the room needs of the line to the hub. */
export interface RoomLine {
  request<N extends keyof Requests>(name: N, body: Requests[N]["body"]): Promise<Requests[N]["result"]>;
  on<N extends keyof Pushes>(name: N, take: (push: Pushes[N]) => void): () => void;
  /** A fresh id for a wish (rule J3). */
  op(): string;
  /** The hub's relays (TURN); null when it has none. */
  relays?(): Promise<RTCIceServer[]> | null;
}

/** entering: devices and media come up. displaced: another page of this seat took over. over: left or ended. */
export type RoomState = "entering" | "in" | "displaced" | "over";

/** free: who listens hears it. self: the chair has closed it, and the venue may open it. closed: the hub drops it. */
export type Access = "free" | "self" | "closed";

export interface OwnSide {
  microphone: boolean;
  camera: boolean;
  microphoneTrouble: Trouble | null;
  cameraTrouble: Trouble | null;
  picture: MediaStreamTrack | null;
}

const NOTHING: OwnSide = {
  microphone: false,
  camera: false,
  microphoneTrouble: null,
  cameraTrouble: null,
  picture: null,
};

export class Room {
  readonly state = signal<RoomState>("entering");
  readonly own = signal<OwnSide>(NOTHING);
  readonly choice = signal<Choice>(rememberedChoice());
  readonly sent = signal<Quality | null>(null);
  readonly received = signal<Quality | null>(null);
  /** The chair has closed this venue's microphone: it stays off until the chair allows it again. */
  readonly muted = signal(false);
  /** Whether the hub lets this venue be heard, whatever the device does. */
  readonly access = signal<Access>("free");
  /** This venue is called upon: by name, from the queue, or in a roll call. */
  readonly called = signal(false);
  /** How the venues' lines are, every two seconds; the figures in it are for officers alone. */
  readonly lines = signal<Readonly<Record<string, VenueLine>>>({});
  /** Since when which venues are lost. As text in between, so that nothing is drawn anew while it stays alike. */
  readonly lost = computed(() => new Map(JSON.parse(this.lostText.value) as [string, number][]));
  private readonly lostText = computed(() => JSON.stringify(lostIn(this.lines.value)));
  readonly levels: LevelMarks;
  readonly share: Share;
  readonly publisher: Publisher;
  readonly subscriber: Subscriber;
  /** Not better than the hub says: only the hub knows that it has paused pictures for want of room. */
  readonly bars = computed<Bars>(() => {
    if (this.subscriber.peer.state.value !== "connected") return 0;
    const known = [this.sent.value, this.received.value].filter((quality) => quality !== null);
    const measured = barsOf(known.length ? known : [PERFECT]);
    const most = MOST_BARS[this.lines.value[this.ownVenue ?? ""]?.state ?? "good"];
    return most < measured ? most : measured;
  });

  /** Something still comes: a hub that has died leaves its connections standing for seconds. */
  readonly flows = computed(
    () => this.subscriber.peer.state.value === "connected" && this.received.value?.rate_bps !== 0,
  );

  private wasPresenter = false;
  /** The microphone was off before this venue was called upon: after its turn it is off again. */
  private isLent = false;
  /** The venue has asked the hub to open its microphone, and waits to hear that it is. */
  private isOpening = false;
  private microphone: MediaStreamTrack | null = null;
  private camera: MediaStreamTrack | null = null;
  /** Changes of the devices, one after the other: two at once would leave a camera on that nobody holds. */
  private changes: Promise<void> = Promise.resolve();
  private readonly endings: (() => void)[];

  constructor(
    readonly sessionId: string,
    readonly ownVenue: string | null,
    private readonly line: RoomLine,
    offered?: Offered,
  ) {
    this.levels = new LevelMarks(ownVenue);
    const common = {
      restart: (resource: string, sdp: string) => line.request("media.restart", { resource, sdp }),
      close: (resource: string) => line.request("media.close", { resource }),
      relays: () => line.relays?.() ?? null,
    };
    const session_id = sessionId;
    this.share = new Share(
      {
        present: () => line.request("session.present", { op: line.op(), session_id }),
        unpresent: () => line.request("session.unpresent", { op: line.op(), session_id }),
      },
      (content) => this.publisher.send("content", content),
    );
    this.publisher = new Publisher({
      ...common,
      publish: (sdp, sources) => line.request("media.publish", { session_id, sdp, sources }),
    });
    this.subscriber = new Subscriber({
      ...common,
      subscribe: (sdp, content) => line.request("media.subscribe", { session_id, sdp, content }),
      view: (resource, slots) => line.request("media.view", { resource, slots }),
    }, offered);
    this.endings = [
      line.on("slots", (push) => this.subscriber.take(push)),
      line.on("levels", (push) => push.session_id === sessionId && this.levels.take(push)),
      line.on("media.layers", (push) => this.publisher.take(push)),
      line.on("media.lines", (push) => push.session_id === sessionId && (this.lines.value = push.venues)),
      line.on("media.state", (push) => this.told(push)),
      watch(
        () => ({ sending: this.publisher.peer.connection, receiving: this.subscriber.peer.connection }),
        ({ sending, receiving }) =>
          batch(() => {
            this.sent.value = sending;
            this.received.value = receiving;
          }),
      ),
    ];
  }

  /** Takes the place: the venue has joined, now its media comes up. ``ready``: devices opened before. */
  async enter(ready: Capture | null, wanted: Wanted = BOTH): Promise<void> {
    this.state.value = "entering";
    // Both lines come up while the person is still asked about the devices.
    const received = this.subscriber.peer.open();
    void this.publisher.open();
    await this.inTurn(async () => this.start(ready ?? (await openDevices(this.choice.value, wanted)), wanted));
    await received;
    if (this.state.value === "entering") this.state.value = "in";
  }

  /** The line to the hub is new: media that flowed on is kept, the hub says again what the slots carry. */
  async comeBack(): Promise<void> {
    if (!this.isHere()) return;
    if (this.wasPresenter) this.share.giveBack();
    await Promise.all([this.subscriber.renew(), this.publisher.peer.renew(), this.tellDevices()]);
  }

  /** The network has changed, or a person asks: media finds a way anew. Not ``isSure``: only what is broken. */
  hurry(isSure: boolean): void {
    if (!this.isHere()) return;
    for (const peer of [this.subscriber.peer, this.publisher.peer]) {
      if (isSure || peer.connection?.connectionState !== "connected") void peer.hurry();
    }
  }

  /** What the session has decided about this venue. */
  heed(session: Session): void {
    this.heedFloor(session);
    const presents = this.ownVenue !== null && session.presenter === this.ownVenue;
    if (presents && this.isHere()) this.share.giveBack();
    else if (!presents && this.wasPresenter) this.share.over();
    this.wasPresenter = presents;
  }

  /** Off takes effect at once, even while the browser still asks about something else. */
  setMicrophone(on: boolean): Promise<void> {
    if (on && this.muted.peek()) return Promise.resolve();
    this.isLent = false;
    if (!on) this.hush();
    return this.inTurn(() => this.switchMicrophone(on));
  }

  /** 自行开麦: on as soon as the hub has opened it; false takes the wish back. */
  awaitOpening(waits: boolean): void {
    this.isOpening = waits;
  }

  /** Off means off: the device is given back and its light goes out. */
  setCamera(on: boolean): Promise<void> {
    if (!on) this.cover();
    return this.inTurn(() => this.switchCamera(on));
  }

  choose(choice: Choice): Promise<void> {
    return this.inTurn(() => this.use(choice));
  }

  /** This page has the venue's place: not displaced, not over. */
  isHere(): boolean {
    return this.state.value === "entering" || this.state.value === "in";
  }

  /** Ends this page's part; whether the venue leaves is said to the hub elsewhere. */
  close(): void {
    this.state.value = "over";
    for (const end of this.endings) end();
    this.publisher.close();
    this.subscriber.close();
    this.giveBack();
  }

  /** Whoever is called upon is heard at once; what the chair has closed is off, and stays off until it is opened. */
  private heedFloor(session: Session): void {
    const own = session.venues[this.ownVenue ?? ""];
    if (own === undefined) return;
    const isClosed = !mayBeHeard(session, own);
    const muted = own.muted && isClosed;
    const called = namedVenue(session) === this.ownVenue;
    if (muted && !this.muted.peek()) void this.setMicrophone(false);
    if (!called && this.isLent) void this.setMicrophone(false);
    const isNamed = called && !this.called.peek();
    batch(() => {
      this.muted.value = muted;
      this.access.value = !isClosed ? "free" : mayOpenItself(session, own) ? "self" : "closed";
      this.called.value = called;
    });
    if (isNamed) void this.inTurn(() => this.lend());
    if (this.isOpening && !isClosed) {
      this.isOpening = false;
      void this.setMicrophone(true);
    }
  }

  private async lend(): Promise<void> {
    if (this.own.value.microphone || !this.called.peek()) return;
    this.isLent = true;
    await this.switchMicrophone(true);
  }

  private hush(): void {
    if (this.microphone !== null) this.microphone.enabled = false;
    this.own.value = { ...this.own.value, microphone: false };
  }

  private cover(): void {
    this.camera?.stop();
    this.camera = null;
    this.own.value = { ...this.own.value, camera: false, picture: null };
  }

  private async switchMicrophone(on: boolean): Promise<void> {
    if (!on) this.hush();
    else if (this.microphone === null || this.microphone.readyState === "ended") {
      const opened = await this.opened("microphone");
      if (opened === null) return;
      this.microphone = this.watched(opened.track);
      this.own.value = { ...this.own.value, microphoneTrouble: opened.trouble };
    }
    if (on && this.microphone !== null) {
      this.microphone.enabled = true;
      this.own.value = { ...this.own.value, microphone: true };
    }
    this.send();
  }

  private async switchCamera(on: boolean): Promise<void> {
    this.cover();
    let cameraTrouble: Trouble | null = null;
    if (on) {
      const opened = await this.opened("camera");
      if (opened === null) return;
      this.camera = this.watched(opened.track);
      cameraTrouble = opened.trouble;
    }
    this.own.value = { ...this.own.value, camera: this.camera !== null, cameraTrouble, picture: this.camera };
    this.send();
  }

  private async use(choice: Choice): Promise<void> {
    this.choice.value = { ...this.choice.value, ...choice };
    rememberChoice(this.choice.value);
    if (choice.camera !== undefined && this.own.value.camera) await this.switchCamera(true);
    if (choice.microphone !== undefined) {
      // Also while it is off: the next time it is turned on it is the chosen one.
      this.microphone?.stop();
      this.microphone = null;
      if (this.own.value.microphone) await this.switchMicrophone(true);
    }
  }

  /** Null when the page has given up its place while the browser asked: nothing stays open behind its back. */
  private async opened(kind: "camera" | "microphone"): Promise<Opened | null> {
    const opened = await openDevice(kind, this.choice.value);
    if (this.isHere()) return opened;
    opened.track?.stop();
    return null;
  }

  private inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.changes.then(() => (this.isHere() ? change() : undefined));
    this.changes = done.catch(() => undefined);
    return done;
  }

  /** Nobody waits for the answer: a line that has died gives it after seconds, and the next change must not. */
  private send(): void {
    this.publisher.send("microphone", this.microphone);
    this.publisher.send("camera", this.camera);
    void this.tellDevices();
  }

  private giveBack(): void {
    this.share.over();
    this.microphone?.stop();
    this.camera?.stop();
    this.microphone = null;
    this.camera = null;
    this.own.value = NOTHING;
  }

  private start(capture: Capture, wanted: Wanted): void {
    if (!this.isHere()) {
      capture.microphone?.stop();
      capture.camera?.stop();
      return;
    }
    this.microphone = this.watched(capture.microphone);
    this.camera = this.watched(capture.camera);
    const isOn = wanted.microphone && !this.muted.peek();
    if (this.microphone !== null) this.microphone.enabled = isOn;
    this.own.value = {
      microphone: capture.microphone !== null && isOn,
      camera: capture.camera !== null,
      microphoneTrouble: capture.microphoneTrouble,
      cameraTrouble: capture.cameraTrouble,
      picture: capture.camera,
    };
    this.send();
  }

  /** A device that is pulled out ends its track: the others must see why nothing comes. */
  private watched(track: MediaStreamTrack | null): MediaStreamTrack | null {
    track?.addEventListener("ended", () => {
      if (track !== this.camera && track !== this.microphone) return;
      const video = track.kind === "video";
      this.own.value = video
        ? { ...this.own.value, camera: false, cameraTrouble: "absent", picture: null }
        : { ...this.own.value, microphone: false, microphoneTrouble: "absent" };
      void this.tellDevices();
    });
    return track;
  }

  private async tellDevices(): Promise<void> {
    const { microphone, camera } = this.own.value;
    const { sessionId: session_id, line } = this;
    await line.request("session.devices", { op: line.op(), session_id, microphone, camera }).catch(() => undefined);
  }

  private told(push: MediaState): void {
    if (push.session_id !== this.sessionId || push.connected) return;
    // Another page of this seat took the place (J5): that concerns the page, not one of its connections.
    if (push.reason === "displaced" && push.resource === "") return this.displaced();
    const peer = this.peerOf(push.resource);
    if (peer === null) return;
    if (push.reason === "displaced") this.displaced();
    else if (push.reason === "ended") this.ended();
    else void peer.open();
  }

  private displaced(): void {
    this.publisher.close(true);
    this.subscriber.close(true);
    this.giveBack();
    this.state.value = "displaced";
  }

  private ended(): void {
    this.publisher.close(true);
    this.subscriber.close(true);
    this.giveBack();
    this.state.value = "over";
  }

  private peerOf(resource: string): Peer | null {
    return [this.publisher.peer, this.subscriber.peer].find((peer) => peer.resource === resource) ?? null;
  }
}

function lostIn(lines: Readonly<Record<string, VenueLine>>): [venue: string, since_ms: number][] {
  return Object.entries(lines).flatMap(([venue, { state, since_ms }]) => (state === "lost" ? [[venue, since_ms]] : []));
}

/** Connected, but not measured yet. */
const PERFECT: Quality = { rtt_ms: null, loss: 0, rate_bps: 0, fps: 0 };

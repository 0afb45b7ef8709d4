// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

/** Offer a publish connection (sendonly m-lines). `sources` names each mid. */
export interface MediaPublish {
  session_id: string;
  sdp: string;
  sources: Record<string, string>;
}

export interface MediaAnswer {
  resource: string;
  sdp: string;
}

/** Offer a subscribe connection: each recvonly m-line is a slot, and `content` the presenter's. */
export interface MediaSubscribe {
  session_id: string;
  sdp: string;
  content?: string | null;
}

/** Offer again on the same connection: an ICE restart, or more m-lines.
 * 
 * `sources` names the mids that are new; `content` is said when there was none yet. */
export interface MediaRestart {
  resource: string;
  sdp: string;
  sources?: Record<string, string>;
  content?: string | null;
}

/** All wishes about the video slots of `resource`; one that is not named is automatic and paused. */
export interface MediaView {
  resource: string;
  slots: SlotView[];
}

/** What the page wants in a video slot.
 * 
 * `venue` None: the hub chooses who speaks, and keeps still. `width`: of the tile, in device pixels;
 * 0 when nobody looks. */
export interface SlotView {
  mid: string;
  venue: string | null;
  width: number;
}

export interface MediaClose {
  resource: string;
}

/** Ask for the relays (TURN) this hub has, for pages that reach it in no other way. */
export interface MediaRelays {
}

/** No servers when the hub has no relay. The credentials hold until `expires_ms`. */
export interface Relays {
  servers: RelayServer[];
  expires_ms: number | null;
}

/** As an RTCIceServer. */
export interface RelayServer {
  urls: string[];
  username: string;
  credential: string;
}

/** Offer the sending half of a self-check: a loop that nobody else sees, over `via` alone. */
export interface CheckPublish {
  sdp: string;
  via: "tcp" | "udp";
}

/** Offer the half that gets it back. Both end after a minute, or as any other (`media.close`). */
export interface CheckSubscribe {
  sdp: string;
  via: "tcp" | "udp";
}

/** All slots of one subscribe connection. */
export interface Slots {
  session_id: string;
  resource: string;
  slots: Slot[];
}

/** What the m-line `mid` of a subscribe connection carries now; nothing when `source_id` is None.
 * 
 * `problem` "codec": this client cannot decode that source. `starved`: paused for want of bandwidth. */
export interface Slot {
  mid: string;
  kind: string;
  source_id: string | null;
  venue: string | null;
  source: string | null;
  codec: string | null;
  problem: "codec" | null;
  starved: boolean;
}

/** How loud the venues are: dB below overload, 0 to 127 (RFC 6464). Ephemeral, may be dropped. */
export interface Levels {
  session_id: string;
  levels: Record<string, number>;
}

/** The encodings (rids) to send now on each mid of a publish connection; the others nobody looks at. */
export interface MediaLayers {
  session_id: string;
  resource: string;
  encodings: Record<string, string[]>;
}

/** The lines of all venues that have sent something, every 2 s; figures for the duty office only. */
export interface MediaLines {
  session_id: string;
  venues: Record<string, VenueLine>;
}

/** How a venue's line is, and since when. `up`: from the venue to the hub; figures are for officers. */
export interface VenueLine {
  state: LineState;
  since_ms: number;
  up: LineSide | null;
  down: LineSide | null;
}

/** 良好 · 一般 · 较差 · 中断 */
export type LineState = "good" | "fair" | "poor" | "lost";

/** One direction of a line. `loss` is a share, `width` that of the best picture on it. */
export interface LineSide {
  loss: number;
  rtt_ms: number | null;
  jitter_ms: number | null;
  bitrate_bps: number;
  width: number | null;
  via: "tcp" | "udp" | null;
}

/** A media connection of this page: connected, or closed with a reason (displaced, ended, lost). */
export interface MediaState {
  session_id: string;
  resource: string;
  connected: boolean;
  reason: string;
}

/** What is offered: only what the hub forwards, as every other codec makes the offer longer. */

const SENT = ["audio/opus", "video/vp8", "video/rtx"];
/** Hardware encoders send H.264, by WHIP; a page itself sends VP8. */
const RECEIVED = [...SENT, "video/h264"];

/**
 * Twenty slots with Chromium's whole list of codecs are an offer of more than 80 KB, and the hub refuses
 * those over 256 KB unread. Without any of the wanted ones the browser's own list stays.
 */
export function offerOnlyForwarded(transceiver: RTCRtpTransceiver, kind: "audio" | "video"): void {
  // Firefox has it from 128 on; its own list is short enough.
  if (!("setCodecPreferences" in transceiver)) return;
  const wanted = transceiver.direction === "sendonly" ? SENT : RECEIVED;
  const all = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const kept = all.filter((codec) => wanted.includes(codec.mimeType.toLowerCase()) && isForwarded(codec));
  if (kept.length > 0) transceiver.setCodecPreferences(kept);
}

/** RFC 6184, 6.2: encoders cut frames into fragments, which only packetization mode 1 has. */
function isForwarded({ mimeType, sdpFmtpLine = "" }: RTCRtpCodec): boolean {
  return mimeType.toLowerCase() !== "video/h264" || sdpFmtpLine.includes("packetization-mode=1");
}

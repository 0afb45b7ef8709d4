/** What is offered: the hub forwards VP8 and Opus, and every other codec only makes the offer longer. */

/**
 * Twenty slots with Chromium's whole list of codecs are an offer of more than 80 KB, and the hub refuses
 * those over 256 KB unread. Without any of the wanted ones the browser's own list stays.
 */
export function offerOnlyForwarded(transceiver: RTCRtpTransceiver, kind: "audio" | "video"): void {
  // Firefox has it from 128 on; its own list is short enough.
  if (!("setCodecPreferences" in transceiver)) return;
  const wanted = kind === "audio" ? ["audio/opus"] : ["video/vp8", "video/rtx"];
  const all = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const kept = all.filter((codec) => wanted.includes(codec.mimeType.toLowerCase()));
  if (kept.length > 0) transceiver.setCodecPreferences(kept);
}

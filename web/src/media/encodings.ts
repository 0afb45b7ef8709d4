/** How pictures are sent: a camera as up to three encodings at once (simulcast, RFC 8853), content as one. Pure. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Smallest first, in the order of the offer. */
export const RIDS = ["q", "h", "f"] as const;

/** For 320x180, 640x360 and 1280x720. */
const CAMERA_BPS = [150_000, 500_000, 1_700_000] as const;

/** Text must be sharp and need not be smooth. */
export const CONTENT_MAX_FPS = 8;
const CONTENT_BPS = 2_500_000;

/**
 * How many encodings a capture is worth. By area, so that a telephone held upright counts alike; these are the
 * steps of Chromium too, which leaves out the highest when the capture is smaller (libwebrtc, simulcast.cc).
 */
export function encodingCount(size: Size): number {
  const area = size.width * size.height;
  if (area >= 960 * 540) return 3;
  return area >= 480 * 270 ? 2 : 1;
}

/**
 * The offer always has all three, so that another camera needs no new connection; of a small capture the first
 * ones carry it and the others rest. ``wanted``: what the hub has use for, null when it has not said.
 */
export function cameraEncodings(size: Size | null, wanted: ReadonlySet<string> | null): RTCRtpEncodingParameters[] {
  const count = size === null ? RIDS.length : encodingCount(size);
  return RIDS.map((rid, n) => ({
    rid,
    active: n < count && (wanted === null || wanted.has(rid)),
    scaleResolutionDownBy: n < count ? 2 ** (count - 1 - n) : 1,
    maxBitrate: CAMERA_BPS[n] ?? CAMERA_BPS[0],
    // Three temporal layers: the hub takes the frame rate down before the size.
    scalabilityMode: "L1T3",
  }));
}

export function contentEncodings(): RTCRtpEncodingParameters[] {
  return [{ active: true, maxBitrate: CONTENT_BPS, maxFramerate: CONTENT_MAX_FPS }];
}

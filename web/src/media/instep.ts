/** How a track that is off comes back to the clock. Pure. */

/** What is seen is drawn to the clock quickly, what is heard hardly, and the sound that leads is left alone. */
export type Part = "picture" | "sound" | "lead";

export interface Correction {
  seek: boolean;
  rate: number;
  /** Being drawn to the clock: a sound that is goes on until it is close. */
  drawn: boolean;
}

interface Limits {
  /** Seconds of the listener: further off it is sought, */
  readonly seek_s: number;
  /** nearer than this it is left alone, */
  readonly begin_s: number;
  /** and once it is drawn, until it is as near as this. */
  readonly end_s: number;
  /** The most by which it is quickened or slowed. */
  readonly most: number;
}

const LIMITS: Record<Part, Limits> = {
  picture: { seek_s: 0.6, begin_s: 0.012, end_s: 0.004, most: 0.25 },
  // 4 % with the pitch kept is heard by nobody; and a seek is a click in the sound.
  sound: { seek_s: 0.25, begin_s: 0.03, end_s: 0.008, most: 0.04 },
  lead: { seek_s: 0.4, begin_s: Infinity, end_s: Infinity, most: 0 },
};

/** How long the way back takes a picture that is not far off. */
const BACK_IN_S = 0.4;
/** Standing still, after a jump: closer than any two frames are. */
const SAME_S = 0.0005;
/** Standing still otherwise: what was left of playing. */
const STILL_S = 0.04;

/** ``behind_s``: seconds of the file. ``exact``: there was a jump, and the very frame is wanted. */
export function correction(
  behind_s: number,
  rate: number,
  how: { part: Part; running: boolean; exact: boolean; drawn: boolean },
): Correction {
  const off = Math.abs(behind_s);
  if (how.exact) return { seek: off > SAME_S, rate, drawn: false };
  if (!how.running) return { seek: off > STILL_S * rate, rate, drawn: false };
  const limits = LIMITS[how.part];
  const late_s = behind_s / rate; // of the listener's time: faster playback is coarser
  if (Math.abs(late_s) > limits.seek_s) return { seek: true, rate, drawn: false };
  if (Math.abs(late_s) <= (how.drawn ? limits.end_s : limits.begin_s)) return { seek: false, rate, drawn: false };
  const by = Math.max(-limits.most, Math.min(limits.most, late_s / BACK_IN_S));
  return { seek: false, rate: rate * (1 + by), drawn: true };
}

/** The gaps of a recording as a person counts them: the same rule as recordings/manifest.py. Pure. */
import type { Gap, Recording } from "../types/wire";

type Part = Pick<Gap, "from_ms" | "to_ms" | "reason" | "track_id" | "venue" | "source">;

/** What was one interruption for all, or for the picture and the sound of a venue, is one. */
export function counted<G extends Part>(gaps: readonly G[]): G[] {
  const found: G[] = [];
  const order = [...gaps].sort((a, b) => Number(a.track_id !== "") - Number(b.track_id !== "") || a.from_ms - b.from_ms);
  for (const gap of order) if (!found.some((one) => isPart(gap, one))) found.push(gap);
  return found.sort((a, b) => a.from_ms - b.from_ms);
}

function isPart(gap: Part, of: Part): boolean {
  const alike = gap.reason === of.reason && (of.track_id === "" || gap.venue === of.venue);
  const begins = of.to_ms === null || gap.from_ms <= of.to_ms;
  return alike && gap.track_id !== "" && begins && (gap.to_ms === null || gap.to_ms >= of.from_ms);
}

/** Sources that are not being written at this moment, though the recording runs. */
export function missing(recording: Recording): Gap[] {
  return recording.gaps.filter((gap) => gap.track_id !== "" && gap.to_ms === null);
}

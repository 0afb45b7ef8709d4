/** The address of a second of a recording: `?t=` counts seconds from its start. */
import type { Playhead } from "../media/playhead";

export function addressOf(recordingId: string, second: number): string {
  return `/recordings/${encodeURIComponent(recordingId)}?t=${Math.max(0, Math.round(second * 10) / 10)}`;
}

/** Of the page that is open, with the moment of its playhead. */
export function addressAt(playhead: Playhead): string {
  const second = (playhead.now() - playhead.span.from_ms) / 1000;
  return `${location.pathname}?t=${Math.max(0, Math.round(second * 10) / 10)}`;
}

/** Who loads the page anew is where they were. */
export function remember(playhead: Playhead): void {
  history.replaceState(history.state, "", addressAt(playhead));
}

/** The moment that the address names. */
export function namedMoment(search: string, from_ms: number): number {
  const second = Number(new URLSearchParams(search).get("t"));
  return from_ms + (Number.isFinite(second) ? Math.max(0, second) * 1000 : 0);
}

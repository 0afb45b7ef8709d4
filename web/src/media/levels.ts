/** Who is heard at this moment, told to the tiles directly: five times a second is too often for a render. */

import type { Levels } from "../types/wire";

/** RFC 6464: 0 is overload, 127 silence; speech in a room stands above -50. */
export const HEARD_AT = 50;
/** Pushes stop when nobody is heard, so a mark also goes out by itself. */
const HOLD_MS = 700;

/** Pure: how far a level reaches between silence (0) and loud (1). */
export function loudness(level: number): number {
  return Math.max(0, Math.min(1, (HEARD_AT + 10 - level) / HEARD_AT));
}

export class LevelMarks {
  private readonly marks = new Map<string, Set<HTMLElement>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  take(push: Levels): void {
    for (const [venue, level] of Object.entries(push.levels)) {
      if (level <= HEARD_AT) this.heard(venue, level);
    }
  }

  /** A ref callback's other half: the element carries ``data-speaking`` while its venue is heard. */
  mark(venue: string, element: HTMLElement): () => void {
    const elements = this.marks.get(venue) ?? new Set();
    this.marks.set(venue, elements.add(element));
    return () => {
      elements.delete(element);
      delete element.dataset.speaking;
    };
  }

  private heard(venue: string, level: number): void {
    for (const element of this.marks.get(venue) ?? []) {
      element.dataset.speaking = "true";
      element.style.setProperty("--loudness", loudness(level).toFixed(2));
    }
    clearTimeout(this.timers.get(venue));
    this.timers.set(
      venue,
      setTimeout(() => {
        for (const element of this.marks.get(venue) ?? []) delete element.dataset.speaking;
      }, HOLD_MS),
    );
  }
}

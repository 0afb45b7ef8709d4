/** Who is heard at this moment, told to the tiles directly: five times a second is too often for a render. */

import { signal } from "@preact/signals";
import type { Levels } from "../types/wire";

/** RFC 6464: 0 is overload, 127 silence; speech in a room stands above -50. */
export const HEARD_AT = 50;
/** Pushes stop when nobody is heard, so a mark also goes out by itself. */
const HOLD_MS = 700;

/** Pure: how far a level reaches between silence (0) and loud (1). */
export function loudness(level: number): number {
  return Math.max(0, Math.min(1, (HEARD_AT + 10 - level) / HEARD_AT));
}

/** So many pushes in a row before the picture goes over to another venue: a cough changes nothing. */
const TURN_PUSHES = 5;

/** Voice switching (声控): who has the word, with the patience that keeps the picture calm. Pure. */
export interface Turn {
  speaker: string | null;
  challenger: string | null;
  pushes: number;
}

export const NOBODY: Turn = { speaker: null, challenger: null, pushes: 0 };

export function nextTurn(turn: Turn, levels: Readonly<Record<string, number>>): Turn {
  const heard = Object.entries(levels)
    .filter(([, level]) => level <= HEARD_AT)
    .sort(([, a], [, b]) => a - b);
  const loudest = heard[0]?.[0] ?? null;
  if (loudest === null || heard.some(([venue]) => venue === turn.speaker)) {
    return { ...turn, challenger: null, pushes: 0 };
  }
  const pushes = loudest === turn.challenger ? turn.pushes + 1 : 1;
  return pushes >= TURN_PUSHES
    ? { speaker: loudest, challenger: null, pushes: 0 }
    : { ...turn, challenger: loudest, pushes };
}

export class LevelMarks {
  /** Who had the word last, other than this page's own venue. */
  readonly speaker = signal<string | null>(null);
  private turn = NOBODY;

  private readonly marks = new Map<string, Set<HTMLElement>>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly ownVenue: string | null) {}

  take(push: Levels): void {
    const { [this.ownVenue ?? ""]: _, ...others } = push.levels;
    this.turn = nextTurn(this.turn, others);
    this.speaker.value = this.turn.speaker;
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

/** Fingers, pointer and wheel on the timeline: press and drag to go there, the axis to pan, the wheel and two fingers to zoom. */
import type { Span } from "../../media/playhead";
import { lengthOf, panned, pinched, timeAt, wheelFactor, zoomed } from "./window";

/** What the gestures are about, at this moment. */
export interface Ground {
  readonly span: Span;
  readonly window: Span;
  readonly width: number;
}

export interface Deeds {
  readonly ground: () => Ground;
  /** Null: all of it. */
  readonly look: (window: Span | null) => void;
  readonly jump: (at_ms: number) => void;
  /** A press in one place; true where something lay there that has answered it. */
  readonly press: (x: number, y: number, by: "mouse" | "touch") => boolean;
  /** Where the pointer is; null once it has left. */
  readonly hover: (x: number | null, y: number) => void;
}

export interface Touch {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly onAxis: boolean;
  readonly by: "mouse" | "touch";
}

/** A finger that moves less than this has only pressed. */
const STILL_PX = { mouse: 3, touch: 8 } as const;

type Doing = "pressed" | "going" | "panning" | "pinching" | "answered";

export class Gestures {
  private readonly down = new Map<number, Touch>();
  private doing: Doing | null = null;
  private begin: Touch | null = null;
  private from: Span | null = null;
  private held: readonly [number, number] | null = null;

  constructor(private readonly deeds: Deeds) {}

  press(touch: Touch): void {
    this.down.set(touch.id, touch);
    const { window, width } = this.deeds.ground();
    if (this.down.size === 2) {
      const [one, two] = [...this.down.values()] as [Touch, Touch];
      this.doing = "pinching";
      this.held = [timeAt(one.x, window, width), timeAt(two.x, window, width)];
      return;
    }
    if (this.down.size > 2) return;
    this.begin = touch;
    this.from = window;
    this.doing = touch.onAxis ? "panning" : "pressed";
    if (touch.by === "touch" || touch.onAxis) return; // a finger may mean to scroll
    if (this.deeds.press(touch.x, touch.y, touch.by)) this.doing = "answered";
    else this.go(touch);
  }

  move(touch: Touch): void {
    if (!this.down.has(touch.id)) {
      this.deeds.hover(touch.x, touch.y);
      return;
    }
    this.down.set(touch.id, touch);
    if (this.doing === "pinching") this.pinch();
    else if (this.doing === "panning") this.pan(touch);
    else if (this.doing === "pressed" && this.hasMoved(touch)) this.go(touch);
    else if (this.doing === "going") this.go(touch);
  }

  release(touch: Touch): void {
    if (!this.down.delete(touch.id)) return;
    if (this.doing === "pressed" && touch.by === "touch" && !this.deeds.press(touch.x, touch.y, touch.by)) this.go(touch);
    if (this.down.size > 0) return;
    if (touch.by === "touch") this.deeds.hover(null, 0);
    this.cancel();
  }

  /** The browser has taken the gesture for itself: a scroll. */
  cancel(): void {
    this.down.clear();
    this.doing = this.begin = this.from = this.held = null;
  }

  leave(): void {
    if (this.down.size === 0) this.deeds.hover(null, 0);
  }

  /** True where the wheel has done something here and is not to scroll the page as well. */
  wheel(x: number, deltaX: number, deltaY: number, zooms: boolean, pans: boolean): boolean {
    const { span, window, width } = this.deeds.ground();
    if (zooms) {
      this.deeds.look(zoomed(window, wheelFactor(deltaY), timeAt(x, window, width), span));
      return true;
    }
    const along = pans ? deltaX || deltaY : deltaX;
    if (Math.abs(along) <= (pans ? 0 : Math.abs(deltaY))) return false;
    this.deeds.look(panned(window, (along / Math.max(1, width)) * lengthOf(window), span));
    return true;
  }

  private go(touch: Touch): void {
    const { window, width } = this.deeds.ground();
    this.doing = "going";
    this.deeds.hover(touch.x, touch.y);
    this.deeds.jump(timeAt(touch.x, window, width));
  }

  private pan(touch: Touch): void {
    if (this.begin === null || this.from === null) return;
    const { span, width } = this.deeds.ground();
    const by_ms = ((this.begin.x - touch.x) / Math.max(1, width)) * lengthOf(this.from);
    this.deeds.look(panned(this.from, by_ms, span));
  }

  private pinch(): void {
    const [one, two] = [...this.down.values()];
    if (one === undefined || two === undefined || this.held === null) return;
    const { span, width } = this.deeds.ground();
    const wide = Math.max(1, width);
    const isTurned = this.held[0] > this.held[1];
    const times: [number, number] = isTurned ? [this.held[1], this.held[0]] : [this.held[0], this.held[1]];
    const parts: [number, number] = isTurned ? [two.x / wide, one.x / wide] : [one.x / wide, two.x / wide];
    this.deeds.look(pinched(times, parts, span));
  }

  private hasMoved(touch: Touch): boolean {
    const begin = this.begin;
    return begin !== null && Math.hypot(touch.x - begin.x, touch.y - begin.y) >= STILL_PX[touch.by];
  }
}

/** A stream's states at every moment of its past: looked at forwards and backwards, folded from the nearest one kept. */
import type { Recorded } from "../types/wire";
import { fold, type State } from "./streams";

/** A state is kept every so many events: that is what a jump has to fold at most. */
export const KEPT_EVERY = 500;

export class Past<S extends State> {
  private readonly kept: S[];
  private last: { count: number; state: S };

  constructor(
    private readonly stream: string,
    private readonly events: readonly Recorded[],
    start: S,
  ) {
    this.kept = [start];
    this.last = { count: 0, state: start };
  }

  /** The state after the first `count` events; the very same one as long as the count is. */
  after(count: number): S {
    if (count === this.last.count) return this.last.state;
    const wanted = Math.floor(count / KEPT_EVERY);
    while (this.kept.length <= wanted) {
      const from = (this.kept.length - 1) * KEPT_EVERY;
      this.kept.push(this.folded(from, from + KEPT_EVERY, this.kept.at(-1)!));
    }
    const goesOn = this.last.count < count && this.last.count >= wanted * KEPT_EVERY;
    const from = goesOn ? this.last : { count: wanted * KEPT_EVERY, state: this.kept[wanted]! };
    this.last = { count, state: this.folded(from.count, count, from.state) };
    return this.last.state;
  }

  private folded(from: number, to: number, state: S): S {
    return fold(this.stream, this.events.slice(from, to), state) as S;
  }
}

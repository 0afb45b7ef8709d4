/** Whose turn it is: a jump makes all tracks want bytes at once, and then the decoder. */

interface Waiting {
  readonly urgency: number;
  readonly begin: () => void;
}

export class Queue {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private isFirst = true;

  /** ``atFirst``: so many at once until one of those who came together is through. */
  constructor(
    private readonly atOnce: number,
    private readonly atFirst = atOnce,
  ) {}

  get isBusy(): boolean {
    return this.running + this.waiting.length > 0;
  }

  /** Runs ``job`` when its turn comes; the least ``urgency`` goes first. Given up meanwhile, it never begins. */
  async run<T>(urgency: number, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    await this.turn(urgency, signal);
    try {
      return await job();
    } finally {
      this.running -= 1;
      this.isFirst = !this.isBusy;
      this.next();
    }
  }

  private turn(urgency: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const given = (): void => {
        const at = this.waiting.indexOf(mine);
        if (at >= 0) this.waiting.splice(at, 1);
        reject(new DOMException("given up", "AbortError"));
      };
      const begin = (): void => (signal.removeEventListener("abort", given), (this.running += 1), resolve());
      const mine = { urgency, begin };
      if (signal.aborted) return given();
      signal.addEventListener("abort", given, { once: true });
      const behind = this.waiting.findIndex((other) => other.urgency > urgency);
      this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, mine);
      this.next();
    });
  }

  private next(): void {
    while (this.running < (this.isFirst ? this.atFirst : this.atOnce)) {
      const first = this.waiting.shift();
      if (first === undefined) return;
      first.begin();
    }
  }
}

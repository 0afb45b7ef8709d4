/** Whose bytes come first: a browser has six connections to one host, and a jump asks for all tracks at once. */

/** One is left for everything else that the page asks of the hub. */
const AT_ONCE = 5;

interface Waiting {
  readonly urgency: number;
  readonly begin: () => void;
}

export class Queue {
  private readonly waiting: Waiting[] = [];
  private running = 0;

  constructor(private readonly atOnce = AT_ONCE) {}

  /** Runs ``job`` when its turn comes; the least ``urgency`` goes first. Given up meanwhile, it never begins. */
  async run<T>(urgency: number, signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    await this.turn(urgency, signal);
    try {
      return await job();
    } finally {
      this.running -= 1;
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
    while (this.running < this.atOnce) {
      const first = this.waiting.shift();
      if (first === undefined) return;
      first.begin();
    }
  }
}

/** The bell of an incoming call: two tones made on the spot, since nothing is fetched. */

const TONES_HZ = [784, 659] as const;
const STROKE_S = 0.32;
const ROUND_MS = 2_000;

/** Something has come that is to be signed for: so many rounds, and silent again by itself. */
export function chime(rounds: number): void {
  const bell = new Bell();
  setTimeout(() => bell.stop(), rounds * ROUND_MS - 100);
}

export class Bell {
  private readonly context = new AudioContext();
  private readonly timer: ReturnType<typeof setInterval>;

  constructor() {
    this.strike();
    this.timer = setInterval(() => this.strike(), ROUND_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    void this.context.close();
  }

  /** Without a click on the page the browser keeps it silent; the title and the page still ring. */
  private strike(): void {
    if (this.context.state === "suspended") void this.context.resume();
    const start = this.context.currentTime + 0.02;
    for (const [n, hz] of [...TONES_HZ, ...TONES_HZ].entries()) this.tone(hz, start + n * STROKE_S);
  }

  private tone(hz: number, at_s: number): void {
    const { context } = this;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.type = "triangle";
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(0, at_s);
    volume.gain.linearRampToValueAtTime(0.25, at_s + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.001, at_s + STROKE_S);
    tone.connect(volume).connect(context.destination);
    tone.start(at_s);
    tone.stop(at_s + STROKE_S);
  }
}

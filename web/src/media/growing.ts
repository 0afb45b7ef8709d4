/** Files that are still being written: what of them can be fetched by now, and where their seconds lie. */
import type { Growing } from "../types/wire";
import type { Cue } from "./webm";

const ASK_EVERY_MS = 1_000;
/** So long after a moment all that came of it has been written: putting in order, and the muxer's half second. */
const SETTLED_MS = 2_000;

export interface GrowingFile {
  readonly cues: Cue[];
  size_bytes: number;
  /** Seconds of the file up to which nothing more will come between. */
  settled_s: number;
}

/** One question a second for all of them, and only while somebody wants to know. */
export class GrowingFiles {
  private readonly files = new Map<string, GrowingFile & { readonly started_ms: number }>();
  private asked = -Infinity;
  private now_ms = 0;
  private isAsking = false;

  /** ``ask`` for what came after a moment of the hub's clock; ``gone``: a file is not written any more. */
  constructor(
    private readonly ask: (after_ms: number) => Promise<Growing>,
    private readonly changed: () => void,
    private readonly gone: () => void,
    private readonly pageClock: () => number = () => performance.now(),
  ) {}

  file(track_id: string, started_ms: number): GrowingFile {
    const known = this.files.get(track_id);
    if (known !== undefined) return known;
    const fresh = { cues: [], size_bytes: 0, settled_s: -Infinity, started_ms };
    this.files.set(track_id, fresh);
    return fresh;
  }

  want(): void {
    if (this.isAsking || this.pageClock() - this.asked < ASK_EVERY_MS) return;
    this.asked = this.pageClock();
    this.isAsking = true;
    const isNew = [...this.files.values()].some(({ settled_s }) => settled_s === -Infinity); // all is new to that one
    this.ask(isNew ? 0 : this.now_ms)
      .then((answer) => this.take(answer), this.gone) // no answer: the manifest says why
      .finally(() => {
        this.isAsking = false;
        this.changed();
      });
  }

  private take(answer: Growing): void {
    const told = new Map(answer.tracks.map((track) => [track.track_id, track]));
    this.now_ms = answer.now_ms;
    for (const [track_id, file] of this.files) {
      const track = told.get(track_id);
      if (track === undefined) {
        this.files.delete(track_id);
        this.gone();
        continue;
      }
      const last = file.cues.at(-1)?.offset ?? -1;
      for (const [ms, offset] of track.cues) if (offset > last) file.cues.push({ time_s: ms / 1000, offset });
      file.size_bytes = track.size_bytes;
      file.settled_s = (answer.now_ms - SETTLED_MS - file.started_ms) / 1000;
    }
  }
}

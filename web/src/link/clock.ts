/** The hub's clock as seen from this page: the answer that travelled fastest tells it best. */

/** Half a round trip is the error bound, so a quick answer beats several slow ones. */
interface Sample {
  round_trip_ms: number;
  offset_ms: number;
  at_ms: number;
}

/** Old samples are dropped: clocks drift, and a sleeping machine's clock stands still. */
const KEPT = 8;

export class HubClock {
  private samples: Sample[] = [];

  /** `sent_ms` and `received_ms` are this page's monotonic clock, `hub_ms` what the hub's said between. */
  add(sent_ms: number, hub_ms: number, received_ms: number): void {
    const middle = (sent_ms + received_ms) / 2;
    const sample = { round_trip_ms: received_ms - sent_ms, offset_ms: hub_ms - middle, at_ms: received_ms };
    this.samples = [...this.samples, sample].slice(-KEPT);
  }

  /** After a reconnection nothing known before counts. */
  reset(): void {
    this.samples = [];
  }

  /** Add this to the page's monotonic clock; null while nothing is known. */
  get offset_ms(): number | null {
    let best: Sample | null = null;
    for (const sample of this.samples) {
      if (best === null || sample.round_trip_ms < best.round_trip_ms) best = sample;
    }
    return best === null ? null : best.offset_ms;
  }

  get round_trip_ms(): number | null {
    return this.samples.at(-1)?.round_trip_ms ?? null;
  }
}

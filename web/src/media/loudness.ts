/** How loud a microphone is, for a bar that moves and for whoever must know that it does. */

const EVERY_MS = 100;
/** Full scale is 0 dB; at -50 a bar of this range still stands at zero. */
const RANGE_DB = 50;

/** Pure: the loudness of samples between -1 and 1, in dB below full scale. */
export function decibels(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return 10 * Math.log10(power + 1e-12);
}

/** Pure: how far a bar reaches, 0 to 1. */
export function reach(level_db: number): number {
  return Math.max(0, Math.min(1, 1 + level_db / RANGE_DB));
}

/** Measures ten times a second until the returned function is called. */
export function meter(track: MediaStreamTrack, heard: (level_db: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(decibels(samples));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

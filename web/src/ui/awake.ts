/** Keeps the screen on while somebody takes part: a telephone that dims in a minute is no venue. */
import { useEffect } from "preact/hooks";

/** Browsers give the lock back whenever the page is hidden, and some have none: then nothing happens. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isHere = true;
    const ask = (): void => {
      const { wakeLock } = navigator as { wakeLock?: WakeLock };
      if (document.hidden || wakeLock === undefined) return;
      wakeLock.request("screen").then(
        (given) => (isHere ? (lock = given) : void given.release()),
        () => undefined, // an almost empty battery, for instance
      );
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      isHere = false;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}

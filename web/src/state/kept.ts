/** What this tab keeps over a reload, for one account: another one's words are shown to nobody who logs in next. */

export interface Kept<T> {
  readonly account: string;
  readonly at_ms: number;
  readonly value: T;
}

/** Null when there is nothing, or when it is somebody else's. */
export function keptFor<T>(key: string, account: string): Kept<T> | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as Kept<T> | null;
    return kept?.account === account ? kept : null;
  } catch {
    return null;
  }
}

/** Null is forgotten. */
export function keepFor<T>(key: string, account: string, value: T | null, at_ms: number): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ account, at_ms, value } satisfies Kept<T>));
  } catch {
    // storage is off or full: it lasts as long as the page does
  }
}

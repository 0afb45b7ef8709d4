/** How this tab sits in its session, so that a reload finds the same place again (rule J12). */

const KEY = "huishang.place";

export interface Place {
  readonly account: string;
  readonly session_id: string;
  /** What the person wants on, whether or not the device gives anything. */
  readonly microphone: boolean;
  readonly camera: boolean;
  /** 选看: whose picture was made large. */
  readonly chosen: string | null;
}

/** Null when this tab sits nowhere, or somebody else does. */
export function keptPlace(account: string): Place | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Place | null;
    return kept?.account === account ? kept : null;
  } catch {
    return null; // a broken or forbidden store is the same as nothing kept
  }
}

export function keepPlace(place: Place): void {
  write(place);
}

/** Whose picture is large is known elsewhere than the rest; without a place there is nothing to add it to. */
export function keepChosen(account: string, session_id: string, chosen: string | null): void {
  const kept = keptPlace(account);
  if (kept?.session_id === session_id) write({ ...kept, chosen });
}

export function forgetPlace(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

function write(place: Place): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // without storage a reload comes back as the hub remembers it
  }
}

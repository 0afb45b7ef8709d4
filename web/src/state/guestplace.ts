/** Where a guest sits, kept for this tab: a reload within its life finds the same place again (rule U4). */
const KEY = "huishang.guest";

export interface GuestPlace {
  /** By which it came in: opening the same link again is no new guest. */
  readonly code: string;
  readonly token: string;
  readonly expires_ms: number;
  readonly session_id: string;
  readonly venue: string;
  /** What was on, so that nobody is heard because the page was loaded again. */
  readonly microphone: boolean;
  readonly camera: boolean;
}

/** Null when there is none, it is over, or the address names another code. */
export function keptGuest(code: string, now_ms: number): GuestPlace | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as GuestPlace | null;
    if (kept === null || kept.expires_ms <= now_ms) return null;
    return code === "" || code === kept.code ? kept : null;
  } catch {
    return null; // a broken or forbidden store is the same as nothing kept
  }
}

export function keepGuest(place: GuestPlace): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // without storage a reload needs another code
  }
}

export function forgetGuest(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}

/** The code in what a person typed or what an address carries: eight digits, or null. */
export function codeIn(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "").replace(/^#/, "");
  return /^\d{8}$/.test(digits) ? digits : null;
}

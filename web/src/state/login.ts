/** Where a login is kept: for this tab, and the last one of all so that a new tab need not ask. */
import type { LoggedIn } from "../types/wire";

const KEY = "huishang.login";
/** This tab has logged out: it does not slip into the last login again. */
const LEFT = "huishang.left";

/**
 * This tab's login, or in a new tab the last one; null when there is none that is still good.
 * `onlyLook`: the last login is named even to a tab that has logged out, and is not made its own.
 */
export function keptLogin(now_ms: number, { onlyLook = false } = {}): LoggedIn | null {
  const own = read(sessionStorage);
  const kept = own ?? (hasLeft() && !onlyLook ? null : read(localStorage));
  if (kept === null || kept.expires_ms <= now_ms) return null;
  if (own === null && !onlyLook) write(sessionStorage, kept);
  return kept;
}

export function keepLogin(login: LoggedIn): void {
  write(sessionStorage, login);
  write(localStorage, login);
}

/** The last login is forgotten too, unless another tab has logged in as somebody else since. */
export function forgetLogin(): void {
  const own = read(sessionStorage);
  const last = read(localStorage);
  try {
    sessionStorage.removeItem(KEY);
    sessionStorage.setItem(LEFT, "1");
    if (own !== null && last?.token === own.token) localStorage.removeItem(KEY);
  } catch {
    // storage is switched off in this browser: there is nothing to forget
  }
}

function hasLeft(): boolean {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false;
  }
}

function read(storage: Storage): LoggedIn | null {
  try {
    const text = storage.getItem(KEY);
    return text === null ? null : (JSON.parse(text) as LoggedIn);
  } catch {
    return null;
  }
}

function write(storage: Storage, login: LoggedIn): void {
  try {
    storage.setItem(KEY, JSON.stringify(login));
  } catch {
    // without storage a reload asks for the password again; everything else works
  }
}

/** The hub over HTTP: log in, and lists and files that are fetched rather than followed. */
import type { About, GuestIn, LoggedIn, Problem } from "../types/wire";
import { isLoginTrouble, isProblem, pageProblem, Refused } from "./problem";

let bearer: string | null = null;
let onRefusal: (problem: Problem) => void = () => undefined;

/** The token every further call carries; `refused` is told when the hub takes it no more. */
export function useToken(token: string | null, refused: (problem: Problem) => void): void {
  bearer = token;
  onRefusal = refused;
}

export function login(account: string, password: string): Promise<LoggedIn> {
  return call<LoggedIn>("POST", "/api/login", { account, password }, false);
}

/** Takes a code from the field, once, for a place in one session. */
export function enterAsGuest(code: string, person: string): Promise<GuestIn> {
  return call<GuestIn>("POST", "/api/guest", { code, person }, false);
}

export function about(): Promise<About> {
  return call<About>("GET", "/api/about", undefined, false);
}

export function get<T>(path: string): Promise<T> {
  return call<T>("GET", path, undefined, true);
}

export function post<T>(path: string, body: unknown): Promise<T> {
  return call<T>("POST", path, body, true);
}

/** For bodies that are no JSON: the response as it comes; a refusal is thrown as by every other call. */
export async function raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(bearer === null ? {} : { Authorization: `Bearer ${bearer}` });
  let response: Response;
  try {
    response = await fetch(path, { ...init, method, headers, cache: "no-store", credentials: "omit" });
  } catch {
    throw pageProblem("line.down");
  }
  if (response.ok) return response;
  const problem = refusalIn(await response.json().catch(() => null));
  if (isLoginTrouble(problem)) onRefusal(problem);
  throw problem;
}

async function call<T>(method: string, path: string, body: unknown, withToken: boolean): Promise<T> {
  const headers = new Headers({ Accept: "application/json" });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (withToken && bearer !== null) headers.set("Authorization", `Bearer ${bearer}`);
  const init: RequestInit = { method, headers, cache: "no-store", credentials: "omit" };
  if (body !== undefined) init.body = JSON.stringify(body);
  const { response, parsed } = await carried(path, init);
  if (response.ok) return parsed as T;
  const problem = refusalIn(parsed);
  if (withToken && isLoginTrouble(problem)) onRefusal(problem);
  throw problem;
}

async function carried(path: string, init: RequestInit): Promise<{ response: Response; parsed: unknown }> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, init);
    text = await response.text();
  } catch {
    throw pageProblem("line.down");
  }
  try {
    return { response, parsed: text === "" ? null : JSON.parse(text) };
  } catch {
    throw pageProblem("line.garbled");
  }
}

function refusalIn(parsed: unknown): Refused {
  const error: unknown = (parsed as { error?: unknown } | null)?.error;
  if (!isProblem(error)) return pageProblem("line.garbled");
  return new Refused({ ...error, detail: error.detail ?? {} });
}

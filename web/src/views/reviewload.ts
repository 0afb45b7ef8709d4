/** A recording and all that happened in it; of a session that goes on it is asked for again and again. */
import { useEffect, useRef, useState } from "preact/hooks";

import { get } from "../link/api";
import { problemOf } from "../link/problem";
import type { History, Manifest, Problem, Recorded, Workspace } from "../types/wire";

export interface Found {
  readonly manifest: Manifest;
  readonly events: readonly Recorded[];
  /** The boards as they were at the start. */
  readonly boards: Workspace;
}

export interface Loading {
  readonly found: Found | null;
  readonly problem: Problem | null;
  readonly load: () => void;
  /** The manifest alone, soon: a file is whole, or a ticket has run out. */
  readonly renew: () => void;
}

const LOOK_AGAIN_MS = 4_000;
/** What happened in four hours is a long list. */
const EVENTS_EVERY = 3;
const RENEW_AFTER_MS = 300;

export function useRecording(id: string): Loading {
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const renewing = useRef<ReturnType<typeof setTimeout> | null>(null);
  const hasMoved = useRef(false);
  const path = `/api/recordings/${encodeURIComponent(id)}`;
  const load = (): void => {
    setProblem(null);
    Promise.all([get<Manifest>(path), get<History>(`${path}/events`)]).then(
      ([manifest, { events, boards }]) => setFound({ manifest, events, boards }),
      (thrown: unknown) => setProblem(problemOf(thrown)),
    );
  };
  /** What is on the screen stays there when the line is down. */
  const again = async (withEvents: boolean): Promise<void> => {
    const [manifest, history] = await Promise.all([
      get<Manifest>(`${path}?again`),
      withEvents ? get<History>(`${path}/events`) : null,
    ]);
    setFound((before) => (before === null ? before : { ...before, ...history, manifest }));
  };
  const renew = (): void => {
    renewing.current ??= setTimeout(() => {
      renewing.current = null;
      again(false).catch(() => undefined);
    }, RENEW_AFTER_MS);
  };
  useEffect(() => {
    load();
    return () => void (renewing.current !== null && clearTimeout(renewing.current));
  }, [id]);
  const isMoving = found !== null && found.manifest.state !== "ready";
  useEffect(() => {
    if (found === null) return undefined;
    if (!isMoving) {
      if (hasMoved.current) again(true).catch(() => undefined); // the last of it
      return undefined;
    }
    hasMoved.current = true;
    let turn = 0;
    const timer = setInterval(() => {
      turn += 1;
      again(turn % EVENTS_EVERY === 0).catch(() => undefined);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isMoving, found === null]);
  return { found, problem, load, renew };
}

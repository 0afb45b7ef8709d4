/** A recording and all that happened in it; of a session that goes on it is asked for again and again. */
import { useEffect, useRef, useState } from "preact/hooks";

import { get } from "../link/api";
import { problemOf } from "../link/problem";
import { streamOf as recordingStream } from "../state/recording";
import { streamOf as sessionStream } from "../state/session";
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
const RENEW_AFTER_MS = 300;

/** Pure: the numbers of the last events that are known, of the session, its boards and its recording. */
export function lastOf({ manifest, events }: Pick<Found, "events"> & { manifest: Pick<Manifest, "session_id" | "recording_id"> }): string {
  const streams = [sessionStream(manifest.session_id), recordingStream(manifest.recording_id)];
  const last: [number, number, number] = [0, 0, 0];
  for (const { stream, seq } of events) {
    const place = stream === streams[0] ? 0 : stream === streams[1] ? 2 : 1;
    last[place] = Math.max(last[place], seq);
  }
  return last.join(",");
}

/** Pure: with what came `later` in its place; the very list where nothing did. Each stream keeps its order. */
export function joined(events: readonly Recorded[], later: readonly Recorded[]): readonly Recorded[] {
  const last = new Map<string, number>();
  for (const { stream, seq } of events) last.set(stream, Math.max(seq, last.get(stream) ?? 0));
  const fresh = later.filter(({ stream, seq }) => seq > (last.get(stream) ?? 0)); // two answers may overlap
  if (fresh.length === 0) return events;
  const all = [...events];
  for (const one of fresh) {
    const behind = all.findLastIndex(({ at_ms, stream }) => at_ms <= one.at_ms || stream === one.stream);
    all.splice(behind + 1, 0, one);
  }
  return all;
}

export function useRecording(id: string): Loading {
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const renewing = useRef<ReturnType<typeof setTimeout> | null>(null);
  const hasMoved = useRef(false);
  const latest = useRef(found);
  latest.current = found;
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
    const known = latest.current;
    const [manifest, history] = await Promise.all([
      get<Manifest>(`${path}?again`),
      withEvents && known !== null ? get<History>(`${path}/events?after=${lastOf(known)}`) : null,
    ]);
    setFound((before) =>
      before === null ? before : { ...before, manifest, events: joined(before.events, history?.events ?? []) },
    );
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
    const timer = setInterval(() => void again(true).catch(() => undefined), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isMoving, found === null]);
  return { found, problem, load, renew };
}

/** The past of a workspace, page by page over HTTP, and what is heard live, as one list without doubles. */
import { useEffect, useRef, useState } from "preact/hooks";

import * as api from "../link/api";
import { problemOf } from "../link/problem";
import { onFresh } from "../state/followed";
import { line } from "../state/store";
import type { Problem, Timeline } from "../types/wire";
import { merged, type Filter, type Happened } from "./incidentlines";

const PAGE = 60;

export interface History {
  readonly events: readonly Happened[];
  /** Null when nothing older is left. */
  readonly before: number | null;
  readonly loading: boolean;
  readonly problem: Problem | null;
}

const NOTHING: History = { events: [], before: null, loading: true, problem: null };

/** The hub does the finding: a page is full of what was asked for, however long ago it was. */
function addressOf(stream: string, filter: Filter, before: number | null): string {
  const asked = new URLSearchParams({ limit: String(PAGE) });
  if (before !== null) asked.set("before", String(before));
  if (filter.kind !== "" && filter.kind !== "header" && filter.kind !== "note") asked.set("kind", filter.kind);
  if (filter.seat !== "") asked.set("seat", filter.seat);
  if (filter.words.trim() !== "") asked.set("q", filter.words.trim());
  if (filter.withNoise) asked.set("noise", "1");
  return `/api/workspaces/${encodeURIComponent(stream)}/timeline?${asked.toString()}`;
}

export function useTimeline(stream: string, filter: Filter): { readonly history: History; readonly older: () => void } {
  const [history, setHistory] = useState<History>(NOTHING);
  const { kind, seat, words, withNoise } = filter;
  const asked = useRef(0);
  const isOnline = line.value.state === "online";
  const load = async (before: number | null): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    setHistory((known) => ({ ...known, loading: true, problem: null }));
    try {
      const page = await api.get<Timeline>(addressOf(stream, filter, before));
      if (mine !== asked.current) return; // the filter has changed meanwhile
      setHistory((known) => ({
        events: merged(before === null ? [] : known.events, page.rows),
        before: page.before,
        loading: false,
        problem: null,
      }));
    } catch (thrown) {
      if (mine === asked.current) setHistory((known) => ({ ...known, loading: false, problem: problemOf(thrown) }));
    }
  };
  // Somebody who types is not answered letter by letter; a line that is back asks for what was missed.
  useEffect(() => {
    if (!isOnline) return undefined; // the head of the page says so; what is known stays
    const timer = setTimeout(() => void load(null), words === "" ? 0 : 250);
    return () => clearTimeout(timer);
  }, [stream, kind, seat, words, withNoise, isOnline]);
  useEffect(
    () =>
      onFresh((heard, events) => {
        if (heard === stream && events.length > 0)
          setHistory((known) => ({ ...known, events: merged(known.events, events) }));
      }),
    [stream],
  );
  const older = (): void => {
    if (history.before !== null && !history.loading) void load(history.before);
  };
  return { history, older };
}

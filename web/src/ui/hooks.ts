/** Small habits of views: following a stream, keys that wait while somebody types. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";

import { hold, keepingState, paperState, recordingState, sessionState, spotCheckState, workspaceState, type Followed } from "../state/followed";
import { streamOf as keepingStream } from "../state/keeping";
import { streamOf as paperStream } from "../state/paper";
import { streamOf as recordingStream } from "../state/recording";
import { streamOf as sessionStream } from "../state/session";
import { streamOf as spotCheckStream } from "../state/spotcheck";
import { me } from "../state/store";
import type { State } from "../state/streams";
import type { Keeping, Paper, Recording, Session, SpotCheck, Workspace } from "../types/wire";

/** Follows a session as long as the view lives. */
export function useSession(id: string): Followed<Session> {
  return useFollowed(sessionStream(id), sessionState(id));
}

/** By its stream: `incident:…`, or `board:…` of a session's own boards. */
export function useWorkspace(stream: string): Followed<Workspace> {
  return useFollowed(stream, workspaceState(stream));
}

export function useRecording(id: string): Followed<Recording> {
  return useFollowed(recordingStream(id), recordingState(id));
}

/** For those alone who keep it; else `problem` says so. */
/** The same where this page may keep it: for officers and reviewers; null for everybody else (P16). */
export function useKept(id: string): Keeping | null {
  const role = me.value?.actor.role;
  const may = role === "officer" || role === "reviewer";
  useEffect(() => (may ? hold(keepingStream(id)) : undefined), [id, may]);
  return keepingState(id).value.state;
}

export function useKeeping(id: string): Followed<Keeping> {
  return useFollowed(keepingStream(id), keepingState(id));
}

export function usePaper(id: string): Followed<Paper> {
  return useFollowed(paperStream(id), paperState(id));
}

export function useSpotCheck(id: string): Followed<SpotCheck> {
  return useFollowed(spotCheckStream(id), spotCheckState(id));
}

function useFollowed<S extends State>(stream: string, state: ReadonlySignal<Followed<S>>): Followed<S> {
  useEffect(() => hold(stream), [stream]);
  return state.value;
}

export interface Shortcut {
  /** As in `KeyboardEvent.key`, for instance "m", "?", "Escape"; letters in lower case. */
  readonly key: string;
  /** What it does, for the list under `?`; without it the key is not listed. */
  readonly label?: string;
  readonly run: () => void;
}

const active = new Set<readonly Shortcut[]>();

/** What works on this page at this moment, for the list under `?`. */
export function listedShortcuts(): Shortcut[] {
  return [...active].flat().filter((shortcut) => shortcut.label !== undefined);
}

/** Single-key shortcuts of a view; none works while somebody types or a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  // With the picture, not after it: a key means what is on the screen.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.repeat && event.key.length === 1) return; // a key held down is one wish, not thirty switches a second
      if (isTyping(event.target) || document.querySelector("dialog[open]") !== null) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const found = shortcuts.find((shortcut) => shortcut.key === key);
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    active.add(shortcuts);
    addEventListener("keydown", onKey);
    return () => {
      active.delete(shortcuts);
      removeEventListener("keydown", onKey);
    };
  });
}

/** A key that works by other means than a press, so that it stands in the list under `?`. */
export function useListed(shortcut: Shortcut): void {
  useEffect(() => {
    const listed = [shortcut];
    active.add(listed);
    return () => void active.delete(listed);
  }, [shortcut.label]);
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
}

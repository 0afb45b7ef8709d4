/** What a wall holds: its line, what is on it, and the pictures of that; it comes back by itself for ever (W5). */
import { computed, effect, signal, untracked } from "@preact/signals";

import { on, line, open, request } from "../link/socket";
import { Subscriber, type Offered } from "../media/subscriber";
import { newId } from "../state/ids";
import { hold, welcome, workspaceState } from "../state/store";
import type { WallView } from "../types/wire";

/** A wall is looked at; the sound is that of the room it hangs in. */
const OFFERED: Offered = { audio: 0, video: [9, 16, 25] };
/** After ten minutes a page waits for a person (J11); in front of a wall there is none. */
const AGAIN_MS = 5_000;

export const view = signal<WallView | null>(null);
export const isOver = signal(false);
export const pictures = signal<Subscriber | null>(null);
let loaded: string | null = null;
const boards = computed(() => view.value?.session?.boards ?? null);
const sessionId = computed(() => view.value?.session?.session_id ?? null);
/** The boards of what is on it, as far as the wall is shown them. */
export const workspace = computed(() => (boards.value === null ? null : workspaceState(boards.value).value.state));

/** Called once by the page; the address carries the wall's token. */
export function startWall(): void {
  const token = location.hash.slice(1);
  if (token === "") return void (isOver.value = true);
  on("wall", (news) => (view.value = news));
  // A hub that was renewed has other pages: nobody stands in front of a wall to load them.
  on("welcome", ({ version }) => {
    if (loaded !== null && loaded !== version) location.reload();
    loaded = version;
  });
  on("slots", (push) => pictures.peek()?.take(push));
  on("media.state", ({ resource, connected }) => {
    const own = pictures.peek();
    if (own !== null && resource === own.peer.resource && !connected) void own.peer.open();
  });
  open(token, newId("p"), () => (isOver.value = true));
  effect(() => (boards.value === null ? undefined : hold(boards.value)));
  effect(() => {
    const shown = sessionId.value;
    untracked(() => {
      pictures.peek()?.close();
      pictures.value = shown === null ? null : watch(shown);
    });
  });
  effect(() => {
    if (line.value.state === "online") void pictures.peek()?.renew();
  });
  setInterval(() => {
    const own = pictures.peek();
    if (own?.peer.state.peek() === "stopped") void own.peer.open();
  }, AGAIN_MS);
}

function watch(session_id: string): Subscriber {
  const own = new Subscriber(
    {
      subscribe: (sdp, content) => request("media.subscribe", { session_id, sdp, content }),
      view: (resource, slots) => request("media.view", { resource, slots }),
      restart: (resource, sdp) => request("media.restart", { resource, sdp }),
      close: (resource) => request("media.close", { resource }),
      relays: () =>
        welcome.peek()?.relayed === true ? request("media.relays", {}).then(({ servers }) => servers) : null,
    },
    OFFERED,
  );
  void own.peer.open();
  return own;
}

/** The boards as they stood at the playhead; what it passes glows once, and one steps from change to change. */
import { computed, effect } from "@preact/signals";
import { StepBack, StepForward } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Playhead } from "../media/playhead";
import type { Manifest, Recorded, Workspace } from "../types/wire";
import { Button } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { clockTime, t } from "../ui/i18n";
import { changesOf, passed, stepFrom, type Change } from "./boardchanges";
import { chosenBoard, PastBoards } from "./boards/boardpanel";
import { look } from "./boards/looked";
import { boardTitle } from "./boards/words";
import type { Lanes } from "./reviewlanes";
import { useWorkspaceAt } from "./reviewstate";
import { sentence } from "./timeline/words";

interface ReviewBoardsProps {
  readonly manifest: Manifest;
  readonly boards: Workspace;
  readonly events: readonly Recorded[];
  readonly lanes: Lanes;
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
}

export function ReviewBoards(props: ReviewBoardsProps): JSX.Element {
  const { manifest, boards, events, lanes, playhead, onJump } = props;
  const stream = manifest.boards;
  // A board tells seconds at most, so it is not drawn ten times as often; of a second it shows the end.
  const at_ms = useMemo(() => computed(() => Math.floor(playhead.at.value / 1000) * 1000 + 999), [playhead]).value;
  const then = useWorkspaceAt(stream, boards, events, playhead);
  const changes = useMemo(() => changesOf(stream, boards, events), [stream, boards, events]);
  const [isOne, setOne] = useState(false);
  const [gone, setGone] = useState<Change | null>(null);
  const [changed, setChanged] = usePassed(changes, playhead);
  const box = useRef<HTMLDivElement>(null);
  const isHidden = useSeen(box, gone, then);
  const chosen = chosenBoard(then, stream)?.board_id;
  const own = useMemo(() => (isOne ? changes.filter(({ board_id }) => board_id === chosen) : changes), [changes, isOne, chosen]);
  const step = (by: -1 | 1): Change | null => stepFrom(own, playhead.now(), by, playhead.playing.value);
  const go = (by: -1 | 1): void => {
    const change = step(by);
    if (change === null) return;
    look(stream, change.board_id);
    onJump(change.at_ms);
    setChanged(new Set(change.items));
    setGone(change);
  };
  useShortcuts([
    { key: "[", label: t("timeline.change_before"), run: () => go(-1) },
    { key: "]", label: t("timeline.change_after"), run: () => go(1) },
  ]);
  return (
    <div ref={box}>
      <div class="board-steps" role="group" aria-label={t("timeline.changes")}>
        <p class="board-as-of">{t("review.board_as_of", { time: clockTime(at_ms) })}</p>
        <Button size="small" icon={StepBack} shortcut="[" disabled={step(-1) === null} onClick={() => go(-1)}>
          {t("timeline.change_before")}
        </Button>
        <Button size="small" icon={StepForward} shortcut="]" disabled={step(1) === null} onClick={() => go(1)}>
          {t("timeline.change_after")}
        </Button>
        <Button size="small" tone="quiet" pressed={isOne} onClick={() => setOne(!isOne)}>
          {t("timeline.changes_of_one")}
        </Button>
      </div>
      <p class="board-change" role="status">
        {gone !== null && (
          <>
            <time>{clockTime(gone.at_ms)}</time> {titleOf(then, gone.board_id)} · {sentence(gone.recorded, lanes)}
            {isHidden && <span class="muted"> {t("timeline.change_hidden")}</span>}
          </>
        )}
      </p>
      <PastBoards stream={stream} ws={then} at_ms={at_ms} changed={changed} />
    </div>
  );
}

function titleOf(ws: Workspace, board_id: string): string {
  const board = ws.boards[board_id];
  return board === undefined ? "" : boardTitle(board);
}

type Items = ReadonlySet<string>;

/** What the playhead has passed last; a new set each time, for the same item may change twice. */
function usePassed(changes: readonly Change[], playhead: Playhead): [Items, (items: Items) => void] {
  const [items, setItems] = useState<Items>(new Set<string>());
  useEffect(() => {
    let before_ms = playhead.at.peek();
    return effect(() => {
      const at_ms = playhead.at.value;
      const now = passed(changes, before_ms, at_ms);
      before_ms = at_ms;
      if (now.size > 0) setItems(now);
    });
  }, [changes, playhead]);
  return [items, setItems];
}

/** Brings what has changed into view; true where the board does not show it: it is filtered out, or void. */
function useSeen(box: { current: HTMLElement | null }, gone: Change | null, then: Workspace): boolean {
  const [isHidden, setHidden] = useState(false);
  const sought = useRef<Change | null>(null);
  useLayoutEffect(() => {
    if (gone === null || sought.current === gone) return;
    const [item_id] = gone.items;
    if (item_id === undefined || !(item_id in then.items)) return; // the fold comes with the next picture
    sought.current = gone;
    const row = box.current?.querySelector(`[data-item="${CSS.escape(item_id)}"]`);
    setHidden(row == null);
    row?.scrollIntoView({ block: "nearest" });
  }, [gone, then]);
  return isHidden;
}

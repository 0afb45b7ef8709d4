/** Putting rows in another order: with the pointer at the handle, or with Alt and the arrow keys. */
import { useRef, useState } from "preact/hooks";

interface Dragging {
  readonly itemId: string;
  /** The row goes in front of the row of this number. */
  readonly place: number;
}

/** `after` is the item the moved one stands behind from now on; null for the top. */
export type Move = (itemId: string, after: string | null) => void;

export interface Rearranging {
  readonly dragging: Dragging | null;
  readonly list: { current: HTMLOListElement | null };
  readonly begin: (event: PointerEvent, itemId: string) => void;
  /** Up is -1, down is 1; false at the edge. */
  readonly nudge: (itemId: string, by: -1 | 1) => boolean;
}

export function useRearranging(ids: readonly string[], move: Move): Rearranging {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const latest = useRef<Dragging | null>(null);

  const put = (itemId: string, place: number): void => {
    const after = afterPlace(ids, itemId, place);
    if (after !== undefined) move(itemId, after);
  };

  const begin = (event: PointerEvent, itemId: string): void => {
    const handle = event.currentTarget;
    if (event.button !== 0 || !(handle instanceof HTMLElement)) return;
    handle.setPointerCapture(event.pointerId);
    const follow = (moved: PointerEvent): void => {
      latest.current = { itemId, place: placeAt(list.current, moved.clientY) };
      setDragging(latest.current);
    };
    const finish = (ended: PointerEvent): void => {
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", finish);
      handle.removeEventListener("pointercancel", finish);
      const last = latest.current;
      latest.current = null;
      setDragging(null);
      if (last !== null && ended.type === "pointerup") put(itemId, last.place);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", finish);
    handle.addEventListener("pointercancel", finish);
  };

  const nudge = (itemId: string, by: -1 | 1): boolean => {
    const at = ids.indexOf(itemId);
    const place = by === -1 ? at - 1 : at + 2;
    if (at < 0 || place < 0 || place > ids.length) return false;
    put(itemId, place);
    return true;
  };

  return { dragging, list, begin, nudge };
}

/** The row's new neighbour above; undefined when it stays where it is. */
export function afterPlace(ids: readonly string[], itemId: string, place: number): string | null | undefined {
  const at = ids.indexOf(itemId);
  if (at < 0 || place === at || place === at + 1) return undefined;
  return place === 0 ? null : ids[place - 1];
}

function placeAt(list: HTMLOListElement | null, y: number): number {
  const rows = [...(list?.children ?? [])];
  const below = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below === -1 ? rows.length : below;
}

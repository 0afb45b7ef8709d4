/** What the stage has to show: one large picture or equal ones, why, and whether who looks may change it. Pure. */
import { isPresent } from "../state/call";
import { mainPicture, type Why } from "../state/picture";
import type { Session, Venue } from "../types/wire";

export type Layout = "grid" | "main";

/** `layout`: the chair has set how many pictures everybody sees. */
export type Reason = Why | "layout";

export interface Plan {
  readonly layout: Layout;
  /** The tiles, each in its place. */
  readonly venues: readonly Venue[];
  /** Whose picture is the large one, or stands first beside shared content. */
  readonly large: string | null;
  /** Why it looks like this; null when it is this page's own habit. */
  readonly reason: Reason | null;
  /** Nobody here can choose another picture. */
  readonly forced: boolean;
  /** So many pictures side by side, as the chair has set it; null leaves it to the room that there is. */
  readonly cells: number | null;
  /** The venue in the cell whose picture goes round. */
  readonly cycling: string | null;
}

export interface Looker {
  readonly viewer: string | null;
  /** 选看: whom this page wants large. */
  readonly choice: string | null;
  readonly speaker: string | null;
  readonly layout: Layout;
}

export function planOf(session: Session, looker: Looker): Plan {
  const venues = present(session);
  const main = mainPicture(session, looker.viewer, looker.choice, looker.speaker);
  const cells = cellsOf(session);
  const isMulti = main?.why === "broadcast" && main.venue === null;
  const large = main?.venue ?? fallback(venues, looker.viewer);
  if (isMulti || (cells !== null && main?.forced !== true)) {
    const reason = isMulti ? "broadcast" : "layout";
    return { ...inCells(session, venues, cells), layout: "grid", large, reason, forced: true, cells };
  }
  const isOne = main?.forced === true || session.picture.layout === 1;
  return {
    layout: isOne ? "main" : looker.layout,
    venues,
    large,
    reason: main?.why ?? null,
    forced: main?.forced ?? false,
    cells: null,
    cycling: null,
  };
}

/** How many pictures the chair wants side by side; null when it wants one large, or leaves it to each page. */
function cellsOf({ picture }: Session): number | null {
  return picture.layout !== null && picture.layout > 1 ? picture.layout : null;
}

/** In order of arrival: who comes stands at the end, who comes back where it was, and nobody is moved aside. */
export function present(session: Session): Venue[] {
  const since = ({ attendance }: Venue): number => attendance[0]?.from_ms ?? Number.MAX_SAFE_INTEGER;
  const venues = Object.values(session.venues).filter((venue) => isPresent(venue.state));
  return venues.sort((a, b) => since(a) - since(b));
}

/**
 * 多画面轮询: the last cell goes round. The others are kept for those who do not go round, then for the first
 * who do; whoever stands in one of them when its turn comes stays there, and the last cell as it is.
 */
function inCells(session: Session, venues: readonly Venue[], cells: number | null): Pick<Plan, "venues" | "cycling"> {
  const { carousel } = session.picture;
  if (carousel?.kind !== "cell" || cells === null || venues.length <= cells) return { venues, cycling: null };
  const goesRound = ({ venue }: Venue): boolean => carousel.venues.includes(venue);
  const inOrder = [...venues.filter((venue) => !goesRound(venue)), ...venues.filter(goesRound)];
  const kept = new Set(inOrder.slice(0, cells - 1));
  const shown = venues.find(({ venue }) => venue === carousel.shown);
  const fixed = venues.filter((venue) => kept.has(venue));
  if (shown === undefined || kept.has(shown)) return { venues: fixed, cycling: shown?.venue ?? null };
  return { venues: [...fixed, shown], cycling: shown.venue };
}

/** Nobody to be shown by the rules: another one before oneself. */
function fallback(venues: readonly Venue[], viewer: string | null): string | null {
  return (venues.find(({ venue }) => venue !== viewer) ?? venues[0])?.venue ?? null;
}

/** The stage shows what the session has decided, and what this page prefers where it may. */
import { describe, expect, it } from "vitest";

import type { Carousel, Picture } from "../../src/types/wire";
import { type Looker, planOf } from "../../src/views/stageplan";
import { meeting } from "../meeting";

const KEYS = ["office", "yingji", "xinyang", "qixiang", "luoyang", "hebi"];
const HERE: Looker = { viewer: "yingji", choice: null, speaker: null, layout: "grid" };
const session = meeting(KEYS);

function withPicture(picture: Partial<Picture>): typeof session {
  return { ...session, picture: { ...session.picture, ...picture } };
}

function carousel(part: Partial<Carousel>): Carousel {
  return { kind: "broadcast", venues: KEYS.slice(1), interval_s: 10, shown: "xinyang", since_ms: 0, paused: false, ...part };
}

const keys = (plan: ReturnType<typeof planOf>): string[] => plan.venues.map(({ venue }) => venue);

describe("who is large", () => {
  it("is up to the page as long as nobody has decided", () => {
    expect(planOf(session, HERE)).toMatchObject({ layout: "grid", large: "office", reason: "chair", forced: false });
    const choosing = { ...HERE, layout: "main", choice: "hebi", speaker: "luoyang" } as const;
    expect(planOf(session, choosing)).toMatchObject({ layout: "main", large: "hebi", reason: "choice" });
    expect(planOf(session, { ...choosing, choice: null })).toMatchObject({ large: "luoyang", reason: "voice" });
  });

  it("is the chair where pictures do not follow voices", () => {
    const quiet = withPicture({ voice: false });
    expect(planOf(quiet, { ...HERE, speaker: "luoyang" })).toMatchObject({ large: "office", reason: "chair" });
  });

  it("is forced on every page by a broadcast, a name or a carousel, in this order", () => {
    const turn = { venue: "hebi", kind: "named", since_ms: 1 } as const;
    const all = withPicture({ broadcast: { venue: "luoyang", since_ms: 1 }, carousel: carousel({}), layout: 4 });
    const named = { ...all, floor: { ...all.floor, turn } };
    const choosing = { ...HERE, choice: "qixiang" };
    expect(planOf(named, choosing)).toMatchObject({ layout: "main", large: "luoyang", reason: "broadcast", forced: true });
    const over = { ...named, picture: { ...named.picture, broadcast: null } };
    expect(planOf(over, choosing)).toMatchObject({ layout: "main", large: "hebi", reason: "named", forced: true });
    const round = { ...over, floor: session.floor };
    expect(planOf(round, choosing)).toMatchObject({ layout: "main", large: "xinyang", reason: "carousel", forced: true });
  });
});

describe("the chair's layout", () => {
  it("is so many cells on every page, and none is chosen out of them", () => {
    const four = withPicture({ layout: 4 });
    const plan = planOf(four, { ...HERE, layout: "main", choice: "hebi" });
    expect(plan).toMatchObject({ layout: "grid", reason: "layout", forced: true, cells: 4 });
    expect(keys(plan)).toEqual(KEYS);
  });

  it("of one picture lets each page choose which", () => {
    const plan = planOf(withPicture({ layout: 1 }), { ...HERE, choice: "hebi" });
    expect(plan).toMatchObject({ layout: "main", large: "hebi", forced: false, cells: null });
  });

  it("is kept by a broadcast of all pictures, which nobody leaves", () => {
    const multi = withPicture({ broadcast: { venue: null, since_ms: 1 } });
    expect(planOf(multi, { ...HERE, layout: "main" })).toMatchObject({ layout: "grid", reason: "broadcast", forced: true, cells: null });
  });
});

describe("the cell that goes round", () => {
  const cells = (shown: string | null, venues: string[]): ReturnType<typeof planOf> =>
    planOf(withPicture({ layout: 4, carousel: carousel({ kind: "cell", venues, shown }) }), HERE);

  it("is the last one, and nobody else moves", () => {
    for (const shown of ["qixiang", "luoyang", "hebi"]) {
      const plan = cells(shown, ["qixiang", "luoyang", "hebi"]);
      expect(keys(plan)).toEqual(["office", "yingji", "xinyang", shown]);
      expect(plan.cycling).toBe(shown);
    }
  });

  it("stays empty while one that has a cell of its own is at the turn", () => {
    const plan = cells("yingji", KEYS);
    expect(keys(plan)).toEqual(["office", "yingji", "xinyang"]);
    expect(plan.cycling).toBe("yingji");
    expect(keys(cells(null, KEYS))).toEqual(["office", "yingji", "xinyang"]);
  });

  it("is none where everybody has a cell", () => {
    const few = { ...meeting(KEYS.slice(0, 4)), picture: withPicture({ layout: 4, carousel: carousel({ kind: "cell" }) }).picture };
    expect(planOf(few, HERE).cycling).toBeNull();
  });
});

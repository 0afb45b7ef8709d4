/** A reload finds the place of this tab again (rule J12), and nobody else's. */
import { beforeEach, expect, it, vi } from "vitest";

import { forgetPlace, keepChosen, keepPlace, keptPlace, type Place } from "../../src/state/place";

const HERE: Place = { account: "yingji", session_id: "s-1", microphone: false, camera: true, chosen: null };

beforeEach(() => sessionStorage.clear());

it("is kept until it is left", () => {
  keepPlace(HERE);
  expect(keptPlace("yingji")).toEqual(HERE);
  forgetPlace();
  expect(keptPlace("yingji")).toBeNull();
});

it("is the person's own: who logs in next on this tab has none", () => {
  keepPlace(HERE);
  expect(keptPlace("xinyang")).toBeNull();
});

it("knows whose picture was large, in this session alone", () => {
  keepChosen("yingji", "s-1", "office");
  expect(keptPlace("yingji")).toBeNull();
  keepPlace(HERE);
  keepChosen("yingji", "s-1", "office");
  keepChosen("yingji", "s-2", "xinyang");
  expect(keptPlace("yingji")?.chosen).toBe("office");
});

it("is nothing where the store is broken or forbidden", () => {
  sessionStorage.setItem("huishang.place", "{");
  expect(keptPlace("yingji")).toBeNull();
  vi.stubGlobal("sessionStorage", {
    getItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
  });
  expect(keptPlace("yingji")).toBeNull();
  expect(() => keepPlace(HERE)).not.toThrow();
  expect(() => forgetPlace()).not.toThrow();
  vi.unstubAllGlobals();
});

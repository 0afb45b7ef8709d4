/** Whom a template calls, and whom one goes on to. */
import { describe, expect, it } from "vitest";

import { besideLevels, calledBy, initial, nextContact, sorted } from "../../src/state/organisation";
import type { Group, Organisation, Seat, Template, Venue } from "../../src/types/wire";

const seat = (seat_id: string): Seat => ({
  seat_id,
  name: seat_id,
  short_name: seat_id,
  level: "city",
  phone: "",
  sort: 0,
  backup_of: null,
  contacts: [],
});
const group: Group = { group_id: "cities", name: "全省各市", seats: ["hebi", "gone", "xinyang"], sort: 0 };
const template: Template = {
  template_id: "flood",
  name: "防汛会商",
  title: "",
  kind: "consultation",
  groups: ["cities", "nowhere"],
  seats: ["yingji", "hebi"],
  mode: "free",
  mute_on_entry: false,
  exercise: false,
  sort: 0,
};
const state: Organisation = {
  ...initial(),
  seats: Object.fromEntries(["hebi", "xinyang", "yingji"].map((key) => [key, seat(key)])),
  groups: { cities: group },
};

describe("organisation", () => {
  it("offers a group beside the levels only where it is not one of them under another name", () => {
    const levels = [{ seats: [seat("hebi"), seat("xinyang")] }, { seats: [seat("yingji")] }];
    const cities = { name: "全省各市", seats: [seat("xinyang"), seat("hebi")] };
    const flood = { name: "省防指成员单位", seats: [seat("yingji"), seat("hebi")] };
    expect(besideLevels([cities, flood], levels)).toEqual([flood]);
  });

  it("S22 calls the groups of a template and then its own seats, each once", () => {
    expect(calledBy(state, template)).toEqual(["hebi", "xinyang", "yingji"]);
  });

  it("goes on to the contacts in their order, and to nobody behind the last", () => {
    const leader = { name: "邓立新", post: "带班领导", phone: "1", seat_id: null };
    const of: Seat = { ...seat("yingji"), contacts: [leader] };
    expect(nextContact(of, { contacts: [] as Venue["contacts"] } as Venue)).toEqual(leader);
    expect(nextContact(of, { contacts: [leader] as Venue["contacts"] } as Venue)).toBeNull();
    expect(nextContact(undefined, { contacts: [] as Venue["contacts"] } as Venue)).toBeNull();
  });

  it("lists by the order that was set, then by name", () => {
    const named = (name: string, sort: number): Group => ({ ...group, name, sort });
    expect(sorted({ a: named("乙", 1), b: named("丙", 0), c: named("甲", 1) }).map(({ name }) => name)).toEqual([
      "丙",
      "甲",
      "乙",
    ]);
  });
});

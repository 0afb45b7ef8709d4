/** Where a guest sits across a reload, and which code a person has typed. */
import { beforeEach, describe, expect, it } from "vitest";

import { codeIn, forgetGuest, keepGuest, keptGuest, type GuestPlace } from "../../src/state/guestplace";

const PLACE: GuestPlace = {
  code: "12345678",
  token: "t",
  expires_ms: 1_000,
  session_id: "s-1",
  venue: "guest-1",
  microphone: false,
  camera: true,
};

describe("a guest's place", () => {
  beforeEach(() => sessionStorage.clear());

  it("U4 is found again after a reload, with the same devices on", () => {
    keepGuest(PLACE);
    expect(keptGuest("", 999)).toEqual(PLACE);
    expect(keptGuest("12345678", 999)).toEqual(PLACE);
  });

  it("U4 is none for another code, after its time, or when it is over", () => {
    keepGuest(PLACE);
    expect(keptGuest("87654321", 999)).toBeNull();
    expect(keptGuest("", 1_000)).toBeNull();
    forgetGuest();
    expect(keptGuest("", 999)).toBeNull();
  });

  it("is not broken by what somebody else has put there", () => {
    sessionStorage.setItem("huishang.guest", "{");
    expect(keptGuest("", 0)).toBeNull();
  });
});

describe("a code", () => {
  it.each([
    ["1234 5678", "12345678"],
    ["#12345678", "12345678"],
    ["1234-5678 ", "12345678"],
    ["1234567", null],
    ["123456789", null],
    ["abcdefgh", null],
    ["", null],
  ])("%s", (text, code) => expect(codeIn(text)).toBe(code));
});

/** A login belongs to its tab; a new tab may go on with the last one. */
import { beforeEach, describe, expect, it } from "vitest";

import { forgetLogin, keepLogin, keptLogin } from "../../src/state/login";
import type { LoggedIn } from "../../src/types/wire";
import { officer, xinyang } from "../samples";

const asOfficer: LoggedIn = { token: "t1", expires_ms: 1_000, account: "officer", actor: officer };
const asXinyang: LoggedIn = { token: "t2", expires_ms: 1_000, account: "xinyang", actor: xinyang };

/** Another tab of the same browser: its own session storage, the same local storage. */
function otherTab(): void {
  sessionStorage.clear();
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

describe("a kept login", () => {
  it("outlives a reload, not its expiry", () => {
    keepLogin(asOfficer);
    expect(keptLogin(999)).toEqual(asOfficer);
    expect(keptLogin(1_000)).toBeNull();
  });

  it("is taken up by a new tab, which then keeps it for itself", () => {
    keepLogin(asOfficer);
    otherTab();
    expect(keptLogin(0)).toEqual(asOfficer);
    localStorage.clear();
    expect(keptLogin(0)).toEqual(asOfficer);
  });

  it("is not disturbed by somebody else's login in another tab", () => {
    localStorage.setItem("huishang.login", JSON.stringify(asXinyang));
    sessionStorage.setItem("huishang.login", JSON.stringify(asOfficer));
    expect(keptLogin(0)).toEqual(asOfficer);
    forgetLogin();
    expect(JSON.parse(localStorage.getItem("huishang.login") ?? "null")).toEqual(asXinyang);
  });

  it("is offered, not taken, to a tab that has logged out", () => {
    keepLogin(asOfficer);
    forgetLogin();
    localStorage.setItem("huishang.login", JSON.stringify(asXinyang));
    expect(keptLogin(0)).toBeNull();
    expect(keptLogin(0, { onlyLook: true })).toEqual(asXinyang);
  });

  it("that cannot be read is none", () => {
    sessionStorage.setItem("huishang.login", "{");
    expect(keptLogin(0)).toBeNull();
  });
});

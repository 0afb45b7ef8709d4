/** What the duty office can do with guests in the field, walls and systems outside, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Done, GuestCode, HookSecret, NoticeType, WallToken } from "./types/wire";

// --- 现场 -----------------------------------------------------------------------------------------

export function inviteGuest(session_id: string, label: string, place: string, minutes: number): Promise<GuestCode> {
  return request("guest.invite", { op: newId("o"), session_id, label, place, minutes });
}

export function withdrawInvitation(session_id: string, invitation_id: string): Promise<Done> {
  return request("guest.withdraw", { op: newId("o"), session_id, invitation_id });
}

// --- 大屏 -----------------------------------------------------------------------------------------

export function addWall(name: string): Promise<WallToken> {
  return request("wall.add", { op: newId("o"), name });
}

export function revokeWall(wall_id: string): Promise<Done> {
  return request("wall.revoke", { op: newId("o"), wall_id });
}

export function showOnWall(wall_id: string, session_id: string): Promise<Done> {
  return request("wall.show", { op: newId("o"), wall_id, session_id });
}

export function clearWall(wall_id: string): Promise<Done> {
  return request("wall.clear", { op: newId("o"), wall_id });
}

// --- 对外推送 -------------------------------------------------------------------------------------

export interface HookWish {
  readonly hook_id: string;
  readonly name: string;
  readonly url: string;
  readonly types: readonly NoticeType[];
  readonly exercises: boolean;
  readonly enabled: boolean;
}

/** Makes it, or puts all of it anew; the secret with which its receiver checks what comes. */
export function putHook(wish: HookWish): Promise<HookSecret> {
  return request("hook.put", { op: newId("o"), ...wish, types: [...wish.types] });
}

export function removeHook(hook_id: string): Promise<Done> {
  return request("hook.remove", { op: newId("o"), hook_id });
}

export function testHook(hook_id: string): Promise<Done> {
  return request("hook.test", { op: newId("o"), hook_id });
}

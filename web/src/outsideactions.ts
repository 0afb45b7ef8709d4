/** What the duty office can do with guests in the field and with walls, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Done, GuestCode, WallToken } from "./types/wire";

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

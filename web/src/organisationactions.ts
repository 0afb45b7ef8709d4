/** What an administrator or an officer changes of the organisation, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Contact, Done, Group, Template } from "./types/wire";

export interface SeatChange {
  readonly seat_id: string;
  readonly phone: string;
  readonly contacts: Contact[];
  readonly backup_of: string | null;
}

export const editSeat = (change: SeatChange): Promise<Done> =>
  request("organisation.edit_seat", { op: newId("o"), ...change });
export const setGroup = (group: Group): Promise<Done> => request("organisation.set_group", { op: newId("o"), group });
export const removeGroup = (group_id: string): Promise<Done> =>
  request("organisation.remove_group", { op: newId("o"), group_id });
export const setTemplate = (template: Template): Promise<Done> =>
  request("organisation.set_template", { op: newId("o"), template });
export const removeTemplate = (template_id: string): Promise<Done> =>
  request("organisation.remove_template", { op: newId("o"), template_id });

// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { Role } from "./event";
import type { Contact, SessionKind, SpeakMode } from "./session";

/** How an office is reached, in the order of the list, and whose duty it takes over. */
export interface OrganisationEditSeat {
  op: string;
  seat_id: string;
  phone: string;
  contacts: Contact[];
  backup_of?: string | null;
}

/** Make a group, or put this one in the place of the one with its id. */
export interface OrganisationSetGroup {
  op: string;
  group: Group;
}

/** Seats that are called with one click (防汛成员单位, 全省各市), in the order of the list. */
export interface Group {
  group_id: string;
  name: string;
  seats: string[];
  sort: number;
}

/** Refused with `organisation.in_use` while a template uses it. */
export interface OrganisationRemoveGroup {
  op: string;
  group_id: string;
}

export interface OrganisationSetTemplate {
  op: string;
  template: Template;
}

/** How a kind of session is usually started: whom it calls and how one speaks in it.
 * 
 * `groups` are looked up when it is used, so that a template calls who belongs to them then; `seats` are
 * called besides. `title`: what the session is called when nobody says otherwise; the template's name
 * when that is empty. */
export interface Template {
  template_id: string;
  name: string;
  title: string;
  kind: SessionKind;
  groups: string[];
  seats: string[];
  mode: SpeakMode;
  mute_on_entry: boolean;
  exercise: boolean;
  sort: number;
}

export interface OrganisationRemoveTemplate {
  op: string;
  template_id: string;
}

export interface SeatAdded {
  type: "seat.added";
  seat: Seat;
}

/** 席位. `sort` orders seats of one level on every list (protocol order, not the alphabet).
 * 
 * `backup_of`: the seat whose sessions this one takes over when its chair is lost. `contacts`: whom to
 * reach, in this order, when nobody answers here. */
export interface Seat {
  seat_id: string;
  name: string;
  short_name: string;
  level: Level;
  phone: string;
  sort: number;
  backup_of: string | null;
  contacts: Contact[];
}

/** Where an office stands in the hierarchy. */
export type Level = "province" | "dept" | "city" | "county";

export interface SeatEdited {
  type: "seat.edited";
  seat_id: string;
  phone: string;
  contacts: Contact[];
  backup_of: string | null;
}

export interface AccountAdded {
  type: "account.added";
  account: Account;
}

/** A person's way in. Roles `officer` and `seat` always have a seat, the others never. */
export interface Account {
  account: string;
  person: string;
  role: Role;
  seat_id: string | null;
  disabled: boolean;
}

export interface AccountDisabled {
  type: "account.disabled";
  account: string;
  reason: string;
}

export interface GroupSet {
  type: "group.set";
  group: Group;
}

export interface GroupRemoved {
  type: "group.removed";
  group_id: string;
}

export interface TemplateSet {
  type: "template.set";
  template: Template;
}

export interface TemplateRemoved {
  type: "template.removed";
  template_id: string;
}

/** State of the stream `organisation`. */
export interface Organisation {
  noun: "organisation";
  seats: Record<string, Seat>;
  accounts: Record<string, Account>;
  groups: Record<string, Group>;
  templates: Record<string, Template>;
}

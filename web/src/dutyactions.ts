/** What people do with the duty of their office, each verb once. Part of actions.ts. */
import { raw } from "./link/api";
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Crew, Done, EntryKind, PhoneRecord, RosterImported } from "./types/wire";

const op = (): string => newId("op");

export interface NewEntry {
  readonly kind: EntryKind;
  readonly text: string;
  readonly at_ms?: number | null;
  readonly call?: PhoneRecord | null;
}

export function writeEntry({ kind, text, at_ms = null, call = null }: NewEntry): Promise<Done> {
  return request("duty.write", { op: op(), entry_id: newId("e"), kind, text, at_ms, call });
}

export function correctEntry(entry_id: string, text: string, call: PhoneRecord | null, reason: string): Promise<Done> {
  return request("duty.correct", { op: op(), entry_id, text, call, reason });
}

export function voidEntry(entry_id: string, reason: string): Promise<Done> {
  return request("duty.void", { op: op(), entry_id, reason });
}

/** The call of the log became the first report of that incident (`incident:…`). */
export function linkReport(entry_id: string, report: string): Promise<Done> {
  return request("duty.link", { op: op(), entry_id, report });
}

export function signIn(person: string, crew: Crew | null = null): Promise<Done> {
  return request("duty.sign_in", { op: op(), person, crew });
}

export function takePost(person: string, reason: string): Promise<Done> {
  return request("duty.take", { op: op(), person, reason, crew: null });
}

export function collectSheet(): Promise<Done> {
  return request("duty.collect", { op: op() });
}

export function noteItems(keys: string[], text: string): Promise<Done> {
  return request("duty.note", { op: op(), keys, text });
}

export function giveHandover(person: string): Promise<Done> {
  return request("duty.give", { op: op(), person });
}

export function withdrawHandover(): Promise<Done> {
  return request("duty.withdraw", { op: op() });
}

export function signHandover(person: string, remark: string): Promise<Done> {
  return request("duty.sign", { op: op(), person, remark, crew: null });
}

export function changeCrew(shift_id: string, crew: Crew, reason: string): Promise<Done> {
  return request("duty.change_crew", { op: op(), shift_id, crew, reason });
}

export function swapShifts(shift_id: string, with_id: string, reason: string): Promise<Done> {
  return request("duty.swap", { op: op(), shift_id, with_id, reason });
}

export function removeShift(shift_id: string, reason: string): Promise<Done> {
  return request("duty.remove", { op: op(), shift_id, reason });
}

/** Only looks at the file, unless `commit`: then all of it is on the roster, or nothing (L5). */
export async function importRoster(file: Blob, commit: boolean, replace: boolean): Promise<RosterImported> {
  const query = new URLSearchParams({ commit: commit ? "1" : "0", replace: replace ? "1" : "0" });
  const response = await raw("POST", `/api/duty/roster?${query.toString()}`, { body: file });
  return (await response.json()) as RosterImported;
}

/** What an officer does in a spot check, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Done, DrawWish, PhoneStep, Verdict } from "./types/wire";

export interface NewSpotCheck {
  readonly title: string;
  readonly seats: readonly string[];
  readonly draw: DrawWish | null;
  readonly items: readonly string[];
}

/** The id of the new check. */
export async function startSpotCheck(wish: NewSpotCheck): Promise<string> {
  const check_id = newId("k");
  const { title, draw } = wish;
  await request("spotcheck.start", {
    op: newId("o"),
    check_id,
    title,
    seats: [...wish.seats],
    draw,
    items: [...wish.items],
  });
  return check_id;
}

/** The session in which the seat of this row rings now. */
export async function callRow(check_id: string, number: number): Promise<string> {
  return (await request("spotcheck.call", { op: newId("o"), check_id, number })).session_id;
}

export interface Finding {
  readonly answers: readonly (boolean | null)[];
  readonly verdict: Verdict | null;
  readonly note: string;
  readonly problem: string;
}

/** Writes all that was found in a row. */
export function judgeRow(check_id: string, number: number, finding: Finding): Promise<Done> {
  const answers = [...finding.answers];
  return request("spotcheck.judge", { op: newId("o"), check_id, number, ...finding, answers });
}

export const addPhoneRow = (check_id: string, seat: string): Promise<Done> =>
  request("spotcheck.add_phone", { op: newId("o"), check_id, seat });

export const stepPhone = (
  check_id: string,
  number: number,
  step: PhoneStep,
  rings: number | null = null,
): Promise<Done> => request("spotcheck.phone", { op: newId("o"), check_id, number, step, rings });

export const closeSpotCheck = (check_id: string): Promise<Done> =>
  request("spotcheck.close", { op: newId("o"), check_id });

/** What one does with a plan, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Done, PlanContent } from "./types/wire";

/** Throws `plan.moved_on` when somebody else has edited it since `base_version`; 0 is a new one. */
export function setPlan(plan_id: string, base_version: number, content: PlanContent): Promise<Done> {
  return request("plan.set", { op: newId("o"), plan_id, base_version, content });
}

export function withdrawPlan(plan_id: string, reason: string): Promise<Done> {
  return request("plan.withdraw", { op: newId("o"), plan_id, reason });
}

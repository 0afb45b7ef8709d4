/** 按预案: which plan an incident is opened by, and what comes with it. */
import type { JSX } from "preact";

import { plans } from "../state/store";
import type { PlanRow } from "../types/wire";
import { Field } from "../ui/elements";
import { t } from "../ui/i18n";

interface PlanChoiceProps {
  readonly plan: PlanRow | null;
  readonly onPlan: (plan: PlanRow | null) => void;
}

export function PlanChoice({ plan, onPlan }: PlanChoiceProps): JSX.Element | null {
  const all = plans.value ?? [];
  if (all.length === 0) return null;
  const counts = plan === null ? null : { boards: plan.content.boards.length, tasks: plan.content.tasks.length };
  return (
    <Field label={t("plan.use")} hint={counts === null ? undefined : t("plan.use_hint", counts)}>
      {({ id, describedBy }) => (
        <select
          id={id}
          class="input"
          aria-describedby={describedBy}
          value={plan?.plan_id ?? ""}
          onChange={(event) => onPlan(all.find(({ plan_id }) => plan_id === event.currentTarget.value) ?? null)}
        >
          <option value="">{t("plan.none")}</option>
          {all.map(({ plan_id, content }) => (
            <option key={plan_id} value={plan_id}>
              {content.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

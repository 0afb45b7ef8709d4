/** 预案: by which incidents are opened; a table, and a form for each (planform.tsx). */
import { Copy } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { setPlan, withdrawPlan } from "../actions";
import { newId } from "../state/ids";
import { plans } from "../state/store";
import "../styles/plans.css";
import type { PlanContent, PlanRow } from "../types/wire";
import { Button, Elapsed, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { LevelBadge } from "../ui/levelbadge";
import { toast } from "../ui/toast";
import { AddButton, EditButton, FormDialog, matches, Table } from "./adminparts";
import { PlanFields } from "./planform";

/** A plan on the desk of its writer: which version it was, and what it says now. */
interface Edited {
  readonly plan_id: string;
  readonly version: number;
  readonly content: PlanContent;
}

const EMPTY: PlanContent = {
  name: "",
  category: "natural",
  level: "III",
  note: "",
  boards: ["situation", "report", "instruction", "warning", "task", "resource", "opinion", "keyevent"],
  tasks: [],
  seats: [],
  groups: [],
  session_title: "",
  mode: "free",
};

const NAME_MAX = 40;

export function PlanTable(): JSX.Element {
  const [edited, setEdited] = useState<Edited | null>(null);
  const [withdrawn, setWithdrawn] = useState<PlanRow | null>(null);
  const rows = (plans.value ?? []).filter(({ content }) => matches(content.name, content.note));
  const begin = (content: PlanContent): void => setEdited({ plan_id: newId("q"), version: 0, content });
  const copy = ({ content }: PlanRow): void =>
    begin({ ...content, name: t("plan.copy_of", { name: content.name }).slice(0, NAME_MAX) });
  const heads = [
    t("plan.name"),
    t("incident.field_category"),
    t("plan.level"),
    t("plan.boards"),
    t("plan.tasks"),
    t("plan.edited"),
    t("admin.actions"),
  ];
  return (
    <>
      <p class="admin-how">{t("plan.how")}</p>
      <Table
        id="plans-title"
        title={t("plan.title")}
        count={rows.length}
        heads={heads}
        action={<AddButton label={t("plan.add")} onClick={() => begin(EMPTY)} />}
      >
        {rows.map((one) => (
          <tr key={one.plan_id}>
            <td>
              {one.content.name} <span class="muted">{t("plan.version", { n: one.version })}</span>
            </td>
            <td>{t(`category.${one.content.category}`)}</td>
            <td>
              <LevelBadge level={one.content.level} />
            </td>
            <td class="number">{one.content.boards.length}</td>
            <td class="number">{one.content.tasks.length}</td>
            <td>
              {one.edited_by} <Elapsed since_ms={one.edited_ms} />
            </td>
            <td class="row-actions">
              <Button size="small" tone="quiet" icon={Copy} onClick={() => copy(one)}>
                {t("plan.copy")}
              </Button>
              <EditButton name={one.content.name} onClick={() => setEdited(one)} />
              <Button
                size="small"
                tone="quiet"
                title={t("plan.withdraw_name", { name: one.content.name })}
                onClick={() => setWithdrawn(one)}
              >
                {t("plan.withdraw")}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {edited !== null && <PlanForm key={edited.plan_id} plan={edited} onClose={() => setEdited(null)} />}
      {withdrawn !== null && <WithdrawForm plan={withdrawn} onClose={() => setWithdrawn(null)} />}
    </>
  );
}

function PlanForm({ plan, onClose }: { plan: Edited; onClose: () => void }): JSX.Element {
  const [content, setContent] = useState(plan.content);
  const { name } = plan.content;
  return (
    <FormDialog
      title={plan.version === 0 ? t("plan.add") : t("admin.edit_name", { name })}
      save={() => setPlan(plan.plan_id, plan.version, content)}
      isGood={content.name.trim() !== "" && content.tasks.every(({ text }) => text.trim() !== "")}
      onClose={onClose}
    >
      <PlanFields content={content} change={(news) => setContent({ ...content, ...news })} />
    </FormDialog>
  );
}

function WithdrawForm({ plan, onClose }: { plan: PlanRow; onClose: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const { name } = plan.content;
  const save = async (): Promise<void> => {
    await withdrawPlan(plan.plan_id, reason.trim());
    toast(t("plan.withdrawn", { name }));
  };
  return (
    <FormDialog
      title={t("plan.withdraw_name", { name })}
      save={save}
      isGood={reason.trim() !== ""}
      onClose={onClose}
    >
      <Field label={t("plan.withdraw_why")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            maxLength={120}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}

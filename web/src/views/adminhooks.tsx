/** 对外推送: systems outside that are told of what happens, how each stands, and a form for each. */
import { Copy, Send } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { putHook, removeHook, testHook } from "../actions";
import { newId } from "../state/ids";
import { hooks } from "../state/store";
import "../styles/adminhooks.css";
import type { HookRow, HookSecret, NoticeType } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, Dialog, Elapsed, Field, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt, toast } from "../ui/toast";
import { AddButton, EditButton, FormDialog, matches, Table } from "./adminparts";

const TYPES: readonly Exclude<NoticeType, "test">[] = [
  "incident.opened",
  "incident.level_changed",
  "incident.status_changed",
  "report.submitted",
  "instruction.issued",
  "warning.issued",
  "unit.silent",
  "keyevent.published",
];
const USUAL: readonly NoticeType[] = ["incident.opened", "incident.level_changed", "report.submitted", "instruction.issued"];

type Wish = Pick<HookRow, "hook_id" | "name" | "url" | "types" | "exercises" | "enabled">;

export function HookTable(): JSX.Element {
  const [edited, setEdited] = useState<Wish | null>(null);
  const [made, setMade] = useState<HookSecret | null>(null);
  const rows = (hooks.value ?? []).filter((one) => matches(one.name, one.url));
  const add = (): void =>
    setEdited({ hook_id: newId("h"), name: "", url: "", types: [...USUAL], exercises: false, enabled: true });
  const heads = [t("hook.name"), t("hook.url"), t("hook.state"), t("hook.delivered"), t("hook.waiting"), t("admin.actions")];
  return (
    <>
      <p class="admin-how">{t("hook.how")}</p>
      <Table
        id="hooks-title"
        title={t("hook.title")}
        count={rows.length}
        heads={heads}
        action={<AddButton label={t("hook.add")} onClick={add} />}
      >
        {rows.map((one) => (
          <tr key={one.hook_id}>
            <td>{one.name}</td>
            <td class="id">{one.url}</td>
            <td>
              <HookState row={one} />
            </td>
            <td class="number">{one.delivered}</td>
            <td class="number">{one.waiting}</td>
            <td class="row-actions">
              <Button size="small" icon={Send} disabled={!one.enabled} onClick={() => void attempt(() => test(one))}>
                {t("hook.test")}
              </Button>
              <EditButton name={one.name} onClick={() => setEdited(one)} />
              <Confirm
                label={t("admin.remove")}
                title={t("admin.remove_name", { name: one.name })}
                answer={t("hook.remove_confirm", { name: one.name, n: one.waiting })}
                onConfirm={() => void attempt(() => removeHook(one.hook_id))}
              />
            </td>
          </tr>
        ))}
      </Table>
      {edited !== null && (
        <HookForm key={edited.hook_id} hook={edited} onMade={setMade} onClose={() => setEdited(null)} />
      )}
      {made !== null && <SecretDialog secret={made.secret} onClose={() => setMade(null)} />}
    </>
  );
}

async function test(row: HookRow): Promise<void> {
  await testHook(row.hook_id);
  toast(t("hook.tested", { name: row.name }));
}

/** In words, since when, and what comes next. */
function HookState({ row }: { row: HookRow }): JSX.Element {
  if (!row.enabled) return <StateDot shape="ring" word={t("hook.off")} />;
  if (row.failing_ms !== null) {
    return (
      <span class="hook-failing">
        <StateDot shape="triangle" tone="bad" word={t("hook.failing")} since_ms={row.failing_ms} />
        <span class="muted">
          {t(row.waiting > 0 ? "hook.failure_next" : "hook.failure", { why: row.failure, n: row.attempts })}
        </span>
      </span>
    );
  }
  if (row.delivered_ms === null) return <StateDot shape="ring" word={t("hook.unused")} />;
  return (
    <span>
      <StateDot shape="full" tone="good" word={t("hook.good")} /> <span class="muted">{t("hook.last")}</span>{" "}
      <Elapsed since_ms={row.delivered_ms} />
    </span>
  );
}

interface HookFormProps {
  readonly hook: Wish;
  readonly onMade: (secret: HookSecret) => void;
  readonly onClose: () => void;
}

function HookForm({ hook, onMade, onClose }: HookFormProps): JSX.Element {
  const [name, setName] = useState(hook.name);
  const [url, setUrl] = useState(hook.url);
  const [types, setTypes] = useState<ReadonlySet<NoticeType>>(new Set(hook.types));
  const [exercises, setExercises] = useState(hook.exercises);
  const [enabled, setEnabled] = useState(hook.enabled);
  const toggle = (type: NoticeType): void => {
    const next = new Set(types);
    if (!next.delete(type)) next.add(type);
    setTypes(next);
  };
  const save = async (): Promise<void> => {
    const chosen = TYPES.filter((type) => types.has(type));
    onMade(await putHook({ hook_id: hook.hook_id, name: name.trim(), url: url.trim(), types: chosen, exercises, enabled }));
  };
  return (
    <FormDialog
      title={hook.name === "" ? t("hook.add") : t("admin.edit_name", { name: hook.name })}
      save={save}
      isGood={name.trim() !== "" && /^https?:\/\/\S+$/.test(url.trim()) && types.size > 0}
      onClose={onClose}
    >
      <Field label={t("hook.name")}>
        {({ id }) => (
          <input id={id} class="input" maxLength={30} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        )}
      </Field>
      <Field label={t("hook.url")} hint={t("hook.url_hint")}>
        {({ id, describedBy }) => (
          <input
            id={id}
            class="input"
            type="url"
            maxLength={300}
            placeholder="https://"
            aria-describedby={describedBy}
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
        )}
      </Field>
      <fieldset class="hook-types">
        <legend>{t("hook.types")}</legend>
        {TYPES.map((type) => (
          <label key={type}>
            <input type="checkbox" checked={types.has(type)} onChange={() => toggle(type)} /> {t(`hook.type.${type}`)}
          </label>
        ))}
      </fieldset>
      <div class="hook-types">
        <label>
          <input type="checkbox" checked={exercises} onChange={() => setExercises(!exercises)} /> {t("hook.exercises")}
        </label>
        <label>
          <input type="checkbox" checked={enabled} onChange={() => setEnabled(!enabled)} /> {t("hook.enabled")}
        </label>
      </div>
    </FormDialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }): JSX.Element {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    toast(t("hook.secret_copied"));
  };
  return (
    <Dialog
      title={t("hook.secret")}
      class="field-dialog"
      onClose={onClose}
      footer={
        <>
          <Button icon={Copy} onClick={() => void attempt(copy)}>
            {t("hook.secret_copy")}
          </Button>
          <Button tone="accent" onClick={onClose}>
            {t("guest.done")}
          </Button>
        </>
      }
    >
      <p>{t("hook.secret_what")}</p>
      <p>
        <code class="hook-secret">{secret}</code>
      </p>
    </Dialog>
  );
}

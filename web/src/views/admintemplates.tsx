/** Templates of sessions: whom each calls and how one speaks in it; a table, and a form for each. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { removeTemplate, setTemplate } from "../actions";
import { newId } from "../state/ids";
import { calledBy, sorted } from "../state/organisation";
import { organisation } from "../state/store";
import "../styles/spotcheck.css";
import type { SessionKind, SpeakMode, Template } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Badge, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { ExerciseMark } from "../ui/states";
import { attempt } from "../ui/toast";
import { AddButton, EditButton, FormDialog, matches, Table } from "./adminparts";
import { KINDS } from "./deskchoice";
import { SeatPicker } from "./seatpicker";

const MODES: readonly SpeakMode[] = ["free", "request", "silent"];

const fresh = (sort: number): Template => ({
  template_id: newId("t"),
  name: "",
  title: "",
  kind: "consultation",
  groups: [],
  seats: [],
  mode: "free",
  mute_on_entry: false,
  exercise: false,
  sort,
});

export function TemplateTable(): JSX.Element {
  const [edited, setEdited] = useState<Template | null>(null);
  const { groups, seats, templates } = organisation.value;
  const all = sorted(templates);
  const rows = all.filter((one) => matches(one.name, one.title));
  const named = (one: Template): string =>
    [...one.groups.map((id) => groups[id]?.name ?? id), ...one.seats.map((id) => seats[id]?.short_name ?? id)].join(
      t("todo.between"),
    );
  const heads = [
    t("admin.name"),
    t("desk.title"),
    t("desk.kind"),
    t("admin.calls"),
    t("admin.count"),
    t("admin.mode"),
    t("admin.actions"),
  ];
  return (
    <>
      <Table
        id="templates-title"
        title={t("admin.templates")}
        count={rows.length}
        heads={heads}
        action={<AddButton label={t("admin.add_template")} onClick={() => setEdited(fresh(all.length))} />}
      >
        {rows.map((one) => (
          <tr key={one.template_id}>
            <td>
              {one.name} <ExerciseMark on={one.exercise} />
            </td>
            <td>{one.title || one.name}</td>
            <td>{t(`kind.${one.kind}`)}</td>
            <td class="long">{named(one)}</td>
            <td class="number">{calledBy(organisation.value, one).length}</td>
            <td>
              {t(`room.mode_${one.mode}`)} {one.mute_on_entry && <Badge>{t("admin.mute_on_entry")}</Badge>}
            </td>
            <td class="row-actions">
              <EditButton name={one.name} onClick={() => setEdited(one)} />
              <Confirm
                label={t("admin.remove")}
                title={t("admin.remove_name", { name: one.name })}
                answer={t("admin.remove_confirm")}
                onConfirm={() => void attempt(() => removeTemplate(one.template_id))}
              />
            </td>
          </tr>
        ))}
      </Table>
      {edited !== null && <TemplateForm key={edited.template_id} template={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function TemplateForm({ template, onClose }: { template: Template; onClose: () => void }): JSX.Element {
  const [wish, setWish] = useState(template);
  const change = (news: Partial<Template>): void => setWish({ ...wish, ...news });
  const title = template.name === "" ? t("admin.add_template") : t("admin.edit_name", { name: template.name });
  return (
    <FormDialog
      title={title}
      save={() => setTemplate({ ...wish, name: wish.name.trim(), title: wish.title.trim() })}
      isGood={wish.name.trim() !== "" && wish.groups.length + wish.seats.length > 0}
      onClose={onClose}
    >
      <Words wish={wish} change={change} />
      <Groups wish={wish} change={change} />
      <SeatPicker
        label={t("admin.seats_besides")}
        groupsApart
        chosen={new Set(wish.seats)}
        onChoose={(seats) => change({ seats: [...seats] })}
      />
    </FormDialog>
  );
}

interface PartProps {
  readonly wish: Template;
  readonly change: (news: Partial<Template>) => void;
}

function Words({ wish, change }: PartProps): JSX.Element {
  return (
    <>
      <Field label={t("admin.name")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            maxLength={20}
            value={wish.name}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t("desk.title")} hint={t("admin.title_hint")}>
        {({ id, describedBy }) => (
          <input
            id={id}
            class="input"
            maxLength={80}
            aria-describedby={describedBy}
            value={wish.title}
            onInput={(event) => change({ title: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t("desk.kind")}>
        {({ id }) => (
          <select
            id={id}
            class="input"
            value={wish.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as SessionKind })}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("admin.mode")}>
        {({ id }) => (
          <select
            id={id}
            class="input"
            value={wish.mode}
            onChange={(event) => change({ mode: event.currentTarget.value as SpeakMode })}
          >
            {MODES.map((one) => (
              <option key={one} value={one}>
                {t(`room.mode_${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="admin-checks">
        <Check label={t("admin.mute_on_entry")} on={wish.mute_on_entry} set={(on) => change({ mute_on_entry: on })} />
        <Check label={t("desk.exercise")} on={wish.exercise} set={(on) => change({ exercise: on })} />
      </div>
    </>
  );
}

function Groups({ wish, change }: PartProps): JSX.Element {
  return (
    <fieldset class="admin-checks">
      <legend>{t("admin.groups")}</legend>
      {sorted(organisation.value.groups).map(({ group_id, name }) => (
        <Check
          key={group_id}
          label={name}
          on={wish.groups.includes(group_id)}
          set={(on) =>
            change({ groups: on ? [...wish.groups, group_id] : wish.groups.filter((one) => one !== group_id) })
          }
        />
      ))}
    </fieldset>
  );
}

function Check({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

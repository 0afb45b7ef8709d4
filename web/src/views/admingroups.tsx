/** Groups of seats that are called together: a table, and a form for each. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { removeGroup, setGroup } from "../actions";
import { newId } from "../state/ids";
import { sorted } from "../state/organisation";
import { organisation } from "../state/store";
import "../styles/spotcheck.css";
import type { Group } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { AddButton, EditButton, FormDialog, matches, Table } from "./adminparts";
import { SeatPicker } from "./seatpicker";

export function GroupTable(): JSX.Element {
  const [edited, setEdited] = useState<Group | null>(null);
  const { groups, seats } = organisation.value;
  const all = sorted(groups);
  const named = (group: Group): string =>
    group.seats.map((id) => seats[id]?.short_name ?? id).join(t("todo.between"));
  const rows = all.filter((one) => matches(one.name, named(one)));
  const add = (): void => setEdited({ group_id: newId("g"), name: "", seats: [], sort: all.length });
  const heads = [t("admin.name"), t("admin.count"), t("admin.members"), t("admin.actions")];
  return (
    <>
      <Table
        id="groups-title"
        title={t("admin.groups")}
        count={rows.length}
        heads={heads}
        action={<AddButton label={t("admin.add_group")} onClick={add} />}
      >
        {rows.map((one) => (
          <tr key={one.group_id}>
            <td>{one.name}</td>
            <td class="number">{one.seats.length}</td>
            <td class="long">{named(one)}</td>
            <td class="row-actions">
              <EditButton name={one.name} onClick={() => setEdited(one)} />
              <Confirm
                label={t("admin.remove")}
                title={t("admin.remove_name", { name: one.name })}
                answer={t("admin.remove_confirm")}
                onConfirm={() => void attempt(() => removeGroup(one.group_id))}
              />
            </td>
          </tr>
        ))}
      </Table>
      {edited !== null && <GroupForm key={edited.group_id} group={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function GroupForm({ group, onClose }: { group: Group; onClose: () => void }): JSX.Element {
  const [name, setName] = useState(group.name);
  const [seats, setSeats] = useState<ReadonlySet<string>>(new Set(group.seats));
  const title = group.name === "" ? t("admin.add_group") : t("admin.edit_name", { name: group.name });
  return (
    <FormDialog
      title={title}
      save={() => setGroup({ ...group, name: name.trim(), seats: [...seats] })}
      isGood={name.trim() !== "" && seats.size > 0}
      onClose={onClose}
    >
      <Field label={t("admin.name")}>
        {({ id }) => (
          <input id={id} class="input" maxLength={20} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        )}
      </Field>
      <SeatPicker label={t("admin.members")} chosen={seats} onChoose={setSeats} />
    </FormDialog>
  );
}

/** A table from a spreadsheet: shown with what each column becomes before it is added, row by row, to the board. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";

import { hubNow } from "../../state/store";
import { addItem } from "../../state/drafts";
import { fieldOf, fieldsOf } from "../../state/workspace";
import { Button, Dialog } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { toast } from "../../ui/toast";
import { tableIn } from "./addline";
import { columnsOf, leadOf } from "./columns";
import { isOffice, type Context } from "./context";
import { fromText, itemsOf, mapped, type Mapped, type Pasted, type Table, type Target } from "./paste";
import { unitsFor } from "./units";
import { said, valueText } from "./words";

const MOST = 200;

interface PasteProps {
  readonly of: Context;
  readonly table: Table;
  readonly asks: boolean;
  readonly onClose: () => void;
}

export function PasteDialog({ of, table: first, asks, onClose }: PasteProps): JSX.Element {
  const [table, setTable] = useState(first);
  const [targets, setTargets] = useState<readonly Target[] | null>(null);
  const units = useMemo(() => unitsFor(of.ws, of.me?.seat ?? null), [of.ws.units]);
  const found = mapped(table, of.kind, orderOf(of), asks);
  const map: Mapped = targets === null ? found : { ...found, targets };
  const items = itemsOf(map, of.kind, units, hubNow());
  const good = items.filter(({ fields }) => (fields["text"] ?? "") !== "").slice(0, MOST);
  const add = (): void => {
    for (const { fields, units: asked } of good) {
      addItem(of.stream, of.board.board_id, {
        fields,
        ...(asks ? { units: asked } : {}),
        ...(of.sessionId === null ? {} : { session_id: of.sessionId }),
      });
    }
    toast(t("boards.pasted", { n: good.length }));
    onClose();
  };
  const take = (fresh: Table): void => {
    setTable(fresh);
    setTargets(null);
  };
  return (
    <Dialog
      title={t("boards.paste_table")}
      class="bv-paste"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("do.cancel")}</Button>
          <Button tone="accent" disabled={good.length === 0} onClick={add}>
            {t("boards.paste_add", { n: good.length })}
          </Button>
        </>
      }
    >
      {table.length === 0 ? (
        <Empty onTable={take} />
      ) : (
        <>
          <Summary map={map} items={items} good={good.length} />
          <Preview map={map} items={items} of={of} asks={asks} onTargets={setTargets} />
        </>
      )}
    </Dialog>
  );
}

function Empty({ onTable }: { onTable: (table: Table) => void }): JSX.Element {
  return (
    <>
      <p>{t("boards.paste_hint")}</p>
      <textarea
        class="input"
        rows={8}
        aria-label={t("boards.paste_here")}
        placeholder={t("boards.paste_here")}
        onPaste={(event) => {
          const table = tableIn(event.clipboardData) ?? fromText(event.clipboardData?.getData("text/plain") ?? "");
          event.preventDefault();
          onTable(table);
        }}
        onChange={(event) => onTable(fromText(event.currentTarget.value))}
      />
    </>
  );
}

/** A table without names: the words first, then what the board shows besides. */
function orderOf(of: Context): string[] {
  const lead = leadOf(of.kind);
  const shown = columnsOf(of.kind).filter((id) => id !== "text" && id !== lead && fieldOf(of.kind, id) !== undefined);
  return ["text", "place", ...shown, ...(lead === null ? [] : [lead])];
}

function Summary({ map, items, good }: { map: Mapped; items: readonly Pasted[]; good: number }): JSX.Element {
  const unknown = map.head.filter((_, at) => map.targets[at] === null).filter((name) => name !== "");
  const unread = items.filter(({ unread: cells }) => Object.keys(cells).length > 0).length;
  return (
    <ul class="bv-paste-summary" aria-live="polite">
      <li>{t("boards.paste_rows", { n: good, all: items.length })}</li>
      {map.head.length === 0 && <li>{t("boards.paste_no_head")}</li>}
      {unknown.length > 0 && <li class="bv-missing">{t("boards.paste_unknown", { names: unknown.join("、") })}</li>}
      {unread > 0 && <li class="bv-missing">{t("boards.paste_unread", { n: unread })}</li>}
      {items.length > good && <li class="bv-missing">{t("boards.paste_left_out", { n: items.length - good })}</li>}
    </ul>
  );
}

interface PreviewProps {
  readonly map: Mapped;
  readonly items: readonly Pasted[];
  readonly of: Context;
  readonly asks: boolean;
  readonly onTargets: (targets: readonly Target[]) => void;
}

function Preview({ map, items, of, asks, onTargets }: PreviewProps): JSX.Element {
  const fields = fieldsOf(of.kind).filter(({ writer }) => writer !== "secret" || isOffice(of));
  const setTarget = (at: number, target: Target): void =>
    onTargets(map.targets.map((old, place) => (place === at ? target : old === target ? null : old)));
  return (
    <div class="bv-scroll" tabIndex={0} role="group" aria-label={t("boards.paste_preview")}>
      <table>
        <thead>
          <tr>
            {map.targets.map((target, at) => (
              <th key={at} scope="col">
                <span class="muted">{map.head[at] ?? t("boards.paste_column", { n: at + 1 })}</span>
                <select
                  class="input"
                  aria-label={t("boards.paste_becomes", { name: map.head[at] ?? String(at + 1) })}
                  value={target ?? ""}
                  onChange={(event) => setTarget(at, event.currentTarget.value || null)}
                >
                  <option value="">{t("boards.paste_leave_out")}</option>
                  {asks && <option value="units">{t("boards.asked_of")}</option>}
                  {fields.map((field) => (
                    <option key={field.name} value={field.name}>
                      {said(field)}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.slice(0, 50).map((row, line) => (
            <tr key={line}>
              {map.targets.map((target, at) => (
                <td key={at} class={target === null ? "muted" : ""}>
                  {cellText(row[at] ?? "", target, items[line], of)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellText(cell: string, target: Target, item: Pasted | undefined, of: Context): JSX.Element | string {
  if (target === null || item === undefined) return cell;
  const unread = item.unread[target];
  if (unread !== undefined) return <span class="bv-missing">{t("boards.paste_not_read", { text: unread })}</span>;
  const field = fieldOf(of.kind, target);
  const value = item.fields[target];
  return field === undefined || value === undefined ? cell : valueText(field, value);
}

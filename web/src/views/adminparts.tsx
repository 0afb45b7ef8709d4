/** What the tables of the administration have in common: a frame with a search and an add button, and forms. */
import { signal } from "@preact/signals";
import { Pencil, Plus } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";

import "../styles/adminforms.css";
import { Button, Dialog, EmptyState } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";

/** What is looked for, in whichever table stands there. */
export const words = signal("");

export function matches(...texts: readonly (string | null)[]): boolean {
  const wanted = words.value.trim().toLowerCase();
  return texts.some((text) => (text ?? "").toLowerCase().includes(wanted));
}

interface TableProps {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
  readonly action?: ComponentChildren;
}

export function Table({ id, title, count, heads, children, action }: TableProps): JSX.Element {
  return (
    <section class="card" aria-labelledby={id}>
      <header class="table-head">
        <h2 id={id}>
          {title} <span class="muted">{count}</span>
        </h2>
        {action}
      </header>
      {count === 0 ? (
        <EmptyState title={t(words.value.trim() === "" ? "admin.none" : "admin.none_found")} />
      ) : (
        <div class="table-box" tabIndex={0} role="group" aria-labelledby={id}>
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function AddButton({ label, onClick }: { label: string; onClick: () => void }): JSX.Element {
  return (
    <Button size="small" icon={Plus} onClick={onClick}>
      {label}
    </Button>
  );
}

export function EditButton({ name, onClick }: { name: string; onClick: () => void }): JSX.Element {
  return (
    <Button size="small" tone="quiet" icon={Pencil} title={t("admin.edit_name", { name })} onClick={onClick}>
      {t("admin.edit")}
    </Button>
  );
}

interface FormProps {
  readonly title: string;
  readonly save: () => Promise<unknown>;
  readonly isGood: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A form in a dialog: it closes when the hub has taken it, and says why when it has not. */
export function FormDialog({ title, save, isGood, onClose, children }: FormProps): JSX.Element {
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || !isGood) return;
    setBusy(true);
    const went = await attempt(save);
    setBusy(false);
    if (went) onClose();
  };
  return (
    <Dialog title={title} class="admin-dialog" onClose={onClose}>
      <form class="admin-form" onSubmit={(event) => void submit(event)}>
        {children}
        <div class="admin-form-foot">
          <Button onClick={onClose}>{t("do.cancel")}</Button>
          <Button type="submit" tone="accent" busy={busy} disabled={!isGood}>
            {t("admin.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A unit has gone on the telephone list: said on whatever page an officer is, and beside the browser. */
import { useEffect, useRef } from "preact/hooks";

import { keyOf } from "../state/calllist";
import { todos } from "../state/store";
import { t } from "../ui/i18n";
import { toast } from "../ui/toast";
import { chime } from "./bell";
import { notify } from "./notification";

export function OfficeAlarm(): null {
  const phone = todos.value?.phone;
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (phone === undefined) return;
    const before = known.current;
    known.current = new Set(phone.map(keyOf));
    if (before === null) return; // what was there when the page came stands on the list
    const fresh = phone.filter((row) => !before.has(keyOf(row)));
    const first = fresh[0];
    if (first === undefined) return;
    const { text, name, incident_title } = first;
    const said =
      fresh.length === 1 ? t("phone.alarm", { name, text }) : t("phone.alarm_n", { n: fresh.length, text });
    toast(said, "info", `phone ${first.item_id}`);
    chime(1);
    notify(said, incident_title, keyOf(first), true);
  }, [phone]);
  return null;
}

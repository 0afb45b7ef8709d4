/** 标记 B: one key, one choice, one word if there is time. */
import { Flag } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import { hubNow } from "../state/store";
import type { MarkerKind, Session } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { clockTime, t } from "../ui/i18n";
import { attempt, toast } from "../ui/toast";

const KINDS: readonly MarkerKind[] = ["decision", "instruction", "todo", "key"];

/** One key, one choice, one word if there is time: a second worth finding again must not cost ten. */
export function Marking({ session }: { session: Session }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState("");
  useShortcuts([{ key: "b", label: t("consultation.mark"), run: () => setOpen(true) }]);
  const set = async (kind: MarkerKind): Promise<void> => {
    const text = label.trim();
    setOpen(false);
    setLabel("");
    const went = await attempt(() => actions.mark(session.session_id, kind, text));
    const time = clockTime(hubNow());
    if (went) toast(t("consultation.mark_done", { kind: t(`consultation.marker_${kind}`), time }));
  };
  return (
    <>
      <Button icon={Flag} class="switch" shortcut="B" onClick={() => setOpen(true)}>
        {t("consultation.mark")}
      </Button>
      {open && (
        <Dialog title={t("consultation.mark_title")} onClose={() => setOpen(false)}>
          <form
            class="marking"
            onSubmit={(event) => {
              event.preventDefault();
              void set("key");
            }}
          >
            <label>
              {t("consultation.mark_label")}
              <input
                class="input"
                maxLength={80}
                value={label}
                autofocus
                onInput={(event) => setLabel(event.currentTarget.value)}
              />
            </label>
            <div class="marking-kinds" role="group" aria-label={t("consultation.mark_kind")}>
              {KINDS.map((kind) => (
                <Button key={kind} onClick={() => void set(kind)}>
                  {t(`consultation.marker_${kind}`)}
                </Button>
              ))}
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}

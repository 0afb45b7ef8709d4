/** A link that is seen once: with a button that copies it, and one that says it has been taken. */
import { Copy } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";

import { Button, Dialog } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt, toast } from "../ui/toast";

interface LinkDialogProps {
  readonly title: string;
  readonly link: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function LinkDialog({ title, link, onClose, children }: LinkDialogProps): JSX.Element {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    toast(t("guest.copied"));
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      class="field-dialog"
      footer={
        <>
          <Button icon={Copy} onClick={() => void attempt(copy)}>
            {t("guest.copy")}
          </Button>
          <Button tone="accent" onClick={onClose}>
            {t("guest.done")}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

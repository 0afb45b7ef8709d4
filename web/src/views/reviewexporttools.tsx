/** 剪辑 and 导出 in the head of the review page, for those who keep the recording. */
import { Download, Scissors } from "lucide-preact";
import type { JSX } from "preact";

import { Button } from "../ui/elements";
import { t } from "../ui/i18n";
import { keepsRecordings, type Clipping } from "./reviewclip";

interface ExportToolsProps {
  readonly clipping: Clipping;
  readonly onExport: () => void;
}

export function ExportTools({ clipping, onExport }: ExportToolsProps): JSX.Element | null {
  if (!keepsRecordings()) return null;
  return (
    <>
      <Button tone="quiet" icon={Scissors} pressed={clipping.isOpen} onClick={clipping.isOpen ? clipping.clear : clipping.open}>
        {t("clip.title")}
      </Button>
      <Button tone="quiet" icon={Download} onClick={onExport}>
        {t("export.title")}
      </Button>
    </>
  );
}

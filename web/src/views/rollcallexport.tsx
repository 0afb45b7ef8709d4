/** The table as a file; the hub makes it and says who may have it (rule A7). */
import { Download } from "lucide-preact";
import type { JSX } from "preact";

import { Button } from "../ui/elements";
import { download } from "../link/download";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";

interface ExportProps {
  readonly sessionId: string;
  readonly rollcallId: string;
}

export function RollCallExport({ sessionId, rollcallId }: ExportProps): JSX.Element {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/rollcalls/${encodeURIComponent(rollcallId)}`;
  return (
    <div class="rollcall-export">
      <Button size="small" icon={Download} onClick={() => void attempt(() => download(`${path}.csv`))}>
        {t("rollcall.export_csv")}
      </Button>
      <Button size="small" icon={Download} onClick={() => void attempt(() => download(`${path}.docx`))}>
        {t("rollcall.export_docx")}
      </Button>
    </div>
  );
}

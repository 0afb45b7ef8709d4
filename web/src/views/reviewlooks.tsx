/** 查阅记录: who has looked at a recording, taken it away or been refused. */
import { Download } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { get } from "../link/api";
import { download } from "../link/download";
import { problemOf } from "../link/problem";
import type { Look, Problem } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { clockTime, dateOf, say, t, type Key } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { exportTrouble } from "./reviewexportrows";
import { keepingReason } from "./reviewkeeping";

const KNOWN: ReadonlySet<string> = new Set(
  (
    "view download verify log denied held released proposed withdrawn approved stuck destroyed " +
    "export_mp4 export_package export_finished export_cancelled export_failed"
  ).split(" "),
);

function whatText(what: string): string {
  return t(KNOWN.has(what) ? (`keeping.what_${what}` as Key) : "keeping.what_other");
}

function detailOf({ what, detail }: Look): string {
  if (what === "denied") return whatText(detail);
  return what === "export_failed" ? exportTrouble(detail) : keepingReason(detail);
}

export function LooksDialog({ recordingId, onClose }: { recordingId: string; onClose: () => void }): JSX.Element {
  const path = `/api/recordings/${encodeURIComponent(recordingId)}/log`;
  const [looks, setLooks] = useState<readonly Look[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    get<Look[]>(path).then(setLooks, (thrown: unknown) => setProblem(problemOf(thrown)));
  }, [path]);
  const csv = (
    <Button icon={Download} onClick={() => void attempt(() => download(`${path}.csv`))}>
      {t("keeping.looks_csv")}
    </Button>
  );
  return (
    <Dialog title={t("keeping.looks")} class="wide" onClose={onClose} footer={csv}>
      {problem !== null && <p role="alert">{say(problem)}</p>}
      {looks === null && problem === null && <p role="status">{t("app.loading")}</p>}
      {looks?.length === 0 && <p class="muted">{t("keeping.looks_none")}</p>}
      {looks !== null && looks.length > 0 && <Table looks={looks} />}
    </Dialog>
  );
}

function Table({ looks }: { looks: readonly Look[] }): JSX.Element {
  return (
    <table class="keeping-table">
      <thead>
        <tr>
          {(["time", "who", "unit", "what", "detail"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`keeping.col_${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {looks.map((look, n) => (
          <tr key={n} class={look.what === "denied" ? "denied" : ""}>
            <td>
              {dateOf(look.at_ms)} {clockTime(look.at_ms)}
            </td>
            <td>
              {look.person} <span class="muted">{look.account}</span>
            </td>
            <td>{look.seat_name}</td>
            <td>{whatText(look.what)}</td>
            <td>{detailOf(look)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

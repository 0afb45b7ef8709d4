/** 公文: the papers there are, by kind; the office drafts from here, a unit finds what was sent to it. */
import { FilePlus2, FileText, Flag } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { me, papers } from "../state/store";
import "../styles/deskcall.css";
import "../styles/paper.css";
import "../styles/recordings.css";
import type { PaperKind, PaperSummary, Role } from "../types/wire";
import { Badge, Button, EmptyState, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { ExerciseMark } from "../ui/states";
import { DraftDialog } from "./paperdraft";
import { MarksDialog } from "./papermarks";
import { KINDS, minute, PaperDot, shortDigest } from "./paperparts";

type Chosen = PaperKind | "all";

export function PapersPage(): JSX.Element {
  const [kind, setKind] = useState<Chosen>("all");
  const [asked, setAsked] = useState<"draft" | "marks" | null>(null);
  const role = me.value?.actor.role ?? "seat";
  const rows = papers.value?.filter((row) => kind === "all" || row.kind === kind) ?? null;
  return (
    <div class="papers">
      <header class="papers-head">
        <h1>{t("paper.list_title")}</h1>
        <fieldset class="segments">
          <legend class="visually-hidden">{t("paper.kind")}</legend>
          {(["all", ...KINDS] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="shown" checked={kind === each} onChange={() => setKind(each)} />
              <span>{t(each === "all" ? "paper.all" : `paper.kind_${each}`)}</span>
            </label>
          ))}
        </fieldset>
        {role === "officer" && (
          <div class="papers-actions">
            <Button icon={Flag} onClick={() => setAsked("marks")}>
              {t("mark.title")}
            </Button>
            <Button tone="accent" icon={FilePlus2} onClick={() => setAsked("draft")}>
              {t("paper.draft")}
            </Button>
          </div>
        )}
      </header>
      <List rows={rows} role={role} />
      {asked === "draft" && <DraftDialog onClose={() => setAsked(null)} />}
      {asked === "marks" && <MarksDialog onClose={() => setAsked(null)} />}
    </div>
  );
}

function List({ rows, role }: { rows: readonly PaperSummary[] | null; role: Role }): JSX.Element {
  if (rows === null) return <EmptyState title={t("app.loading")} />;
  if (rows.length === 0) {
    return (
      <EmptyState icon={FileText} title={t("paper.empty")}>
        {t(role === "officer" ? "paper.empty_office" : role === "seat" ? "paper.empty_seat" : "paper.empty_reviewer")}
      </EmptyState>
    );
  }
  return (
    <table class="recordings-table papers-table">
      <thead>
        <tr>
          <th scope="col">{t("paper.col_number")}</th>
          <th scope="col">{t("paper.col_title")}</th>
          <th scope="col">{t("paper.col_state")}</th>
          <th scope="col">{t("paper.col_date")}</th>
          <th scope="col">{t("paper.col_person")}</th>
          <th scope="col">{t("paper.col_digest")}</th>
          {role === "officer" && (
            <th scope="col" class="number">
              {t("paper.col_read")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.paper_id} row={row} role={role} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, role }: { row: PaperSummary; role: Role }): JSX.Element {
  return (
    <tr>
      <td data-label={t("paper.col_number")}>
        <span lang="zh-CN">{row.number === "" ? t(`paper.kind_${row.kind}`) : row.number}</span>
      </td>
      <td class="cell-title">
        <Link to={`/papers/${row.paper_id}`}>
          <span lang="zh-CN">{row.title}</span>
        </Link>
        <ExerciseMark on={row.exercise} />
        {row.replaced_by !== null && <Badge>{t("paper.is_replaced")}</Badge>}
      </td>
      <td data-label={t("paper.col_state")}>
        {role === "seat" ? (
          <StateDot
            shape={row.read_ms === null ? "ring" : "full"}
            tone={row.read_ms === null ? "accent" : "good"}
            word={t(row.read_ms === null ? "paper.unread" : "paper.read")}
          />
        ) : (
          <PaperDot state={row.state} />
        )}
      </td>
      <td data-label={t("paper.col_date")}>{minute(row.issued_ms ?? row.since_ms)}</td>
      <td data-label={t("paper.col_person")}>{row.issued_by === "" ? row.drafted_by : row.issued_by}</td>
      <td data-label={t("paper.col_digest")}>
        {row.digest === "" ? "—" : <code title={row.digest}>{shortDigest(row.digest)}</code>}
      </td>
      {role === "officer" && (
        <td class="number" data-label={t("paper.col_read")}>
          {row.pushed === 0 ? "—" : `${row.read}/${row.pushed}`}
        </td>
      )}
    </tr>
  );
}

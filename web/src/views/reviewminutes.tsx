/** 纪要 beside the player: the minutes of this session, with their state, and a draft of new ones. */
import { FilePlus2 } from "lucide-preact";
import type { JSX } from "preact";

import { draftPaper } from "../paperactions";
import { minutesOf } from "../state/paper";
import { streamOf } from "../state/session";
import { me, papers } from "../state/store";
import "../styles/marks.css";
import type { Manifest, PaperSummary } from "../types/wire";
import { Badge, Button, EmptyState } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { useAttempt } from "../ui/toast";
import { minute, PaperDot } from "./paperparts";

export function ReviewMinutes({ manifest }: { manifest: Manifest }): JSX.Element {
  const rows = minutesOf(papers.value, manifest.session_id);
  const isOfficer = me.value?.actor.role === "officer";
  const isRunning = manifest.stopped_ms === null;
  return (
    <div class="minutes">
      {rows.length === 0 ? (
        <EmptyState title={t("minutes.none")}>{t(isOfficer ? "minutes.none_help" : "minutes.none_read")}</EmptyState>
      ) : (
        <ul class="minutes-list" aria-label={t("minutes.list")}>
          {rows.map((row) => (
            <Row key={row.paper_id} row={row} />
          ))}
        </ul>
      )}
      {isOfficer && (
        <div class="minutes-draft">
          <DraftMinutes sessionId={manifest.session_id} isFirst={rows.length === 0} />
          {isRunning && <p class="muted">{t("minutes.running")}</p>}
          {rows.length > 0 && <p class="muted">{t("minutes.again_help")}</p>}
        </div>
      )}
    </div>
  );
}

function Row({ row }: { row: PaperSummary }): JSX.Element {
  return (
    <li class="minutes-row">
      <Link to={`/papers/${row.paper_id}`}>
        <span lang="zh-CN">{row.number === "" ? row.title : row.number}</span>
      </Link>
      <span class="minutes-state">
        <PaperDot state={row.state} />
        {row.replaced_by !== null && <Badge>{t("paper.is_replaced")}</Badge>}
        <span class="muted">
          {minute(row.issued_ms ?? row.since_ms)} {row.issued_by === "" ? row.drafted_by : row.issued_by}
        </span>
      </span>
    </li>
  );
}

function DraftMinutes({ sessionId, isFirst }: { sessionId: string; isFirst: boolean }): JSX.Element {
  const [busy, run] = useAttempt();
  const draft = (): void =>
    void run(async () => navigate(`/papers/${await draftPaper({ kind: "minutes", session: streamOf(sessionId) })}`));
  return (
    <Button tone={isFirst ? "accent" : "plain"} icon={FilePlus2} busy={busy} onClick={draft}>
      {t(isFirst ? "minutes.draft" : "minutes.again")}
    </Button>
  );
}

/** What can be done with a paper next, and what it means: review, return, issue, push, a new edition, files. */
import { BadgeCheck, CheckCheck, FileCode2, FileText, FileType2, PenLine, Send, ShieldCheck, Undo2 } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import {
  approvePaper,
  checkPaper,
  draftPaper,
  issuePaper,
  pushPaper,
  returnPaper,
  submitPaper,
  type PaperCheck,
} from "../actions";
import { download } from "../link/download";
import { isFrozen, isOpen } from "../state/paper";
import { me } from "../state/store";
import "../styles/spotcheck.css";
import type { Paper } from "../types/wire";
import { Banner, Button, Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { attempt, useAttempt } from "../ui/toast";
import { FormDialog } from "./incidentparts";
import { algorithmName } from "./paperparts";
import { SeatPicker } from "./seatpicker";

type Asked = "return" | "issue" | "push";

/** For officers: the steps that are possible now. */
export function PaperSteps({ paper }: { paper: Paper }): JSX.Element {
  const [asked, setAsked] = useState<Asked | null>(null);
  const id = paper.paper_id;
  const over = (): void => setAsked(null);
  const [busy, run] = useAttempt();
  const renew = (): void =>
    void run(async () => navigate(`/papers/${await draftPaper({ kind: paper.kind, replaces: id })}`));
  return (
    <>
      {isOpen(paper.state) && (
        <Button tone="accent" icon={Send} busy={busy} onClick={() => void run(() => submitPaper(id))}>
          {t("paper.submit")}
        </Button>
      )}
      {paper.state === "review" && (
        <>
          <Button tone="accent" icon={BadgeCheck} onClick={() => setAsked("issue")}>
            {t("paper.issue")}
          </Button>
          {paper.reviewed === null && (
            <Button icon={CheckCheck} title={t("paper.approve_help")} busy={busy} onClick={() => void run(() => approvePaper(id))}>
              {t("paper.approve")}
            </Button>
          )}
          <Button icon={Undo2} onClick={() => setAsked("return")}>
            {t("paper.return")}
          </Button>
        </>
      )}
      {isFrozen(paper.state) && (
        <>
          <Button tone="accent" icon={Send} onClick={() => setAsked("push")}>
            {t("paper.push")}
          </Button>
          {paper.replaced_by === null && (
            <Button icon={PenLine} title={t("paper.renew_help")} busy={busy} onClick={renew}>
              {t("paper.renew")}
            </Button>
          )}
        </>
      )}
      {asked === "return" && <ReturnDialog paper={paper} onClose={over} />}
      {asked === "issue" && <IssueDialog paper={paper} onClose={over} />}
      {asked === "push" && <PushDialog paper={paper} onClose={over} />}
    </>
  );
}

interface StepProps {
  readonly paper: Paper;
  readonly onClose: () => void;
}

function ReturnDialog({ paper, onClose }: StepProps): JSX.Element {
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={t("paper.return")}
      go={t("paper.return")}
      onClose={onClose}
      disabled={reason.trim() === ""}
      onSubmit={() => returnPaper(paper.paper_id, reason)}
    >
      <Field label={t("paper.reason")} hint={t("paper.return_help")}>
        {({ id, describedBy }) => (
          <textarea
            id={id}
            class="input"
            rows={3}
            maxLength={200}
            aria-describedby={describedBy}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}

/** N5: usually somebody else issues what one has drafted; whoever does it alone says so, and it stands in it. */
function IssueDialog({ paper, onClose }: StepProps): JSX.Element {
  const isOwn = paper.drafted_by?.account === me.value?.account;
  const [alone, setAlone] = useState(false);
  return (
    <FormDialog
      title={t("paper.issue")}
      go={t("paper.issue")}
      onClose={onClose}
      disabled={isOwn && !alone}
      onSubmit={() => issuePaper(paper.paper_id, alone)}
    >
      <p>{t(paper.replaces === null ? "paper.issue_means" : "paper.issue_means_edition")}</p>
      {paper.reviewed === null && <p>{t("paper.issue_reviews")}</p>}
      {isOwn && (
        <Banner tone="warn">
          <label class="check">
            <input type="checkbox" checked={alone} onChange={(event) => setAlone(event.currentTarget.checked)} />
            {t("paper.alone")}
          </label>
        </Banner>
      )}
    </FormDialog>
  );
}

function PushDialog({ paper, onClose }: StepProps): JSX.Element {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <FormDialog
      title={t("paper.push")}
      go={t("paper.push_to", { n: chosen.size })}
      class="paper-push"
      onClose={onClose}
      disabled={chosen.size === 0}
      onSubmit={() => pushPaper(paper.paper_id, [...chosen])}
    >
      <p>{t("paper.push_means")}</p>
      <SeatPicker label={t("paper.seats")} chosen={chosen} onChoose={setChosen} />
    </FormDialog>
  );
}

/** For everybody who reads it: the files, and the digest taken again. */
export function PaperFiles({ paper }: { paper: Paper }): JSX.Element {
  const [check, setCheck] = useState<PaperCheck | null>(null);
  const path = `/api/papers/${encodeURIComponent(paper.paper_id)}`;
  const save = (kind: string): void => void attempt(() => download(`${path}.${kind}`));
  return (
    <div class="paper-files">
      <Button size="small" icon={FileText} onClick={() => save("docx")}>
        DOCX
      </Button>
      <Button size="small" icon={FileType2} onClick={() => save("pdf")}>
        PDF
      </Button>
      {isFrozen(paper.state) && (
        <>
          <Button size="small" icon={FileCode2} title={t("paper.json_help")} onClick={() => save("json")}>
            JSON
          </Button>
          <Button
            size="small"
            icon={ShieldCheck}
            title={t("paper.verify_help")}
            onClick={() => void attempt(async () => setCheck(await checkPaper(paper.paper_id)))}
          >
            {t("paper.verify")}
          </Button>
          <span class={`paper-check ${check?.ok === false ? "bad" : ""}`} role="status">
            {check !== null && t(check.ok ? "paper.intact" : "paper.changed", { name: algorithmName(check.algorithm) })}
          </span>
        </>
      )}
    </div>
  );
}

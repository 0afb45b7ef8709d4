/** One paper: an officer sees it being written and issued; whoever it was sent to reads it. */
import { ArrowLeft } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { readPaper } from "../actions";
import { problemOf } from "../link/problem";
import { isFrozen, isOpen } from "../state/paper";
import { line, me } from "../state/store";
import "../styles/paper.css";
import type { Paper, Problem, Pushed } from "../types/wire";
import { Banner, EmptyState, StateDot } from "../ui/elements";
import { usePaper } from "../ui/hooks";
import { say, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { ExerciseMark } from "../ui/states";
import { PaperEditor } from "./papereditor";
import { minute, numberOf, PaperDot } from "./paperparts";
import { PaperSheet } from "./papersheet";
import { PaperFiles, PaperSteps } from "./papersteps";
import { Tabs } from "./tabs";

export function PaperPage({ paperId }: { paperId: string }): JSX.Element {
  return me.value?.actor.role === "officer" ? <Written paperId={paperId} /> : <Read paperId={paperId} />;
}

function Written({ paperId }: { paperId: string }): JSX.Element {
  const { state, problem } = usePaper(paperId);
  if (state === null) return <Nothing problem={problem} />;
  return <Desk paper={state} />;
}

/** Reviewers and the seats that it was pushed to; the first time is in the log. */
function Read({ paperId }: { paperId: string }): JSX.Element {
  const [paper, setPaper] = useState<Paper | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isOnline = line.value.state === "online";
  useEffect(() => {
    if (!isOnline) return;
    readPaper(paperId).then(setPaper, (thrown: unknown) => setProblem(problemOf(thrown)));
  }, [paperId, isOnline]);
  if (paper === null) return <Nothing problem={problem} />;
  return (
    <div class="paper">
      <Head paper={paper} />
      <PaperSheet paper={paper} linked={me.value?.actor.role === "reviewer"} />
    </div>
  );
}

function Nothing({ problem }: { problem: Problem | null }): JSX.Element {
  if (problem === null) {
    return (
      <p class="empty" role="status">
        {t("app.loading")}
      </p>
    );
  }
  return <EmptyState title={t("paper.failed")}>{say(problem)}</EmptyState>;
}

type Shown = "edit" | "sheet";

function Desk({ paper }: { paper: Paper }): JSX.Element {
  const [shown, setShown] = useState<Shown>("edit");
  const canEdit = isOpen(paper.state);
  return (
    <div class="paper">
      <Head paper={paper} />
      {paper.state === "returned" && (
        <Banner tone="warn">{t("paper.returned_because", { reason: paper.reason })}</Banner>
      )}
      {paper.replaced_by !== null && (
        <Banner tone="warn">
          <Link to={`/papers/${paper.replaced_by.paper_id}`}>
            {t("paper.replaced_by", { n: paper.replaced_by.edition })}
          </Link>
        </Banner>
      )}
      {canEdit ? (
        <Tabs<Shown>
          tabs={[
            { name: "edit", text: "paper.tab_edit" },
            { name: "sheet", text: "paper.tab_sheet" },
          ]}
          chosen={shown}
          onChoose={setShown}
        >
          {shown === "edit" ? <PaperEditor paper={paper} /> : <PaperSheet paper={paper} linked />}
        </Tabs>
      ) : (
        <div class={isFrozen(paper.state) ? "paper-issued" : undefined}>
          <PaperSheet paper={paper} linked />
          {isFrozen(paper.state) && <Receipts paper={paper} />}
        </div>
      )}
    </div>
  );
}

function Head({ paper }: { paper: Paper }): JSX.Element {
  const isOfficer = me.value?.actor.role === "officer";
  return (
    <header class="paper-head">
      <div class="paper-what">
        <Link to="/papers" class="paper-back">
          <ArrowLeft size={16} aria-hidden="true" />
          {t("paper.back")}
        </Link>
        <h1>{numberOf(paper)}</h1>
        <p class="muted" lang="zh-CN">
          {paper.title}
        </p>
        <p class="paper-state">
          {isOfficer && <PaperDot state={paper.state} />}
          <ExerciseMark on={paper.exercise} />
          <span class="muted">
            {t("paper.since", { time: minute(isOfficer ? paper.since_ms : (paper.issued?.at_ms ?? paper.since_ms)) })}
          </span>
        </p>
      </div>
      <div class="paper-actions">
        {isOfficer && <PaperSteps paper={paper} />}
        <PaperFiles paper={paper} />
      </div>
    </header>
  );
}

/** Who has it, and who has read it. */
function Receipts({ paper }: { paper: Paper }): JSX.Element {
  const rows = Object.values(paper.pushed);
  const read = rows.filter(({ read_ms }) => read_ms !== null).length;
  return (
    <aside class="card paper-receipts" aria-labelledby="paper-receipts">
      <h2 id="paper-receipts">{t("paper.receipts")}</h2>
      {rows.length === 0 ? (
        <p class="muted">{t("paper.not_pushed")}</p>
      ) : (
        <>
          <p class="muted">{t("paper.read_of", { read, all: rows.length })}</p>
          <ul>
            {rows.map((row) => (
              <Receipt key={row.seat} row={row} />
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}

function Receipt({ row }: { row: Pushed }): JSX.Element {
  const isRead = row.read_ms !== null;
  const word = isRead ? t("paper.read") : t("paper.unread");
  return (
    <li>
      <span>{row.short_name}</span>
      <StateDot shape={isRead ? "full" : "ring"} tone={isRead ? "good" : "muted"} word={word} />
      <span class="muted">{minute(row.read_ms ?? row.at_ms)}</span>
      {row.person !== null && <span class="muted">{row.person}</span>}
    </li>
  );
}

/** A paper as it is printed: red head, number, sections, sources, signatures, digest. It is always Chinese. */
import type { JSX } from "preact";

import { isFrozen, numeral } from "../state/paper";
import "../styles/papersheet.css";
import type { Paper, PaperKind, Signer } from "../types/wire";
import { Badge } from "../ui/elements";
import { ExerciseMark } from "../ui/states";
import { algorithmName, GridTable, Line, minute, SourceLine } from "./paperparts";

const NAMES: Record<PaperKind, string> = {
  duty_report: "值班报告",
  duty_circular: "值班工作通报",
  brief: "快报",
  minutes: "会商纪要",
};

/** `linked`: its sources lead to their records, for those who may see them. */
export function PaperSheet({ paper, linked }: { paper: Paper; linked: boolean }): JSX.Element {
  const { about, period } = paper;
  const sources = linked ? new Map(paper.sources.map((source) => [source.key, source])) : undefined;
  return (
    <article class="papersheet" lang="zh-CN" aria-label={paper.title}>
      <p class="papersheet-marking">
        {paper.classification !== "" && <Badge class="classification">{paper.classification}</Badge>}
        <ExerciseMark on={paper.exercise} />
        {!isFrozen(paper.state) && <Badge tone="warn">未签发</Badge>}
      </p>
      <p class="papersheet-head">
        {paper.office_name}
        {NAMES[paper.kind]}
      </p>
      <p class="papersheet-number">{numberLine(paper)}</p>
      <p class="papersheet-dated">
        <span>{paper.office_name}</span>
        <span>{dayOf(paper.issued?.at_ms ?? paper.drafted_ms)}</span>
      </p>
      <h2 class="papersheet-title">{paper.title}</h2>
      <div class="papersheet-facts">
        {about !== null && (
          <p>{paper.kind === "minutes" ? `会商：${about.title}` : `事件专题：〔${about.number}〕${about.title}`}</p>
        )}
        {period !== null && (
          <p>
            时段：{minute(period.from_ms)} 至 {minute(period.to_ms)}
          </p>
        )}
        {paper.replaces !== null && (
          <p class="papersheet-digest">
            本版替代第{paper.replaces.edition}版，其内容摘要为 {paper.replaces.digest}
          </p>
        )}
        {paper.replaced_by !== null && <p>注意：本版已被第{paper.replaced_by.edition}版替代</p>}
      </div>
      {paper.sections.map((section, at) => (
        <section key={section.section_id}>
          <h3>
            {numeral(at + 1)}、{section.title}
          </h3>
          {section.text.split("\n").map((line, place) => line.trim() !== "" && <Line key={place} line={line} sources={sources} />)}
          {section.grid !== null && <GridTable grid={section.grid} label={section.title} />}
        </section>
      ))}
      <Signatures paper={paper} />
      {paper.sources.length > 0 && (
        <section class="papersheet-sources">
          <h3>附：来源</h3>
          <ol>
            {paper.sources.map((source) => (
              <li key={source.key}>
                <SourceLine source={source} linked={linked} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {paper.digest !== "" && (
        <p class="papersheet-digest papersheet-seal">
          内容摘要（{algorithmName(paper.algorithm)}）：{paper.digest}
        </p>
      )}
    </article>
  );
}

function numberLine(paper: Paper): string {
  if (paper.number === null) return "（未编号）";
  const edition = paper.edition > 1 ? `（第${paper.edition}版）` : "";
  return `〔${paper.year ?? ""}〕第${paper.number}期${edition}`;
}

function dayOf(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`;
}

function Signatures({ paper }: { paper: Paper }): JSX.Element {
  return (
    <div class="papersheet-signed">
      {paper.drafted_by !== null && <p>起草：{paper.drafted_by.person}</p>}
      <Signed word="审核" signer={paper.reviewed} />
      <Signed word="签发" signer={paper.issued} />
      {paper.same_person && <p>（起草、签发为同一人）</p>}
    </div>
  );
}

function Signed({ word, signer }: { word: string; signer: Signer | null }): JSX.Element | null {
  if (signer === null) return null;
  return (
    <p>
      {word}：{signer.person} {minute(signer.at_ms)}
    </p>
  );
}

/** A paper that is being written: each section is saved when one leaves it; its sources stand beside it. */
import { ArrowDown, ArrowUp, Plus, Table2, Trash2 } from "lucide-preact";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";

import { editPaper, type PaperChange } from "../actions";
import { problemOf } from "../link/problem";
import { newId } from "../state/ids";
import { numeral, sourcesOf } from "../state/paper";
import "../styles/papereditor.css";
import type { Paper, PaperSection, SectionText } from "../types/wire";
import { Button, Field, IconButton } from "../ui/elements";
import { say, t } from "../ui/i18n";
import { attempt, toast } from "../ui/toast";
import { GridTable, SourceLine } from "./paperparts";

const TITLE_MAX = 120;
const TEXT_MAX = 40_000;
const SECTIONS_MAX = 40;
/** Chinese characters that fit beside the sources on a desk's screen. */
const CHARS_A_ROW = 48;

export function PaperEditor({ paper }: { paper: Paper }): JSX.Element {
  const order = paper.sections.map(({ section_id }) => section_id);
  const change = (made: PaperChange): void =>
    void attempt(() => editPaper(paper.paper_id, paper.version, made));
  const put = (from: number, to: number): void => {
    const next = [...order];
    const [moved] = next.splice(from, 1);
    if (moved === undefined) return;
    next.splice(to, 0, moved);
    change({ order: next });
  };
  const add = (): void => {
    const section_id = newId("x");
    const fresh: SectionText = { section_id, title: t("paper.new_section"), text: "", grid: true };
    change({ sections: [fresh], order: [...order, section_id] });
  };
  return (
    <div class="paper-editor">
      <TitleField paper={paper} />
      {paper.sections.map((section, at) => (
        <SectionEditor
          key={section.section_id}
          paper={paper}
          section={section}
          at={at}
          onUp={at === 0 ? null : () => put(at, at - 1)}
          onDown={at === order.length - 1 ? null : () => put(at, at + 1)}
          onDrop={order.length === 1 ? null : () => change({ order: order.filter((id) => id !== section.section_id) })}
        />
      ))}
      <Button icon={Plus} onClick={add} disabled={order.length >= SECTIONS_MAX}>
        {t("paper.add_section")}
      </Button>
    </div>
  );
}

function TitleField({ paper }: { paper: Paper }): JSX.Element {
  const [title, setTitle] = useState<string | null>(null);
  const base = useRef(paper.version);
  const save = async (): Promise<void> => {
    const wished = title?.trim() ?? "";
    if (wished === "" || wished === paper.title) return setTitle(null);
    const version = base.current;
    if (!(await attempt(() => editPaper(paper.paper_id, version, { title: wished })))) return;
    base.current = version + 1;
    setTitle((now) => (now === title ? null : now)); // what was typed meanwhile stays
  };
  return (
    <Field label={t("paper.title")}>
      {({ id }) => (
        <input
          id={id}
          class="input paper-title"
          lang="zh-CN"
          maxLength={TITLE_MAX}
          value={title ?? paper.title}
          onInput={(event) => {
            if (title === null) base.current = Math.max(base.current, paper.version);
            setTitle(event.currentTarget.value);
          }}
          onBlur={() => void save()}
        />
      )}
    </Field>
  );
}

/** High enough that most sections need no scrolling. */
function rowsOf(text: string): number {
  const rows = text.split("\n").map((line) => Math.max(1, Math.ceil(line.length / CHARS_A_ROW)));
  return Math.min(16, Math.max(3, rows.reduce((sum, each) => sum + each, 1)));
}

interface Words {
  readonly title: string;
  readonly text: string;
}

/** The hub trims what it keeps; where nothing else differs, nothing is sent. */
function isSaid({ title, text }: Words, now: Words): boolean {
  return title.trim() === now.title && text.trim() === now.text;
}

interface SectionProps {
  readonly paper: Paper;
  readonly section: PaperSection;
  readonly at: number;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onDrop: (() => void) | null;
}

function SectionEditor({ paper, section, at, onUp, onDown, onDrop }: SectionProps): JSX.Element {
  const { section_id, grid } = section;
  const [mine, setMine] = useState<Words | null>(null);
  const [theirs, setTheirs] = useState<Words | null>(null);
  const base = useRef(paper.version);
  const latest = useRef({ mine, section });
  latest.current = { mine, section };
  const saving = useRef(Promise.resolve());
  const words = mine ?? section;
  /** One after the other: what is typed while the hub takes the words before builds on them. */
  const leave = (): void => void (saving.current = saving.current.then(() => save(latest.current.mine, base.current)));
  const write = (change: Partial<Words>): void => {
    if (mine === null) base.current = Math.max(base.current, paper.version);
    setMine({ title: words.title, text: words.text, ...change });
  };
  const save = async (wished: Words | null, version: number, keepsGrid = true): Promise<void> => {
    if (wished === null) return;
    const now = latest.current.section;
    if (isSaid(wished, now) && keepsGrid) return setMine((typed) => (typed === wished ? null : typed));
    const sections = [{ section_id, title: wished.title, text: wished.text, grid: keepsGrid }];
    try {
      await editPaper(paper.paper_id, version, { sections });
      base.current = Math.max(base.current, version + 1);
      setMine((typed) => (typed === wished ? null : typed));
      setTheirs(null);
    } catch (thrown) {
      const problem = problemOf(thrown);
      const clash = (problem.detail["theirs"] as Record<string, Words> | undefined)?.[section_id];
      if (problem.code === "paper.conflict" && clash !== undefined) setTheirs(clash);
      toast(say(problem), "bad", section_id);
    }
  };
  const number = `${numeral(at + 1)}、`;
  return (
    <section class="paper-section" aria-label={`${number}${words.title}`}>
      <div class="paper-write">
        <div class="paper-section-head">
          <span lang="zh-CN">{number}</span>
          <input
            class="input"
            lang="zh-CN"
            aria-label={t("paper.section_title", { n: at + 1 })}
            maxLength={TITLE_MAX}
            value={words.title}
            onInput={(event) => write({ title: event.currentTarget.value })}
            onBlur={leave}
          />
          <IconButton icon={ArrowUp} label={t("paper.up")} disabled={onUp === null} onClick={() => onUp?.()} />
          <IconButton icon={ArrowDown} label={t("paper.down")} disabled={onDown === null} onClick={() => onDown?.()} />
          <IconButton icon={Trash2} label={t("paper.drop")} disabled={onDrop === null} onClick={() => onDrop?.()} />
        </div>
        <textarea
          class="input"
          lang="zh-CN"
          aria-label={t("paper.section_text", { title: words.title })}
          rows={rowsOf(words.text)}
          maxLength={TEXT_MAX}
          value={words.text}
          onInput={(event) => write({ text: event.currentTarget.value })}
          onBlur={leave}
        />
        <p class="muted paper-saved" role="status">
          {mine === null ? t("paper.saved") : t("paper.unsaved")}
        </p>
        {theirs !== null && (
          <Clash
            theirs={theirs}
            onMine={() => void save(mine, paper.version)}
            onTheirs={() => {
              setMine(null);
              setTheirs(null);
            }}
          />
        )}
        {grid !== null && (
          <>
            <GridTable grid={grid} label={words.title} />
            <Button
              size="small"
              tone="quiet"
              icon={Table2}
              onClick={() => void save({ title: words.title, text: words.text }, paper.version, false)}
            >
              {t("paper.drop_table")}
            </Button>
          </>
        )}
      </div>
      <Sources section={section} paper={paper} />
    </section>
  );
}

/** Both texts, and the choice; nothing of either is lost until somebody decides. */
function Clash({ theirs, onMine, onTheirs }: { theirs: Words; onMine: () => void; onTheirs: () => void }): JSX.Element {
  return (
    <div class="paper-clash" role="alert">
      <p>{t("paper.clash")}</p>
      <blockquote lang="zh-CN">
        <strong>{theirs.title}</strong>
        {theirs.text.split("\n").map((line, place) => (
          <p key={place}>{line}</p>
        ))}
      </blockquote>
      <Button size="small" onClick={onMine}>
        {t("paper.keep_mine")}
      </Button>
      <Button size="small" onClick={onTheirs}>
        {t("paper.take_theirs")}
      </Button>
    </div>
  );
}

function Sources({ section, paper }: { section: PaperSection; paper: Paper }): JSX.Element {
  const named = sourcesOf(section, paper.sources);
  return (
    <aside class="paper-sources" aria-label={t("paper.sources_of", { title: section.title })}>
      <h2>{t("paper.sources")}</h2>
      {named.length === 0 ? (
        <p class="muted">{t("paper.no_sources")}</p>
      ) : (
        <ul lang="zh-CN">
          {named.map((source) => (
            <li key={source.key}>
              <SourceLine source={source} linked />
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

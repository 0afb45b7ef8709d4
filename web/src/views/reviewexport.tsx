/** 导出: one video file of the whole or of a clip, made by the hub in its own time; and what was made before. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { cancelExport, exportRecording } from "../recordingactions";
import { get } from "../link/api";
import { problemOf } from "../link/problem";
import type { Span } from "../media/playhead";
import "../styles/reviewexport.css";
import type { ExportList, ExportWish, Manifest, Problem } from "../types/wire";
import { Banner, Button, Dialog, EmptyState, Field } from "../ui/elements";
import { clockTime, elapsed, say, t } from "../ui/i18n";
import { announce, useAttempt } from "../ui/toast";
import { ExportRows } from "./reviewexportrows";
import { lengthOf } from "./timeline/window";
import { sizeOf } from "./boards/attachments";

const LOOK_AGAIN_MS = 1_000;

interface ExportDialogProps {
  readonly manifest: Manifest;
  readonly whole: Span;
  /** What 剪辑 has chosen; the dialog begins with it. */
  readonly clip: Span | null;
  readonly onClose: () => void;
}

export function ExportDialog({ manifest, whole, clip, onClose }: ExportDialogProps): JSX.Element {
  const { list, problem, load } = useExports(manifest.recording_id);
  const cancel = async (export_id: string): Promise<void> => {
    await cancelExport(manifest.recording_id, export_id);
    load();
  };
  const ask = async (wish: ExportWish): Promise<void> => {
    await exportRecording(manifest.recording_id, wish);
    announce(t("export.asked"));
    load();
  };
  return (
    <Dialog title={t("export.title")} onClose={onClose} class="export-dialog">
      {problem !== null && list === null && <Denied problem={problem} onRetry={load} />}
      {problem !== null && list !== null && <Banner tone="warn">{say(problem)}</Banner>}
      {problem === null && list === null && <p role="status">{t("export.loading")}</p>}
      {list !== null && (
        <>
          {manifest.state === "ready" ? (
            <Wish list={list} manifest={manifest} whole={whole} clip={clip} onAsk={ask} />
          ) : (
            <Banner tone="info">{t("export.not_yet")}</Banner>
          )}
          <ExportRows list={list} onCancel={cancel} onAgain={ask} />
        </>
      )}
    </Dialog>
  );
}

function Denied({ problem, onRetry }: { problem: Problem; onRetry: () => void }): JSX.Element {
  const isDenied = problem.code === "forbidden";
  return (
    <div role="alert">
      <EmptyState
        title={t(isDenied ? "export.denied" : "export.unread")}
        action={!isDenied && <Button onClick={onRetry}>{t("do.retry")}</Button>}
      >
        {isDenied ? t("export.denied_help") : say(problem)}
      </EmptyState>
    </div>
  );
}

interface WishProps {
  readonly list: ExportList;
  readonly manifest: Manifest;
  readonly whole: Span;
  readonly clip: Span | null;
  readonly onAsk: (wish: ExportWish) => Promise<void>;
}

/** How large, how often: only what a person can tell apart. */
const HEIGHTS = [720, 1080, 480] as const;
const RATES = [25, 15, 10, 5] as const;

function Wish({ list, manifest, whole, clip, onAsk }: WishProps): JSX.Element {
  const [part, setPart] = useState<"whole" | "clip">(clip === null ? "whole" : "clip");
  const [form, setForm] = useState<ExportWish["form"]>("mp4");
  const [layout, setLayout] = useState<ExportWish["layout"]>("grid");
  const [height, setHeight] = useState<ExportWish["height"]>(720);
  const [fps, setFps] = useState<ExportWish["fps"]>(25);
  const [busy, attempt] = useAttempt();
  const isFilm = form === "mp4";
  const span = isFilm && part === "clip" && clip !== null ? clip : whole;
  const ask = (): Promise<boolean> =>
    attempt(() => onAsk({ form, layout, height, fps, from_ms: Math.floor(span.from_ms), to_ms: Math.ceil(span.to_ms) }));
  return (
    <form
      class="export-wish"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      {list.forms.length > 1 && (
        <Choice
          legend={t("export.form")}
          value={form}
          onChoose={setForm}
          choices={list.forms.map((each) => ({ value: each, text: t(`export.form_${each}`), hint: t(`export.form_${each}_hint`) }))}
        />
      )}
      {isFilm && (
        <Choice
          legend={t("export.part")}
          value={part}
          onChoose={setPart}
          choices={[
            { value: "whole", text: t("export.whole"), hint: spanText(whole) },
            { value: "clip", text: t("export.clip"), hint: clip === null ? t("export.no_clip") : spanText(clip), disabled: clip === null },
          ]}
        />
      )}
      {isFilm && (
        <>
          <Choice
            legend={t("export.layout")}
            value={layout}
            onChoose={setLayout}
            choices={[
              { value: "grid", text: t("export.grid"), hint: t("export.grid_hint") },
              { value: "speaker", text: t("export.speaker"), hint: t("export.speaker_hint") },
            ]}
          />
          <div class="export-sizes">
            <Figure name={t("export.height")} value={height} of={HEIGHTS} text={(n) => t("export.height_of", { n: String(n) })} onChoose={setHeight} />
            <Figure name={t("export.fps")} value={fps} of={RATES} text={(n) => t("export.fps_of", { n: String(n) })} onChoose={setFps} />
          </div>
          <p class="export-burnt">
            {t("export.burnt", { marking: manifest.classification })}
            {manifest.exercise && ` ${t("export.burnt_exercise")}`}
          </p>
        </>
      )}
      <div class="export-go">
        <p class="muted" role="status">
          {isFilm ? t("export.size", { size: sizeOf(bytesOf(list, height, fps, span)) }) : t("export.package_size")}{" "}
          {t("export.days", { n: list.days })}
        </p>
        <Button type="submit" tone="accent" busy={busy}>
          {t("export.start")}
        </Button>
      </div>
    </form>
  );
}

export function bytesOf(list: ExportList, height: number, fps: number, span: Span): number {
  const rate = list.rates.find((each) => each.height === height && each.fps === fps);
  return ((rate?.bytes_per_s ?? 0) * lengthOf(span)) / 1000;
}

function spanText(span: Span): string {
  return `${clockTime(span.from_ms)} - ${clockTime(span.to_ms)} (${elapsed(lengthOf(span))})`;
}

interface ChoiceProps<V extends string> {
  readonly legend: string;
  readonly value: V;
  readonly onChoose: (value: V) => void;
  readonly choices: readonly { value: V; text: string; hint: string; disabled?: boolean }[];
}

function Choice<V extends string>({ legend, value, onChoose, choices }: ChoiceProps<V>): JSX.Element {
  return (
    <fieldset class="export-choice">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={legend}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChoose(choice.value)}
          />
          <span>
            <span class="name">{choice.text}</span>
            <span class="muted">{choice.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface FigureProps<N extends number> {
  readonly name: string;
  readonly value: N;
  readonly of: readonly N[];
  readonly text: (value: N) => string;
  readonly onChoose: (value: N) => void;
}

function Figure<N extends number>({ name, value, of, text, onChoose }: FigureProps<N>): JSX.Element {
  return (
    <Field label={name}>
      {({ id }) => (
        <select
          id={id}
          class="input"
          value={String(value)}
          onChange={(event) => onChoose(of[event.currentTarget.selectedIndex] ?? value)}
        >
          {of.map((each) => (
            <option key={each} value={String(each)}>
              {text(each)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface Exporting {
  readonly list: ExportList | null;
  readonly problem: Problem | null;
  readonly load: () => void;
}

/** Looked at again every second as long as something is being made. */
function useExports(recordingId: string): Exporting {
  const [list, setList] = useState<ExportList | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = (): void => {
    get<ExportList>(`/api/recordings/${encodeURIComponent(recordingId)}/exports`).then(
      (found) => {
        setList(found);
        setProblem(null);
      },
      (thrown: unknown) => setProblem(problemOf(thrown)),
    );
  };
  useEffect(load, [recordingId]);
  const isMoving = list?.rows.some((row) => row.export.state === "waiting") ?? false;
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(load, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  return { list, problem, load };
}

/** A marker or a note being written: whoever else changes it meanwhile is shown, and nothing typed is lost. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";

import { changeMark, markRecording, type MarkText } from "../recordingactions";
import type { Playhead } from "../media/playhead";
import { MARKER_KINDS } from "../state/marks";
import type { MarkerKind, ReviewMark } from "../types/wire";
import { Banner, Button } from "../ui/elements";
import { clockTime, t } from "../ui/i18n";
import { useAttempt } from "../ui/toast";

/** What is being written. `id` is empty for a new note, `about` the live marker that a note belongs to. */
export interface Writing {
  readonly id: string;
  readonly about: string;
  /** The row that it stands beside. */
  readonly beside: string;
  readonly version: number;
  readonly words: MarkText;
}

interface MarkFormProps {
  readonly recordingId: string;
  readonly writing: Writing;
  /** As the hub has it; undefined when it is new, or somebody has removed it. */
  readonly now: ReviewMark | undefined;
  readonly playhead: Playhead;
  readonly onClose: () => void;
}

export function MarkForm({ recordingId, writing, now, playhead, onClose }: MarkFormProps): JSX.Element {
  const { id, about } = writing;
  const [words, setWords] = useState(writing.words);
  const [base, setBase] = useState(writing.version);
  const [busy, run] = useAttempt();
  const isGone = id !== "" && now === undefined;
  const isClash = now !== undefined && now.version !== base;
  const isEmpty = words.label.trim() === "" && words.note.trim() === "";
  const change = (part: Partial<MarkText>): void => setWords({ ...words, ...part });
  const save = async (version: number): Promise<void> => {
    const isNew = id === "" || isGone;
    const wish = (): Promise<unknown> =>
      isNew ? markRecording(recordingId, words, about) : changeMark(recordingId, id, version, words);
    if (await run(wish)) onClose();
  };
  return (
    <form
      class="mark-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty && !isClash) void save(base);
      }}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      {about === "" && <OfAMarker words={words} playhead={playhead} onChange={change} />}
      <NoteField value={words.note} hasFocus={about !== ""} onChange={(note) => change({ note })} />
      {isClash && (
        <Banner
          tone="warn"
          action={
            <>
              <Button
                size="small"
                busy={busy}
                onClick={() => {
                  setBase(now.version);
                  void save(now.version);
                }}
              >
                {t("marks.keep_mine")}
              </Button>
              <Button size="small" onClick={onClose}>
                {t("marks.take_theirs")}
              </Button>
            </>
          }
        >
          {t("marks.clash", {
            kind: t(`marks.kind_${now.kind}`),
            time: clockTime(now.at_ms),
            label: [now.label, now.note].filter((text) => text !== "").join(" "),
          })}
        </Banner>
      )}
      {isGone && <Banner tone="warn">{t("marks.gone")}</Banner>}
      <div class="mark-form-foot">
        <Button type="submit" tone="accent" size="small" busy={busy} disabled={isEmpty || isClash}>
          {t(isGone ? "marks.set_again" : "marks.save")}
        </Button>
        <Button size="small" onClick={onClose}>
          {t("do.cancel")}
        </Button>
      </div>
    </form>
  );
}

interface OfAMarkerProps {
  readonly words: MarkText;
  readonly playhead: Playhead;
  readonly onChange: (part: Partial<MarkText>) => void;
}

function OfAMarker({ words, playhead, onChange }: OfAMarkerProps): JSX.Element {
  const id = useId();
  return (
    <>
      <div class="mark-form-line">
        <label class="visually-hidden" for={`${id}-kind`}>
          {t("marks.kind")}
        </label>
        <select
          id={`${id}-kind`}
          class="input"
          value={words.kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as MarkerKind })}
        >
          {MARKER_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`marks.kind_${kind}`)}
            </option>
          ))}
        </select>
        <label class="visually-hidden" for={`${id}-label`}>
          {t("marks.label")}
        </label>
        <input
          id={`${id}-label`}
          class="input"
          maxLength={200}
          autofocus
          value={words.label}
          onInput={(event) => onChange({ label: event.currentTarget.value })}
        />
      </div>
      <div class="mark-form-line">
        <span>
          {t("marks.at")} {clockTime(words.at_ms)}
        </span>
        <Button size="small" tone="quiet" onClick={() => onChange({ at_ms: Math.round(playhead.now()) })}>
          {t("marks.move_here", { time: clockTime(playhead.at.value) })}
        </Button>
      </div>
    </>
  );
}

function NoteField(props: { value: string; hasFocus: boolean; onChange: (note: string) => void }): JSX.Element {
  const id = useId();
  return (
    <>
      <label class="visually-hidden" for={id}>
        {t("marks.note")}
      </label>
      <textarea
        id={id}
        class="input"
        rows={2}
        maxLength={2_000}
        placeholder={t("marks.note")}
        autofocus={props.hasFocus}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </>
  );
}

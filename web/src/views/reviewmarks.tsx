/** 标记 beside the player: all of a session, live and afterwards, by time; one line sets another at the playhead. */
import { MessageSquarePlus, Pencil, Trash2 } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { markRecording, removeMark } from "../recordingactions";
import type { Playhead } from "../media/playhead";
import { MARKER_KINDS, marksOf, mayChange, type Marked } from "../state/marks";
import { me } from "../state/store";
import "../styles/marks.css";
import type { Actor, Keeping, MarkerKind, Recorded, ReviewMark } from "../types/wire";
import { Badge, Button, EmptyState, IconButton } from "../ui/elements";
import { Confirm } from "../ui/confirm";
import { clockTime, t } from "../ui/i18n";
import { attempt, toast, useAttempt } from "../ui/toast";
import { MarkForm, type Writing } from "./markform";
import { countUntil } from "./reviewlanes";

interface ReviewMarksProps {
  readonly recordingId: string;
  readonly events: readonly Recorded[];
  /** Null where this page may not keep the recording: then the markers are read only. */
  readonly keeping: Keeping | null;
  readonly playhead: Playhead;
  readonly onJump: (at_ms: number) => void;
  /** The second for which a marker is being written; null while it follows the playhead. */
  readonly asked: number | null;
  readonly onAsked: (at_ms: number | null) => void;
}

export function ReviewMarks(props: ReviewMarksProps): JSX.Element {
  const { recordingId, events, keeping, playhead, onJump } = props;
  const marks = useMemo(() => marksOf(events, keeping), [events, keeping]);
  const [kind, setKind] = useState<MarkerKind | null>(null);
  const [writing, setWriting] = useState<Writing | null>(null);
  const shown = marks.filter((mark) => kind === null || mark.kind === kind);
  const current = countUntil(shown, playhead.at.value) - 1;
  const canMark = keeping !== null;
  const form = writing !== null && (
    <MarkForm
      key={writing.id}
      recordingId={recordingId}
      writing={writing}
      now={keeping?.marks[writing.id]}
      playhead={playhead}
      onClose={() => setWriting(null)}
    />
  );
  /** Its row may be gone, or filtered away: what is being written stays on the page. */
  const hasRow = shown.some((mark) => [mark.id, ...mark.notes.map(({ mark_id }) => mark_id)].includes(writing?.beside ?? ""));
  return (
    <div class="marks">
      {canMark && <MarkLine {...props} />}
      {marks.length > 0 && <Filter marks={marks} kind={kind} onKind={setKind} />}
      {shown.length === 0 && <Nothing isFiltered={marks.length > 0} canMark={canMark} />}
      {!hasRow && form}
      <ol class="marks-list" aria-label={t("marks.list")}>
        {shown.map((mark, place) => (
          <li key={mark.id} class="mark" aria-current={place === current ? "true" : undefined}>
            <Jump mark={mark} onJump={onJump} />
            {writing?.id === mark.id ? form : <Words mark={mark} recordingId={recordingId} canMark={canMark} onWrite={setWriting} />}
            {mark.notes.map((note) =>
              writing?.id === note.mark_id ? (
                form
              ) : (
                <Note key={note.mark_id} note={note} recordingId={recordingId} canMark={canMark} onWrite={setWriting} />
              ),
            )}
            {writing !== null && writing.id === "" && writing.about === mark.id && form}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Nothing({ isFiltered, canMark }: { isFiltered: boolean; canMark: boolean }): JSX.Element {
  if (isFiltered) return <p class="muted marks-none">{t("marks.none_kind")}</p>;
  return <EmptyState title={t("marks.none")}>{t(canMark ? "marks.none_help" : "marks.none_read")}</EmptyState>;
}

// --- one line ---------------------------------------------------------------------------------------

/** The second is that of the key or of the first letter, however long the line takes. */
function MarkLine({ recordingId, playhead, asked, onAsked }: ReviewMarksProps): JSX.Element {
  const [text, setText] = useState("");
  const [busy, run] = useAttempt();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked !== null) input.current?.focus();
  }, [asked]);
  const at_ms = asked ?? playhead.at.value;
  const label = text.trim();
  const over = (): void => {
    setText("");
    onAsked(null);
  };
  const set = async (kind: MarkerKind): Promise<void> => {
    const at = Math.round(at_ms);
    if (label === "" || !(await run(() => markRecording(recordingId, { kind, label, note: "", at_ms: at })))) return;
    over();
    toast(t("marks.done", { kind: t(`marks.kind_${kind}`), time: clockTime(at) }));
  };
  return (
    <form
      class="mark-line"
      onSubmit={(event) => {
        event.preventDefault();
        void set("key");
      }}
    >
      <label>
        <span class="mark-line-at">{t("marks.line", { time: clockTime(at_ms) })}</span>
        <input
          ref={input}
          class="input"
          maxLength={200}
          placeholder={t("marks.line_hint")}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (asked === null) onAsked(playhead.now());
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            over();
            event.currentTarget.blur();
          }}
          onBlur={() => label === "" && onAsked(null)}
        />
      </label>
      <div class="mark-kinds" role="group" aria-label={t("marks.kind")}>
        {MARKER_KINDS.map((kind) => (
          <Button key={kind} size="small" busy={busy} disabled={label === ""} onClick={() => void set(kind)}>
            {t(`marks.kind_${kind}`)}
          </Button>
        ))}
      </div>
    </form>
  );
}

interface FilterProps {
  readonly marks: readonly Marked[];
  readonly kind: MarkerKind | null;
  readonly onKind: (kind: MarkerKind | null) => void;
}

function Filter({ marks, kind, onKind }: FilterProps): JSX.Element {
  return (
    <div class="marks-filter" role="group" aria-label={t("marks.filter")}>
      {[null, ...MARKER_KINDS].map((one) => {
        const n = marks.filter((mark) => one === null || mark.kind === one).length;
        const word = t(one === null ? "marks.all" : `marks.kind_${one}`);
        return (
          <button key={one ?? "all"} type="button" class="mark-chip" aria-pressed={kind === one} onClick={() => onKind(one)}>
            {t("marks.chip", { kind: word, n })}
          </button>
        );
      })}
    </div>
  );
}

// --- a row -------------------------------------------------------------------------------------------

function Jump({ mark, onJump }: { mark: Marked; onJump: (at_ms: number) => void }): JSX.Element {
  const time = clockTime(mark.at_ms);
  const kind = t(`marks.kind_${mark.kind}`);
  const label = mark.label === "" ? t("marks.no_words") : mark.label;
  return (
    <button type="button" class="mark-jump" aria-label={t("marks.go", { time, kind, label })} onClick={() => onJump(mark.at_ms)}>
      <time>{time}</time>
      <Badge class={`mark-${mark.kind}`}>{kind}</Badge>
      <span class="mark-label">{label}</span>
    </button>
  );
}

interface RowProps {
  readonly recordingId: string;
  readonly canMark: boolean;
  readonly onWrite: (writing: Writing) => void;
}

function Words({ mark, recordingId, canMark, onWrite }: RowProps & { mark: Marked }): JSX.Element {
  const { id, kind, label, note, at_ms, version } = mark;
  const time = clockTime(at_ms);
  const mine = canMark && me.value !== null && mayChange(mark, me.value.actor);
  return (
    <>
      {note !== "" && <p class="mark-note">{note}</p>}
      <div class="mark-foot">
        <span class="muted">
          {t(mark.isLive ? "marks.live" : "marks.later", { who: nameOf(mark.by) })}
          {mark.changed_ms !== null && ` · ${t("marks.changed", { time: clockTime(mark.changed_ms).slice(0, 5) })}`}
        </span>
        {canMark && mark.isLive && (
          <Button
            size="small"
            tone="quiet"
            icon={MessageSquarePlus}
            title={t("marks.add_note_of", { time })}
            onClick={() => onWrite({ id: "", about: id, beside: id, version: 0, words: { kind, label: "", note: "", at_ms } })}
          >
            {t("marks.add_note")}
          </Button>
        )}
        {mine && (
          <>
            <IconButton
              icon={Pencil}
              label={t("marks.edit", { time })}
              onClick={() => onWrite({ id, about: "", beside: id, version, words: { kind, label, note, at_ms } })}
            />
            <Remove recordingId={recordingId} markId={id} title={t("marks.remove_of", { time })} />
          </>
        )}
      </div>
    </>
  );
}

function Note({ note, recordingId, canMark, onWrite }: RowProps & { note: ReviewMark }): JSX.Element {
  const { mark_id: id, about, version, kind, label, at_ms } = note;
  const mine = canMark && me.value !== null && mayChange({ by: note.by, isLive: false }, me.value.actor);
  return (
    <div class="mark-note">
      <p>{[label, note.note].filter((text) => text !== "").join(" ")}</p>
      <div class="mark-foot">
        <span class="muted">{t("marks.later", { who: nameOf(note.by) })}</span>
        {mine && (
          <>
            <IconButton
              icon={Pencil}
              label={t("marks.edit_note")}
              onClick={() => onWrite({ id, about, beside: id, version, words: { kind, label, note: note.note, at_ms } })}
            />
            <Remove recordingId={recordingId} markId={id} title={t("marks.remove_note")} />
          </>
        )}
      </div>
    </div>
  );
}

function Remove({ recordingId, markId, title }: { recordingId: string; markId: string; title: string }): JSX.Element {
  return (
    <Confirm
      label={t("marks.remove")}
      icon={Trash2}
      title={title}
      answer={t("marks.remove_yes")}
      onConfirm={() => void attempt(() => removeMark(recordingId, markId))}
    />
  );
}

function nameOf(by: Actor): string {
  return by.seat_name === null ? by.person : `${by.seat_name} ${by.person}`;
}

/** The parts of what is asked of a unit: what it is, when it is due, and the answer; in the banner and the list. */
import { ArrowRight, Check, Send } from "lucide-preact";
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";

import { awaitsReply, isLate, isUnsigned, movesOf, threeAnswers, type Asked } from "../state/asked";
import { dropWish, retryWish } from "../state/drafts";
import { hubNow, second } from "../state/store";
import { pathTo, want } from "../state/wanted";
import { KINDS } from "../types/kinds";
import type { BoardKind, InboxRow } from "../types/wire";
import { Badge, Button, Elapsed, Remaining, StateDot, type Shape } from "../ui/elements";
import { language, say, t, type Key } from "../ui/i18n";
import { navigate } from "../ui/router";
import { ExerciseMark } from "../ui/states";
import { reply, sign, step } from "./asking";
import { minuteTime, shortTime } from "./incidentparts";

const TEXT_MAX = 2_000;

/** From the table of kinds, which has both languages. */
export function words(of: { readonly zh: string; readonly en: string } | undefined): string {
  return (language.value === "en" ? of?.en : of?.zh) ?? "";
}

/** 红色预警: a word and a frame of its own; the colour is only the third sign. */
export function WarningColour({ of }: { of: string }): JSX.Element {
  const choice = KINDS.warning.fields.find(({ name }) => name === "colour")?.choices.find(({ value }) => value === of);
  return <span class={`warning-colour ${of}`}>{t("warning.colour", { colour: words(choice) })}</span>;
}

/** What it is to the unit, which has no board in front of it. */
const KIND_WORDS: Partial<Record<BoardKind, Key>> = {
  instruction: "asked.kind_instruction",
  task: "asked.kind_task",
  hazard: "asked.kind_hazard",
  check: "asked.kind_check",
};

export function KindMark({ kind, colour }: { kind: BoardKind; colour: string }): JSX.Element {
  return kind === "warning" ? <WarningColour of={colour} /> : <Badge tone="accent">{t(KIND_WORDS[kind] ?? "asked.kind_other")}</Badge>;
}

export function AskedHead({ row }: { row: InboxRow }): JSX.Element {
  return (
    <p class="asked-head">
      <KindMark kind={row.kind} colour={row.fields.colour ?? "blue"} />
      <ExerciseMark on={row.exercise} />
      <span>{t("asked.from", { giver: row.giver })}</span>
      <span class="muted">{t("asked.sent", { time: shortTime(row.sent_ms) })}</span>
      <span class="muted asked-title">{row.incident_title}</span>
      {row.urged > 0 && <StateDot shape="triangle" tone="warn" word={t("asked.urged_n", { n: row.urged })} />}
    </p>
  );
}

/** 时限 17:00 剩余 12:00, or a triangle and 超期 03:10. */
export function DueMark({ row }: { row: InboxRow }): JSX.Element | null {
  void second.value;
  const { due_ms } = row;
  if (due_ms === null) return null;
  const due = t("asked.due", { time: minuteTime(due_ms) });
  if (isLate(row, hubNow())) {
    return (
      <span class="asked-due is-late">
        {due} <StateDot shape="triangle" tone="bad" word={t("asked.late")} since_ms={due_ms} />
      </span>
    );
  }
  return (
    <span class="asked-due">
      {due} {t("asked.left")} <Remaining until_ms={due_ms} />
    </span>
  );
}

const STATES: Partial<Record<InboxRow["state"], readonly [Shape, "accent" | "warn" | "good" | "muted", Key]>> = {
  delivered: ["ring", "warn", "asked.state_unsigned"],
  read: ["half", "warn", "asked.state_unsigned"],
  signed: ["half", "accent", "asked.state_signed"],
  working: ["half", "accent", "asked.state_working"],
  returned: ["triangle", "warn", "asked.state_returned"],
};

export function AskedState({ row }: { row: Asked }): JSX.Element {
  const [shape, tone, key] = STATES[row.state] ?? ["half", "accent", "asked.state_going"];
  const isWarning = row.kind === "warning";
  const unsigned = isUnsigned(row);
  const word: Key =
    isWarning && unsigned
      ? "asked.state_unconfirmed"
      : isWarning && row.state === "signed"
        ? "asked.state_confirmed"
        : !unsigned && !awaitsReply(row)
          ? "asked.state_going"
          : key;
  return (
    <span class="asked-state">
      <StateDot shape={shape} tone={tone} word={t(word)} />
      <Elapsed since_ms={unsigned ? row.sent_ms : row.since_ms} />
      {row.pending && <Badge tone="warn">{t("asked.pending")}</Badge>}
    </span>
  );
}

export function goTo(row: InboxRow): void {
  want(row);
  navigate(pathTo(row));
}

/** What the unit does next: signs, reports in a line, answers the three questions, moves it on. */
export function Answer({ row, large = false }: { row: Asked; large?: boolean }): JSX.Element {
  if (row.refused !== null) return <Refused row={row} />;
  if (isUnsigned(row)) {
    return (
      <Button tone="accent" size={large ? "large" : "normal"} icon={Check} onClick={() => sign(row)}>
        {t(row.kind === "warning" ? "asked.confirm" : "asked.sign")}
      </Button>
    );
  }
  if (awaitsReply(row)) return row.kind === "warning" ? <ThreeForm row={row} /> : <ReplyForm row={row} />;
  return (
    <span class="asked-moves">
      {movesOf(row).map((move) => (
        <Button key={move.name} onClick={() => step(row, move.name)}>
          {words(move)}
        </Button>
      ))}
      <Button tone="quiet" icon={ArrowRight} onClick={() => goTo(row)}>
        {t("asked.open")}
      </Button>
    </span>
  );
}

function Refused({ row }: { row: Asked }): JSX.Element {
  const { refused } = row;
  const why = refused?.problem == null ? "" : say(refused.problem);
  return (
    <span class="asked-moves" role="alert">
      <StateDot shape="cross" tone="bad" word={t("asked.refused", { why })} />
      <Button size="small" onClick={() => refused !== null && retryWish(refused.op)}>
        {t("asked.retry")}
      </Button>
      <Button size="small" tone="quiet" onClick={() => refused !== null && dropWish(refused.op)}>
        {t("asked.drop")}
      </Button>
    </span>
  );
}

function ReplyForm({ row }: { row: Asked }): JSX.Element {
  const [text, setText] = useState("");
  const send = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== "") reply(row, text.trim());
  };
  return (
    <form class="asked-reply" onSubmit={send}>
      <input
        class="input"
        aria-label={t("asked.reply")}
        placeholder={t("asked.reply_hint")}
        maxLength={TEXT_MAX}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" tone="accent" icon={Send} disabled={text.trim() === ""}>
        {t("asked.reply_send")}
      </Button>
    </form>
  );
}

const THREE: readonly [Key, Key, Key] = ["asked.three_who", "asked.three_villages", "asked.three_moved"];

/** 三问 (domain.md 2.5): three lines, one text for the record; at least one must be answered. */
function ThreeForm({ row }: { row: Asked }): JSX.Element {
  const [answers, setAnswers] = useState<readonly string[]>(["", "", ""]);
  const id = useId();
  const isEmpty = answers.every((answer) => answer.trim() === "");
  const send = (event: Event): void => {
    event.preventDefault();
    if (!isEmpty) reply(row, threeAnswers([t(THREE[0]), t(THREE[1]), t(THREE[2])], answers));
  };
  return (
    <form class="asked-three" aria-label={t("asked.reply_warning")} onSubmit={send}>
      {THREE.map((key, place) => (
        <div key={key} class="asked-question">
          <label for={`${id}-${place}`}>{t(key)}</label>
          <input
            id={`${id}-${place}`}
            class="input"
            maxLength={300}
            value={answers[place] ?? ""}
            onInput={(event) => {
              const said = event.currentTarget.value;
              setAnswers(answers.map((answer, at) => (at === place ? said : answer)));
            }}
          />
        </div>
      ))}
      <Button type="submit" tone="accent" icon={Send} disabled={isEmpty}>
        {t("asked.reply_send")}
      </Button>
    </form>
  );
}

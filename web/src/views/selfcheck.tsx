/** 设备自检: one row for each thing a consultation needs, and what to do where it is missing. */
import { CirclePlay, Copy, RotateCcw, Volume2 } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { request } from "../link/socket";
import { SelfCheck } from "../media/selfcheck";
import { PARTS, type Part, type Row, type Verdict, wholeOf } from "../media/selfcheckrows";
import { line, me } from "../state/store";
import "../styles/selfcheck.css";
import { Banner, Button, StateDot, type Shape } from "../ui/elements";
import { t } from "../ui/i18n";
import { toast } from "../ui/toast";
import { Bell } from "./bell";
import { ReportCheck } from "./bookingparts";
import { MicrophoneLevel, TrackVideo } from "./devices";
import { NotificationCheck } from "./notification";
import { room } from "./roomkeeper";
import { figuresText, helpText, plainText } from "./selfchecktext";

/** One round of the bell, which is what the person must be able to hear. */
const TONE_MS = 1_500;

export function SelfCheckPage(): JSX.Element {
  const [check] = useState(newCheck);
  useEffect(() => () => check.close(), [check]);
  const began_ms = check.began_ms.value;
  const isInSession = room.value?.isHere() === true;
  const isOffline = line.value.state !== "online";
  return (
    <div class="self-check">
      <header>
        <div>
          <h1>{t("check.title")}</h1>
          <p class="muted">{t("check.what")}</p>
        </div>
        <Button
          tone="accent"
          size="large"
          icon={began_ms === null ? CirclePlay : RotateCcw}
          disabled={isInSession || isOffline}
          busy={check.busy.value}
          onClick={() => void check.run()}
        >
          {t(began_ms === null ? "check.start" : "check.again")}
        </Button>
      </header>
      {isInSession && <Banner tone="info">{t("check.in_session")}</Banner>}
      {isOffline && <Banner tone="warn">{t("check.offline")}</Banner>}
      {began_ms !== null && <Whole check={check} />}
      <ol class="card check-rows" aria-label={t("check.parts")}>
        {PARTS.map((part) => (
          <PartRow key={part} part={part} row={check.rows.value[part]} check={check} />
        ))}
      </ol>
      <div class="card check-notify">
        <strong>{t("notify.row")}</strong>
        <NotificationCheck />
        <span class="muted">{t("notify.why")}</span>
      </div>
      {began_ms !== null && !check.busy.value && <ReportCheck passed={wholeOf(check.rows.value) === "ready"} />}
      {began_ms !== null && !check.busy.value && <Result check={check} began_ms={began_ms} />}
    </div>
  );
}

function newCheck(): SelfCheck {
  const asks = {
    publish: (sdp: string, via: "udp" | "tcp") => request("check.publish", { sdp, via }),
    subscribe: (sdp: string, via: "udp" | "tcp") => request("check.subscribe", { sdp, via }),
    close: (resource: string) => request("media.close", { resource }),
  };
  return new SelfCheck(asks, () => {
    const bell = new Bell();
    setTimeout(() => bell.stop(), TONE_MS);
  });
}

function Whole({ check }: { check: SelfCheck }): JSX.Element {
  const whole = wholeOf(check.rows.value);
  return (
    <p class={`check-whole ${whole}`} role="status">
      {t(`check.whole_${whole}`)}
    </p>
  );
}

const VERDICTS: Record<Verdict, readonly [Shape, "good" | "warn" | "bad" | "muted" | "accent"]> = {
  waiting: ["dash", "muted"],
  running: ["pulse", "accent"],
  asking: ["ring", "accent"],
  passed: ["full", "good"],
  poor: ["half", "warn"],
  failed: ["triangle", "bad"],
};

function PartRow({ part, row, check }: { part: Part; row: Row; check: SelfCheck }): JSX.Element {
  const [shape, tone] = VERDICTS[row.verdict];
  const figures = figuresText(part, row);
  const help = helpText(row);
  return (
    <li class="check-row" data-verdict={row.verdict}>
      <strong>{t(`check.${part}`)}</strong>
      <StateDot shape={shape} tone={tone} word={t(`check.${row.verdict}`)} />
      <div class="check-found">
        {figures !== "" && <p class={row.verdict === "running" ? "" : "muted"}>{figures}</p>}
        {help !== "" && <p>{help}</p>}
        {part === "camera" && check.busy.value && <CameraPicture check={check} />}
        {part === "microphone" && check.voice.value !== null && <MicrophoneLevel track={check.voice.value} />}
        {part === "speaker" && <Heard row={row} check={check} />}
      </div>
    </li>
  );
}

/** Its place is kept while the check goes on, so that no row jumps when it comes. */
function CameraPicture({ check }: { check: SelfCheck }): JSX.Element {
  const track = check.picture.value;
  return <div class="check-picture">{track !== null && <TrackVideo track={track} mirrored />}</div>;
}

/** Only the person can say whether the speaker sounds. */
function Heard({ row, check }: { row: Row; check: SelfCheck }): JSX.Element | null {
  const again = (
    <Button size="small" tone="quiet" icon={Volume2} onClick={() => check.playAgain()}>
      {t("check.hear_again")}
    </Button>
  );
  if (row.verdict === "poor") return again;
  if (row.verdict !== "asking") return null;
  return (
    <div class="check-heard" role="group" aria-label={t("check.hear_question")}>
      <span>{t("check.hear_question")}</span>
      <Button size="small" onClick={() => check.confirm(true)}>
        {t("check.hear_yes")}
      </Button>
      <Button size="small" onClick={() => check.confirm(false)}>
        {t("check.hear_no")}
      </Button>
      {again}
    </div>
  );
}

function Result({ check, began_ms }: { check: SelfCheck; began_ms: number }): JSX.Element | null {
  const area = useRef<HTMLTextAreaElement>(null);
  const actor = me.value?.actor;
  if (actor === undefined) return null;
  const text = plainText(check.rows.value, began_ms, actor);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t("check.copied"));
    } catch {
      // An address that is not secure has no clipboard: the text is at least marked.
      area.current?.select();
      toast(t("check.copy_failed"), "bad");
    }
  };
  return (
    <section class="card check-result" aria-labelledby="check-result-title">
      <header>
        <h2 id="check-result-title">{t("check.result")}</h2>
        <Button size="small" icon={Copy} onClick={() => void copy()}>
          {t("check.copy")}
        </Button>
      </header>
      <textarea ref={area} class="input" readOnly rows={10} aria-labelledby="check-result-title" value={text} />
    </section>
  );
}

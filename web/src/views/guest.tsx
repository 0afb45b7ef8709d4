/** 现场: a telephone in the field comes in by a code, is seen and heard, and sees what it is given. */
import { LogOut, Mic, MicOff, SwitchCamera, Video, VideoOff } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { problemOf } from "../link/problem";
import { line } from "../state/store";
import { codeIn } from "../state/guestplace";
import { listDevices, openDevices, rememberedChoice, type Capture } from "../media/devices";
import type { Room } from "../media/room";
import "../styles/guest.css";
import type { GuestView, Problem } from "../types/wire";
import { Badge, Button, EmptyState, Field } from "../ui/elements";
import { useAwake } from "../ui/awake";
import { say, t } from "../ui/i18n";
import { ExerciseMark } from "../ui/states";
import { attempt, LiveRegions } from "../ui/toast";
import { RecordingNowDot } from "./recordingstate";
import { MicrophoneLevel, TrackVideo, troubleText } from "./devices";
import { comeAgain, enterByCode, leave, phase, room, startGuest, view } from "./guestkeeper";

let started = false;

export function GuestPage(): JSX.Element {
  useEffect(() => {
    document.title = `${t("guest.title")} · ${t("app.name")}`;
    if (!started) startGuest();
    started = true;
  }, []);
  return (
    <main class="guest" data-theme="dark">
      <Where />
      <LiveRegions />
    </main>
  );
}

function Where(): JSX.Element {
  const here = room.value;
  const told = view.value;
  switch (phase.value) {
    case "code":
      return <Enter />;
    case "entering":
      return <EmptyState title={t("guest.entering")} />;
    case "in":
      return here === null || told === null ? <EmptyState title={t("guest.entering")} /> : <In room={here} told={told} />;
    case "left":
      return <Gone what="left" />;
    case "displaced":
      return <Gone what="displaced" />;
    case "over":
      return <EmptyState title={t("guest.over_title")}>{t("guest.over_text")}</EmptyState>;
  }
}

function Gone({ what }: { what: "left" | "displaced" }): JSX.Element {
  const again = (
    <Button tone="accent" size="large" onClick={comeAgain}>
      {t("guest.rejoin")}
    </Button>
  );
  return (
    <EmptyState title={t(`guest.${what}_title`)} action={again}>
      {t(`guest.${what}_text`)}
    </EmptyState>
  );
}

// --- the code ---------------------------------------------------------------------------------------

function Enter(): JSX.Element {
  const [code, setCode] = useState(() => codeIn(location.hash) ?? "");
  const [person, setPerson] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [wrong, setWrong] = useState(false);
  const preview = usePreview();
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    const digits = codeIn(code);
    setWrong(digits === null);
    if (digits === null || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await enterByCode(digits, person.trim(), preview.take());
    } catch (thrown) {
      setProblem(problemOf(thrown));
      preview.giveBack();
      setBusy(false);
    }
  };
  const trouble = preview.capture && troubleText(preview.capture.cameraTrouble, preview.capture.microphoneTrouble);
  return (
    <form class="guest-enter" onSubmit={(event) => void enter(event)} noValidate>
      <header>
        <img src="/mark.svg" alt="" width="36" height="36" />
        <h1>{t("guest.title")}</h1>
      </header>
      <section class="guest-preview" aria-label={t("guest.preview")}>
        {preview.capture?.camera ? (
          <TrackVideo track={preview.capture.camera} mirrored />
        ) : (
          <p>{t(preview.capture === null ? "media.opening" : "media.preview_off")}</p>
        )}
        {preview.capture?.microphone && <MicrophoneLevel track={preview.capture.microphone} />}
      </section>
      {trouble !== null && (
        <p class="guest-trouble" role="status">
          {trouble}
        </p>
      )}
      <Field label={t("guest.code")} error={wrong ? t("guest.code_bad") : problem && say(problem)}>
        {({ id, describedBy }) => (
          <input
            id={id}
            class="input guest-code"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={11}
            value={code}
            aria-invalid={wrong || problem !== null}
            aria-describedby={describedBy}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t("guest.person")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            maxLength={20}
            autocomplete="name"
            value={person}
            onInput={(event) => setPerson(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit" tone="accent" size="large" icon={Video} busy={busy} class="guest-go">
        {t(busy ? "guest.entering" : "guest.enter")}
      </Button>
      <p class="guest-what">{t("guest.what")}</p>
    </form>
  );
}

interface Preview {
  readonly capture: Capture | null;
  /** From now on the devices belong to the session; null when they are not open yet. */
  readonly take: () => Capture | null;
  readonly giveBack: () => void;
}

function usePreview(): Preview {
  const [capture, setCapture] = useState<Capture | null>(null);
  const isTaken = useRef(false);
  useEffect(() => {
    let opened: Capture | null = null;
    let isHere = true;
    void openDevices(rememberedChoice()).then((found) => {
      opened = found;
      if (isHere) setCapture(found);
      else stop(found);
    });
    return () => {
      isHere = false;
      if (!isTaken.current) stop(opened);
    };
  }, []);
  const take = (): Capture | null => {
    isTaken.current = capture !== null;
    return capture;
  };
  return { capture, take, giveBack: () => (isTaken.current = false) };
}

function stop(capture: Capture | null): void {
  capture?.camera?.stop();
  capture?.microphone?.stop();
}

// --- in the session ---------------------------------------------------------------------------------

function In({ room: here, told }: { room: Room; told: GuestView }): JSX.Element {
  useAwake();
  return (
    <>
      <header class="guest-head">
        <h1>{told.title}</h1>
        <p>
          <Badge class="classification">{told.classification}</Badge>
          <ExerciseMark on={told.exercise} />
          <span>{told.label}</span>
          <span>{t("guest.place_line", { place: told.place })}</span>
          <RecordingNowDot now={told.recording} />
        </p>
      </header>
      <Notices room={here} told={told} />
      <div class="guest-stage">
        <Main room={here} told={told} />
        <Own room={here} />
      </div>
      <Controls room={here} />
    </>
  );
}

/** Said by words, each in its place: what is cut, who may speak, who is seen. */
function Notices({ room: here, told }: { room: Room; told: GuestView }): JSX.Element {
  const isCut = line.value.state !== "online" || told.state === "reconnecting";
  return (
    <div class="guest-notices" role="status">
      {isCut && <p class="warn">{t("guest.line_cut")}</p>}
      {told.named && <p class="accent">{t("guest.named")}</p>}
      {told.muted && <p class="warn">{t("guest.muted")}</p>}
      {told.broadcast && <p class="accent">{t("guest.broadcast")}</p>}
      {here.subscriber.soundBlocked.value && (
        <Button tone="accent" onClick={() => here.subscriber.playSound()}>
          {t("guest.sound")}
        </Button>
      )}
    </div>
  );
}

function Main({ room: here, told }: { room: Room; told: GuestView }): JSX.Element {
  const element = useRef<HTMLElement>(null);
  const venue = told.main?.venue ?? null;
  useEffect(() => {
    const width = Math.round((element.current?.clientWidth ?? 640) * devicePixelRatio);
    here.subscriber.look(venue === null ? [] : [{ venue, width }], 0);
  }, [here, venue]);
  const [picture] = here.subscriber.pictures.value.values();
  const isRight = picture !== undefined && picture.venue === venue;
  return (
    <figure ref={element} class="guest-main" aria-label={t("guest.main")}>
      {isRight ? (
        <TrackVideo key={picture.key} track={picture.track} />
      ) : (
        <p class="guest-blank">{told.main?.short_name || t(told.main === null ? "shown.none" : "shown.multi")}</p>
      )}
      {told.main !== null && venue !== null && (
        <figcaption>
          <strong>{told.main.short_name}</strong>
          <span>{t(`shown.${told.main.why}`)}</span>
        </figcaption>
      )}
    </figure>
  );
}

function Own({ room: here }: { room: Room }): JSX.Element {
  const own = here.own.value;
  const trouble = troubleText(own.cameraTrouble, own.microphoneTrouble);
  return (
    <div class="guest-own" role="img" aria-label={t("guest.own")}>
      {own.picture === null ? <VideoOff size={24} aria-hidden="true" /> : <TrackVideo track={own.picture} />}
      {trouble !== null && <p>{trouble}</p>}
    </div>
  );
}

function Controls({ room: here }: { room: Room }): JSX.Element {
  const own = here.own.value;
  return (
    <div class="guest-controls" role="group" aria-label={t("guest.controls")}>
      <Button
        icon={own.microphone ? Mic : MicOff}
        class={own.microphone ? "" : "off"}
        onClick={() => void attempt(() => here.setMicrophone(!own.microphone))}
      >
        {t(own.microphone ? "guest.microphone_off" : "guest.microphone_on")}
      </Button>
      <Button
        icon={own.camera ? Video : VideoOff}
        class={own.camera ? "" : "off"}
        onClick={() => void attempt(() => here.setCamera(!own.camera))}
      >
        {t(own.camera ? "guest.camera_off" : "guest.camera_on")}
      </Button>
      <Button icon={SwitchCamera} disabled={!own.camera} onClick={() => void attempt(() => flip(here))}>
        {t("guest.flip")}
      </Button>
      <Button icon={LogOut} tone="danger" onClick={() => void attempt(leave)}>
        {t("guest.leave")}
      </Button>
    </div>
  );
}

/** 前后: the next camera of this telephone. */
async function flip(here: Room): Promise<void> {
  const { cameras } = await listDevices();
  const now = here.own.peek().picture?.getSettings().deviceId;
  const at = cameras.findIndex(({ id }) => id === now);
  const next = cameras[(at + 1) % cameras.length];
  if (next !== undefined && next.id !== now) await here.choose({ camera: next.id });
}

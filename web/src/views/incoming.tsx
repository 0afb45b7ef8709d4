/** A call to this seat: it takes the whole page, rings, and is answered with one click. */
import { signal } from "@preact/signals";
import { ClipboardCheck, Phone, PhoneOff } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import * as actions from "../actions";
import { openDevices, rememberChoice, rememberedChoice, type Capture, type Choice } from "../media/devices";
import { rings, sessionState } from "../state/store";
import "../styles/incoming.css";
import "../styles/roomstrip.css";
import type { Ring } from "../types/wire";
import { Button, Elapsed, Remaining } from "../ui/elements";
import { t } from "../ui/i18n";
import { useModal } from "../ui/modal";
import { navigate, route } from "../ui/router";
import { Classification, ExerciseMark } from "../ui/states";
import { announce, attempt } from "../ui/toast";
import { Bell } from "./bell";
import { DeviceChoice, MicrophoneLevel, TrackVideo, troubleText } from "./devices";
import { notifyCall } from "./notification";
import { answerRing, room } from "./roomkeeper";

/** The call that waits while the person checks the devices; it makes room, and no noise over the test tone. */
const setAside = signal<string | null>(null);

export function Incoming(): JSX.Element | null {
  const ring = rings.value[0];
  if (ring === undefined) return null;
  if (ring.session_id === setAside.value && route.value.page === "check") return <CallStrip ring={ring} />;
  return <Call key={ring.session_id} ring={ring} others={rings.value.length - 1} />;
}

function CallStrip({ ring }: { ring: Ring }): JSX.Element {
  const accept = async (): Promise<void> => {
    if (await attempt(() => answerRing(ring.session_id, null))) navigate(`/session/${ring.session_id}`);
  };
  return (
    <aside class="room-strip call-strip" data-theme="dark" aria-label={t("consultation.incoming")}>
      <strong>{t("consultation.incoming_calls", { caller: ring.caller })}</strong>
      <span>
        <RingingFor ring={ring} />
      </span>
      <Button size="small" tone="accent" icon={Phone} onClick={() => void accept()}>
        {t("consultation.answer")}
      </Button>
      <Button
        size="small"
        tone="danger"
        icon={PhoneOff}
        onClick={() => void attempt(() => actions.decline(ring.session_id))}
      >
        {t("consultation.decline")}
      </Button>
    </aside>
  );
}

function Call({ ring, others }: { ring: Ring; others: number }): JSX.Element {
  const [answering, setAnswering] = useState(false);
  const preview = usePreview();
  const title = useId();
  const element = useModal(true);
  useAlerted(ring);
  useRinging(ring, answering);
  const accept = async (): Promise<void> => {
    setAnswering(true);
    const ready = preview.handOver();
    const went = await attempt(() => answerRing(ring.session_id, ready));
    if (went) navigate(`/session/${ring.session_id}`);
    else preview.takeBack(ready);
    setAnswering(false);
  };
  return (
    <dialog
      ref={element}
      class="incoming"
      data-theme="dark"
      role="alertdialog"
      aria-labelledby={title}
      onCancel={(event) => event.preventDefault()}
    >
      <div class="incoming-what">
        <p class="incoming-kind">
          {t("consultation.incoming")} · {t(`kind.${ring.kind}`)}
          <ExerciseMark on={ring.exercise} />
          <Classification />
        </p>
        <h1 id={title}>{t("consultation.incoming_calls", { caller: ring.caller })}</h1>
        <p class="incoming-title">{ring.title}</p>
        <p class="incoming-since">
          <RingingFor ring={ring} />
        </p>
        <BusyNote sessionId={ring.session_id} />
        {others > 0 && <p class="note">{t("consultation.incoming_more", { n: others })}</p>}
      </div>
      <Preview preview={preview} onCheck={() => checkDevices(ring)} />
      <div class="incoming-answers">
        <button type="button" class="answer" autofocus aria-busy={answering} onClick={() => !answering && void accept()}>
          <Phone size={28} aria-hidden="true" />
          {t(answering ? "consultation.answering" : "consultation.answer")}
        </button>
        <button
          type="button"
          class="decline"
          disabled={answering}
          onClick={() => void attempt(() => actions.decline(ring.session_id))}
        >
          <PhoneOff size={28} aria-hidden="true" />
          {t("consultation.decline")}
        </button>
      </div>
    </dialog>
  );
}

/** Both halves are one sentence in every language, with a running figure inside. */
function RingingFor({ ring }: { ring: Ring }): JSX.Element {
  const [since = "", afterSince = ""] = t("consultation.incoming_since").split("{since}");
  const [until = "", afterUntil = ""] = t("consultation.incoming_until").split("{left}");
  return (
    <>
      {since}
      <Elapsed since_ms={ring.since_ms} />
      {afterSince} · {until}
      <Remaining until_ms={ring.until_ms} />
      {afterUntil}
    </>
  );
}

function BusyNote({ sessionId }: { sessionId: string }): JSX.Element | null {
  const here = room.value;
  if (here === null || here.sessionId === sessionId) return null;
  const title = sessionState(here.sessionId).value.state?.title ?? "";
  return <p class="incoming-busy">{t("consultation.incoming_busy", { title })}</p>;
}

function checkDevices(ring: Ring): void {
  setAside.value = ring.session_id;
  navigate("/check");
}

function Preview({ preview, onCheck }: { preview: PreviewState; onCheck: () => void }): JSX.Element {
  const { capture, choice } = preview;
  const trouble = capture === null ? null : troubleText(capture.cameraTrouble, capture.microphoneTrouble);
  return (
    <section class="incoming-preview" aria-label={t("consultation.incoming_preview")}>
      <div class="preview-picture">
        {capture?.camera ? (
          <TrackVideo track={capture.camera} mirrored />
        ) : (
          <p>{t(capture === null ? "media.opening" : "media.preview_off")}</p>
        )}
      </div>
      {trouble !== null && (
        <p class="preview-trouble" role="status">
          {trouble}
        </p>
      )}
      {capture?.microphone && <MicrophoneLevel track={capture.microphone} />}
      <DeviceChoice choice={choice} onChoose={preview.choose} opened={capture} />
      <Button size="small" tone="quiet" icon={ClipboardCheck} onClick={onCheck}>
        {t("check.open")}
      </Button>
    </section>
  );
}

interface PreviewState {
  readonly capture: Capture | null;
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
  /** From now on the devices belong to the session; null when they are not open yet. */
  readonly handOver: () => Capture | null;
  /** The session did not take them: the preview goes on, or they are given back with it. */
  readonly takeBack: (ready: Capture | null) => void;
}

function usePreview(): PreviewState {
  const [choice, setChoice] = useState(rememberedChoice);
  const [capture, setCapture] = useState<Capture | null>(null);
  const held = useRef<Capture | null>(null);
  const isShown = useRef(true);
  useEffect(() => () => void (isShown.current = false), []);
  useEffect(() => {
    let here = true;
    void openDevices(choice).then((opened) => {
      if (!here) return stop(opened);
      held.current = opened;
      setCapture(opened);
    });
    return () => {
      here = false;
      stop(held.current);
      held.current = null;
    };
  }, [choice]);
  return {
    capture,
    choice,
    choose: (change) => {
      const next = { ...choice, ...change };
      rememberChoice(next);
      setChoice(next);
    },
    handOver: () => {
      const ready = held.current;
      held.current = null;
      return ready;
    },
    takeBack: (ready) => {
      if (isShown.current && held.current === null) held.current = ready;
      else stop(ready);
    },
  };
}

function stop(capture: Capture | null): void {
  capture?.camera?.stop();
  capture?.microphone?.stop();
}

/** 已送达: the hub measures from the call until a page of the seat shows it. */
function useAlerted({ session_id, since_ms }: Ring): void {
  useEffect(() => {
    // A call that is over by now is no trouble of this person's.
    actions.noteRinging(session_id).catch(() => undefined);
  }, [session_id, since_ms]);
}

/** Sound, the title of the tab, a notification, and one assertive sentence for those who listen to the page. */
function useRinging(ring: Ring, quiet: boolean): void {
  useEffect(() => {
    if (quiet) return undefined;
    const bell = new Bell();
    announce(t("consultation.incoming_calls", { caller: ring.caller }), "assertive");
    const withdraw = notifyCall(ring);
    const before = document.title;
    const ringing = t("consultation.incoming_title", { caller: ring.caller });
    document.title = ringing;
    const flash = setInterval(() => {
      document.title = document.title === ringing ? before : ringing;
    }, 1_000);
    return () => {
      bell.stop();
      withdraw();
      clearInterval(flash);
      document.title = before;
    };
  }, [ring.session_id, quiet]);
}

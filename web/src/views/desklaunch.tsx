/** 发起会商: one line, one kind, the chosen venues, one button; everybody chosen rings at once. */
import { signal } from "@preact/signals";
import { Check, PhoneCall, Siren, X } from "lucide-preact";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";

import { startSession } from "../actions";
import { sorted } from "../state/organisation";
import { hubNow, line, organisation, welcome } from "../state/store";
import "../styles/deskcall.css";
import type { SessionKind, Template } from "../types/wire";
import { Button, IconButton } from "../ui/elements";
import { clockTime, dateOf, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import {
  calledHere,
  choose,
  chooseTemplate,
  chosenSeats,
  clearChoice,
  exercise,
  isOnline,
  kind,
  KINDS,
  onIncident,
  template,
  title,
  watched,
  wishOf,
} from "./deskchoice";

const TITLE_MAX = 80;
const WHY_MAX = 200;

const unrecorded = signal(false);
const why = signal("");

function mayStartPaused(): boolean {
  return welcome.value?.may_start_paused === true;
}

function isWhyMissing(): boolean {
  return mayStartPaused() && unrecorded.value && why.value.trim() === "";
}

/** In a hurry nobody thinks of a title: the template has one, else kind and time are one. */
function defaultTitle(): string {
  if (template.value !== null) return template.value.title === "" ? template.value.name : template.value.title;
  const now = hubNow();
  return t("desk.default_title", {
    kind: t(`kind.${kind.value}`),
    date: dateOf(now).slice(5),
    time: clockTime(now).slice(0, 5),
  });
}

/** Calls everybody chosen, and puts their answers into the centre of the desk. */
async function start(): Promise<void> {
  watched.value = await startSession({
    title: title.value.trim() === "" ? defaultTitle() : title.value.trim(),
    kind: kind.value,
    ...wishOf(
      chosenSeats.value.map((seat) => seat.seat_id),
      template.value,
    ),
    exercise: exercise.value || kind.value === "drill",
    incident_id: onIncident.value?.incident_id ?? null,
    unrecorded: mayStartPaused() && unrecorded.value ? why.value.trim() : "",
  });
  unrecorded.value = false;
  why.value = "";
  title.value = "";
  exercise.value = false;
  clearChoice();
}

/** 发起会商 from anywhere on the desk: the cursor stands where Enter starts. */
export function goToLaunch(): void {
  watched.value = null;
  setTimeout(() => document.querySelector<HTMLElement>(".launch-go:not([disabled]), .launch-input")?.focus(), 0);
}

export function Launch(): JSX.Element {
  const [busy, setBusy] = useState(false);
  const seats = chosenSeats.value;
  const isDrill = kind.value === "drill";
  const go = useRef<HTMLButtonElement>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || seats.length === 0 || isWhyMissing()) return;
    setBusy(true);
    await attempt(start);
    setBusy(false);
  };
  return (
    <section class="card launch" aria-labelledby="launch-title">
      <h2 id="launch-title">{t("desk.launch_title")}</h2>
      <form onSubmit={(event) => void submit(event)}>
        <div class="launch-line">
          <input
            class="input launch-input"
            aria-label={t("desk.title")}
            placeholder={t("desk.title_hint", { title: defaultTitle() })}
            maxLength={TITLE_MAX}
            value={title.value}
            onInput={(event) => (title.value = event.currentTarget.value)}
          />
          <Button
            type="submit"
            tone="accent"
            size="large"
            icon={PhoneCall}
            busy={busy}
            buttonRef={go}
            class="launch-go"
            shortcut="N"
            disabled={seats.length === 0 || isWhyMissing() || line.value.state !== "online"}
          >
            {seats.length === 0 ? t("desk.launch") : t("desk.launch_n", { n: seats.length })}
          </Button>
        </div>
        <OnIncident />
        <Templates onChosen={() => setTimeout(() => go.current?.focus(), 0)} />
        <div class="launch-options">
          <Kinds />
          <label class="check">
            <input
              type="checkbox"
              checked={exercise.value || isDrill}
              disabled={isDrill}
              onChange={(event) => (exercise.value = event.currentTarget.checked)}
            />
            {t("desk.exercise")}
          </label>
          {mayStartPaused() && <Unrecorded />}
        </div>
      </form>
      <Chosen />
    </section>
  );
}

/** 发起时不录制: only where the hub allows it, and for a reason that everybody will see. */
function Unrecorded(): JSX.Element {
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={unrecorded.value}
          onChange={(event) => (unrecorded.value = event.currentTarget.checked)}
        />
        {t("recorder.unrecorded")}
      </label>
      {unrecorded.value && (
        <input
          class="input"
          required
          aria-label={t("recorder.unrecorded_why")}
          placeholder={t("recorder.unrecorded_why")}
          maxLength={WHY_MAX}
          value={why.value}
          onInput={(event) => (why.value = event.currentTarget.value)}
        />
      )}
    </>
  );
}

/** Begun on an incident's page: its boards come along, and whoever is called takes part in it. */
function OnIncident(): JSX.Element | null {
  const on = onIncident.value;
  if (on === null) return null;
  return (
    <p class="launch-incident">
      <Siren size={16} aria-hidden="true" />
      <span>{t("incident.launch_on", { title: on.title })}</span>
      <IconButton icon={X} label={t("incident.launch_off")} onClick={() => (onIncident.value = null)} />
    </p>
  );
}

/** Whom it usually is for: a click chooses them all, Enter then starts. */
function Templates({ onChosen }: { onChosen: () => void }): JSX.Element | null {
  const all = sorted(organisation.value.templates);
  if (all.length === 0) return null;
  const pick = (one: Template): void => {
    chooseTemplate(one);
    if (template.value !== null) onChosen();
  };
  return (
    <div class="templates" role="group" aria-labelledby="templates-title">
      <span id="templates-title" class="muted">
        {t("desk.templates")}
      </span>
      {all.map((one) => {
        const isChosen = template.value?.template_id === one.template_id;
        return (
          <Button key={one.template_id} size="small" icon={isChosen ? Check : undefined} pressed={isChosen} onClick={() => pick(one)}>
            {t("desk.template_n", { name: one.name, n: calledHere(one).length })}
          </Button>
        );
      })}
    </div>
  );
}

function Kinds(): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{t("desk.kind")}</legend>
      {KINDS.map((one: SessionKind) => (
        <label key={one}>
          <input type="radio" name="kind" checked={kind.value === one} onChange={() => (kind.value = one)} />
          <span>{t(`kind.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Chosen(): JSX.Element {
  const seats = chosenSeats.value;
  if (seats.length === 0) return <p class="launch-hint">{t("desk.choose_hint")}</p>;
  const absent = seats.filter((seat) => !isOnline(seat));
  return (
    <div class="chosen">
      <ul aria-label={t("desk.chosen")}>
        {seats.map((seat) => (
          <li key={seat.seat_id} class={isOnline(seat) ? "chip" : "chip is-absent"}>
            <span>{seat.short_name}</span>
            <IconButton
              icon={X}
              label={t("desk.unchoose", { name: seat.name })}
              onClick={() => choose([seat.seat_id], false)}
            />
          </li>
        ))}
        <li>
          <Button tone="quiet" size="small" onClick={clearChoice}>
            {t("desk.choose_none")}
          </Button>
        </li>
      </ul>
      {absent.length > 0 && (
        <p class="launch-hint warn">{t("desk.absent_hint", { n: absent.length })}</p>
      )}
    </div>
  );
}

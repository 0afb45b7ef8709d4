/** The words, shapes and colours of states, the same on every page. */
import type { JSX } from "preact";

import type { RecordingState, SeatPresence, VenueState } from "../types/wire";
import { hubNow, second, welcome } from "../state/store";
import { Badge, StateDot, type Shape } from "./elements";
import { lasting, t } from "./i18n";

type Tone = "good" | "warn" | "bad" | "muted" | "accent";

const VENUES: Record<VenueState, readonly [Shape, Tone]> = {
  idle: ["dash", "muted"],
  ringing: ["pulse", "accent"],
  joined: ["full", "good"],
  reconnecting: ["half", "warn"],
  left: ["ring", "muted"],
  no_answer: ["triangle", "bad"],
  declined: ["cross", "bad"],
};

const RECORDINGS: Record<RecordingState, readonly [Shape, Tone]> = {
  recording: ["full", "bad"],
  interrupted: ["triangle", "bad"],
  paused: ["half", "warn"],
  processing: ["half", "muted"],
  ready: ["full", "good"],
};

/** 密级: stands on every screen of somebody who is logged in; a session has the one that held when it began. */
export function Classification({ of = "" }: { of?: string }): JSX.Element | null {
  const text = of === "" ? (welcome.value?.classification ?? "") : of;
  return text === "" ? null : <Badge class="classification">{text}</Badge>;
}

/** 演练: what is only practised must never be taken for the real thing. */
export function ExerciseMark({ on }: { on: boolean }): JSX.Element | null {
  return on ? <Badge tone="warn">{t("exercise")}</Badge> : null;
}

interface VenueDotProps {
  readonly state: VenueState;
  readonly since_ms?: number | null;
  readonly bare?: boolean;
}

export function VenueDot({ state, since_ms = null, bare = false }: VenueDotProps): JSX.Element {
  const [shape, tone] = VENUES[state];
  return <StateDot shape={shape} tone={tone} word={t(`venue.${state}`)} since_ms={since_ms} bare={bare} />;
}

/** Where it is not written, since when. */
export function RecordingDot({ state, since_ms = null }: { state: RecordingState; since_ms?: number | null }): JSX.Element {
  const [shape, tone] = RECORDINGS[state];
  const shown_ms = state === "paused" || state === "interrupted" ? since_ms : null;
  return <StateDot shape={shape} tone={tone} word={t(`recording.${state}`)} since_ms={shown_ms} />;
}

/** 在线 2 小时, 离线 12 分: whether anybody is at the seat and for how long. */
export function PresenceDot({ of }: { of: SeatPresence | undefined }): JSX.Element {
  void second.value;
  const isOnline = of?.online === true;
  const word = t(isOnline ? "presence.online" : "presence.offline");
  const since = of?.since_ms == null ? "" : ` ${lasting(hubNow() - of.since_ms)}`;
  return <StateDot shape={isOnline ? "full" : "ring"} tone={isOnline ? "good" : "muted"} word={word + since} />;
}

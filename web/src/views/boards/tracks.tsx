/** The units' tracks of an item: each unit's progress with its times; a unit sees its own, with its next step large. */
import { BellRing, Phone, Users } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { answerExtension, assignItem, notePhoned, urge } from "../../incidentactions";
import { moveTrack } from "../../state/drafts";
import { organisation } from "../../state/store";
import { isAnswered, isOpen, isUnanswered, nextProgress, PROGRESS, rankOf } from "../../state/workspace";
import type { Row } from "../../state/outbox";
import { KINDS } from "../../types/kinds";
import type { Item, UnitTrack } from "../../types/wire";
import { Button } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { Link } from "../../ui/link";
import { attempt, useAttempt } from "../../ui/toast";
import { sheetPath } from "../sheetpath";
import { ReasonForm } from "./actions";
import { isOffice, type Context } from "./context";
import { isTrackLate, Late, Overdue, TrackDot } from "./marks";
import { OwnTrack } from "./owntrack";
import { UnitDialog } from "./units";
import { dayTime, progressWord, shortTime } from "./words";

export function Tracks({ row, of }: { row: Row; of: Context }): JSX.Element | null {
  const { item } = row;
  if (!KINDS[of.kind].tracked) return null;
  const own = of.me?.seat == null ? undefined : item.tracks[of.me.seat];
  const others = Object.values(item.tracks).filter((track) => track !== own || isOffice(of));
  return (
    <>
      {own !== undefined && !isOffice(of) && <OwnTrack item={item} track={own} of={of} />}
      {(others.length > 0 || isOffice(of)) && <TrackTable item={item} tracks={others} of={of} />}
    </>
  );
}

function TrackTable({ item, tracks, of }: { item: Item; tracks: readonly UnitTrack[]; of: Context }): JSX.Element {
  const [assigning, setAssigning] = useState(false);
  const silent = tracks.filter(isUnanswered).map(({ unit }) => unit.seat);
  const waiting = tracks.filter((track) => !isAnswered(track)).map(({ unit }) => unit.seat);
  const acts = isOffice(of) && isOpen(of.ws, item) && of.ws.closed_ms === null;
  return (
    <section class="bv-tracks" aria-label={t("boards.tracks")}>
      <div class="bv-section-head">
        <h3>{t("boards.tracks")}</h3>
        {acts && silent.length > 0 && (
          <Button size="small" icon={BellRing} onClick={() => void attempt(() => urge(of.stream, item.item_id, silent))}>
            {t("boards.urge_silent", { n: silent.length })}
          </Button>
        )}
        {acts && waiting.length > silent.length && (
          <Button size="small" onClick={() => void attempt(() => urge(of.stream, item.item_id, waiting))}>
            {t("boards.urge_waiting", { n: waiting.length })}
          </Button>
        )}
        {acts && (
          <Button size="small" icon={Users} onClick={() => setAssigning(true)}>
            {t("boards.assign")}
          </Button>
        )}
        {isOffice(of) && tracks.length > 0 && (
          <Link class="button small" to={sheetPath(of.stream, item.item_id)}>
            {t("phone.sheet")}
          </Link>
        )}
      </div>
      {tracks.length > 0 && (of.compact ? <TrackCards item={item} tracks={tracks} of={of} /> : <Wide item={item} tracks={tracks} of={of} />)}
      {assigning && (
        <UnitDialog
          title={t("boards.assign")}
          of={of}
          without={Object.keys(item.tracks)}
          onClose={() => setAssigning(false)}
          onChoose={(seats) => void attempt(() => assignItem(of.stream, item.item_id, seats))}
        />
      )}
    </section>
  );
}

interface TableProps {
  readonly item: Item;
  readonly tracks: readonly UnitTrack[];
  readonly of: Context;
}

const STEPS = PROGRESS.filter((state) => state !== "sent");

function Wide({ item, tracks, of }: TableProps): JSX.Element {
  return (
    <div class="bv-scroll" tabIndex={0} role="group" aria-label={t("boards.tracks")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("boards.column_unit")}</th>
            <th scope="col">{t("boards.column_state")}</th>
            {STEPS.map((state) => (
              <th key={state} scope="col">
                {progressWord(state, of.kind)}
              </th>
            ))}
            <th scope="col">{t("boards.column_person")}</th>
            <th scope="col">{t("boards.column_feedback")}</th>
            {isOffice(of) && <th scope="col">{t("boards.actions")}</th>}
          </tr>
        </thead>
        <tbody>
          {tracks.map((track) => (
            <tr key={track.unit.seat}>
              <th scope="row" title={track.unit.name}>
                {track.unit.short_name}
              </th>
              <td>
                <StateOf item={item} track={track} of={of} />
              </td>
              {STEPS.map((state) => (
                <td key={state} class="clock">
                  {track.times[state] === undefined ? <span class="muted">–</span> : shortTime(track.times[state] ?? 0, of.now_ms)}
                </td>
              ))}
              <td>{track.person ?? <span class="muted">–</span>}</td>
              <td class="bv-replies">
                <Said track={track} of={of} />
              </td>
              {isOffice(of) && (
                <td>
                  <Verbs item={item} track={track} of={of} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TrackCards({ item, tracks, of }: TableProps): JSX.Element {
  return (
    <ul class="bv-trackcards">
      {tracks.map((track) => (
        <li key={track.unit.seat}>
          <div class="bv-card-head">
            <strong title={track.unit.name}>{track.unit.short_name}</strong>
            <StateOf item={item} track={track} of={of} />
            {track.person !== null && <span class="muted">{track.person}</span>}
          </div>
          <Times track={track} of={of} />
          <Said track={track} of={of} />
          {isOffice(of) && <Verbs item={item} track={track} of={of} />}
        </li>
      ))}
    </ul>
  );
}

export function Times({ track, of }: { track: UnitTrack; of: Context }): JSX.Element {
  const reached = STEPS.filter((state) => track.times[state] !== undefined);
  return (
    <p class="bv-meta">
      {reached.map((state) => (
        <span key={state}>
          {progressWord(state, of.kind)} {shortTime(track.times[state] ?? 0, of.now_ms)}
        </span>
      ))}
    </p>
  );
}

function StateOf({ item, track, of }: { item: Item; track: UnitTrack; of: Context }): JSX.Element {
  const late_ms = isTrackLate(item, track, of.now_ms);
  return (
    <span class="bv-due">
      <TrackDot track={track} of={of} since={!isAnswered(track)} />
      {late_ms !== null && isOpen(of.ws, item) && <Overdue by_ms={late_ms} />}
      <Late min={track.late_min} />
    </span>
  );
}

/** Rounds of feedback, calls, reminders and what was asked about the time: nothing of it is thrown away. */
export function Said({ track, of }: { track: UnitTrack; of: Context }): JSX.Element | null {
  const { replies, urged, phoned, extension, escalated_ms } = track;
  const lines: JSX.Element[] = replies.map((reply, at) => (
    <p key={`r${at}`}>
      {reply.text} <span class="muted">{t("boards.by_at", { who: reply.actor.person, time: shortTime(reply.at_ms, of.now_ms) })}</span>
      {reply.returned !== null && <span class="bv-returned">{t("boards.returned_because", { reason: reply.returned })}</span>}
    </p>
  ));
  if (extension !== null) {
    const answer = extension.granted === null ? "boards.extension_asked" : extension.granted ? "boards.extension_granted" : "boards.extension_denied";
    lines.push(
      <p key="x" class="muted">
        {t(answer, { time: dayTime(extension.due_ms), reason: extension.reason })}
      </p>,
    );
  }
  if (urged.length > 0) {
    lines.push(
      <p key="u" class="muted">
        {t("boards.urged_times", { n: urged.length, time: shortTime(urged.at(-1) ?? 0, of.now_ms) })}
      </p>,
    );
  }
  if (escalated_ms !== null && phoned.length === 0) {
    lines.push(
      <p key="e" class="bv-missing">
        {t("boards.to_be_phoned", { time: shortTime(escalated_ms, of.now_ms) })}
      </p>,
    );
  }
  phoned.forEach((call, at) =>
    lines.push(
      <p key={`p${at}`} class="muted">
        {t(call.reached ? "boards.phoned_reached" : "boards.phoned_missed", {
          time: shortTime(call.at_ms, of.now_ms),
          who: call.actor.person,
        })}
        {call.note !== "" && `：${call.note}`}
      </p>,
    ),
  );
  return lines.length === 0 ? null : <>{lines}</>;
}

/** What the office does with one unit's track. */
function Verbs({ item, track, of }: { item: Item; track: UnitTrack; of: Context }): JSX.Element | null {
  const [asking, setAsking] = useState<"return" | "phone" | null>(null);
  const { unit } = track;
  if (of.me === null || of.ws.closed_ms !== null || item.voided !== null) return null;
  const next = nextProgress(track, of.me);
  const send = (state: "returned" | "confirmed", text = ""): void => moveTrack(of.stream, item.item_id, unit.seat, state, text);
  if (asking === "return") {
    return (
      <ReasonForm
        verb={t("boards.return")}
        onCancel={() => setAsking(null)}
        onDone={(reason) => {
          send("returned", reason);
          setAsking(null);
        }}
      />
    );
  }
  if (asking === "phone") return <PhoneForm item={item} track={track} of={of} onDone={() => setAsking(null)} />;
  const isAsked = track.extension !== null && track.extension.granted === null;
  const answer = (granted: boolean): void => void attempt(() => answerExtension(of.stream, item.item_id, unit.seat, granted));
  return (
    <span class="bv-verbs">
      {isAsked && (
        <>
          <Button size="small" tone="accent" onClick={() => answer(true)}>
            {t("boards.grant")}
          </Button>
          <Button size="small" onClick={() => answer(false)}>
            {t("boards.deny")}
          </Button>
        </>
      )}
      {next.includes("confirmed") && rankOf(track.state) >= rankOf("replied") && (
        <Button size="small" tone="accent" onClick={() => send("confirmed")}>
          {t("boards.confirm")}
        </Button>
      )}
      {next.includes("returned") && (
        <Button size="small" onClick={() => setAsking("return")}>
          {t("boards.return")}
        </Button>
      )}
      {!isAnswered(track) && isOpen(of.ws, item) && (
        <Button size="small" onClick={() => void attempt(() => urge(of.stream, item.item_id, [unit.seat]))}>
          {t("boards.urge")}
        </Button>
      )}
      {isUnanswered(track) && (
        <Button size="small" icon={Phone} onClick={() => setAsking("phone")}>
          {t("boards.phone")}
        </Button>
      )}
    </span>
  );
}

/** 电话叫应: the numbers to call, and what came of it. */
function PhoneForm({ item, track, of, onDone }: { item: Item; track: UnitTrack; of: Context; onDone: () => void }): JSX.Element {
  const [note, setNote] = useState("");
  const [busy, run] = useAttempt();
  const { unit } = track;
  const phone = organisation.value.seats[unit.seat]?.phone ?? "";
  const tell = (reached: boolean): void => {
    void run(() => notePhoned(of.stream, item.item_id, unit.seat, reached, note.trim())).then((went) => went && onDone());
  };
  return (
    <span class="bv-phone" role="group" aria-label={t("boards.phone_of", { unit: unit.short_name })}>
      <strong>{phone === "" ? t("boards.no_phone") : phone}</strong>
      <input class="input" aria-label={t("boards.phone_note")} placeholder={t("boards.phone_note")} maxLength={120} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      <Button size="small" onClick={onDone}>
        {t("do.cancel")}
      </Button>
      <Button size="small" busy={busy} onClick={() => tell(false)}>
        {t("boards.phone_missed")}
      </Button>
      <Button size="small" tone="accent" busy={busy} onClick={() => tell(true)}>
        {t("boards.phone_reached")}
      </Button>
    </span>
  );
}

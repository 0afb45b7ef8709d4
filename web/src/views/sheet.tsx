/** 叫应记录单: who was told what, when, and who has answered; on one sheet that the browser prints. */
import { ArrowLeft, Printer } from "lucide-preact";
import type { JSX } from "preact";

import { hubNow } from "../state/store";
import { isAnswered, isUnanswered, kindOf, stateOf, textOf, timeOf, valueOf } from "../state/workspace";
import "../styles/sheet.css";
import { KINDS } from "../types/kinds";
import type { Item, UnitTrack, Workspace } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { useWorkspace } from "../ui/hooks";
import { clockTime, dateOf, say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { Classification, ExerciseMark } from "../ui/states";
import { KindMark, words } from "./askedparts";
import { shortTime } from "./incidentparts";
import { sheetOf } from "./sheetpath";

export function SheetPage({ of }: { of: string }): JSX.Element {
  const { stream, itemId } = sheetOf(of);
  const { state, problem } = useWorkspace(stream);
  const item = state?.items[itemId];
  if (state !== null && item !== undefined) return <Sheet ws={state} item={item} />;
  if (state === null && problem === null) return <EmptyState title={t("app.loading")} />;
  return <EmptyState title={t("sheet.unknown")}>{problem === null ? undefined : say(problem)}</EmptyState>;
}

function Sheet({ ws, item }: { ws: Workspace; item: Item }): JSX.Element {
  const kind = kindOf(ws, item);
  const tracks = Object.values(item.tracks);
  return (
    <article class="sheet">
      <header class="sheet-tools">
        <Button icon={ArrowLeft} tone="quiet" onClick={() => (history.length > 1 ? history.back() : navigate("/desk"))}>
          {t("sheet.back")}
        </Button>
        <Button icon={Printer} tone="accent" onClick={() => window.print()}>
          {t("sheet.print")}
        </Button>
      </header>
      <p class="sheet-marks">
        <Classification />
        <ExerciseMark on={ws.exercise} />
        <KindMark kind={kind} colour={valueOf(kind, item, "colour")} />
      </p>
      <h1>{t("sheet.title")}</h1>
      <Facts ws={ws} item={item} />
      <table>
        <thead>
          <tr>
            {(["unit", "delivered", "read", "signed", "replied", "phoned"] as const).map((key) => (
              <th key={key} scope="col">
                {t(`sheet.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tracks.map((track) => (
            <Row key={track.unit.seat} track={track} given_ms={item.created_ms} />
          ))}
        </tbody>
      </table>
      <p class="sheet-counts">
        {t("sheet.counts", {
          all: tracks.length,
          signed: tracks.filter((track) => !isUnanswered(track)).length,
          replied: tracks.filter(isAnswered).length,
          silent: tracks.filter(isUnanswered).length,
        })}
      </p>
      <p class="muted">{t("sheet.printed", { time: when(hubNow()) })}</p>
    </article>
  );
}

function Facts({ ws, item }: { ws: Workspace; item: Item }): JSX.Element {
  const kind = kindOf(ws, item);
  const from = timeOf(item, "valid_from");
  const to = timeOf(item, "valid_to");
  const given = `${when(item.created_ms)} ${t("sheet.by", { unit: item.author.seat_name ?? "", person: item.author.person })}`;
  const facts: [string, string][] = [
    [t("sheet.incident"), `${ws.number} ${ws.header.title}`.trim()],
    [words(KINDS[kind]), `${textOf(item)}（${words(stateOf(ws, item))}）`],
    [t("sheet.given"), given],
    [t("sheet.area"), item.fields.area ?? ""],
    [t("sheet.valid"), [from, to].map((at) => (at === null ? "" : when(at))).filter(Boolean).join(" — ")],
    [t("sheet.due"), item.due_ms === null ? "" : when(item.due_ms)],
  ];
  return (
    <dl class="sheet-facts">
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <>
            <dt key={name}>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </dl>
  );
}

/** A time on another day than the one on which it was given says which day. */
function Row({ track, given_ms }: { track: UnitTrack; given_ms: number }): JSX.Element {
  const told = (ms: number): string => shortTime(ms, given_ms);
  const at = (ms: number | undefined): string => (ms === undefined ? t("sheet.never") : told(ms));
  const { times, replies, phoned, urged, late_min } = track;
  return (
    <tr>
      <th scope="row">{track.unit.name}</th>
      <td class="clock">{at(times.delivered)}</td>
      <td class="clock">{at(times.read)}</td>
      <td>
        <span class="clock">{at(times.signed)}</span> {track.person ?? ""}
        {urged.length > 0 && <div class="muted">{`${t("sheet.urged")} ${urged.map(told).join("、")}`}</div>}
      </td>
      <td>
        {replies.length === 0 && t("sheet.never")}
        {replies.map((reply) => (
          <div key={reply.at_ms}>
            <span class="clock">{told(reply.at_ms)}</span> {reply.actor.person}：{reply.text}
          </div>
        ))}
        {late_min !== null && <div class="is-late">▲ {t("sheet.late", { n: late_min })}</div>}
      </td>
      <td>
        {phoned.length === 0 && t("sheet.never")}
        {phoned.map((call) => (
          <div key={call.at_ms}>
            <span class="clock">{told(call.at_ms)}</span> {call.actor.person} {t(call.reached ? "phone.reached" : "phone.not_reached")}
            {call.note !== "" && t("call.note_line", { note: call.note })}
          </div>
        ))}
      </td>
    </tr>
  );
}

const when = (ms: number): string => `${dateOf(ms)} ${clockTime(ms)}`;

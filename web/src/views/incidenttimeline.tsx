/** 时间线: everything that has happened on the incident in one list, with filters; lines are added by hand. */
import { ChevronDown, Plus, Search } from "lucide-preact";
import type { JSX, RefObject } from "preact";
import { useState } from "preact/hooks";

import { noteEntry } from "../actions";
import { boardsInOrder } from "../state/incident";
import { textOf } from "../state/workspace";
import type { Workspace } from "../types/wire";
import { Button, EmptyState } from "../ui/elements";
import { dateOf, say, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { attempt } from "../ui/toast";
import { boardTitle } from "./boards/words";
import { sentenceOf } from "./eventwords";
import { useTimeline } from "./incidenthistory";
import { EVERYTHING, fits, lineOf, type Filter, type Happened, type Line, type LineKind } from "./incidentlines";
import { isOffice, minuteTime, thisMinute, TimeInput } from "./incidentparts";
import { sayerOf, textOfLine } from "./incidentsay";
import { reasonText } from "./reasons";

interface TimelineProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly search: RefObject<HTMLInputElement>;
  readonly onShow: (boardId: string, itemId?: string) => void;
}

export function Timeline({ stream, ws, search, onShow }: TimelineProps): JSX.Element {
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const { history, older } = useTimeline(stream, filter);
  const sayer = sayerOf(ws);
  const lines = history.events
    .flatMap((one) => (one.stream === stream ? (lineOf(one, ws, sayer) ?? []) : ofSession(one, ws)))
    .map((line) => ({ line, text: textOfLine(line) }))
    .filter(({ line, text }) => fits(line, text, filter))
    .sort((a, b) => b.line.when_ms - a.line.when_ms || b.line.recorded.seq - a.line.recorded.seq);
  return (
    <section class="inc-timeline card" aria-labelledby="inc-timeline-title">
      <header class="column-head">
        <h2 id="inc-timeline-title">{t("incident.timeline")}</h2>
        <label class="check">
          <input
            type="checkbox"
            checked={filter.onlyKey}
            onChange={(event) => setFilter({ ...filter, onlyKey: event.currentTarget.checked })}
          />
          {t("incident.timeline_key")}
        </label>
      </header>
      <Filters ws={ws} filter={filter} onFilter={setFilter} search={search} />
      {isOffice() && <AddEntry stream={stream} />}
      <div class="inc-lines" tabIndex={0} role="group" aria-labelledby="inc-timeline-title">
        {history.problem !== null && <p role="alert">{say(history.problem)}</p>}
        {lines.length === 0 && (
          <EmptyState title={t(history.loading ? "app.loading" : "incident.timeline_none")} />
        )}
        <ol>
          {lines.map(({ line, text }, at) => (
            <li key={`${line.recorded.stream} ${line.recorded.seq}`}>
              <Day when_ms={line.when_ms} after_ms={lines[at - 1]?.line.when_ms ?? null} />
              <Row line={line} text={text} ws={ws} onShow={onShow} />
            </li>
          ))}
        </ol>
        {history.before !== null && (
          <Button tone="quiet" icon={ChevronDown} busy={history.loading} onClick={older}>
            {t("incident.timeline_older")}
          </Button>
        )}
        {history.before === null && lines.length > 0 && <p class="muted inc-lines-end">{t("incident.timeline_end")}</p>}
      </div>
    </section>
  );
}

/** What happened in a session held on it, as the session's own list says it. */
function ofSession(recorded: Happened, ws: Workspace): Line[] {
  const nameOf = (venue: string): string => ws.units[venue]?.short_name ?? venue;
  const { key, words } = sentenceOf({ ...recorded, op: null }, nameOf, reasonText);
  const isKey = recorded.event.type === "session.started" || recorded.event.type === "session.ended";
  const weight = isKey || recorded.event.type === "marker.set" ? "key" : "plain";
  const seats = "venue" in recorded.event && typeof recorded.event.venue === "string" ? [recorded.event.venue] : [];
  return [{ recorded, kind: "session", weight, key, params: words, when_ms: recorded.at_ms, item: null, seats }];
}

/** The date stands once, above the first line of a day. */
function Day({ when_ms, after_ms }: { when_ms: number; after_ms: number | null }): JSX.Element | null {
  const day = dateOf(when_ms);
  return after_ms !== null && dateOf(after_ms) === day ? null : <p class="inc-day">{day}</p>;
}

interface RowProps {
  readonly line: Line;
  readonly text: string;
  readonly ws: Workspace;
  readonly onShow: TimelineProps["onShow"];
}

function Row({ line, text, ws, onShow }: RowProps): JSX.Element {
  const { item, recorded, when_ms, weight } = line;
  const { actor, event } = recorded;
  const session = event.type === "workspace.session_linked" ? event.session_id : null;
  const who = actor.role === "hub" ? "" : (ws.units[actor.seat ?? ""]?.short_name ?? actor.seat_name ?? actor.person);
  const board = item === null ? undefined : ws.boards[item.board_id];
  // A line of a team or a task says only its words: which board it is on stands beside.
  const beside = [
    who,
    board === undefined ? "" : boardTitle(board),
    event.type === "workspace.noted" ? t("incident.timeline_noted", { time: minuteTime(recorded.at_ms) }) : "",
  ];
  return (
    <div class={`inc-line ${weight === "key" ? "is-key" : ""} ${weight === "noise" ? "is-noise" : ""}`}>
      <time>{minuteTime(when_ms, when_ms)}</time>
      <div class="inc-line-what">
        {item !== null ? (
          <button
            type="button"
            class="linklike"
            title={t("incident.timeline_open", { text: textOf(item) })}
            onClick={() => onShow(item.board_id, item.item_id)}
          >
            {text}
          </button>
        ) : session !== null ? (
          <Link to={`/session/${session}`}>{text}</Link>
        ) : (
          <span>{text}</span>
        )}
        <span class="inc-line-who">
          {beside.filter((word) => word !== "").join(" · ")}
        </span>
      </div>
    </div>
  );
}

interface FiltersProps {
  readonly ws: Workspace;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly search: RefObject<HTMLInputElement>;
}

function Filters({ ws, filter, onFilter, search }: FiltersProps): JSX.Element {
  const boards = boardsInOrder(ws).filter((one, at, all) => all.findIndex(({ kind }) => kind === one.kind) === at);
  const units = Object.values(ws.units);
  return (
    <div class="inc-filters">
      <span class="search">
        <Search size={16} aria-hidden="true" />
        <input
          ref={search}
          class="input"
          type="search"
          aria-label={t("incident.timeline_search")}
          placeholder={t("incident.timeline_search")}
          value={filter.words}
          onInput={(event) => onFilter({ ...filter, words: event.currentTarget.value })}
        />
      </span>
      <select
        class="input"
        aria-label={t("incident.timeline_kind")}
        value={filter.kind}
        onChange={(event) => onFilter({ ...filter, kind: event.currentTarget.value as LineKind | "" })}
      >
        <option value="">{t("incident.timeline_all")}</option>
        <option value="header">{t("incident.timeline_header")}</option>
        {boards.map((board) => (
          <option key={board.kind} value={board.kind}>
            {boardTitle(board)}
          </option>
        ))}
        <option value="session">{t("incident.timeline_session")}</option>
        <option value="note">{t("incident.timeline_note")}</option>
      </select>
      <select
        class="input"
        aria-label={t("incident.timeline_unit")}
        value={filter.seat}
        onChange={(event) => onFilter({ ...filter, seat: event.currentTarget.value })}
      >
        <option value="">{t("incident.timeline_units")}</option>
        {units.map(({ seat, short_name }) => (
          <option key={seat} value={seat}>
            {short_name}
          </option>
        ))}
      </select>
      <label class="check">
        <input
          type="checkbox"
          checked={filter.withNoise}
          onChange={(event) => onFilter({ ...filter, withNoise: event.currentTarget.checked })}
        />
        {t("incident.timeline_noise")}
      </label>
    </div>
  );
}

/** 补记: a line by hand, now or at a time that is past. */
function AddEntry({ stream }: { stream: string }): JSX.Element {
  const [text, setText] = useState("");
  const [whenMs, setWhen] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || text.trim() === "") return;
    setBusy(true);
    const isDone = await attempt(() => noteEntry(stream, whenMs ?? thisMinute(), text.trim()));
    setBusy(false);
    if (!isDone) return;
    setText((now) => (now === text ? "" : now)); // what was typed meanwhile stays
    setWhen(null);
  };
  return (
    <form class="inc-add-line" onSubmit={(event) => void submit(event)}>
      <input
        class="input"
        aria-label={t("incident.timeline_add_text")}
        placeholder={t("incident.timeline_add_hint")}
        maxLength={500}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== "" && (
        <TimeInput label={t("incident.timeline_add_when")} value={whenMs ?? thisMinute()} onChange={setWhen} />
      )}
      <Button type="submit" icon={Plus} busy={busy} disabled={text.trim() === ""}>
        {t("incident.timeline_add")}
      </Button>
    </form>
  );
}

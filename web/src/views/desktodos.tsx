/** 待办与超期: what waits for the office, the most urgent first; each row leads to where something is done. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { sessionState } from "../state/followed";
import { deskRows, isLate, lateCount, type DeskRow } from "../state/officetodos";
import { bookings, hubNow, presence, second, todos as officeTodos } from "../state/store";
import { todosOf, type Todo, type TodoKind } from "../state/todos";
import { pathTo, want } from "../state/wanted";
import "../styles/desktodos.css";
import type { Booking, TodoKind as OfficeKind, TodoRow } from "../types/wire";
import { Elapsed, Remaining, StateDot, type Shape } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { ExerciseMark } from "../ui/states";
import { announce } from "../ui/toast";
import { watched } from "./deskchoice";

type Sign = readonly [Shape, "warn" | "bad" | "accent" | "muted"];

const SIGNS: Record<TodoKind, Sign> = {
  rings_long: ["triangle", "warn"],
  offline: ["ring", "warn"],
  no_answer: ["triangle", "bad"],
  declined: ["cross", "bad"],
  lost: ["half", "warn"],
  chair_request: ["full", "accent"],
  floor_request: ["full", "accent"],
};

const OFFICE_SIGNS: Record<OfficeKind, Sign> = {
  overdue: ["triangle", "bad"],
  draft: ["full", "accent"],
  soon: ["half", "warn"],
  unsigned: ["ring", "warn"],
  extension: ["full", "accent"],
  adoption: ["full", "accent"],
  nomination: ["full", "accent"],
  review: ["full", "accent"],
  deadline: ["ring", "muted"],
};

function useRows(ids: readonly string[]): DeskRow[] {
  void second.value;
  const now_ms = hubNow();
  const isOnline = (seat: string): boolean => presence.value[seat]?.online === true;
  const ofSessions = ids.flatMap((id) => {
    const { state } = sessionState(id).value;
    return state === null ? [] : todosOf(state, now_ms, isOnline);
  });
  return deskRows(officeTodos.value, ofSessions, bookings.value ?? [], now_ms);
}

export function Todos({ ids }: { ids: readonly string[] }): JSX.Element {
  const rows = useRows(ids);
  const late = lateCount(rows);
  const leftOut = officeTodos.value?.left_out ?? 0;
  useSaid(rows);
  return (
    <section class="desk-todos" aria-labelledby="desk-todos-title">
      <header class="column-head">
        <h2 id="desk-todos-title">{t("desk.todos")}</h2>
        <span class="muted">
          {late > 0 && <span class="is-late">▲ {t("todo.late_n", { n: late })} · </span>}
          {rows.length > 0 ? t("todo.count", { n: rows.length }) : ""}
        </span>
      </header>
      {rows.length === 0 ? (
        <p class="todos-none">{t("desk.todos_none")}</p>
      ) : (
        <ul class="todo-rows" tabIndex={0} aria-labelledby="desk-todos-title">
          {rows.map((row) => (
            <li key={row.key}>
              <AnyRow row={row} />
            </li>
          ))}
          {leftOut > 0 && <li class="todos-none">{t("todo.left_out", { n: leftOut })}</li>}
        </ul>
      )}
    </section>
  );
}

/** What has become late is said, politely, once; what was late when the page came is there to be read. */
function useSaid(rows: readonly DeskRow[]): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  const late = rows.filter(isLate);
  const keys = late.map(({ key }) => key).join("\n");
  useEffect(() => {
    if (officeTodos.peek() === null) return;
    const before = known.current;
    known.current = new Set(late.map(({ key }) => key));
    const fresh = before === null ? undefined : late.find(({ key }) => !before.has(key));
    if (fresh !== undefined) announce(t("todo.now_overdue", { text: fresh.of === "office" ? textOf(fresh.row) : fresh.booking.title }));
  }, [keys]);
}

function textOf({ kind, text, deadline, incident_title }: TodoRow): string {
  return kind === "deadline" && deadline !== null ? `${t(`todo.deadline_${deadline}`)} ${incident_title}` : text;
}

/** As many as a line holds. */
const NAMED = 4;

function named(venues: readonly string[]): string {
  const isAll = venues.length <= NAMED;
  const shown = (isAll ? venues : venues.slice(0, NAMED - 1)).join(t("todo.between"));
  return isAll ? shown : t("todo.and_more", { venues: shown, n: venues.length });
}

function AnyRow({ row }: { row: DeskRow }): JSX.Element {
  switch (row.of) {
    case "phone":
      return (
        <Link class="todo-row" to="/phone">
          <StateDot shape="triangle" tone="bad" word={t("todo.phone", { n: row.units })} />
          <Elapsed since_ms={row.since_ms} />
        </Link>
      );
    case "session":
      return <SessionRow todo={row.todo} />;
    case "office":
      return <OfficeRow row={row.row} late={row.late} />;
    case "booking":
      return <BookingRow booking={row.booking} late={row.late} />;
  }
}

/** 会议: until its time it counts down to it, then from it on, until somebody begins or cancels it. */
function BookingRow({ booking, late }: { booking: Booking; late: boolean }): JSX.Element {
  const { title, starts_ms } = booking;
  return (
    <Link class={late ? "todo-row is-late" : "todo-row"} to="/bookings">
      <StateDot
        shape={late ? "triangle" : "half"}
        tone={late ? "bad" : "warn"}
        word={t(late ? "todo.booking_late" : "todo.booking", { title })}
      />
      <span class={late ? "todo-time is-late" : "todo-time"}>
        {t(late ? "todo.late_for" : "todo.left")} {late ? <Elapsed since_ms={starts_ms} /> : <Remaining until_ms={starts_ms} />}
      </span>
    </Link>
  );
}

function SessionRow({ todo }: { todo: Todo }): JSX.Element {
  const { kind, session_id, venues, since_ms } = todo;
  const [shape, tone] = SIGNS[kind];
  const content = (
    <>
      <StateDot shape={shape} tone={tone} word={t(`todo.${kind}`, { venues: named(venues) })} />
      <Elapsed since_ms={since_ms} />
    </>
  );
  if (kind === "chair_request" || kind === "floor_request") {
    return (
      <Link class="todo-row" to={`/session/${session_id}`}>
        {content}
      </Link>
    );
  }
  return (
    <button type="button" class="todo-row" onClick={() => (watched.value = session_id)}>
      {content}
    </button>
  );
}

function OfficeRow({ row, late }: { row: TodoRow; late: boolean }): JSX.Element {
  const [shape, tone]: Sign = late ? OFFICE_SIGNS.overdue : OFFICE_SIGNS[row.kind];
  return (
    <button
      type="button"
      class={late ? "todo-row is-late" : "todo-row"}
      onClick={() => {
        want(row);
        navigate(pathTo(row));
      }}
    >
      <span class="todo-what">
        <StateDot shape={shape} tone={tone} word={wordOf(row)} />
        <span class="todo-whose">
          <ExerciseMark on={row.exercise} />
          {row.units.length > 0 && <span>{named(row.units)}</span>}
          {row.kind !== "deadline" && row.kind !== "draft" && <span class="muted">{row.incident_title}</span>}
        </span>
      </span>
      <Time row={row} late={late} />
    </button>
  );
}

function wordOf(row: TodoRow): string {
  const { kind, text, incident_title: title, deadline } = row;
  if (kind === "draft") return t("todo.draft", { title });
  if (kind === "deadline") return t("todo.deadline", { name: deadline === null ? "" : t(`todo.deadline_${deadline}`), title });
  return t(`todo.${kind}`, { text });
}

/** 超期 06:12, 剩余 12:00, 已等 03:00: every figure says what it counts. */
function Time({ row, late }: { row: TodoRow; late: boolean }): JSX.Element {
  const { kind, due_ms, since_ms } = row;
  const counts = kind === "deadline" || kind === "soon";
  if (late && due_ms !== null) {
    return (
      <span class="todo-time is-late">
        {t("todo.late_for")} <Elapsed since_ms={due_ms} />
      </span>
    );
  }
  return (
    <span class="todo-time">
      {t(counts ? "todo.left" : "todo.waits")} {counts && due_ms !== null ? <Remaining until_ms={due_ms} /> : <Elapsed since_ms={since_ms} />}
    </span>
  );
}

/** 待办与超期: who is silent, who asks for the chair or the floor; each leads to where something is done. */
import type { JSX } from "preact";

import { sessionState } from "../state/followed";
import { hubNow, presence, second } from "../state/store";
import { todosOf, type Todo, type TodoKind } from "../state/todos";
import "../styles/desktodos.css";
import { Elapsed, StateDot, type Shape } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { watched } from "./deskchoice";

const SIGNS: Record<TodoKind, readonly [Shape, "warn" | "bad" | "accent"]> = {
  rings_long: ["triangle", "warn"],
  offline: ["ring", "warn"],
  no_answer: ["triangle", "bad"],
  declined: ["cross", "bad"],
  lost: ["half", "warn"],
  chair_request: ["full", "accent"],
  floor_request: ["full", "accent"],
};

/** Bookings that are due stand above these, in the same list. */
export function Todos({ ids }: { ids: readonly string[] }): JSX.Element {
  void second.value;
  const isOnline = (seat: string): boolean => presence.value[seat]?.online === true;
  const todos = ids.flatMap((id) => {
    const { state } = sessionState(id).value;
    return state === null ? [] : todosOf(state, hubNow(), isOnline);
  });
  return (
    <section class="desk-todos" aria-labelledby="desk-todos-title">
      <header class="column-head">
        <h2 id="desk-todos-title">{t("desk.todos")}</h2>
        <span class="muted">{todos.length > 0 ? todos.length : ""}</span>
      </header>
      {todos.length === 0 ? (
        <p class="todos-none">{t("desk.todos_none")}</p>
      ) : (
        <ul class="todo-rows" tabIndex={0} aria-labelledby="desk-todos-title">
          {todos.map((one) => (
            <li key={`${one.session_id} ${one.kind} ${one.since_ms}`}>
              <Row todo={one} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** As many as a line holds. */
const NAMED = 4;

function named(venues: readonly string[]): string {
  const isAll = venues.length <= NAMED;
  const shown = (isAll ? venues : venues.slice(0, NAMED - 1)).join(t("todo.between"));
  return isAll ? shown : t("todo.and_more", { venues: shown, n: venues.length });
}

function Row({ todo }: { todo: Todo }): JSX.Element {
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

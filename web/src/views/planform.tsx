/** What a plan says: its words, its boards, its steps as a table, and who takes part and is called. */
import { Plus, Trash2 } from "lucide-preact";
import type { JSX } from "preact";

import { CATEGORIES } from "../state/incident";
import { sorted } from "../state/organisation";
import { organisation } from "../state/store";
import "../styles/spotcheck.css";
import { KINDS } from "../types/kinds";
import type { BoardKind, IncidentCategory, PlanContent, PlanTask, SpeakMode } from "../types/wire";
import { Button, Field } from "../ui/elements";
import { language, t } from "../ui/i18n";
import { LevelChoice } from "./incidentlevel";
import { SeatPicker } from "./seatpicker";

const MODES: readonly SpeakMode[] = ["free", "request", "silent"];
const NEW_TASK: PlanTask = { text: "", role: "", seats: [], groups: [], minutes: 60 };

interface PartProps {
  readonly content: PlanContent;
  readonly change: (news: Partial<PlanContent>) => void;
}

export function PlanFields({ content, change }: PartProps): JSX.Element {
  return (
    <>
      <Words content={content} change={change} />
      <Boards content={content} change={change} />
      <Tasks content={content} change={change} />
      <fieldset class="admin-checks">
        <legend>{t("plan.call")}</legend>
        {sorted(organisation.value.groups).map(({ group_id, name }) => (
          <Check
            key={group_id}
            label={name}
            on={content.groups.includes(group_id)}
            set={() => change({ groups: turned(content.groups, group_id) })}
          />
        ))}
      </fieldset>
      <SeatPicker
        label={t("admin.seats_besides")}
        groupsApart
        chosen={new Set(content.seats)}
        onChoose={(seats) => change({ seats: [...seats] })}
      />
    </>
  );
}

function turned<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((each) => each !== one) : [...all, one];
}

function Words({ content, change }: PartProps): JSX.Element {
  return (
    <>
      <Line label={t("plan.name")} max={40} value={content.name} set={(name) => change({ name })} />
      <Field label={t("incident.field_category")}>
        {({ id }) => (
          <select
            id={id}
            class="input"
            value={content.category}
            onChange={(event) => change({ category: event.currentTarget.value as IncidentCategory })}
          >
            {CATEGORIES.map((one) => (
              <option key={one} value={one}>
                {t(`category.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <LevelChoice level={content.level} onLevel={(level) => change({ level })} />
      <Line
        label={t("plan.session_title")}
        max={80}
        value={content.session_title}
        set={(session_title) => change({ session_title })}
      />
      <Field label={t("admin.mode")}>
        {({ id }) => (
          <select
            id={id}
            class="input"
            value={content.mode}
            onChange={(event) => change({ mode: event.currentTarget.value as SpeakMode })}
          >
            {MODES.map((one) => (
              <option key={one} value={one}>
                {t(`room.mode_${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

function Boards({ content, change }: PartProps): JSX.Element {
  return (
    <fieldset class="admin-checks">
      <legend>{t("plan.boards")}</legend>
      {(Object.keys(KINDS) as BoardKind[]).map((kind) => (
        <Check
          key={kind}
          label={KINDS[kind][language.value === "en" ? "en" : "zh"]}
          on={content.boards.includes(kind)}
          set={() => change({ boards: turned(content.boards, kind) })}
        />
      ))}
    </fieldset>
  );
}

function Tasks({ content, change }: PartProps): JSX.Element {
  const { tasks } = content;
  const edit = (place: number, news: Partial<PlanTask>): void =>
    change({ tasks: tasks.map((task, at) => (at === place ? { ...task, ...news } : task)) });
  return (
    <section class="plan-tasks" aria-labelledby="plan-tasks-title">
      <h3 id="plan-tasks-title">
        {t("plan.tasks")} <span class="muted">{tasks.length}</span>
      </h3>
      <ol>
        {tasks.map((task, place) => (
          <li key={place}>
            <Task task={task} n={place + 1} change={(news) => edit(place, news)} />
            <Button
              size="small"
              tone="quiet"
              icon={Trash2}
              onClick={() => change({ tasks: tasks.filter((_, at) => at !== place) })}
            >
              {t("plan.remove_task", { n: place + 1 })}
            </Button>
          </li>
        ))}
      </ol>
      <Button size="small" icon={Plus} onClick={() => change({ tasks: [...tasks, NEW_TASK] })}>
        {t("plan.add_task")}
      </Button>
    </section>
  );
}

interface TaskProps {
  readonly task: PlanTask;
  readonly n: number;
  readonly change: (news: Partial<PlanTask>) => void;
}

function Task({ task, n, change }: TaskProps): JSX.Element {
  const { groups, seats } = organisation.value;
  const named = [
    ...task.groups.map((id) => groups[id]?.name ?? id),
    ...task.seats.map((id) => seats[id]?.short_name ?? id),
  ].join(t("todo.between"));
  return (
    <div class="plan-task" role="group" aria-label={t("plan.task_n", { n })}>
      <input
        class="input plan-task-text"
        aria-label={t("plan.task")}
        placeholder={t("plan.task")}
        maxLength={2000}
        value={task.text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <input
        class="input plan-task-role"
        aria-label={t("plan.role")}
        placeholder={t("plan.role")}
        maxLength={60}
        value={task.role}
        onInput={(event) => change({ role: event.currentTarget.value })}
      />
      <input
        class="input plan-task-minutes"
        type="number"
        min={0}
        max={43200}
        aria-label={t("plan.minutes")}
        placeholder={t("plan.minutes")}
        value={task.minutes ?? ""}
        onInput={(event) => change({ minutes: minutesIn(event.currentTarget.value) })}
      />
      <details class="plan-task-units">
        <summary aria-label={t("plan.choose_units", { n })}>
          {t("plan.units")}：{named === "" ? t("plan.nobody") : named}
        </summary>
        <div class="admin-checks">
          {sorted(groups).map(({ group_id, name }) => (
            <Check
              key={group_id}
              label={name}
              on={task.groups.includes(group_id)}
              set={() => change({ groups: turned(task.groups, group_id) })}
            />
          ))}
        </div>
        <SeatPicker
          label={t("admin.seats_besides")}
          groupsApart
          chosen={new Set(task.seats)}
          onChoose={(chosen) => change({ seats: [...chosen] })}
        />
      </details>
    </div>
  );
}

function minutesIn(text: string): number | null {
  const minutes = Math.round(Number(text));
  return text.trim() === "" || !Number.isFinite(minutes) ? null : Math.min(43_200, Math.max(0, minutes));
}

interface LineProps {
  readonly label: string;
  readonly max: number;
  readonly value: string;
  readonly set: (value: string) => void;
}

function Line({ label, max, value, set }: LineProps): JSX.Element {
  return (
    <Field label={label}>
      {({ id }) => (
        <input
          id={id}
          class="input"
          maxLength={max}
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Check({ label, on, set }: { label: string; on: boolean; set: () => void }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={set} />
      {label}
    </label>
  );
}

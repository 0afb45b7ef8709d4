/** 抽查: the checks there have been, and the form that starts one; the draw is the hub's. */
import { ClipboardList, Dices, ListChecks } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { startSpotCheck } from "../actions";
import { hubNow, line, spotchecks } from "../state/store";
import "../styles/deskcall.css";
import "../styles/recordings.css";
import "../styles/spotcheck.css";
import type { Seat, SpotCheckSummary } from "../types/wire";
import { Badge, Button, EmptyState, Field, StateDot } from "../ui/elements";
import { clockTime, dateOf, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate } from "../ui/router";
import { attempt } from "../ui/toast";
import { groups, groupsBesideLevels } from "./deskchoice";
import { SeatPicker } from "./seatpicker";

const TITLE_MAX = 80;
const COUNT = 10;

export function SpotChecks(): JSX.Element {
  return (
    <div class="spotchecks">
      <Start />
      <section class="card" aria-labelledby="spotchecks-title">
        <h1 id="spotchecks-title">{t("spotcheck.title")}</h1>
        <List />
      </section>
    </div>
  );
}

function defaultItems(): string {
  return [t("spotcheck.item_1"), t("spotcheck.item_2"), t("spotcheck.item_3"), t("spotcheck.item_4")].join("\n");
}

function Start(): JSX.Element {
  const [title, setTitle] = useState("");
  const [draws, setDraws] = useState(true);
  const [pool, setPool] = useState<ReadonlySet<string>>(new Set(["city"]));
  const [seats, setSeats] = useState<ReadonlySet<string>>(new Set());
  const [count, setCount] = useState(COUNT);
  const [items, setItems] = useState(defaultItems);
  const [busy, setBusy] = useState(false);
  const ofPool = pools().filter(({ key }) => pool.has(key));
  const poolSeats = [...new Set(ofPool.flatMap(({ seats }) => seats))];
  const chosen = groups.value.flatMap((group) => group.seats).filter((seat) => seats.has(seat.seat_id));
  const from = draws ? poolSeats : chosen;
  const fits = draws ? count >= 1 && count <= poolSeats.length : chosen.length > 0;
  const named = title.trim() === "" ? t("spotcheck.default_name", { date: dateOf(hubNow()) }) : title.trim();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy || !fits) return;
    setBusy(true);
    await attempt(async () => {
      const label = ofPool.map(({ name }) => name).join("、");
      const id = await startSpotCheck({
        title: named,
        seats: from.map((seat) => seat.seat_id),
        draw: draws ? { label, count } : null,
        items: items
          .split("\n")
          .map((item) => item.trim())
          .filter((item) => item !== ""),
      });
      navigate(`/spotchecks/${id}`);
    });
    setBusy(false);
  };
  return (
    <form class="card spotcheck-start" aria-labelledby="spotcheck-new" onSubmit={(event) => void submit(event)}>
      <h2 id="spotcheck-new">{t("spotcheck.new")}</h2>
      <Field label={t("spotcheck.name")}>
        {({ id }) => (
          <input
            id={id}
            class="input"
            maxLength={TITLE_MAX}
            placeholder={named}
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </Field>
      <fieldset class="segments">
        <legend class="visually-hidden">{t("spotcheck.way")}</legend>
        {[true, false].map((way) => (
          <label key={String(way)}>
            <input type="radio" name="way" checked={draws === way} onChange={() => setDraws(way)} />
            <span>{t(way ? "spotcheck.way_draw" : "spotcheck.way_choose")}</span>
          </label>
        ))}
      </fieldset>
      {draws ? (
        <Pool pool={pool} onPool={setPool} count={count} onCount={setCount} size={poolSeats.length} />
      ) : (
        <SeatPicker label={t("spotcheck.seats")} chosen={seats} onChoose={setSeats} />
      )}
      <Field label={t("spotcheck.items")}>
        {({ id }) => (
          <textarea
            id={id}
            class="input"
            rows={4}
            value={items}
            onInput={(event) => setItems(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        tone="accent"
        size="large"
        icon={draws ? Dices : ListChecks}
        busy={busy}
        disabled={!fits || line.value.state !== "online"}
      >
        {t(draws ? "spotcheck.draw" : "spotcheck.start")}
      </Button>
    </form>
  );
}

interface PoolPart {
  readonly key: string;
  readonly name: string;
  readonly seats: readonly Seat[];
}

/** From what can be drawn: a level, or one of the office's own groups. */
function pools(): PoolPart[] {
  return [
    ...groups.value.map(({ level, seats }) => ({ key: level, name: t(`level.${level}`), seats })),
    ...groupsBesideLevels.value.map(({ group, seats }) => ({ key: `group:${group.group_id}`, name: group.name, seats })),
  ];
}

interface PoolProps {
  readonly pool: ReadonlySet<string>;
  readonly onPool: (pool: ReadonlySet<string>) => void;
  readonly count: number;
  readonly onCount: (count: number) => void;
  readonly size: number;
}

function Pool({ pool, onPool, count, onCount, size }: PoolProps): JSX.Element {
  const turn = (key: string, on: boolean): void => {
    const next = new Set(pool);
    if (on) next.add(key);
    else next.delete(key);
    onPool(next);
  };
  return (
    <>
      <fieldset class="pool">
        <legend>{t("spotcheck.pool")}</legend>
        {pools().map(({ key, name, seats }) => (
          <label key={key} class="check">
            <input type="checkbox" checked={pool.has(key)} onChange={(event) => turn(key, event.currentTarget.checked)} />
            {name} <span class="muted">{seats.length}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t("spotcheck.count")} hint={`${t("spotcheck.pool_of", { n: size })}。${t("spotcheck.pool_hint")}`}>
        {({ id, describedBy }) => (
          <input
            id={id}
            class="input spotcheck-count"
            type="number"
            min={1}
            max={Math.max(1, size)}
            aria-describedby={describedBy}
            value={count}
            onInput={(event) => onCount(Number(event.currentTarget.value))}
          />
        )}
      </Field>
    </>
  );
}

function List(): JSX.Element {
  const rows = spotchecks.value;
  if (rows === null) return <EmptyState title={t("app.loading")} />;
  if (rows.length === 0) {
    return (
      <EmptyState icon={ClipboardList} title={t("spotcheck.empty")}>
        {t("spotcheck.empty_help")}
      </EmptyState>
    );
  }
  return (
    <table class="recordings-table">
      <thead>
        <tr>
          <th scope="col">{t("spotcheck.col_date")}</th>
          <th scope="col">{t("spotcheck.col_title")}</th>
          <th scope="col">{t("spotcheck.col_person")}</th>
          <th scope="col" class="number">{t("spotcheck.col_rows")}</th>
          <th scope="col" class="number">{t("spotcheck.col_answered")}</th>
          <th scope="col" class="number">{t("spotcheck.col_problems")}</th>
          <th scope="col">{t("spotcheck.col_state")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.check_id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: SpotCheckSummary }): JSX.Element {
  const isOpen = row.closed_ms === null;
  return (
    <tr>
      <td>
        {dateOf(row.started_ms)} {clockTime(row.started_ms).slice(0, 5)}
      </td>
      <td class="cell-title">
        <Link to={`/spotchecks/${row.check_id}`}>{row.title}</Link>
        {row.drawn && <Badge>{t("spotcheck.drawn")}</Badge>}
      </td>
      <td>{row.person}</td>
      <td class="number">{row.rows}</td>
      <td class="number">{t("spotcheck.rate_of", { answered: row.answered, called: row.called })}</td>
      <td class="number">{row.problems}</td>
      <td>
        <StateDot
          shape={isOpen ? "half" : "full"}
          tone={isOpen ? "accent" : "good"}
          word={t(isOpen ? "spotcheck.open" : "spotcheck.closed")}
        />
      </td>
    </tr>
  );
}

/** Above the rows: what the board is for, how much there is, what is shown of it, and how it is taken away. */
import { ChevronDown, ChevronUp, Download, Map as MapIcon, Printer, Search, SlidersHorizontal, X } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { download } from "../../link/download";
import type { Row } from "../../state/outbox";
import { isCounted, isOpen, isOverdue, valueOf } from "../../state/workspace";
import { KINDS } from "../../types/kinds";
import { Button, StateDot } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { Menu } from "../../ui/menu";
import { attempt } from "../../ui/toast";
import { filtersOf, EVERYTHING, type Choice, type GroupBy, type SortBy } from "./choice";
import { isClaim, leadOf } from "./columns";
import type { Context } from "./context";
import { boardTitle, labelOf, said } from "./words";

interface HeadProps {
  readonly of: Context;
  readonly rows: readonly Row[];
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

const KEPT = "huishang.boards.guide";

export function Head({ of, rows, choice, onChoose }: HeadProps): JSX.Element {
  const [guided, setGuided] = useState(() => readGuided(of));
  const [filtering, setFiltering] = useState(!of.compact || filtersOf(choice) > 0);
  const turn = (): void => {
    keepGuided(of, !guided);
    setGuided(!guided);
  };
  return (
    <header class="bv-head">
      <div class="bv-title">
        <h2>{boardTitle(of.board)}</h2>
        <Counts of={of} rows={rows} choice={choice} onChoose={onChoose} />
        <span class="bv-tools">
          <Button size="small" tone="quiet" icon={guided ? ChevronUp : ChevronDown} pressed={guided} onClick={turn}>
            {t("boards.guide")}
          </Button>
          {of.compact && (
            <Button size="small" tone="quiet" icon={SlidersHorizontal} pressed={filtering} onClick={() => setFiltering(!filtering)}>
              {filtersOf(choice) > 0 ? t("boards.filters_on", { n: filtersOf(choice) }) : t("boards.filter")}
            </Button>
          )}
          <Button
            size="small"
            tone="quiet"
            icon={MapIcon}
            pressed={choice.view === "map"}
            onClick={() => onChoose({ ...choice, view: choice.view === "map" ? "" : "map" })}
          >
            {t("boards.map")}
          </Button>
          {of.at_ms === null && <TakeAway of={of} />}
        </span>
      </div>
      {guided && <Guide of={of} />}
      {filtering && <Toolbar of={of} rows={rows} choice={choice} onChoose={onChoose} />}
    </header>
  );
}

/** The three lines: what it is for, who writes, what is asked of whom. */
function Guide({ of }: { of: Context }): JSX.Element {
  const kind = KINDS[of.kind];
  return (
    <dl class="bv-guide">
      <div>
        <dt>{t("boards.purpose")}</dt>
        <dd>{said(kind.purpose)}</dd>
      </div>
      <div>
        <dt>{t("boards.writers")}</dt>
        <dd>{said(kind.writers)}</dd>
      </div>
      <div>
        <dt>{t("boards.asks")}</dt>
        <dd>{said(kind.asks)}</dd>
      </div>
    </dl>
  );
}

/** Whether the three lines are shown is remembered for each kind; in a narrow panel they begin folded. */
function readGuided(of: Context): boolean {
  try {
    const kept = localStorage.getItem(`${KEPT}.${of.kind}`);
    return kept === null ? !of.compact : kept === "1";
  } catch {
    return !of.compact;
  }
}

function keepGuided(of: Context, guided: boolean): void {
  try {
    localStorage.setItem(`${KEPT}.${of.kind}`, guided ? "1" : "0");
  } catch {
    // without storage it lasts as long as the page
  }
}

/** Counts are filters as well: one press shows what is meant. */
function Counts({ of, rows, choice, onChoose }: HeadProps): JSX.Element {
  const valid = rows.filter(({ item }) => item.voided === null);
  const overdue = valid.filter(({ item }) => isOverdue(of.ws, item, of.now_ms)).length;
  const unverified = valid.filter(({ item }) => valueOf(of.kind, item, "credibility") === "unverified").length;
  const open = valid.filter(({ item }) => isOpen(of.ws, item)).length;
  const wishes = rows.flatMap((row) => row.wishes);
  const troubled = wishes.filter(({ state }) => state === "conflict" || state === "refused").length;
  const unsent = wishes.length - troubled;
  return (
    <p class="bv-counts">
      <span>{t("boards.count", { n: valid.length })}</span>
      {isCounted(of.kind) && open !== valid.length && <span>{t("boards.count_open", { n: open })}</span>}
      {overdue > 0 && (
        <button type="button" class="bv-link" aria-pressed={choice.overdue} onClick={() => onChoose({ ...choice, overdue: !choice.overdue })}>
          <StateDot shape="triangle" tone="bad" word={t("boards.count_overdue", { n: overdue })} />
        </button>
      )}
      {isClaim(of.kind) && unverified > 0 && (
        <button
          type="button"
          class="bv-link"
          aria-pressed={choice.unverified}
          onClick={() => onChoose({ ...choice, unverified: !choice.unverified })}
        >
          {t("boards.count_unverified", { n: unverified })}
        </button>
      )}
      {unsent > 0 && <StateDot shape="half" tone="warn" word={t("boards.count_unsent", { n: unsent })} />}
      {troubled > 0 && <StateDot shape="triangle" tone="warn" word={t("boards.count_troubled", { n: troubled })} />}
    </p>
  );
}

function TakeAway({ of }: { of: Context }): JSX.Element {
  const path = `/api/workspaces/${encodeURIComponent(of.stream)}/boards/${encodeURIComponent(of.board.board_id)}`;
  const save = (ending: "csv" | "xlsx" | "pdf"): void => void attempt(() => download(`${path}.${ending}`));
  return (
    <Menu
      label={t("boards.export")}
      icon={Download}
      class="small quiet"
      bare={of.compact}
      items={[
        { text: t("boards.export_xlsx"), run: () => save("xlsx") },
        { text: t("boards.export_csv"), run: () => save("csv") },
        { text: t("boards.export_pdf"), run: () => save("pdf") },
        { text: t("boards.print"), icon: Printer, run: () => window.print(), apart: true },
      ]}
    />
  );
}

// --- filter, group, sort, search ------------------------------------------------------------------

function Toolbar({ of, rows, choice, onChoose }: HeadProps): JSX.Element {
  const units = unitsIn(rows);
  const lead = leadOf(of.kind);
  const set = (change: Partial<Choice>): void => onChoose({ ...choice, ...change });
  return (
    <div class="bv-toolbar" role="search" aria-label={t("boards.filter")}>
      <label class="search">
        <Search size={16} aria-hidden="true" />
        <input
          class="input"
          type="search"
          data-board-search=""
          aria-label={t("boards.search")}
          placeholder={t("boards.search")}
          value={choice.q}
          onInput={(event) => set({ q: event.currentTarget.value })}
        />
      </label>
      <Select label={t("boards.filter_state")} value={choice.state} onChange={(state) => set({ state })}>
        <option value="">{t("boards.all_states")}</option>
        <option value="open">{t("boards.state_open")}</option>
        {KINDS[of.kind].states.map((state) => (
          <option key={state.value} value={state.value}>
            {said(state)}
          </option>
        ))}
      </Select>
      {units.length > 1 && (
        <Select label={t("boards.filter_unit")} value={choice.unit} onChange={(unit) => set({ unit })}>
          <option value="">{t("boards.all_units")}</option>
          {units.map(([seat, name]) => (
            <option key={seat} value={seat}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Select label={t("boards.group_by")} value={choice.group} onChange={(group) => set({ group: group as GroupBy })}>
        <option value="">{t("boards.group_none")}</option>
        <option value="state">{t("boards.group_state")}</option>
        <option value="unit">{t("boards.group_unit")}</option>
        {lead !== null && <option value="category">{t("boards.group_lead", { name: labelOf(of.kind, lead) })}</option>}
      </Select>
      <Select label={t("boards.sort_by")} value={choice.sort} onChange={(sort) => set({ sort: sort as SortBy })}>
        <option value="">{t("boards.sort_board")}</option>
        <option value="updated">{t("boards.sort_updated")}</option>
        <option value="created">{t("boards.sort_created")}</option>
        <option value="as_of">{t("boards.sort_as_of")}</option>
        <option value="due">{t("boards.sort_due")}</option>
      </Select>
      <Button size="small" pressed={choice.overdue} onClick={() => set({ overdue: !choice.overdue })}>
        {t("boards.only_overdue")}
      </Button>
      {isClaim(of.kind) && (
        <Button size="small" pressed={choice.unverified} onClick={() => set({ unverified: !choice.unverified })}>
          {t("boards.only_unverified")}
        </Button>
      )}
      {of.me !== null && (
        <Button size="small" pressed={choice.mine} onClick={() => set({ mine: !choice.mine })}>
          {t("boards.only_mine")}
        </Button>
      )}
      {filtersOf(choice) > 0 && (
        <Button
          size="small"
          tone="quiet"
          icon={X}
          onClick={() => onChoose({ ...EVERYTHING, group: choice.group, sort: choice.sort, view: choice.view, voided: choice.voided })}
        >
          {t("boards.filters_off")}
        </Button>
      )}
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: JSX.Element | (JSX.Element | JSX.Element[] | false)[];
}

function Select({ label, value, onChange, children }: SelectProps): JSX.Element {
  return (
    <select class="input" aria-label={label} title={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {children}
    </select>
  );
}

/** Units that have written or are asked on this board, by the names they had then. */
function unitsIn(rows: readonly Row[]): [string, string][] {
  const found = new Map<string, string>();
  for (const { item } of rows) {
    if (item.author.seat !== null) found.set(item.author.seat, item.author.seat_name ?? item.author.seat);
    for (const { unit } of Object.values(item.tracks)) found.set(unit.seat, unit.name);
  }
  return [...found].sort(([, a], [, b]) => a.localeCompare(b, "zh-CN"));
}

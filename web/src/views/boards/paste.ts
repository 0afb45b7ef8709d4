/** A table from a spreadsheet becomes rows of a board: columns by their names, or by their order. Pure. */
import { fieldsOf } from "../../state/workspace";
import type { Field } from "../../types/kinds";
import type { BoardKind } from "../../types/wire";

export type Table = readonly (readonly string[])[];

/** Two columns or two lines at least: anything less is words, not a table. */
export function isTable(table: Table): boolean {
  return table.length > 1 || (table[0]?.length ?? 0) > 1;
}

/** Excel's and LibreOffice's plain form: tabs between cells, quotes around cells with tabs, quotes or line ends. */
export function fromText(text: string): Table {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const flush = (): void => {
    rows.at(-1)?.push(cell.trim());
    cell = "";
  };
  const all = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let at = 0; at < all.length; at += 1) {
    const sign = all[at] ?? "";
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (all[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") flush();
    else if (sign === "\n") {
      flush();
      rows.push([]);
    } else cell += sign;
  }
  flush();
  return rows.filter((row) => row.some((one) => one !== ""));
}

/** The first table of a piece of HTML; the parser runs nothing and loads nothing of it. */
export function fromHtml(html: string): Table {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (table === null) return [];
  const rows = [...table.querySelectorAll("tr")].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim()),
  );
  return rows.filter((row) => row.some((one) => one !== ""));
}

// --- which column is which field ------------------------------------------------------------------

/** `units`: whom it is asked of; null: a column that no field answers to. */
export type Target = string | null;

export interface Mapped {
  readonly targets: readonly Target[];
  /** Names of the columns, empty where the table has none. */
  readonly head: readonly string[];
  readonly rows: Table;
}

export interface Named {
  readonly seat: string;
  readonly name: string;
  readonly short_name: string;
}

const UNITS = "units";
const UNIT_NAMES = ["承办单位", "责任单位", "接收单位", "被查单位", "单位", "units", "unit"];
/** What spreadsheets call the fields besides their own names. */
const ALIASES: Readonly<Record<string, string>> = {
  事项: "text",
  名称: "text",
  隐患: "text",
  任务: "text",
  情况: "text",
  description: "text",
  描述: "body",
  备注: "body",
  说明: "body",
  位置: "place",
  期限: "due",
  完成时限: "due",
  整改期限: "due",
  截止时间: "due",
  deadline: "due",
  联系人: "contact",
  联系电话: "phone",
  等级: "risk",
};

/** Which field each column of the head is for, or null where less than one column of it has a known name. */
function byNames(head: readonly string[], kind: BoardKind, asksUnits: boolean): Target[] | null {
  const fields = fieldsOf(kind);
  const targets = head.map((name): Target => {
    const plain = normal(name);
    if (asksUnits && UNIT_NAMES.includes(plain)) return UNITS;
    const alias = ALIASES[plain];
    const field = fields.find((one) => [one.zh, one.en, one.name].some((known) => normal(known) === plain));
    return field?.name ?? fields.find(({ name: known }) => known === alias)?.name ?? null;
  });
  const known = targets.filter((target) => target !== null).length;
  return known === 0 ? null : targets;
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[\s*:：]/g, "").replace(/[（(].*[)）]$/, "");
}

/** `order`: the fields in which a table without a head is read. */
export function mapped(table: Table, kind: BoardKind, order: readonly string[], asksUnits: boolean): Mapped {
  const [first = []] = table;
  const width = Math.max(0, ...table.map((row) => row.length));
  const named = byNames(first, kind, asksUnits);
  // One line alone is data, and so is a first line in which only a value looks like a name.
  const hasHead = named !== null && table.length > 1 && (named.includes("text") || known(named) * 2 >= first.length);
  if (hasHead) return { targets: padded(named, width), head: first, rows: table.slice(1) };
  return { targets: padded(order.slice(0, width), width), head: [], rows: table };
}

function known(targets: readonly Target[]): number {
  return targets.filter((target) => target !== null).length;
}

function padded(targets: readonly Target[], width: number): Target[] {
  return Array.from({ length: width }, (_, at) => targets[at] ?? null);
}

// --- cells become values --------------------------------------------------------------------------

export interface Pasted {
  readonly fields: Readonly<Record<string, string>>;
  readonly units: readonly string[];
  /** Cells that were not understood: by field, as they stood. They are left out, and said so. */
  readonly unread: Readonly<Record<string, string>>;
}

export function itemsOf(table: Mapped, kind: BoardKind, units: readonly Named[], now_ms: number): Pasted[] {
  const fields = new Map(fieldsOf(kind).map((field) => [field.name, field]));
  return table.rows.map((row) => {
    const found: Record<string, string> = {};
    const unread: Record<string, string> = {};
    let seats: string[] = [];
    table.targets.forEach((target, at) => {
      const cell = row[at] ?? "";
      if (target === null || cell === "") return;
      if (target === UNITS) {
        const named = seatsNamed(cell, units);
        seats = named.seats;
        if (named.unknown !== "") unread[UNITS] = named.unknown;
        return;
      }
      const field = fields.get(target);
      const value = field === undefined ? null : valueIn(field, cell, now_ms);
      if (value === null) unread[target] = cell;
      else found[target] = value;
    });
    return { fields: found, units: seats, unread };
  });
}

/** The value that a cell says, as the hub keeps it; null where it does not. */
export function valueIn(field: Field, cell: string, now_ms: number): string | null {
  switch (field.type) {
    case "choice": {
      const plain = normal(cell);
      const found = field.choices.find(({ value, zh, en }) => [value, zh, en].some((one) => normal(one) === plain));
      return found?.value ?? null;
    }
    case "number": {
      const digits = halfWidth(cell).replace(/[,，\s]/g, "");
      return /^-?\d{1,12}(\.\d{1,9})?$/.test(digits) ? digits : null;
    }
    case "time": {
      const ms = timeIn(cell, now_ms);
      return ms === null ? null : String(ms);
    }
    case "long":
      return cell;
    default:
      return cell.replace(/\s+/g, " ");
  }
}

function halfWidth(text: string): string {
  return text.replace(/[０-９．－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** 2026-07-20 10:32, 2026/7/20, 7月20日10时, 10:32: what is not said is taken from now. */
export function timeIn(cell: string, now_ms: number): number | null {
  const text = halfWidth(cell).trim();
  const clock = /(\d{1,2})\s*[:：时点]\s*(\d{1,2})?/.exec(text);
  const day = /(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text);
  if (clock === null && day === null) return null;
  const now = new Date(now_ms);
  const year = Number(day?.[1] ?? now.getFullYear());
  const month = day === null ? now.getMonth() : Number(day[2]) - 1;
  const date = day === null ? now.getDate() : Number(day[3]);
  const [hour, minute] = clock === null ? [0, 0] : [Number(clock[1]), Number(clock[2] ?? 0)];
  if (month > 11 || date < 1 || date > 31 || hour > 24 || minute > 59) return null;
  return new Date(year, month, date, hour, minute).getTime();
}

/** 郑州、开封市委值班室: whoever is named by its short or full name, or by its key. */
export function seatsNamed(cell: string, units: readonly Named[]): { seats: string[]; unknown: string } {
  const seats: string[] = [];
  const unknown: string[] = [];
  for (const word of cell.split(/[、,，;；\s]+/).filter(Boolean)) {
    const found = units.find(({ seat, name, short_name }) =>
      [seat, name, short_name, `${short_name}市`].some((one) => one.toLowerCase() === word.toLowerCase()),
    );
    if (found === undefined) unknown.push(word);
    else if (!seats.includes(found.seat)) seats.push(found.seat);
  }
  return { seats, unknown: unknown.join("、") };
}

/** The words of an incident's timeline, and where they come from: locales, the table of kinds, the units. */
import { COUNTS } from "../state/incident";
import { organisation } from "../state/store";
import { fieldOf } from "../state/workspace";
import { KINDS } from "../types/kinds";
import type { EventLevel, Status, Workspace } from "../types/wire";
import { t } from "../ui/i18n";
import type { HeaderField } from "../state/incident";
import { progressWord, said } from "./boards/words";
import type { Line, Sayer } from "./incidentlines";
import { minuteTime } from "./incidentparts";

/** As many names as a line holds. */
const NAMED = 4;

export function sayerOf(ws: Workspace): Sayer {
  const nameOf = (seat: string): string =>
    ws.units[seat]?.short_name ?? organisation.value.seats[seat]?.short_name ?? seat;
  return {
    level: (level) => t(`eventlevel.${level as EventLevel}`),
    response: (response) => (response === "" ? t("response.none") : t(`response.${response as EventLevel}`)),
    status: (status) => t(`incidentstatus.${status as Status}`),
    fields: (names) => list(names.map((name) => t(`incident.field_${name as HeaderField}`))),
    deadline: (name) => t(`deadline.${name as "phone" | "written" | "followup"}`),
    counts: ({ entry }) =>
      list(COUNTS.flatMap((name) => (entry[name] === null ? [] : [`${t(`incident.${name}`)} ${entry[name]}`]))),
    units: (seats) => {
      const names = seats.slice(0, NAMED).map(nameOf);
      if (seats.length <= NAMED) return list(names);
      return t("incidents.silent_more", { names: list(names.slice(0, NAMED - 1)), n: seats.length });
    },
    state: (kind, state) => {
      const found = KINDS[kind].states.find(({ value }) => value === state);
      return found === undefined ? state : said(found);
    },
    itemFields: (kind, names) => {
      const found = names.flatMap((name) => fieldOf(kind, name) ?? []);
      return list(found.map(said));
    },
    progress: (kind, state) => progressWord(state, kind),
    time: minuteTime,
  };
}

const list = (parts: readonly string[]): string => parts.join(t("incidents.between"));

export function textOfLine(line: Line): string {
  return t(line.key, line.params);
}

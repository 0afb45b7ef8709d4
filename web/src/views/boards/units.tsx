/** Choosing units: by a group, by typing a name, one by one; what is chosen stands there as chips. */
import { X } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { organisation } from "../../state/store";
import { seatsOf, sorted } from "../../state/organisation";
import type { Level, Workspace } from "../../types/wire";
import { Button, Dialog } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { VenueChecks, type Choice } from "../venuepicker";
import type { Context } from "./context";
import type { Named } from "./paste";

const LEVELS: readonly Level[] = ["dept", "city", "county"];

/** Units that may be asked: all offices but this one, those that take part already first. */
export function unitsFor(ws: Workspace, own: string | null): Named[] {
  const { seats } = organisation.value;
  const there = LEVELS.flatMap((level) => seatsOf(organisation.value, level)).map(({ seat_id, name, short_name }) => ({
    seat: seat_id,
    name,
    short_name,
  }));
  const gone = Object.values(ws.units).filter(({ seat, level }) => !(seat in seats) && level !== "province");
  return [...there, ...gone].filter(({ seat }) => seat !== own);
}

interface NamedGroup {
  readonly name: string;
  readonly seats: readonly string[];
}

function groupsFor(units: readonly Named[]): NamedGroup[] {
  const known = new Set(units.map(({ seat }) => seat));
  const levels = LEVELS.map((level) => ({
    name: t(`level.${level}`),
    seats: seatsOf(organisation.value, level).map(({ seat_id }) => seat_id),
  }));
  const named = sorted(organisation.value.groups).map(({ name, seats }) => ({ name, seats }));
  return [...levels, ...named]
    .map(({ name, seats }) => ({ name, seats: seats.filter((seat) => known.has(seat)) }))
    .filter(({ seats }) => seats.length > 1);
}

interface DialogProps {
  readonly title: string;
  readonly of: Context;
  readonly chosen?: readonly string[];
  /** Those that cannot be chosen any more. */
  readonly without?: readonly string[];
  /** Only units that take part already. */
  readonly onlyPart?: boolean;
  readonly onChoose: (seats: readonly string[]) => void;
  readonly onClose: () => void;
}

export function UnitDialog(props: DialogProps): JSX.Element {
  const { title, of, chosen = [], without = [], onlyPart = false, onChoose, onClose } = props;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(chosen));
  const units = unitsFor(of.ws, of.me?.seat ?? null).filter(
    ({ seat }) => !without.includes(seat) && (!onlyPart || seat in of.ws.units),
  );
  const choices: Choice[] = units.map(({ seat, name, short_name }) => ({ key: seat, name, short_name }));
  const done = (): void => {
    onClose();
    onChoose(units.filter(({ seat }) => ticked.has(seat)).map(({ seat }) => seat));
  };
  return (
    <Dialog
      title={title}
      class="bv-units-dialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("do.cancel")}</Button>
          <Button tone="accent" disabled={ticked.size === 0 && chosen.length === 0} onClick={done}>
            {t("boards.units_chosen", { n: ticked.size })}
          </Button>
        </>
      }
    >
      <div class="bv-chips" role="group" aria-label={t("boards.groups")}>
        {groupsFor(units).map(({ name, seats }) => {
          const isOn = seats.every((seat) => ticked.has(seat));
          return (
            <Button
              key={name}
              size="small"
              pressed={isOn}
              onClick={() => setTicked(isOn ? less(ticked, seats) : new Set([...ticked, ...seats]))}
            >
              {`${name} ${seats.length}`}
            </Button>
          );
        })}
      </div>
      <VenueChecks choices={choices} ticked={ticked} onTick={setTicked} />
    </Dialog>
  );
}

function less(ticked: ReadonlySet<string>, seats: readonly string[]): Set<string> {
  return new Set([...ticked].filter((seat) => !seats.includes(seat)));
}

interface ChipsProps {
  readonly of: Context;
  readonly chosen: readonly string[];
  readonly onChange: (seats: readonly string[]) => void;
}

/** Beside a new line: groups in one press, a name typed, and what is chosen so far. */
export function UnitChips({ of, chosen, onChange }: ChipsProps): JSX.Element {
  const [picking, setPicking] = useState(false);
  const units = unitsFor(of.ws, of.me?.seat ?? null);
  const named = new Map(units.map((unit) => [unit.seat, unit.short_name]));
  const part = Object.keys(of.ws.units).filter((seat) => named.has(seat));
  const groups = [{ name: t("boards.all_part"), seats: part }, ...groupsFor(units)].filter(({ seats }) => seats.length > 1);
  const whole = groups.find(({ seats }) => seats.length === chosen.length && seats.every((seat) => chosen.includes(seat)));
  return (
    <div class="bv-unitchips" role="group" aria-label={t("boards.asked_of")}>
      <span class="muted">{t("boards.asked_of")}</span>
      {whole !== undefined || chosen.length > 6 ? (
        <Chip text={whole === undefined ? t("boards.n_units", { n: chosen.length }) : `${whole.name} ${chosen.length}`} onRemove={() => onChange([])} />
      ) : (
        chosen.map((seat) => (
          <Chip key={seat} text={named.get(seat) ?? seat} onRemove={() => onChange(chosen.filter((one) => one !== seat))} />
        ))
      )}
      {chosen.length === 0 &&
        groups.slice(0, 4).map(({ name, seats }) => (
          <Button key={name} size="small" tone="quiet" onClick={() => onChange(seats)}>
            {`${name} ${seats.length}`}
          </Button>
        ))}
      <Button size="small" onClick={() => setPicking(true)}>
        {t(chosen.length === 0 ? "boards.choose_units" : "boards.change_units")}
      </Button>
      {picking && (
        <UnitDialog title={t("boards.asked_of")} of={of} chosen={chosen} onChoose={onChange} onClose={() => setPicking(false)} />
      )}
    </div>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }): JSX.Element {
  return (
    <span class="bv-chip">
      {text}
      <button type="button" aria-label={t("boards.remove_unit", { unit: text })} onClick={onRemove}>
        <X size={14} aria-hidden="true" />
      </button>
    </span>
  );
}

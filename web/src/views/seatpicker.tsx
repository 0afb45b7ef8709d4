/** Choose offices by the office's own groups, by level or one by one, in a form. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { t } from "../ui/i18n";
import { groups, groupsBesideLevels } from "./deskchoice";

interface SeatPickerProps {
  readonly label: string;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  /** The office's own groups are chosen beside it, and stay groups: later members belong as well. */
  readonly groupsApart?: boolean;
}

export function SeatPicker({ label, chosen, onChoose, groupsApart = false }: SeatPickerProps): JSX.Element {
  const turn = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onChoose(next);
  };
  return (
    <fieldset class="seat-picker">
      <legend>
        {label} <span class="muted">{t("spotcheck.chosen", { n: chosen.size })}</span>
      </legend>
      {!groupsApart && groupsBesideLevels.value.length > 0 && (
        <div class="seat-picker-named" role="group" aria-label={t("admin.groups")}>
          {groupsBesideLevels.value.map(({ group, seats }) => (
            <Together key={group.group_id} name={group.name} ids={seats.map((seat) => seat.seat_id)} chosen={chosen} onTurn={turn} />
          ))}
        </div>
      )}
      {groups.value.map(({ level, seats }) => {
        const ids = seats.map((seat) => seat.seat_id);
        return (
          <div key={level} class="seat-picker-group">
            <Together name={t(`level.${level}`)} ids={ids} chosen={chosen} onTurn={turn} />
            <div class="seat-picker-seats">
              {seats.map((seat) => (
                <label key={seat.seat_id} class="check" title={seat.name}>
                  <input
                    type="checkbox"
                    checked={chosen.has(seat.seat_id)}
                    onChange={(event) => turn([seat.seat_id], event.currentTarget.checked)}
                  />
                  {seat.short_name}
                </label>
              ))}
            </div>
          </div>
        );
      })}
    </fieldset>
  );
}

interface TogetherProps {
  readonly name: string;
  readonly ids: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onTurn: (ids: readonly string[], on: boolean) => void;
}

/** All of them with one click; half ticked while only some are chosen. */
function Together({ name, ids, chosen, onTurn }: TogetherProps): JSX.Element {
  const box = useRef<HTMLInputElement>(null);
  const count = ids.filter((id) => chosen.has(id)).length;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = count > 0 && count < ids.length;
  });
  return (
    <label class="check group">
      <input
        ref={box}
        type="checkbox"
        checked={count === ids.length}
        onChange={(event) => onTurn(ids, event.currentTarget.checked)}
      />
      {name}
    </label>
  );
}

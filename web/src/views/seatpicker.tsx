/** Choose offices by group or one by one, in a form. */
import type { JSX } from "preact";

import { t } from "../ui/i18n";
import { groups } from "./deskchoice";

interface SeatPickerProps {
  readonly label: string;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

export function SeatPicker({ label, chosen, onChoose }: SeatPickerProps): JSX.Element {
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
      {groups.value.map(({ level, seats }) => {
        const ids = seats.map((seat) => seat.seat_id);
        return (
          <div key={level} class="seat-picker-group">
            <label class="check group">
              <input
                type="checkbox"
                checked={ids.every((id) => chosen.has(id))}
                onChange={(event) => turn(ids, event.currentTarget.checked)}
              />
              {t(`level.${level}`)}
            </label>
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

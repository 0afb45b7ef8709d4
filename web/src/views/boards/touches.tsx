/** Names of those who have the same item open, or write in it at this moment. */
import { Eye, PencilLine } from "lucide-preact";
import type { JSX } from "preact";

import { organisation } from "../../state/store";
import { touchesOf } from "../../state/touching";
import { t } from "../../ui/i18n";
import type { Context } from "./context";

export function TouchNames({ itemId, of }: { itemId: string; of: Context }): JSX.Element | null {
  const touches = of.at_ms === null ? touchesOf(of.stream, itemId, of.me) : [];
  if (touches.length === 0) return null;
  const named = (editing: boolean): string[] =>
    touches
      .filter((one) => one.editing === editing)
      .map(({ seat, seat_name, person }) => `${organisation.value.seats[seat]?.short_name ?? seat_name} ${person}`);
  const [writing, looking] = [named(true), named(false)];
  return (
    <span class="bv-touches">
      {writing.length > 0 && (
        <span class="writing">
          <PencilLine size={12} aria-hidden="true" /> {t("boards.writing", { names: writing.join("、") })}
        </span>
      )}
      {looking.length > 0 && (
        <span>
          <Eye size={12} aria-hidden="true" /> {t("boards.looking", { names: looking.join("、") })}
        </span>
      )}
    </span>
  );
}

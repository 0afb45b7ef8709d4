/** 知悉范围: to whom an item goes, in words; the duty office widens it and shares it with single units. */
import { Share2 } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { shareItem } from "../../incidentactions";
import { isAuthor } from "../../state/workspace";
import type { Reach } from "../../types/kinds";
import type { Item } from "../../types/wire";
import { Button } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { attempt } from "../../ui/toast";
import { isOffice, type Context } from "./context";
import { UnitDialog } from "./units";
import { reachWord } from "./words";

const REACHES: readonly Reach[] = ["office", "unit", "departments", "all"];

export function Sharing({ item, of }: { item: Item; of: Context }): JSX.Element {
  const [choosing, setChoosing] = useState(false);
  const isLive = of.me !== null && item.voided === null && of.ws.closed_ms === null;
  const offered = isLive ? reachesFor(item, of) : [];
  const share = (reach: Reach, shared: readonly string[]): void =>
    void attempt(() => shareItem(of.stream, item.item_id, reach, shared));
  const names = item.shared.map((seat) => of.ws.units[seat]?.short_name ?? seat);
  return (
    <section class="bv-section" aria-label={t("boards.reach")}>
      <h3>{t("boards.reach")}</h3>
      <div class="bv-reach">
        {offered.length > 1 ? (
          <select
            class="input"
            aria-label={t("boards.reach")}
            value={item.reach}
            onChange={(event) => share(event.currentTarget.value as Reach, item.shared)}
          >
            {offered.map((reach) => (
              <option key={reach} value={reach}>
                {reachWord(reach)}
              </option>
            ))}
          </select>
        ) : (
          <span>{reachWord(item.reach)}</span>
        )}
        {isLive && isOffice(of) && (
          <Button size="small" icon={Share2} onClick={() => setChoosing(true)}>
            {t("boards.share")}
          </Button>
        )}
      </div>
      {names.length > 0 && <p>{t("boards.shared_units", { names: names.join("、") })}</p>}
      {choosing && (
        <UnitDialog
          title={t("boards.share")}
          of={of}
          chosen={item.shared}
          onlyPart={of.ws.nature !== "session"}
          onClose={() => setChoosing(false)}
          onChoose={(seats) => share(item.reach, seats)}
        />
      )}
    </section>
  );
}

/** T8: the office as it likes; an author only makes it narrower. */
function reachesFor(item: Item, of: Context): Reach[] {
  if (isOffice(of)) return [...REACHES];
  if (of.me === null || !isAuthor(item, of.me)) return [];
  return REACHES.filter((reach) => reach !== "office" && REACHES.indexOf(reach) <= REACHES.indexOf(item.reach));
}

/** ‹ 2/3 › below the stage: turning its pages, and who speaks on another one. */
import { ChevronLeft, ChevronRight } from "lucide-preact";
import type { JSX } from "preact";

import type { Venue } from "../types/wire";
import { Button, IconButton } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import type { Places } from "./stagepages";

interface PagerProps {
  readonly places: Places;
  readonly venues: readonly Venue[];
  readonly speaker: string | null;
  /** The tile to be shown. */
  readonly onTurn: (tile: number) => void;
}

export function Pager({ places, venues, speaker, onTurn }: PagerProps): JSX.Element {
  const { page, pages, perPage } = places;
  const turn = (by: number): void => onTurn(Math.max(0, Math.min(pages - 1, page + by)) * perPage);
  useShortcuts([
    { key: "ArrowLeft", label: t("consultation.page_before"), run: () => turn(-1) },
    { key: "ArrowRight", label: t("consultation.page_next"), run: () => turn(1) },
  ]);
  return (
    <nav class="stage-pager" aria-label={t("consultation.pages")}>
      <IconButton
        icon={ChevronLeft}
        label={t("consultation.page_before")}
        shortcut="←"
        disabled={page === 0}
        onClick={() => turn(-1)}
      />
      <span role="status" aria-label={t("consultation.page_of", { page: page + 1, pages })}>
        {page + 1}/{pages}
      </span>
      <IconButton
        icon={ChevronRight}
        label={t("consultation.page_next")}
        shortcut="→"
        disabled={page === pages - 1}
        onClick={() => turn(1)}
      />
      <Elsewhere places={places} venues={venues} speaker={speaker} onTurn={onTurn} />
    </nav>
  );
}

/** Who speaks may stand on a page that is not looked at. */
function Elsewhere({ places, venues, speaker, onTurn }: PagerProps): JSX.Element | null {
  const at = venues.findIndex(({ venue }) => venue === speaker);
  const venue = venues[at];
  if (venue === undefined || places.boxes[at] !== null) return null;
  return (
    <Button size="small" tone="quiet" onClick={() => onTurn(at)}>
      {t("consultation.speaks_elsewhere", { venue: venue.short_name })}
    </Button>
  );
}

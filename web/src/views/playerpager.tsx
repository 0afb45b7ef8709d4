/** ‹ 2/3 › below the pictures: only those of the page in view are decoded; all are heard. */
import { ChevronLeft, ChevronRight } from "lucide-preact";
import type { JSX } from "preact";

import { Button, IconButton } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import type { Tile } from "./playerlayout";
import type { Box } from "./stagegrid";
import type { Places } from "./stagepages";

interface PlayerPagerProps {
  readonly places: Places;
  readonly tiles: readonly Tile[];
  readonly boxes: readonly (Box | null)[];
  readonly speaker: string | null;
  /** The tile to be shown. */
  readonly onTurn: (tile: number) => void;
}

export function PlayerPager({ places, tiles, boxes, speaker, onTurn }: PlayerPagerProps): JSX.Element {
  const { page, pages, perPage } = places;
  const turn = (by: number): void => onTurn(Math.max(0, Math.min(pages - 1, page + by)) * perPage);
  useShortcuts([
    { key: "PageUp", label: t("consultation.page_before"), run: () => turn(-1) },
    { key: "PageDown", label: t("consultation.page_next"), run: () => turn(1) },
  ]);
  const at = tiles.findIndex(({ venue, content }) => venue === speaker && !content);
  const elsewhere = boxes[at] === null ? tiles[at] : undefined;
  return (
    <nav class="pictures-pager" aria-label={t("consultation.pages")}>
      <IconButton
        icon={ChevronLeft}
        label={t("consultation.page_before")}
        shortcut="PageUp"
        disabled={page === 0}
        onClick={() => turn(-1)}
      />
      <span role="status" aria-label={t("consultation.page_of", { page: page + 1, pages })}>
        {page + 1}/{pages}
      </span>
      <IconButton
        icon={ChevronRight}
        label={t("consultation.page_next")}
        shortcut="PageDown"
        disabled={page === pages - 1}
        onClick={() => turn(1)}
      />
      {elsewhere !== undefined && (
        <Button size="small" tone="quiet" onClick={() => onTurn(at)}>
          {t("consultation.speaks_elsewhere", { venue: elsewhere.name })}
        </Button>
      )}
    </nav>
  );
}

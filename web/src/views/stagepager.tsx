/** ‹ 2/3 › below the pictures, live and recorded: turning pages, and who speaks on another one. */
import { ChevronLeft, ChevronRight } from "lucide-preact";
import type { JSX } from "preact";

import "../styles/pager.css";
import { Button, IconButton } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import type { Places } from "./stagepages";

/** The keys that turn pages, as they are named and as they are shown. */
export interface PagerKeys {
  readonly before: readonly [key: string, shown: string];
  readonly next: readonly [key: string, shown: string];
}

interface PagerProps {
  readonly places: Places;
  readonly keys: PagerKeys;
  /** Who speaks on a page that is not looked at. */
  readonly elsewhere: { readonly tile: number; readonly name: string } | null;
  /** The tile to be shown. */
  readonly onTurn: (tile: number) => void;
}

export function Pager({ places, keys, elsewhere, onTurn }: PagerProps): JSX.Element {
  const { page, pages, perPage } = places;
  const turn = (by: number): void => onTurn(Math.max(0, Math.min(pages - 1, page + by)) * perPage);
  useShortcuts([
    { key: keys.before[0], label: t("consultation.page_before"), run: () => turn(-1) },
    { key: keys.next[0], label: t("consultation.page_next"), run: () => turn(1) },
  ]);
  return (
    <nav class="pager" aria-label={t("consultation.pages")}>
      <IconButton
        icon={ChevronLeft}
        label={t("consultation.page_before")}
        shortcut={keys.before[1]}
        disabled={page === 0}
        onClick={() => turn(-1)}
      />
      <span role="status" aria-label={t("consultation.page_of", { page: page + 1, pages })}>
        {page + 1}/{pages}
      </span>
      <IconButton
        icon={ChevronRight}
        label={t("consultation.page_next")}
        shortcut={keys.next[1]}
        disabled={page === pages - 1}
        onClick={() => turn(1)}
      />
      {elsewhere !== null && (
        <Button size="small" tone="quiet" onClick={() => onTurn(elsewhere.tile)}>
          {t("consultation.speaks_elsewhere", { venue: elsewhere.name })}
        </Button>
      )}
    </nav>
  );
}

/** The way into the search of all incidents: a button in the header, and Ctrl K on every page. */
import { Search } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import "../styles/search.css";
import { Button } from "../ui/elements";
import { useListed } from "../ui/hooks";
import { t } from "../ui/i18n";
import { lazy } from "../ui/lazy";

const Palette = lazy(async () => (await import("./searchpalette")).SearchPalette);

export function SearchBox(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  useListed({ key: "Ctrl K", label: t("search.title"), run: () => setOpen(true) });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (document.querySelector("dialog[open]") !== null) return;
      event.preventDefault(); // else the browser looks for something itself
      setOpen(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <Button class="search-open" tone="quiet" icon={Search} title={t("search.key")} onClick={() => setOpen(true)}>
        {t("search.open")}
      </Button>
      {isOpen && <Palette onClose={() => setOpen(false)} />}
    </>
  );
}

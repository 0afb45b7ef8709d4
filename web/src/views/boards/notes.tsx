/** 批注: lines beside an item, for everybody who sees it or for the duty office alone. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { annotate } from "../../state/drafts";
import { TEXT_MAX } from "../../state/workspace";
import type { Item } from "../../types/wire";
import { Button } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { isOffice, useKeptText, type Context } from "./context";
import { shortTime, whoFull } from "./words";

export function Notes({ item, of }: { item: Item; of: Context }): JSX.Element | null {
  const [text, setText] = useKeptText(`note ${of.stream} ${item.item_id}`);
  const [office, setOffice] = useState(false);
  const may = of.me !== null && of.me.seat !== null && item.voided === null && of.ws.closed_ms === null;
  if (item.notes.length === 0 && !may) return null;
  const send = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    annotate(of.stream, item.item_id, text.trim(), office);
    setText("");
  };
  return (
    <section class="bv-section" aria-label={t("boards.notes")}>
      <h3>{t("boards.notes")}</h3>
      <ul class="bv-notes">
        {item.notes.map((note) => (
          <li key={`${note.at_ms} ${note.text}`}>
            {note.office && <span class="badge">{t("boards.office_only")}</span>} {note.text}{" "}
            <span class="muted">{t("boards.by_at", { who: whoFull(note.actor), time: shortTime(note.at_ms, of.now_ms) })}</span>
          </li>
        ))}
      </ul>
      {may && (
        <form class="bv-note" onSubmit={send}>
          <input
            class="input"
            aria-label={t("boards.note_new")}
            placeholder={t("boards.note_new")}
            maxLength={TEXT_MAX}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {isOffice(of) && (
            <label class="check">
              <input type="checkbox" checked={office} onChange={(event) => setOffice(event.currentTarget.checked)} />
              {t("boards.office_only")}
            </label>
          )}
          <Button size="small" type="submit" disabled={text.trim() === ""}>
            {t("boards.note_add")}
          </Button>
        </form>
      )}
    </section>
  );
}

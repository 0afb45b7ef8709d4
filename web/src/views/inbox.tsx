/** 待办 on a unit's home: everything that is asked of it, the most urgent first, with the answer beside it. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { isLate, isUnsigned, type Asked } from "../state/asked";
import { hubNow, inbox, second } from "../state/store";
import "../styles/asked.css";
import { fieldsOf } from "../state/workspace";
import type { InboxRow } from "../types/wire";
import { Button } from "../ui/elements";
import { t } from "../ui/i18n";
import { asked, read } from "./asking";
import { Answer, AskedHead, AskedState, DueMark, goTo, words } from "./askedparts";
import { dayTime } from "./boards/words";

/** The list is in sight: then there is no banner in front of it. */
export const inboxInSight = signal(false);

export function InboxCard(): JSX.Element | null {
  void second.value;
  const known = inbox.value !== null;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (card.current === null) return undefined;
    const watch = new IntersectionObserver(([entry]) => (inboxInSight.value = entry?.isIntersecting === true), {
      rootMargin: "0px 0px -120px 0px",
    });
    watch.observe(card.current);
    return () => {
      watch.disconnect();
      inboxInSight.value = false;
    };
  }, [known]);
  if (!known) return null;
  const rows = asked.value;
  const late = rows.filter((row) => isLate(row, hubNow())).length;
  return (
    <section ref={card} class="card inbox" aria-labelledby="inbox-title">
      <header class="column-head">
        <h2 id="inbox-title">{t("asked.inbox")}</h2>
        <span class={late > 0 ? "is-late" : "muted"} role="status">
          {rows.length > 0 && t("asked.inbox_n", { n: rows.length })}
          {late > 0 && ` · ▲ ${t("asked.inbox_late_n", { n: late })}`}
        </span>
      </header>
      {rows.length === 0 ? (
        <p class="inbox-none">{t("asked.none")}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ row }: { row: Asked }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const toggle = (): void => {
    if (!isOpen) read(row);
    setOpen(!isOpen);
  };
  return (
    <li class={`inbox-row ${isUnsigned(row) ? "is-unsigned" : ""}`}>
      <AskedHead row={row} />
      <p class="asked-text" id={id}>
        {row.fields.text}
      </p>
      {row.returned !== "" && <p class="asked-returned">{t("asked.returned", { reason: row.returned })}</p>}
      <div class="asked-line">
        <AskedState row={row} />
        <DueMark row={row} />
        <Button size="small" tone="quiet" pressed={isOpen} describedBy={id} onClick={toggle}>
          {t(isOpen ? "asked.fold" : "asked.details")}
        </Button>
      </div>
      {isOpen && <Details row={row} />}
      <div class="asked-answer">
        <Answer row={row} />
      </div>
    </li>
  );
}

/** Every field that says something; the text stands above. */
function Details({ row }: { row: InboxRow }): JSX.Element {
  const shown = fieldsOf(row.kind).filter(({ name }) => name !== "text" && name !== "due" && (row.fields[name] ?? "") !== "");
  return (
    <div class="asked-details">
      <dl>
        {shown.map((field) => {
          const value = row.fields[field.name] ?? "";
          const choice = field.choices.find((one) => one.value === value);
          const said = choice !== undefined ? words(choice) : field.type === "time" ? dayTime(Number(value)) : value;
          return (
            <>
              <dt key={field.name}>{words(field)}</dt>
              <dd>{said}</dd>
            </>
          );
        })}
      </dl>
      <Button size="small" onClick={() => goTo(row)}>
        {t("asked.open")}
      </Button>
    </div>
  );
}

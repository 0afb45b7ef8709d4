/** An incoming instruction or warning on whatever page the person is: a banner, a chime, the tab, the desktop. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { awaitsReply, isUnsigned, type Asked } from "../state/asked";
import { inbox } from "../state/store";
import "../styles/asked.css";
import { KINDS } from "../types/kinds";
import { Button } from "../ui/elements";
import { t } from "../ui/i18n";
import { announce } from "../ui/toast";
import { asked, read } from "./asking";
import { Answer, AskedHead, AskedState, DueMark, goTo, words } from "./askedparts";
import { chime } from "./bell";
import { inboxInSight } from "./inbox";
import { notify } from "./notification";

/** 稍后办理: put aside until the hub urges it again. */
const aside = signal<ReadonlySet<string>>(new Set());
/** The one that was signed in the banner: its answer can be given at once. */
const signedHere = signal<string | null>(null);

const roundOf = ({ key, urged }: Asked): string => `${key} ${urged}`;

function shownNow(): { row: Asked | null; more: number } {
  const rows = asked.value;
  const answering = rows.find((row) => row.key === signedHere.value && awaitsReply(row));
  const waiting = rows.filter((row) => isUnsigned(row) && !aside.value.has(roundOf(row)));
  const row = answering ?? waiting[0] ?? null;
  return { row, more: waiting.filter((other) => other !== row).length };
}

export function AskedBanner(): JSX.Element | null {
  useAlarm();
  const { row, more } = shownNow();
  useFlash(row !== null && isUnsigned(row) ? (row.fields.text ?? "") : null);
  if (row === null || inboxInSight.value) return null;
  const isWarning = row.kind === "warning";
  const close = (): void => {
    aside.value = new Set([...aside.peek(), roundOf(row)]);
    signedHere.value = null;
  };
  const open = (): void => {
    read(row);
    close();
    goTo(row);
  };
  return (
    <section
      key={row.key}
      class={`asked-banner ${isWarning ? `warning ${row.fields.colour ?? "blue"}` : ""}`}
      aria-label={t("asked.region")}
      onClickCapture={() => {
        if (isUnsigned(row)) signedHere.value = row.key;
      }}
    >
      <AskedHead row={row} />
      <p class="asked-text">{row.fields.text}</p>
      {row.returned !== "" && <p class="asked-returned">{t("asked.returned", { reason: row.returned })}</p>}
      <div class="asked-line">
        <AskedState row={row} />
        <DueMark row={row} />
        {more > 0 && <span class="muted">{t("asked.more_n", { n: more })}</span>}
      </div>
      <div class="asked-answer">
        <Answer row={row} large />
        <span class="asked-moves">
          {isUnsigned(row) && <Button onClick={open}>{t("asked.details")}</Button>}
          <Button tone="quiet" onClick={close}>
            {t("asked.later")}
          </Button>
        </span>
      </div>
    </section>
  );
}

/** Once for each thing that comes and each time it is urged; what was there when the page came makes one sound. */
function useAlarm(): void {
  const heard = useRef<Set<string> | null>(null);
  const rows = asked.value;
  const isKnown = inbox.value !== null;
  useEffect(() => {
    if (!isKnown) return;
    const unsigned = rows.filter(isUnsigned);
    const known = heard.current ?? new Set<string>();
    const fresh = unsigned.filter((row) => !known.has(roundOf(row)));
    heard.current = new Set([...known, ...unsigned.map(roundOf)]);
    const first = fresh[0];
    if (first === undefined) return;
    const text = first.fields.text ?? "";
    const colour = words(KINDS.warning.fields[0]?.choices.find(({ value }) => value === (first.fields.colour ?? "blue")));
    const said =
      first.urged > 0
        ? t("asked.announce_urged", { text })
        : first.kind === "warning"
          ? t("asked.announce_warning", { colour, text })
          : t("asked.announce", { text });
    announce(said, "assertive");
    chime(first.kind === "warning" ? 3 : 1);
    notify(said, first.incident_title, `${first.key} ${first.urged}`, first.kind === "warning");
  }, [rows, isKnown]);
}

/** The title of the tab says it, and then the page again, as long as it waits unsigned. */
function useFlash(text: string | null): void {
  useEffect(() => {
    if (text === null) return undefined;
    let before = document.title;
    const flashing = t("asked.title", { text: text.slice(0, 24) });
    const flash = setInterval(() => {
      const isFlashing = document.title === flashing;
      if (!isFlashing) before = document.title; // another page may have come meanwhile
      document.title = isFlashing ? before : flashing;
    }, 1_000);
    return () => {
      clearInterval(flash);
      if (document.title === flashing) document.title = before;
    };
  }, [text]);
}

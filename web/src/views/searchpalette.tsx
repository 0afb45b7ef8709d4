/** The search: one field, and below it what this viewer may see of what was found; all of it by keyboard. */
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { get } from "../link/api";
import { problemOf } from "../link/problem";
import { pathTo, want } from "../state/wanted";
import { KINDS } from "../types/kinds";
import type { Problem, SearchResult, SearchRow } from "../types/wire";
import { Badge, Button, Dialog } from "../ui/elements";
import { say, t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { said, stateWord } from "./boards/words";
import { Ago } from "./incidentparts";

/** So long after the last key the hub is asked. */
const PAUSE_MS = 180;

interface Found {
  readonly query: string;
  readonly result: SearchResult | null;
  readonly problem: Problem | null;
}

export function SearchPalette({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const [tries, setTries] = useState(0);
  const { found, isLooking } = useSearch(query.trim(), tries);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const rows = found?.result?.rows ?? [];
  const at = Math.min(chosen, Math.max(0, rows.length - 1));
  useEffect(() => field.current?.focus(), []);
  useEffect(() => setChosen(0), [found]);
  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const open = (row: SearchRow): void => {
    const where = { ...row, session_id: row.session_id ?? "" };
    want(where);
    onClose();
    navigate(pathTo(where));
  };
  const onKey = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (event.isComposing) return; // the keys choose a Chinese word
    if (event.key === "ArrowDown") setChosen((at + 1) % Math.max(1, rows.length));
    else if (event.key === "ArrowUp") setChosen((at + rows.length - 1) % Math.max(1, rows.length));
    else if (event.key === "Enter" && row !== undefined && !isLooking) open(row);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("search.title")} class="search" onClose={onClose}>
      <input
        ref={field}
        type="search"
        class="input"
        role="combobox"
        aria-label={t("search.field")}
        aria-expanded={rows.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${list}-${at}` : undefined}
        placeholder={t("search.field")}
        maxLength={200}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <Said query={query.trim()} found={found} isLooking={isLooking} onAgain={() => setTries(tries + 1)} />
      <ul id={list} role="listbox" aria-label={t("search.title")} class="search-rows">
        {rows.map((row, place) => (
          <Row
            key={`${row.stream} ${row.item_id ?? ""}`}
            id={`${list}-${place}`}
            row={row}
            isChosen={place === at}
            onOpen={() => open(row)}
          />
        ))}
      </ul>
    </Dialog>
  );
}

/** What the hub has found for `query`; what came late for an older one is dropped. */
function useSearch(query: string, tries: number): { found: Found | null; isLooking: boolean } {
  const [found, setFound] = useState<Found | null>(null);
  const [isLooking, setLooking] = useState(false);
  useEffect(() => {
    setLooking(query !== "");
    if (query === "") {
      setFound(null);
      return undefined;
    }
    let isCurrent = true;
    const tell = (answer: Omit<Found, "query">): void => {
      if (!isCurrent) return;
      setFound({ query, ...answer });
      setLooking(false);
    };
    const timer = setTimeout(() => {
      get<SearchResult>(`/api/search?limit=50&q=${encodeURIComponent(query)}`).then(
        (result) => tell({ result, problem: null }),
        (error: unknown) => tell({ result: null, problem: problemOf(error) }),
      );
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, tries]);
  return { found, isLooking };
}

interface SaidProps {
  readonly query: string;
  readonly found: Found | null;
  readonly isLooking: boolean;
  readonly onAgain: () => void;
}

/** One line below the field, always there, so that nothing moves. */
function Said({ query, found, isLooking, onAgain }: SaidProps): JSX.Element {
  if (found?.problem != null && !isLooking) {
    return (
      <div class="search-said" role="alert">
        <span class="error">{say(found.problem)}</span>
        <Button onClick={onAgain}>{t("do.retry")}</Button>
      </div>
    );
  }
  return (
    <p class="search-said" role="status">
      {textFor(query, found, isLooking)}
    </p>
  );
}

function textFor(query: string, found: Found | null, isLooking: boolean): string {
  if (query === "") return t("search.hint");
  if (isLooking || found?.result == null) return t("search.looking");
  const { rows, complete } = found.result;
  const words = rows.length === 0 ? t("search.none", { query }) : `${t("search.found", { n: rows.length })} · ${t("search.go")}`;
  return complete ? words : `${words} ${t("search.incomplete")}`;
}

interface RowProps {
  readonly id: string;
  readonly row: SearchRow;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
}

function Row({ id, row, isChosen, onOpen }: RowProps): JSX.Element {
  const { kind } = row;
  const isItem = row.item_id !== null && kind !== null;
  const where = [row.number, row.title].filter((part) => part !== "").join(" ");
  return (
    <li id={id} role="option" aria-selected={isChosen} class="search-row" onClick={onOpen}>
      <span class="search-kind">{isItem ? said(KINDS[kind]) : t("search.incident")}</span>
      <span class="search-text">
        <strong>{isItem ? row.snippet : where}</strong>
        <span class="search-where">{isItem ? where : row.snippet}</span>
      </span>
      <span class="search-end">
        {row.exercise && <Badge tone="warn">{t("exercise")}</Badge>}
        {row.voided ? <Badge>{t("search.voided")}</Badge> : isItem && <span>{stateWord(kind, row.state)}</span>}
        <span class="search-when">
          <Ago ms={row.at_ms} />
        </span>
      </span>
    </li>
  );
}

/** The desk's left column: every seat, whether anybody is there, and which of them to call. */
import { signal } from "@preact/signals";
import { ChevronDown, ChevronRight, Search } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { presence, shifts } from "../state/store";
import type { Seat } from "../types/wire";
import { Button, EmptyState, IconButton, StateDot } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { PresenceDot, VenueDot } from "../ui/states";
import { shiftLines } from "./dutyhead";
import { choose, chosen, chosenSeats, engaged, groups, isOnline, namedGroups } from "./deskchoice";

/** One part of the list. What it is called with `key` is open or folded as long as the page lives. */
interface Section {
  readonly key: string;
  readonly name: string;
  readonly seats: readonly Seat[];
}

/** Sections that were folded or opened by hand; the levels begin open, the office's own groups folded. */
const turned = signal<ReadonlySet<string>>(new Set());

const isOpen = (key: string): boolean => key.startsWith("level:") !== turned.value.has(key);

function turn(key: string): void {
  const next = new Set(turned.peek());
  if (!next.delete(key)) next.add(key);
  turned.value = next;
}

type Filter = "all" | "online" | "offline";

export function Venues(): JSX.Element {
  const [words, setWords] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const search = useRef<HTMLInputElement>(null);
  useShortcuts([{ key: "/", label: t("desk.search"), run: () => search.current?.focus() }]);
  const all = groups.value.flatMap(({ seats }) => seats);
  const shown = sectionsOf(words.trim() === "")
    .map((section) => ({ ...section, seats: section.seats.filter((seat) => fits(seat, words, filter)) }))
    .filter(({ seats }) => seats.length > 0);
  return (
    <section class="desk-venues" aria-labelledby="desk-venues-title">
      <header class="column-head">
        <h2 id="desk-venues-title">{t("desk.venues")}</h2>
        <span class="muted">{t("desk.online_of", { online: all.filter(isOnline).length, all: all.length })}</span>
      </header>
      <div class="venue-filter">
        <span class="search">
          <Search size={16} aria-hidden="true" />
          <input
            ref={search}
            class="input"
            type="search"
            placeholder={t("desk.search")}
            aria-label={t("desk.search")}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </span>
        <select
          class="input"
          aria-label={t("desk.filter")}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value as Filter)}
        >
          <option value="all">{t("desk.filter_all")}</option>
          <option value="online">{t("presence.online")}</option>
          <option value="offline">{t("presence.offline")}</option>
        </select>
      </div>
      <VenueList sections={shown} isEmpty={all.length === 0} />
      {chosenSeats.value.length > 0 && (
        <div class="to-launch">
          <Button tone="accent" onClick={() => (document.querySelector(".launch") ?? document.querySelector(".desk-centre"))?.scrollIntoView()}>
            {t("desk.chosen_n", { n: chosenSeats.value.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Who is looked for is found once: the groups step aside. */
function sectionsOf(withGroups: boolean): Section[] {
  const own = namedGroups.value.map(({ group, seats }) => ({ key: `group:${group.group_id}`, name: group.name, seats }));
  const levels = groups.value.map(({ level, seats }) => ({ key: `level:${level}`, name: t(`level.${level}`), seats }));
  return withGroups ? [...own, ...levels] : levels;
}

function fits(seat: Seat, words: string, filter: Filter): boolean {
  if (filter !== "all" && isOnline(seat) !== (filter === "online")) return false;
  const wanted = words.trim().toLowerCase();
  const person = presence.value[seat.seat_id]?.person ?? "";
  return [seat.name, seat.short_name, seat.seat_id, seat.phone, person].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function VenueList({ sections: shown, isEmpty }: { sections: readonly Section[]; isEmpty: boolean }): JSX.Element {
  /** Where a range begins that Shift ends. */
  const anchor = useRef<string | null>(null);
  // A seat may stand in several sections: a place in the list is a section and a seat.
  const order = shown.flatMap(({ key, seats }) => (isOpen(key) ? seats.map((seat) => `${key} ${seat.seat_id}`) : []));
  const toggle = (place: string, on: boolean, withShift: boolean): void => {
    const from = anchor.current === null ? -1 : order.indexOf(anchor.current);
    const to = order.indexOf(place);
    const range = withShift && from >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [place];
    choose(range.map((one) => one.slice(one.indexOf(" ") + 1)), on);
    anchor.current = place;
  };
  if (shown.length === 0) {
    return <EmptyState title={t(isEmpty ? "app.loading" : "desk.none_found")} />;
  }
  return (
    <div class="venue-groups">
      {shown.map((section) => (
        <Group key={section.key} section={section} onToggle={toggle} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly section: Section;
  readonly onToggle: (place: string, on: boolean, withShift: boolean) => void;
}

function Group({ section, onToggle }: GroupProps): JSX.Element {
  const { key, name, seats } = section;
  const open = isOpen(key);
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const ids = seats.map((seat) => seat.seat_id);
  const count = ids.filter((one) => chosen.value.has(one)).length;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = count > 0 && count < ids.length;
  });
  return (
    <div role="group" aria-labelledby={id}>
      <div class="venue-group">
        <label id={id}>
          <input
            ref={box}
            type="checkbox"
            checked={count === ids.length}
            onChange={(event) => choose(ids, event.currentTarget.checked)}
          />
          <span>{name}</span>
          <span class="muted">{t("desk.online_of", { online: seats.filter(isOnline).length, all: seats.length })}</span>
        </label>
        <IconButton
          icon={open ? ChevronDown : ChevronRight}
          label={t(open ? "desk.fold_group" : "desk.unfold_group", { name })}
          expanded={open}
          onClick={() => turn(key)}
        />
      </div>
      {open && (
        <ul>
          {seats.map((seat) => (
            <VenueRow key={seat.seat_id} place={`${key} ${seat.seat_id}`} seat={seat} onToggle={onToggle} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface VenueRowProps {
  readonly place: string;
  readonly seat: Seat;
  readonly onToggle: GroupProps["onToggle"];
}

function VenueRow({ place, seat, onToggle }: VenueRowProps): JSX.Element {
  const there = presence.value[seat.seat_id];
  const shift = shifts.value?.[seat.seat_id];
  const busy = engaged.value.get(seat.seat_id);
  const isChosen = chosen.value.has(seat.seat_id);
  const withShift = useRef(false);
  return (
    <li>
      <label
        class={`venue-row ${isChosen ? "is-chosen" : ""}`}
        title={[seat.name, seat.phone, ...shiftLines(shift)].join("\n")}
        onMouseDown={(event) => {
          if (event.shiftKey) event.preventDefault(); // Shift must not select the text of the rows between
        }}
        onClick={(event) => (withShift.current = event.shiftKey)}
      >
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={seat.name}
          onChange={(event) => onToggle(place, event.currentTarget.checked, withShift.current)}
        />
        <span class="name">{seat.short_name}</span>
        <span class="person">{shift?.at_post?.person ?? there?.person ?? ""}</span>
        <span class="phone">{shift?.at_post?.crew.phone || seat.phone}</span>
        {busy === undefined ? (
          <PresenceDot of={there} />
        ) : busy.state === "joined" ? (
          <StateDot shape="full" tone="accent" word={t("desk.in_session")} />
        ) : (
          <VenueDot state={busy.state} since_ms={busy.since_ms} />
        )}
      </label>
    </li>
  );
}

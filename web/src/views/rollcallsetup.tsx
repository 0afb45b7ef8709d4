/** Before a roll call: which venues, how long each is waited for, and how long it may take. */
import { ListChecks } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { startRollCall } from "../actions";
import { isPresent } from "../state/call";
import { organisation } from "../state/store";
import type { Level, Organisation, Session, Venue } from "../types/wire";
import { Button } from "../ui/elements";
import { elapsed, t, type Key } from "../ui/i18n";
import { VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { longestMs } from "./rollcallrows";

/** Twenty venues in under five minutes, however slow they are; the hub takes 5 to 120. */
const ANSWER_S = 12;
const ANSWER_MIN_S = 5;
const ANSWER_MAX_S = 120;

const LEVELS: readonly Level[] = ["province", "dept", "city", "county"];

interface VenueGroup {
  readonly title: Key;
  readonly venues: readonly Venue[];
}

/** By level, each in the order of the office; who has no seat stands at the end. Pure. */
export function venueGroups(session: Session, { seats }: Organisation): VenueGroup[] {
  const venues = Object.values(session.venues).filter(({ venue, removed }) => venue !== session.chair && !removed);
  const sortOf = ({ venue }: Venue): number => seats[venue]?.sort ?? 0;
  const groups = LEVELS.map((level): VenueGroup => {
    const of = venues.filter(({ venue }) => seats[venue]?.level === level);
    return { title: `level.${level}`, venues: of.sort((a, b) => sortOf(a) - sortOf(b)) };
  });
  const others = venues.filter(({ venue }) => !LEVELS.includes(seats[venue]?.level as Level));
  return [...groups, { title: "rollcall.other_venues" as const, venues: others }].filter((group) => group.venues.length > 0);
}

interface SetupProps {
  readonly session: Session;
  /** Back to the last result; null when there is none. */
  readonly onCancel: (() => void) | null;
}

export function RollCallSetup({ session, onCancel }: SetupProps): JSX.Element {
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [answer_s, setAnswer] = useState(ANSWER_S);
  const groups = venueGroups(session, organisation.value);
  const chosen = groups.flatMap(({ venues }) => venues.map(({ venue }) => venue)).filter((venue) => !without.has(venue));
  const isRight = answer_s >= ANSWER_MIN_S && answer_s <= ANSWER_MAX_S;
  const set = (venues: readonly string[], on: boolean): void => {
    const next = new Set(without);
    for (const venue of venues) {
      if (on) next.delete(venue);
      else next.add(venue);
    }
    setWithout(next);
  };
  return (
    <form
      class="rollcall-setup"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0 && isRight) void attempt(() => startRollCall(session.session_id, chosen, answer_s));
      }}
    >
      <div class="rollcall-groups">
        {groups.map((group) => (
          <Group key={group.title} group={group} without={without} onSet={set} />
        ))}
      </div>
      <div class="rollcall-launch">
        <label class="rollcall-wait">
          {t("rollcall.answer_s")}
          <input
            class="input"
            type="number"
            min={ANSWER_MIN_S}
            max={ANSWER_MAX_S}
            value={answer_s}
            onInput={(event) => setAnswer(Number(event.currentTarget.value))}
          />
        </label>
        <span class="muted">
          {t("rollcall.longest", { time: elapsed(longestMs(chosen.length, answer_s)) })}
        </span>
        <Button
          type="submit"
          tone="accent"
          icon={ListChecks}
          disabled={chosen.length === 0 || !isRight}
        >
          {t("rollcall.start", { n: chosen.length })}
        </Button>
        {onCancel !== null && <Button onClick={onCancel}>{t("do.cancel")}</Button>}
      </div>
    </form>
  );
}

interface GroupProps {
  readonly group: VenueGroup;
  readonly without: ReadonlySet<string>;
  readonly onSet: (venues: readonly string[], on: boolean) => void;
}

function Group({ group, without, onSet }: GroupProps): JSX.Element {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const keys = group.venues.map(({ venue }) => venue);
  const count = keys.filter((key) => !without.has(key)).length;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = count > 0 && count < keys.length;
  });
  return (
    <fieldset aria-labelledby={id}>
      <label class="rollcall-group" id={id}>
        <input
          ref={box}
          type="checkbox"
          checked={count === keys.length}
          onChange={(event) => onSet(keys, event.currentTarget.checked)}
        />
        <span>{t(group.title)}</span>
        <span class="muted">
          {count}/{keys.length}
        </span>
      </label>
      <ul>
        {group.venues.map(({ venue, name, short_name, state }) => (
          <li key={venue}>
            <label title={name}>
              <input
                type="checkbox"
                checked={!without.has(venue)}
                aria-label={name}
                onChange={(event) => onSet([venue], event.currentTarget.checked)}
              />
              <span>{short_name}</span>
              {!isPresent(state) && <VenueDot state={state} />}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** 呼叫会场: venues that are silent or have left, and seats that were not invited yet; several at once. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import { isPresent, toRecall } from "../state/call";
import { presence } from "../state/store";
import type { Session } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { t } from "../ui/i18n";
import { PresenceDot, VenueDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { namedGroups } from "./deskchoice";
import { notInvited } from "./venuechoices";
import { type Choice, VenueChecks } from "./venuepicker";

export function CallDialog({ session, onClose }: { session: Session; onClose: () => void }): JSX.Element {
  const choices = callable(session);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(toRecall(session)));
  const venues = choices.map(({ key }) => key).filter((key) => ticked.has(key));
  const turn = (keys: readonly string[]): void => {
    const isOn = keys.every((key) => ticked.has(key));
    setTicked(new Set(isOn ? [...ticked].filter((key) => !keys.includes(key)) : [...ticked, ...keys]));
  };
  const call = (): void => {
    onClose();
    void attempt(() => actions.callVenues(session.session_id, venues));
  };
  return (
    <Dialog
      title={t("room.call")}
      onClose={onClose}
      footer={
        <Button tone="accent" disabled={venues.length === 0} onClick={call}>
          {t("room.call_n", { n: venues.length })}
        </Button>
      }
    >
      <Groups choices={choices} ticked={ticked} onTurn={turn} />
      <VenueChecks choices={choices} ticked={ticked} onTick={setTicked} />
    </Dialog>
  );
}

/** Venues of the session first, then the other seats. */
function callable(session: Session): Choice[] {
  const venues = Object.values(session.venues)
    .filter(({ field, state }) => !field && !isPresent(state) && state !== "ringing")
    .map(({ venue, name, short_name, state, since_ms }) => ({
      key: venue,
      name,
      short_name,
      note: <VenueDot state={state} since_ms={state === "idle" ? null : since_ms} />,
    }));
  const seats = notInvited(session).map(({ seat_id, name, short_name }) => {
    const there = presence.value[seat_id];
    return { key: seat_id, name, short_name, note: there === undefined ? undefined : <PresenceDot of={there} /> };
  });
  return [...venues, ...seats];
}

interface GroupsProps {
  readonly choices: readonly Choice[];
  readonly ticked: ReadonlySet<string>;
  readonly onTurn: (keys: readonly string[]) => void;
}

/** Whoever of a group is not there yet, with one press; only the duty office knows its groups. */
function Groups({ choices, ticked, onTurn }: GroupsProps): JSX.Element | null {
  const rows = namedGroups.value.flatMap(({ group, seats }) => {
    const keys = seats.map(({ seat_id }) => seat_id).filter((id) => choices.some(({ key }) => key === id));
    return keys.length === 0 ? [] : [{ group, keys }];
  });
  if (rows.length === 0) return null;
  return (
    <div class="picker-groups" role="group" aria-label={t("admin.groups")}>
      {rows.map(({ group, keys }) => (
        <Button key={group.group_id} size="small" pressed={keys.every((key) => ticked.has(key))} onClick={() => onTurn(keys)}>
          {`${group.name} ${keys.length}`}
        </Button>
      ))}
    </div>
  );
}

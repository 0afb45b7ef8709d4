/** 记录指示 I: one sentence while the leader speaks; it is on the units' screens with the next breath. */
import { PenLine, Plus, X } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { addItem } from "../actions";
import { isPresent } from "../state/call";
import { sorted } from "../state/organisation";
import { boardsOf } from "../state/session";
import { account, hubNow, me, organisation, workspaceState } from "../state/store";
import { boardOf, LINE_MAX, mayAdd, TEXT_MAX } from "../state/workspace";
import "../styles/deskcall.css";
import "../styles/instructing.css";
import type { Session } from "../types/wire";
import { Button, Dialog, IconButton } from "../ui/elements";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { toast } from "../ui/toast";
import { seeBoard } from "./boards/looked";
import { VenueChecks } from "./venuepicker";

const MINUTES = [15, 30, 60] as const;
const MINUTES_MAX = 7 * 24 * 60;

/** Who gave it mostly gives the next one too; kept for the account that typed it, as long as the page. */
const kept = { account: "", leader: "" };

export function Instructing({ session }: { session: Session }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const stream = boardsOf(session);
  const ws = workspaceState(stream).value.state;
  const board = ws === null ? undefined : boardOf(ws, "instruction");
  const by = me.value?.actor ?? null;
  const may = ws !== null && board !== undefined && by !== null && mayAdd(ws, board, by);
  useShortcuts(may ? [{ key: "i", label: t("instructing.verb"), run: () => setOpen(true) }] : []);
  if (!may) return null;
  return (
    <>
      <Button icon={PenLine} class={open ? "switch on" : "switch"} shortcut="I" onClick={() => setOpen(!open)}>
        {t("instructing.verb")}
      </Button>
      {open && <Line session={session} stream={stream} boardId={board.board_id} onClose={() => setOpen(false)} />}
    </>
  );
}

interface LineProps {
  readonly session: Session;
  readonly stream: string;
  readonly boardId: string;
  readonly onClose: () => void;
}

/** Above the controls and over the picture, which stays to be seen; Enter sends, Escape closes. */
function Line({ session, stream, boardId, onClose }: LineProps): JSX.Element {
  const [text, setText] = useState("");
  const [leader, setLeader] = useState(kept.account === account.peek() ? kept.leader : "");
  const [minutes, setMinutes] = useState("");
  const [units, setUnits] = useState<ReadonlySet<string>>(() => new Set(presentIn(session)));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const isGood = text.trim() !== "" && units.size > 0;
  const send = (event: Event): void => {
    event.preventDefault();
    if (!isGood) return;
    Object.assign(kept, { account: account.peek() ?? "", leader: leader.trim() });
    const due = minutes === "" ? "" : String(Math.round(hubNow() + Number(minutes) * 60_000));
    const fields = { text: text.trim(), leader: leader.trim(), channel: "video", due };
    const item_id = addItem(stream, boardId, { fields, units: [...units], session_id: session.session_id });
    toast(t("instructing.sent", { n: units.size }), "info", "instructing");
    seeBoard(stream, boardId, item_id);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest("dialog") !== null) return; // it closes itself, not the line
    event.stopPropagation();
    onClose();
  };
  return (
    <form class="instructing" aria-label={t("instructing.verb")} onSubmit={send} onKeyDown={onKeyDown}>
      <div class="instructing-line">
        <input
          class="input instructing-leader"
          aria-label={t("instructing.leader")}
          placeholder={t("instructing.leader_hint")}
          maxLength={LINE_MAX}
          value={leader}
          onInput={(event) => setLeader(event.currentTarget.value)}
        />
        <input
          ref={input}
          class="input instructing-text"
          aria-label={t("instructing.text")}
          placeholder={t("instructing.text_hint")}
          maxLength={TEXT_MAX}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" tone="accent" disabled={!isGood}>
          {t("instructing.send", { n: units.size })}
        </Button>
        <IconButton icon={X} label={t("do.close")} onClick={onClose} />
      </div>
      <div class="instructing-line">
        <Due minutes={minutes} onChange={setMinutes} />
        <Units session={session} chosen={units} onChange={setUnits} />
      </div>
    </form>
  );
}

/** X 分钟后反馈; left empty there is no time limit. */
function Due({ minutes, onChange }: { minutes: string; onChange: (minutes: string) => void }): JSX.Element {
  const digits = (typed: string): string => {
    const only = typed.replace(/\D/g, "").slice(0, 5);
    return only === "" || Number(only) === 0 ? "" : String(Math.min(Number(only), MINUTES_MAX));
  };
  return (
    <div class="instructing-due" role="group" aria-label={t("instructing.due")}>
      {MINUTES.map((n) => (
        <Button
          key={n}
          size="small"
          pressed={minutes === String(n)}
          onClick={() => onChange(minutes === String(n) ? "" : String(n))}
        >
          {t("instructing.minutes", { n })}
        </Button>
      ))}
      <label>
        <input
          class="input"
          inputMode="numeric"
          aria-label={t("instructing.minutes_label")}
          value={minutes}
          onInput={(event) => onChange(digits(event.currentTarget.value))}
        />
        {t("instructing.minutes_after")}
      </label>
    </div>
  );
}

interface UnitsProps {
  readonly session: Session;
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Whoever is there by default; a group with one press, anybody else by name. */
function Units({ session, chosen, onChange }: UnitsProps): JSX.Element {
  const [picking, setPicking] = useState(false);
  const { seats } = organisation.value;
  const nameOf = (seat: string): string => session.venues[seat]?.short_name ?? seats[seat]?.short_name ?? seat;
  const groups = groupsFor(session);
  const toggle = (of: readonly string[]): void => {
    const isOn = of.every((seat) => chosen.has(seat));
    onChange(isOn ? new Set([...chosen].filter((seat) => !of.includes(seat))) : new Set([...chosen, ...of]));
  };
  return (
    <div class="instructing-units">
      <div class="instructing-chips" role="group" aria-label={t("instructing.groups")}>
        {groups.map(({ name, seats: of }) => (
          <Button key={name} size="small" pressed={of.every((seat) => chosen.has(seat))} onClick={() => toggle(of)}>
            {`${name} ${of.length}`}
          </Button>
        ))}
        <Button size="small" icon={Plus} onClick={() => setPicking(true)}>
          {t("instructing.choose")}
        </Button>
      </div>
      <ul class="instructing-chips" aria-label={t("instructing.chosen")}>
        {[...chosen].map((seat) => (
          <li key={seat} class="chip">
            <span>{nameOf(seat)}</span>
            <IconButton icon={X} label={t("instructing.leave_out", { name: nameOf(seat) })} onClick={() => toggle([seat])} />
          </li>
        ))}
        {chosen.size === 0 && <li class="muted">{t("instructing.nobody")}</li>}
      </ul>
      {picking && (
        <Dialog
          title={t("instructing.choose_title")}
          onClose={() => setPicking(false)}
          footer={
            <Button tone="accent" onClick={() => setPicking(false)}>
              {t("instructing.chosen_n", { n: chosen.size })}
            </Button>
          }
        >
          <VenueChecks
            choices={sorted(seats)
              .filter(({ seat_id }) => seat_id !== me.value?.actor.seat)
              .map(({ seat_id, name, short_name }) => ({ key: seat_id, name, short_name }))}
            ticked={chosen}
            onTick={onChange}
          />
        </Dialog>
      )}
    </div>
  );
}

/** Offices that are there, but the one that writes; a guest in the field has no seat to sign with. */
function presentIn(session: Session): string[] {
  const own = me.peek()?.actor.seat;
  const there = Object.values(session.venues).filter(({ state, field, venue }) => isPresent(state) && !field && venue !== own);
  return there.map(({ venue }) => venue);
}

function groupsFor(session: Session): { readonly name: string; readonly seats: readonly string[] }[] {
  const own = me.peek()?.actor.seat;
  const all = Object.values(session.venues).filter(({ field, venue }) => !field && venue !== own);
  const named = sorted(organisation.value.groups).map(({ name, seats }) => ({ name, seats: seats.filter((seat) => seat !== own) }));
  return [
    { name: t("instructing.present"), seats: presentIn(session) },
    { name: t("instructing.called"), seats: all.map(({ venue }) => venue) },
    ...named,
  ].filter(({ seats }) => seats.length > 0);
}

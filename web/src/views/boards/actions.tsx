/** What may be done with an item: edit, verify, move on, pin, put on the wall, nominate, make a hazard of, void. */
import { Ban, Flag, MonitorUp, Pencil, Pin, ShieldAlert } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { pinItem, putOnWall } from "../../incidentactions";
import { addItem, changeState, editItem, outbox, voidItem } from "../../state/drafts";
import type { Row } from "../../state/outbox";
import { boardOf, fieldOf, isFrozen, LINE_MAX, mayAdd, mayVoid, mayWrite, movesFor, textOf, valueOf, writable } from "../../state/workspace";
import type { Move } from "../../types/kinds";
import type { Board, Item } from "../../types/wire";
import { Button } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { attempt, toast } from "../../ui/toast";
import { isClaim } from "./columns";
import { isOffice, write, type Context } from "./context";
import { writingFrom } from "./details";
import { moveWord, shortened } from "./words";

type Asking = { readonly move: Move } | "void" | null;

export function Actions({ row, of }: { row: Row; of: Context }): JSX.Element | null {
  const [asking, setAsking] = useState<Asking>(null);
  const { item } = row;
  const { me } = of;
  if (me === null) return null;
  const quiet = !row.unsent && item.voided === null && of.ws.closed_ms === null;
  const begin = (move: Move): void => {
    if (move.needs_reason) setAsking({ move });
    else changeState(of.stream, item.item_id, move.name);
  };
  const done = (reason: string): void => {
    if (asking === "void") voidItem(of.stream, item.item_id, reason);
    else if (asking !== null) changeState(of.stream, item.item_id, asking.move.name, reason);
    setAsking(null);
  };
  if (asking !== null) {
    const verb = asking === "void" ? t("boards.void") : moveWord(asking.move);
    return <ReasonForm verb={verb} danger={asking === "void"} onCancel={() => setAsking(null)} onDone={done} />;
  }
  return (
    <div class="bv-actions" role="group" aria-label={t("boards.actions")}>
      {movesFor(of.ws, item, me).map((move, at) => (
        <Button key={move.name} size="small" tone={at === 0 && !move.needs_reason ? "accent" : "plain"} onClick={() => begin(move)}>
          {moveWord(move)}
        </Button>
      ))}
      {writable(of.ws, item, me).length > 0 && (
        <Button size="small" icon={Pencil} shortcut="e" onClick={() => write(item.item_id, writingFrom(item))}>
          {t("boards.edit")}
        </Button>
      )}
      {quiet && <Verify item={item} of={of} />}
      {quiet && <Onward item={item} of={of} />}
      {quiet && isOffice(of) && <OfficeMarks item={item} of={of} />}
      {mayVoid(of.ws, item, me, of.now_ms) && (
        <VoidButton itemId={item.item_id} onClick={() => setAsking("void")} />
      )}
    </div>
  );
}

/** The key `v` on a row presses it. */
function VoidButton({ itemId, onClick }: { itemId: string; onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="button quiet small" data-void-item={itemId} aria-keyshortcuts="v" onClick={onClick}>
      <Ban size={16} aria-hidden="true" />
      <span class="label">{t("boards.void")}</span>
    </button>
  );
}

/** 核实 and 不实 are one press. */
function Verify({ item, of }: { item: Item; of: Context }): JSX.Element | null {
  const field = fieldOf(of.kind, "credibility");
  if (of.me === null || field === undefined || !isClaim(of.kind) || isFrozen(of.ws, item) || !mayWrite(item, field, of.me)) return null;
  const now = valueOf(of.kind, item, "credibility");
  return (
    <>
      {(["verified", "false", "unverified"] as const)
        .filter((value) => value !== now && (value !== "unverified" || now === "false"))
        .map((value) => (
          <Button
            key={value}
            size="small"
            onClick={() => editItem(of.stream, item.item_id, item.version, { credibility: value })}
          >
            {t(`boards.mark_${value}`)}
          </Button>
        ))}
    </>
  );
}

/** What one item leads to: a nomination as a key event, a hazard from a check that found a problem. */
function Onward({ item, of }: { item: Item; of: Context }): JSX.Element {
  const { me } = of;
  const keyevents = boardOf(of.ws, "keyevent");
  const hazards = boardOf(of.ws, "hazard");
  const nominates = me !== null && of.kind !== "keyevent" && keyevents !== undefined && mayAdd(of.ws, keyevents, me);
  const mends = me !== null && of.kind === "check" && hazards !== undefined && isOffice(of);
  const isNominated = isFollowed(item, keyevents, of);
  const isMended = isFollowed(item, hazards, of);
  const nominate = (): void => {
    if (keyevents === undefined) return;
    const fields = taken(item, ["text", "place", "lon", "lat", "source", "as_of", "credibility"]);
    addItem(of.stream, keyevents.board_id, { fields, chain: item.item_id, state: "nominated" });
    toast(t("boards.nominated"));
  };
  const mend = (): void => {
    if (hazards === undefined) return;
    const fields = { ...taken(item, ["text", "place"]), origin: t("boards.from_check") };
    addItem(of.stream, hazards.board_id, { fields, chain: item.item_id, units: Object.keys(item.tracks) });
    toast(t("boards.mend_begun"));
  };
  return (
    <>
      {nominates && !isNominated && (
        <Button size="small" icon={Flag} onClick={nominate}>
          {t("boards.nominate")}
        </Button>
      )}
      {nominates && isNominated && <span class="muted">{t("boards.is_nominated")}</span>}
      {mends && !isMended && (
        <Button size="small" icon={ShieldAlert} onClick={mend}>
          {t("boards.mend")}
        </Button>
      )}
      {mends && isMended && <span class="muted">{t("boards.is_mended")}</span>}
    </>
  );
}

/** On that board something follows from it, or is on its way there: a second press adds no second one. */
function isFollowed({ item_id }: Item, board: Board | undefined, of: Context): boolean {
  const isIt = (chain: string | null | undefined, board_id: string): boolean => chain === item_id && board_id === board?.board_id;
  const sent = outbox.value.some((wish) => wish.name === "item.add" && wish.state !== "refused" && isIt(wish.body.chain, wish.body.board_id));
  return sent || Object.values(of.ws.items).some((other) => other.voided === null && isIt(other.chain, other.board_id));
}

function taken(item: Item, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (item.fields[name] ? [[name, item.fields[name] ?? ""]] : [])));
}

function OfficeMarks({ item, of }: { item: Item; of: Context }): JSX.Element {
  const text = shortened(textOf(item));
  return (
    <>
      <Button
        size="small"
        icon={Pin}
        pressed={item.pinned}
        title={text}
        onClick={() => void attempt(() => pinItem(of.stream, item.item_id, !item.pinned))}
      >
        {t(item.pinned ? "boards.unpin" : "boards.pin")}
      </Button>
      <Button
        size="small"
        icon={MonitorUp}
        pressed={item.on_wall}
        title={text}
        onClick={() => void attempt(() => putOnWall(of.stream, item.item_id, !item.on_wall))}
      >
        {t(item.on_wall ? "boards.off_wall" : "boards.to_wall")}
      </Button>
    </>
  );
}

interface ReasonProps {
  readonly verb: string;
  readonly danger?: boolean;
  readonly optional?: boolean;
  readonly onCancel: () => void;
  readonly onDone: (reason: string) => void;
}

/** Asks once, in place, for the reason it will be remembered by. */
export function ReasonForm({ verb, danger = false, optional = false, onCancel, onDone }: ReasonProps): JSX.Element {
  const [reason, setReason] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const isMissing = !optional && reason.trim() === "";
  const label = t(optional ? "boards.note_of" : "boards.reason_of", { verb });
  return (
    <form
      class="bv-reason"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isMissing) onDone(reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <input
        ref={input}
        class="input"
        aria-label={label}
        placeholder={label}
        maxLength={LINE_MAX}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <Button size="small" onClick={onCancel}>
        {t("do.cancel")}
      </Button>
      <Button size="small" tone={danger ? "danger" : "accent"} type="submit" disabled={isMissing}>
        {verb}
      </Button>
    </form>
  );
}

/** What is asked of this page's own unit, and its next step as one large button: 签收, 反馈, 申请延期. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { askExtension } from "../../incidentactions";
import { moveTrack } from "../../state/drafts";
import { dueOf, isUnanswered, LINE_MAX, mayExtend, nextProgress, TEXT_MAX } from "../../state/workspace";
import type { Item, UnitTrack } from "../../types/wire";
import { Button, Field } from "../../ui/elements";
import { fieldTime, t, timeInField } from "../../ui/i18n";
import { useAttempt } from "../../ui/toast";
import { useKeptText, type Context } from "./context";
import { Due, Late, TrackDot } from "./marks";
import { Said, Times } from "./tracks";

interface OwnProps {
  readonly item: Item;
  readonly track: UnitTrack;
  readonly of: Context;
}

export function OwnTrack({ item, track, of }: OwnProps): JSX.Element {
  const [asking, setAsking] = useState<"reply" | "extend" | null>(null);
  const { me } = of;
  const next = me === null || of.ws.closed_ms !== null || item.voided !== null ? [] : nextProgress(track, me);
  const send = (state: "signed" | "working" | "replied", text = ""): void =>
    moveTrack(of.stream, item.item_id, track.unit.seat, state, text);
  const replies = asking === "reply" || (next.includes("replied") && !isUnanswered(track) && track.state !== "replied");
  return (
    <section class="bv-own" aria-label={t("boards.own_track")}>
      <div class="bv-card-head">
        <h3>{t("boards.own_track")}</h3>
        <TrackDot track={track} of={of} since />
        <Due item={item} of={of} due_ms={dueOf(item, track)} />
        <Late min={track.late_min} />
      </div>
      <Times track={track} of={of} />
      <Said track={track} of={of} />
      {next.includes("signed") && (
        <Button size="large" tone="accent" onClick={() => send("signed")}>
          {t(of.kind === "warning" ? "asked.confirm" : "boards.sign")}
        </Button>
      )}
      {replies && <ReplyForm kept={`reply ${of.stream} ${item.item_id}`} again={track.replies.length > 0} onSend={(text) => send("replied", text)} />}
      <div class="bv-actions">
        {next.includes("working") && !next.includes("signed") && (
          <Button onClick={() => send("working")}>{t("boards.work")}</Button>
        )}
        {next.includes("replied") && !replies && (
          <Button onClick={() => setAsking("reply")}>{t(track.replies.length > 0 ? "boards.reply_again" : "boards.reply_now")}</Button>
        )}
        {me !== null && mayExtend(item, track, me, of.now_ms) && asking !== "extend" && next.length > 0 && (
          <Button tone="quiet" onClick={() => setAsking("extend")}>
            {t("boards.extend")}
          </Button>
        )}
      </div>
      {asking === "extend" && <ExtendForm item={item} track={track} of={of} onDone={() => setAsking(null)} />}
    </section>
  );
}

interface ReplyProps {
  /** Under this key what is typed is kept while the row is folded. */
  readonly kept: string;
  readonly again: boolean;
  readonly onSend: (text: string) => void;
}

function ReplyForm({ kept, again, onSend }: ReplyProps): JSX.Element {
  const [text, setText] = useKeptText(kept);
  const send = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    onSend(text.trim());
    setText("");
  };
  return (
    <form class="bv-reply" onSubmit={send}>
      <textarea
        class="input"
        rows={2}
        maxLength={TEXT_MAX}
        aria-label={t("boards.reply_label")}
        placeholder={t("boards.reply_hint")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) send(event);
        }}
      />
      <Button size="large" tone="accent" type="submit" disabled={text.trim() === ""}>
        {t(again ? "boards.reply_again" : "boards.reply")}
      </Button>
    </form>
  );
}

/** Asked for before the time has come, with a reason. */
function ExtendForm({ item, track, of, onDone }: OwnProps & { onDone: () => void }): JSX.Element {
  const due_ms = dueOf(item, track) ?? of.now_ms;
  const [until, setUntil] = useState(fieldTime(due_ms + 60 * 60_000));
  const [reason, setReason] = useState("");
  const [busy, run] = useAttempt();
  const ms = timeInField(until) ?? 0;
  const isGood = ms > due_ms && reason.trim() !== "";
  const send = (event: Event): void => {
    event.preventDefault();
    if (!isGood || busy) return;
    void run(() => askExtension(of.stream, item.item_id, track.unit.seat, ms, reason.trim())).then((went) => went && onDone());
  };
  return (
    <form class="bv-extend" onSubmit={send}>
      <Field label={t("boards.extend_until")}>
        {({ id }) => <input class="input" id={id} type="datetime-local" value={until} onChange={(event) => setUntil(event.currentTarget.value)} />}
      </Field>
      <Field label={t("boards.extend_reason")}>
        {({ id }) => <input class="input" id={id} maxLength={LINE_MAX} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />}
      </Field>
      <div class="bv-buttons">
        <Button onClick={onDone}>{t("do.cancel")}</Button>
        <Button tone="accent" type="submit" busy={busy} disabled={!isGood}>
          {t("boards.extend")}
        </Button>
      </div>
    </form>
  );
}

/** 值班: who is at the post, the log of this shift, the handover and the roster, of the own office alone. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { signIn, takePost } from "../actions";
import { atPost, comingShift, initial, streamOf } from "../state/duty";
import { dutyState, hold } from "../state/followed";
import { hubNow, me, organisation, second, shifts } from "../state/store";
import "../styles/deskcall.css";
import "../styles/duty.css";
import type { Duty } from "../types/wire";
import { Badge, Banner, Button, Elapsed, EmptyState, StateDot } from "../ui/elements";
import { say, t, type Key } from "../ui/i18n";
import { useForm } from "../ui/kept";
import { useAttempt } from "../ui/toast";
import { NO_ENTRY } from "./dutyentry";
import { Handover } from "./dutyhandover";
import { DutyLog } from "./dutylog";
import { CrewList, namesOf, ownPost, shortWhen, spanOf, TextField } from "./dutyparts";
import { Roster } from "./dutyroster";
import { Tabs } from "./tabs";

type Part = "log" | "handover" | "roster";
const PARTS: readonly { name: Part; text: Key }[] = [
  { name: "log", text: "duty.log" },
  { name: "handover", text: "duty.handover" },
  { name: "roster", text: "duty.roster" },
];

export function DutyPage(): JSX.Element {
  const post = ownPost();
  return post === null ? <EmptyState title={t("app.loading")} /> : <Post key={post} post={post} />;
}

function Post({ post }: { post: string }): JSX.Element {
  const [part, setPart] = useState<Part>("log");
  const { value: draft, change: setDraft } = useForm(`duty ${post}`, () => NO_ENTRY); // stays while one looks elsewhere
  useEffect(() => hold(streamOf(post)), [post]);
  const { state, problem } = dutyState(post).value;
  const duty = state ?? initial();
  if (problem !== null) return <EmptyState title={say(problem)} />;
  return (
    <div class="duty">
      <header class="duty-head">
        <h1>
          {t("nav.duty")} <span class="muted">{organisation.value.seats[post]?.name}</span>
        </h1>
        <Alarms post={post} />
        <AtPost duty={duty} onHandover={() => setPart("handover")} />
      </header>
      <section class="card duty-body">
        <Tabs tabs={PARTS} chosen={part} onChoose={setPart}>
          {part === "log" && <DutyLog duty={duty} draft={draft} onDraft={setDraft} />}
          {part === "handover" && <Handover duty={duty} />}
          {part === "roster" && <Roster duty={duty} />}
        </Tabs>
      </section>
    </div>
  );
}

/** Empty slots of today and tomorrow, as long as there are any. */
function Alarms({ post }: { post: string }): JSX.Element | null {
  const gaps = shifts.value?.[post]?.gaps ?? [];
  if (gaps.length === 0) return null;
  return (
    <Banner tone="warn">
      <strong>{t("duty.gap", { time: gaps.map(spanOf).join("，") })}</strong>
      <span>{t("duty.gap_help")}</span>
    </Banner>
  );
}

function AtPost({ duty, onHandover }: { duty: Duty; onHandover: () => void }): JSX.Element {
  void second.value;
  const { watch } = duty;
  const now_ms = hubNow();
  const next = comingShift(duty, now_ms);
  const following = Object.values(duty.roster)
    .filter((shift) => shift.starts_ms > now_ms && shift.shift_id !== watch?.shift_id)
    .sort((one, two) => one.starts_ms - two.starts_ms)[0];
  if (watch === null) {
    return (
      <section class="card at-post" aria-labelledby="at-post">
        <h2 id="at-post">{t("duty.nobody")}</h2>
        <p class="muted">{t("duty.nobody_help")}</p>
        {next !== null && <CrewList crew={next.crew} />}
        <SignIn names={next === null ? [] : atPost(next.crew)} />
      </section>
    );
  }
  const isLate = watch.until_ms !== null && now_ms > watch.until_ms;
  return (
    <section class="card at-post" aria-labelledby="at-post">
      <h2 id="at-post">
        {t("duty.at_post")} {watch.person}
      </h2>
      <StateDot
        shape={isLate ? "triangle" : "full"}
        tone={isLate ? "warn" : "good"}
        word={
          isLate
            ? t("duty.late", { time: shortWhen(watch.until_ms ?? 0) })
            : `${t("duty.since", { time: shortWhen(watch.began_ms) })}${
                watch.until_ms === null ? "" : ` ${t("duty.until", { time: shortWhen(watch.until_ms) })}`
              }`
        }
      />
      <span class="muted">
        <Elapsed since_ms={watch.began_ms} /> · {t(`duty.how_${watch.how}`)}
        {watch.reason !== "" && `：${watch.reason}`}
      </span>
      <CrewList crew={watch.crew} />
      <p class="muted at-post-next">
        {following === undefined
          ? t("duty.next_none")
          : t("duty.next", { time: shortWhen(following.starts_ms), names: namesOf(following.crew) })}
      </p>
      <div class="at-post-actions">
        {watch.sheet !== null && <Badge tone="accent">{t("duty.collected", { time: shortWhen(watch.sheet.collected_ms) })}</Badge>}
        <Button onClick={onHandover}>{t("duty.handover")}</Button>
        <Take names={next === null ? [] : atPost(next.crew)} />
      </div>
    </section>
  );
}

function SignIn({ names }: { names: readonly string[] }): JSX.Element {
  const own = me.value?.actor.person ?? "";
  const [person, setPerson] = useState(own);
  const [busy, run] = useAttempt();
  return (
    <form
      class="duty-line"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => signIn(person));
      }}
    >
      <TextField label={t("duty.person")} value={person} onInput={setPerson} max={40} list={[...new Set([own, ...names])]} />
      <Button type="submit" tone="accent" busy={busy} disabled={person.trim() === ""}>
        {t("duty.sign_in")}
      </Button>
    </form>
  );
}

/** In need, and with a reason; it is asked for once. */
function Take({ names }: { names: readonly string[] }): JSX.Element {
  const own = me.value?.actor.person ?? "";
  const [asks, setAsks] = useState(false);
  const [person, setPerson] = useState("");
  const [reason, setReason] = useState("");
  const [busy, run] = useAttempt();
  if (!asks) {
    return (
      <Button tone="quiet" onClick={() => setAsks(true)}>
        {t("duty.take")}
      </Button>
    );
  }
  return (
    <form
      class="duty-line duty-take"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => takePost(person, reason)).then((done) => done && setAsks(false));
      }}
    >
      <p class="muted">{t("duty.take_help")}</p>
      <TextField label={t("duty.person")} value={person} onInput={setPerson} max={40} list={[...new Set([own, ...names])]} />
      <TextField label={t("duty.reason")} value={reason} onInput={setReason} />
      <Button type="submit" tone="danger" busy={busy} disabled={person.trim() === "" || reason.trim() === ""}>
        {t("duty.take")}
      </Button>
      <Button onClick={() => setAsks(false)}>{t("do.cancel")}</Button>
    </form>
  );
}

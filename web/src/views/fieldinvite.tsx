/** 邀请现场接入: a code and a QR code for one telephone in the field; what waits can be withdrawn. */
import { QrCode } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { encode } from "uqr";

import * as actions from "../actions";
import { problemOf } from "../link/problem";
import { openInvitations } from "../state/guest";
import { hubNow, second } from "../state/store";
import "../styles/fieldinvite.css";
import type { GuestCode, Problem, Session } from "../types/wire";
import { Button, Dialog, Field, Remaining } from "../ui/elements";
import { clockTime, say, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { LinkDialog } from "./linkdialog";

const MINUTES = [10, 30, 60, 240] as const;

export function FieldInvite({ session }: { session: Session }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <section class="field-invite">
      <Button size="small" icon={QrCode} onClick={() => setOpen(true)}>
        {t("guest.invite")}
      </Button>
      <OpenCodes session={session} />
      {open && <Invite session={session} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** Nobody has come by them yet. */
function OpenCodes({ session }: { session: Session }): JSX.Element | null {
  void second.value;
  const waiting = openInvitations(session, hubNow());
  if (waiting.length === 0) return null;
  return (
    <ul class="field-codes" aria-label={t("guest.open_codes")}>
      {waiting.map(({ invitation_id, label, place, until_ms }) => (
        <li key={invitation_id}>
          <span>
            {label} · {place}
          </span>
          <Remaining until_ms={until_ms} />
          <Button
            size="small"
            tone="quiet"
            title={t("guest.withdraw_name", { label })}
            onClick={() => void attempt(() => actions.withdrawInvitation(session.session_id, invitation_id))}
          >
            {t("guest.withdraw")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Invite({ session, onClose }: { session: Session; onClose: () => void }): JSX.Element {
  const [made, setMade] = useState<{ code: GuestCode; label: string } | null>(null);
  if (made !== null) return <Made code={made.code} label={made.label} onClose={onClose} />;
  return <Form session={session} onMade={(code, label) => setMade({ code, label })} onClose={onClose} />;
}

interface FormProps {
  readonly session: Session;
  readonly onMade: (code: GuestCode, label: string) => void;
  readonly onClose: () => void;
}

function Form({ session, onMade, onClose }: FormProps): JSX.Element {
  const [label, setLabel] = useState("");
  const [place, setPlace] = useState("");
  const [minutes, setMinutes] = useState<number>(30);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      onMade(await actions.inviteGuest(session.session_id, label.trim(), place.trim(), minutes), label.trim());
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setBusy(false);
    }
  };
  const text = (name: "label" | "place", value: string, most: number, change: (text: string) => void): JSX.Element => (
    <Field label={t(`guest.invite_${name}`)} hint={t(`guest.invite_${name}_hint`)}>
      {({ id, describedBy }) => (
        <input
          id={id}
          class="input"
          required
          maxLength={most}
          value={value}
          aria-describedby={describedBy}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
    </Field>
  );
  return (
    <Dialog title={t("guest.invite")} onClose={onClose} class="field-dialog">
      <form class="field-form" onSubmit={(event) => void make(event)}>
        {text("label", label, 20, setLabel)}
        {text("place", place, 40, setPlace)}
        <Field label={t("guest.invite_minutes")} error={problem && say(problem)}>
          {({ id }) => (
            <select
              id={id}
              class="input"
              value={String(minutes)}
              onChange={(event) => setMinutes(Number(event.currentTarget.value))}
            >
              {MINUTES.map((n) => (
                <option key={n} value={String(n)}>
                  {t("guest.minutes", { n })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" tone="accent" icon={QrCode} busy={busy} disabled={label.trim() === "" || place.trim() === ""}>
          {t("guest.make")}
        </Button>
      </form>
    </Dialog>
  );
}

/** The only time that the code is seen. */
function Made({ code, label, onClose }: { code: GuestCode; label: string; onClose: () => void }): JSX.Element {
  const page = `${location.origin}/guest`;
  const link = `${page}#${code.code}`;
  return (
    <LinkDialog title={t("guest.code_title", { label })} link={link} onClose={onClose}>
      <p class="field-code">
        {code.code.slice(0, 4)} {code.code.slice(4)}
      </p>
      <Qr text={link} />
      <p>
        {t("guest.valid", { time: clockTime(code.until_ms) })} <Remaining until_ms={code.until_ms} />
      </p>
      <p class="field-note">{t("guest.code_once", { link: page })}</p>
    </LinkDialog>
  );
}

/** Dark on light in both themes: cameras read it no other way. */
function Qr({ text }: { text: string }): JSX.Element {
  const { data, size } = encode(text, { ecc: "M", border: 3 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="field-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t("guest.qr")} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}

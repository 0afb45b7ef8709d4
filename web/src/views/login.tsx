/** Login: says what the system is and whose, why one is here again, and who may try it in demo mode. */
import { Eye, EyeOff } from "lucide-preact";
import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { enterAs, logIn } from "../actions";
import * as api from "../link/api";
import { problemOf } from "../link/problem";
import { keptLogin } from "../state/login";
import { loginProblem, me, type Me } from "../state/store";
import "../styles/login.css";
import type { About, DemoAccount } from "../types/wire";
import { Banner, Button, Field, IconButton } from "../ui/elements";
import { say, t } from "../ui/i18n";
import { navigate, route } from "../ui/router";
import { homeOf, LanguageButton, mayOpen } from "./shell";

const ABOUT_RETRY_MS = 3_000;
const ABOUT_PATIENCE_MS = 3_000;

/** What the hub says of itself; asked again until it answers, and not waited for in silence. */
function useAbout(): { about: About | null; unreachable: boolean } {
  const [about, setAbout] = useState<About | null>(null);
  const [unreachable, setUnreachable] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wanted = true;
    const patience = setTimeout(() => setUnreachable(true), ABOUT_PATIENCE_MS);
    const ask = (): void => {
      api.about().then(
        (answer) => {
          if (!wanted) return;
          clearTimeout(patience);
          setAbout(answer);
          setUnreachable(false);
        },
        () => {
          if (!wanted) return;
          setUnreachable(true);
          timer = setTimeout(ask, ABOUT_RETRY_MS);
        },
      );
    };
    ask();
    return () => {
      wanted = false;
      clearTimeout(patience);
      clearTimeout(timer);
    };
  }, []);
  return { about, unreachable };
}

export function Login(): JSX.Element {
  const { about, unreachable } = useAbout();
  const [chosen, setChosen] = useState<DemoAccount | null>(null);
  // What the hub says widens the card: a button that moves between press and release gets no click.
  if (about === null && !unreachable) return <div class="login" aria-busy="true" />;
  return (
    <div class="login">
      {unreachable && <Banner tone="warn">{t("login.unreachable")}</Banner>}
      <div class="login-top">
        <LanguageButton />
      </div>
      <div class={`login-card ${about?.demo === true ? "with-demo" : ""}`}>
        <section class="login-own">
          <div class="login-identity">
            <img src="/mark.svg" alt="" width="48" height="48" />
            <div>
              <p class="login-office">{about?.office ?? "\u00a0"}</p>
              <h1>{t("app.full_name")}</h1>
            </div>
          </div>
          <p class="login-what">{t("app.what")}</p>
          <Form chosen={chosen} password={about?.demo_password ?? null} />
          <Resume />
          <p class="login-warning">
            {about !== null && <span class="badge">{about.classification}</span>} {t("login.warning")}
          </p>
          {about !== null && <p class="login-version">{t("login.version", { version: about.version })}</p>}
        </section>
        {about?.demo === true && <Demo about={about} chosen={chosen} onChoose={setChosen} />}
      </div>
    </div>
  );
}

interface FormProps {
  readonly chosen: DemoAccount | null;
  readonly password: string | null;
}

function Form({ chosen, password: demoPassword }: FormProps): JSX.Element {
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const passwordInput = useRef<HTMLInputElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen === null) return;
    setAccount(chosen.account);
    setPassword(demoPassword ?? "");
    setError(null);
    (demoPassword === null ? passwordInput : submit).current?.focus();
  }, [chosen]);

  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setMissing(true);
    if (account.trim() === "" || password === "" || busy) return;
    setBusy(true);
    setError(null);
    try {
      goIn(await logIn(account, password));
    } catch (thrown) {
      setError(say(problemOf(thrown)));
      setBusy(false);
      passwordInput.current?.select();
    }
  };

  const why = error ?? (loginProblem.value === null ? null : say(loginProblem.value));
  const hasNoAccount = missing && account.trim() === "";
  return (
    <form class="login-form" noValidate onSubmit={(event) => void send(event)}>
      {why !== null && (
        <p class="login-error" role="alert">
          {why}
        </p>
      )}
      <Field label={t("login.account")} error={hasNoAccount ? t("login.account_missing") : null}>
        {({ id, describedBy }) => (
          <input
            id={id}
            class="input"
            name="account"
            autocomplete="username"
            autocapitalize="off"
            spellcheck={false}
            autofocus
            value={account}
            aria-describedby={describedBy}
            aria-invalid={hasNoAccount}
            onInput={(event) => setAccount(event.currentTarget.value)}
          />
        )}
      </Field>
      <Password value={password} onChange={setPassword} isMissing={missing && password === ""} input={passwordInput} />
      <Button type="submit" tone="accent" size="large" busy={busy} buttonRef={submit}>
        {t(busy ? "login.submitting" : "login.submit")}
      </Button>
    </form>
  );
}

/** Where the person wanted to go, if they may; else their own first page. */
function goIn({ actor }: Me): void {
  const { page } = route.peek();
  if (page === "login" || !mayOpen(actor.role, page) || location.pathname === "/") {
    navigate(homeOf(actor.role), { replace: true });
  }
}

interface PasswordProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isMissing: boolean;
  readonly input: RefObject<HTMLInputElement>;
}

function Password({ value, onChange, isMissing, input }: PasswordProps): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <Field label={t("login.password")} error={isMissing ? t("login.password_missing") : null}>
      {({ id, describedBy }) => (
        <div class="login-password">
          <input
            id={id}
            ref={input}
            class="input"
            name="password"
            type={shown ? "text" : "password"}
            autocomplete="current-password"
            value={value}
            aria-describedby={describedBy}
            aria-invalid={isMissing}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={t(shown ? "login.hide_password" : "login.show_password")}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </Field>
  );
}

/** On /login the last login is offered, not taken: the person may want to be somebody else. */
function Resume(): JSX.Element | null {
  const kept = keptLogin(Date.now(), { onlyLook: true });
  if (kept === null || me.value !== null || loginProblem.value !== null) return null;
  const { token, ...who } = kept;
  const goOn = (): void => {
    enterAs(token, who);
    navigate(homeOf(who.actor.role), { replace: true });
  };
  return (
    <p class="login-resume">
      <span>{t("login.resume", { person: who.actor.seat_name ?? who.actor.person })}</span>
      <Button size="small" onClick={goOn}>
        {t("login.resume_go")}
      </Button>
    </p>
  );
}

interface DemoProps {
  readonly about: About;
  readonly chosen: DemoAccount | null;
  readonly onChoose: (account: DemoAccount) => void;
}

function Demo({ about, chosen, onChoose }: DemoProps): JSX.Element {
  const accounts = about.demo_accounts;
  const seats = accounts.filter(({ role }) => role === "seat");
  const departments = seats.filter(({ level }) => level === "dept");
  const cities = seats.filter(({ level }) => level === "city");
  const others = seats.filter(({ level }) => level !== "dept" && level !== "city");
  const duty = [...accounts.filter(({ role }) => role !== "seat"), ...others];
  const pick = { chosen, onChoose };
  return (
    <section class="login-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t("login.demo")}</h2>
      <p class="muted">
        {t("login.demo_hint")}
        {about.demo_password !== null && <> {t("login.demo_password", { password: about.demo_password })}</>}
      </p>
      <h3>{t("login.demo_duty")}</h3>
      <ul class="demo-duty">
        {duty.map((account) => (
          <li key={account.account}>
            <Pick {...pick} account={account} name={t(roleKey(account.role))} note={noteOf(account)} />
          </li>
        ))}
      </ul>
      <Group title={t("login.demo_departments")} accounts={departments} open {...pick} />
      <Group title={t("login.demo_cities")} accounts={cities} {...pick} />
    </section>
  );
}

function noteOf({ seat_name, person }: DemoAccount): string {
  return seat_name === null ? person : `${seat_name} · ${person}`;
}

function roleKey(role: string): "role.officer" | "role.reviewer" | "role.admin" | "role.seat" {
  return role === "officer" || role === "reviewer" || role === "admin" ? `role.${role}` : "role.seat";
}

interface GroupProps extends Pick<DemoProps, "chosen" | "onChoose"> {
  readonly title: string;
  readonly accounts: readonly DemoAccount[];
  readonly open?: boolean;
}

function Group({ title, accounts, open = false, ...pick }: GroupProps): JSX.Element | null {
  if (accounts.length === 0) return null;
  const areShort = accounts.every(({ seat_name }) => (seat_name ?? "").length <= 9);
  return (
    <details open={open}>
      <summary>
        {title} <span class="muted">{accounts.length}</span>
      </summary>
      <ul class={`demo-seats ${areShort ? "is-short" : ""}`}>
        {accounts.map((account) => (
          <li key={account.account}>
            <Pick {...pick} account={account} name={account.seat_name ?? account.account} />
          </li>
        ))}
      </ul>
    </details>
  );
}

interface PickProps extends Pick<DemoProps, "chosen" | "onChoose"> {
  readonly account: DemoAccount;
  readonly name: string;
  readonly note?: string;
}

function Pick({ account, name, note, chosen, onChoose }: PickProps): JSX.Element {
  return (
    <button
      type="button"
      class="demo-pick"
      aria-pressed={chosen?.account === account.account}
      title={account.account}
      onClick={() => onChoose({ ...account })}
    >
      <span class="demo-name">{name}</span>
      {note !== undefined && <span class="demo-note">{note}</span>}
    </button>
  );
}

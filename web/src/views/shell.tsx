/** The frame of every page: header with the hub's clock, the state of the line, shortcuts, messages. */
import { Languages, LogOut } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { logOut } from "../actions";
import { hurry } from "../link/socket";
import { line, me, second } from "../state/store";
import "../styles/shell.css";
import type { Role } from "../types/wire";
import { Banner, Button, Clock, Dialog, StateDot } from "../ui/elements";
import { listedShortcuts, useShortcuts, type Shortcut } from "../ui/hooks";
import { elapsed, language, t, type Key } from "../ui/i18n";
import { Link } from "../ui/link";
import { navigate, route, type Route } from "../ui/router";
import { Classification } from "../ui/states";
import { LiveRegions } from "../ui/toast";
import { room } from "./roomkeeper";
import { SearchBox } from "./search";

interface ShellProps {
  readonly children: ComponentChildren;
}

/** Where each kind of person can go, in the order of the header. */
const PLACES: Record<Role, readonly { page: Route["page"]; path: string; text: Key }[]> = {
  officer: [
    { page: "desk", path: "/desk", text: "nav.desk" },
    { page: "duty", path: "/duty", text: "nav.duty" },
    { page: "bookings", path: "/bookings", text: "nav.bookings" },
    { page: "spotchecks", path: "/spotchecks", text: "nav.spotchecks" },
    { page: "papers", path: "/papers", text: "nav.papers" },
    { page: "recordings", path: "/recordings", text: "nav.recordings" },
    { page: "admin", path: "/admin", text: "nav.templates" },
    { page: "check", path: "/check", text: "nav.check" },
  ],
  seat: [
    { page: "desk", path: "/desk", text: "nav.home" },
    { page: "papers", path: "/papers", text: "nav.papers" },
    { page: "duty", path: "/duty", text: "nav.duty" },
    { page: "recordings", path: "/recordings", text: "nav.recordings" },
    { page: "check", path: "/check", text: "nav.check" },
  ],
  reviewer: [
    { page: "recordings", path: "/recordings", text: "nav.recordings" },
    { page: "papers", path: "/papers", text: "nav.papers" },
  ],
  admin: [{ page: "admin", path: "/admin", text: "nav.admin" }],
  guest: [],
  wall: [],
  hub: [],
};

/** The first page of this person's own. */
export function homeOf(role: Role): string {
  return PLACES[role][0]?.path ?? "/desk";
}

export function mayOpen(role: Role, page: Route["page"]): boolean {
  if (page === "review") return mayOpen(role, "recordings");
  if (page === "spotcheck") return mayOpen(role, "spotchecks");
  if (page === "paper") return mayOpen(role, "papers");
  if (page === "incident") return role === "officer" || role === "seat" || role === "reviewer";
  if (page === "phone") return role === "officer";
  if (page === "sheet") return role === "officer" || role === "reviewer";
  if (page === "newincident") return role === "officer" || role === "seat";
  if (page === "session") return role === "officer" || role === "seat";
  return page === "lost" || page === "login" || PLACES[role].some((place) => place.page === page);
}

/** Keys whose own name nobody finds on a keyboard. */
const NAMED_KEYS: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", " ": "␣" };

const TITLES: Record<Route["page"], Key> = {
  login: "login.title",
  desk: "nav.desk",
  session: "desk.in_session",
  recordings: "nav.recordings",
  review: "nav.recordings",
  bookings: "nav.bookings",
  spotchecks: "nav.spotchecks",
  spotcheck: "nav.spotchecks",
  papers: "nav.papers",
  paper: "nav.papers",
  incident: "incident.title",
  newincident: "incidents.new",
  phone: "phone.title",
  sheet: "sheet.title",
  duty: "nav.duty",
  check: "nav.check",
  admin: "nav.admin",
  guest: "guest.title",
  wall: "wall.title",
  lost: "app.lost_title",
};

/** Another page: its name stands on the tab, and what had the focus before is not left in the air. */
function useArrival(page: Route["page"]): void {
  const title = `${t(TITLES[page])} · ${t("app.name")}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const arrived = useRef(page);
  useEffect(() => {
    // Where the browser begins on a fresh load is right: at the skip link.
    if (arrived.current === page) return;
    arrived.current = page;
    if (document.activeElement === document.body) document.getElementById("content")?.focus();
  }, [page]);
}

export function Shell({ children }: ShellProps): JSX.Element {
  const [showsKeys, setShowsKeys] = useState(false);
  const { page } = route.value;
  const role = me.value?.actor.role;
  // The consultation brings its own header: the stage needs the height.
  const isRoom = page === "session" && role !== undefined && mayOpen(role, page);
  const hasHeader = !isRoom && page !== "login" && role !== undefined;
  useArrival(page);
  useShortcuts([{ key: "?", label: t("keys.help"), run: () => setShowsKeys(true) }]);
  return (
    <div class="shell" data-theme={isRoom ? "dark" : undefined}>
      <a class="button skip" href="#content">
        {t("app.skip")}
      </a>
      {hasHeader && <Header />}
      {/* The room knows more: whether picture and sound go on, and for how long it is tried. */}
      {me.value !== null && !(isRoom && room.value?.isHere() === true) && <LineBanner />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {showsKeys && <Shortcuts shortcuts={listedShortcuts()} onClose={() => setShowsKeys(false)} />}
      <LiveRegions />
    </div>
  );
}

function Header(): JSX.Element {
  const who = me.value;
  if (who === null) return <></>;
  const { role } = who.actor;
  const office = who.actor.seat_name ?? t(`role.${role}`);
  return (
    <header class="page-head">
      <Link to={homeOf(role)} class="brand">
        <img src="/mark.svg" alt="" width="24" height="24" />
        <span>{t("app.name")}</span>
      </Link>
      <Classification />
      <nav aria-label={t("nav.label")}>
        {PLACES[role].map(({ page, path, text }) => (
          <Link key={path} to={path} current={isOn(page)}>
            {t(text)}
          </Link>
        ))}
      </nav>
      <div class="head-right">
        {(role === "officer" || role === "seat" || role === "reviewer") && <SearchBox />}
        <Clock withDate />
        <LineState />
        <div class="who">
          <span class="office">{office}</span>
          <span class="person">{t("app.account", { person: who.actor.person, account: who.account })}</span>
        </div>
        <LanguageButton />
        <Button class="log-out" tone="quiet" icon={LogOut} title={t("app.log_out")} onClick={leaveHouse}>
          {t("app.log_out")}
        </Button>
      </div>
    </header>
  );
}

function leaveHouse(): void {
  logOut();
  navigate("/login");
}

function isOn(page: Route["page"]): boolean {
  const now = route.value.page;
  if (now === "spotcheck") return page === "spotchecks";
  if (now === "paper") return page === "papers";
  if (now === "incident" || now === "newincident" || now === "phone" || now === "sheet") return page === "desk";
  return now === page || (now === "review" && page === "recordings");
}

export function LanguageButton(): JSX.Element {
  const other = language.value === "en" ? "zh-CN" : "en";
  return (
    <Button
      tone="quiet"
      icon={Languages}
      title={t("app.language_label")}
      onClick={() => (language.value = other)}
    >
      <span lang={other}>{t("app.language")}</span>
    </Button>
  );
}

function LineState(): JSX.Element {
  const { state } = line.value;
  const word = t(`line.${state}`);
  if (state === "online") return <StateDot shape="full" tone="good" word={word} bare />;
  return <StateDot shape="half" tone="warn" word={word} bare />;
}

/** Says what happened, what still works and what to do; a short stumble does not flash a banner. */
const BANNER_AFTER_MS = 1_500;

function LineBanner(): JSX.Element | null {
  const { state, since_ms } = line.value;
  if (state === "online" || state === "closed") return null;
  void second.value;
  const lasted_ms = Date.now() - since_ms;
  if (lasted_ms < BANNER_AFTER_MS) return null;
  return (
    <Banner tone="warn" action={<Button size="small" onClick={hurry}>{t("do.reconnect_now")}</Button>}>
      <strong>{t(state === "connecting" ? "line.connecting_banner" : "line.banner")}</strong>
      <span class="elapsed" aria-hidden="true">
        {elapsed(lasted_ms)}
      </span>
      {state === "reconnecting" && <span>{t("line.banner_still")}</span>}
    </Banner>
  );
}

interface ShortcutsProps {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}

function Shortcuts({ shortcuts, onClose }: ShortcutsProps): JSX.Element {
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      <dl class="keys-list">
        {shortcuts.map(({ key, label }) => (
          <>
            <dt key={key}>
              <kbd>{NAMED_KEYS[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>
            </dt>
            <dd>{label}</dd>
          </>
        ))}
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t("keys.close")}</dd>
      </dl>
      <p class="keys-group">{t("keys.typing")}</p>
    </Dialog>
  );
}

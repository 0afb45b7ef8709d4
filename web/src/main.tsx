/** The table of contents: which view stands at which address, and what starts with the page. */
import { effect } from "@preact/signals";
import { render, type JSX } from "preact";

import { enterAs, loginLost } from "./actions";
import { isLoginTrouble } from "./link/problem";
import { hurry, on } from "./link/socket";
import { startDrafts } from "./state/drafts";
import { startTouching } from "./state/touching";
import { keptLogin } from "./state/login";
import { account, me, rings, startStore } from "./state/store";
import "./styles/tokens.css";
import "./styles/base.css";
import { Button, EmptyState } from "./ui/elements";
import { say, startLanguage, t } from "./ui/i18n";
import { Boundary, lazy } from "./ui/lazy";
import { navigate, pathOf, route } from "./ui/router";
import { toast } from "./ui/toast";
import { AskedBanner } from "./views/asked";
import { Reminders } from "./views/bookingparts";
import { ShiftNotices } from "./views/dutyhead";
import { Login } from "./views/login";
import { OfficeAlarm } from "./views/officealarm";
import { RoomStrip } from "./views/roomstrip";
import { homeOf, mayOpen, Shell } from "./views/shell";

const Desk = lazy(async () => (await import("./views/desk")).Desk);
const Accounts = lazy(async () => (await import("./views/accounts")).Accounts);
const Consultation = lazy(async () => (await import("./views/consultation")).Consultation);
const Incoming = lazy(async () => (await import("./views/incoming")).Incoming);
const Recordings = lazy(async () => (await import("./views/recordings")).Recordings);
const SelfCheck = lazy(async () => (await import("./views/selfcheck")).SelfCheckPage);
const Guest = lazy(async () => (await import("./views/guest")).GuestPage);
const Wall = lazy(async () => (await import("./views/wall")).WallPage);
const BookingsPage = lazy(async () => (await import("./views/bookings")).BookingsPage);
const IncidentPage = lazy(async () => (await import("./views/incident")).IncidentPage);
const OpenIncident = lazy(async () => (await import("./views/incidentopen")).OpenIncident);
const PhoneList = lazy(async () => (await import("./views/phonelist")).PhoneListPage);
const Sheet = lazy(async () => (await import("./views/sheet")).SheetPage);
const DutyPage = lazy(async () => (await import("./views/duty")).DutyPage);
const SpotChecks = lazy(async () => (await import("./views/spotchecks")).SpotChecks);
const SpotCheckPage = lazy(async () => (await import("./views/spotcheck")).SpotCheckPage);
const PapersPage = lazy(async () => (await import("./views/papers")).PapersPage);
const PaperPage = lazy(async () => (await import("./views/paper")).PaperPage);
const Review = lazy(async () => (await import("./views/review")).Review);

function Page(): JSX.Element {
  const at = route.value;
  const who = me.value;
  if (at.page === "login" || who === null) return <Login />;
  if (!mayOpen(who.actor.role, at.page)) return <Elsewhere title={t("app.forbidden_title")} />;
  switch (at.page) {
    case "desk":
      return <Desk />;
    case "session":
      return <Consultation key={at.sessionId} sessionId={at.sessionId} />;
    case "recordings":
      return <Recordings />;
    case "review":
      return <Review key={at.recordingId} recordingId={at.recordingId} />;
    case "bookings":
      return <BookingsPage />;
    case "incident":
      return <IncidentPage key={at.incidentId} incidentId={at.incidentId} />;
    case "newincident":
      return <OpenIncident key={String(at.byPhone)} byPhone={at.byPhone} />;
    case "phone":
      return <PhoneList />;
    case "sheet":
      return <Sheet key={at.of} of={at.of} />;
    case "duty":
      return <DutyPage />;
    case "spotchecks":
      return <SpotChecks />;
    case "spotcheck":
      return <SpotCheckPage key={at.checkId} checkId={at.checkId} />;
    case "papers":
      return <PapersPage />;
    case "paper":
      return <PaperPage key={at.paperId} paperId={at.paperId} />;
    case "check":
      return <SelfCheck />;
    case "admin":
      return <Accounts />;
    case "guest":
    case "wall":
    case "lost":
      return <Elsewhere title={t("app.lost_title")} text={t("app.lost_text")} />;
  }
}

function Elsewhere({ title, text }: { title: string; text?: string }): JSX.Element {
  const home = homeOf(me.value?.actor.role ?? "seat");
  return (
    <EmptyState title={title} action={<Button onClick={() => navigate(home)}>{t("app.home")}</Button>}>
      {text}
    </EmptyState>
  );
}

function App(): JSX.Element {
  return (
    <Shell>
      <Boundary of={pathOf(route.value)}>
        <Page />
      </Boundary>
      <RoomStrip />
      <Reminders />
      <ShiftNotices />
      {me.value !== null && <AskedBanner />}
      <OfficeAlarm />
      {rings.value.length > 0 && (
        <Boundary of="incoming">
          <Incoming />
        </Boundary>
      )}
    </Shell>
  );
}

/** 现场 and 大屏 are pages of their own: without a login, and with a line that is theirs alone. */
function Outside({ page }: { page: "guest" | "wall" }): JSX.Element {
  return <Boundary of={page}>{page === "guest" ? <Guest /> : <Wall />}</Boundary>;
}

function takeUpLogin(): void {
  const kept = route.peek().page === "login" ? null : keptLogin(Date.now());
  if (kept === null) return;
  const { token, ...who } = kept;
  enterAs(token, who);
  if (location.pathname === "/") navigate(homeOf(who.actor.role), { replace: true });
}

startLanguage();
startStore();
const outside = route.peek().page;
const isOutside = outside === "guest" || outside === "wall";
if (!isOutside) takeUpLogin();
effect(() => (account.value === null ? undefined : startDrafts(account.value)));
if (!isOutside) startTouching();
on("notice", ({ problem }) => {
  if (isOutside) return; // they say it themselves
  if (isLoginTrouble(problem)) loginLost(problem);
  else toast(say(problem), "bad");
});
addEventListener("online", hurry);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) hurry();
});
const root = document.getElementById("app");
if (root !== null) render(isOutside ? <Outside page={outside} /> : <App />, root);

/** A seat's home: is the line good, will the bell be heard, what runs, and what a call will look like. */
import { BellRing, ClipboardCheck, Volume2 } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { hubNow, line, me, organisation, presence, roundTrip, second } from "../state/store";
import "../styles/home.css";
import { Button, Elapsed, StateDot } from "../ui/elements";
import { t } from "../ui/i18n";
import { Link } from "../ui/link";
import { Bell } from "./bell";
import { Invitations } from "./bookingparts";
import { Running } from "./desksessions";
import { IncidentList } from "./incidentlist";
import { InboxCard } from "./inbox";
import { NotificationCheck } from "./notification";

/** Long enough to hear one round of the bell. */
const SAMPLE_MS = 1_500;

export function Home(): JSX.Element {
  const actor = me.value?.actor;
  const seat = organisation.value.seats[actor?.seat ?? ""];
  return (
    <div class="home">
      <InboxCard />
      <Running empty={t("home.running_none")} />
      <Invitations />
      <section class="card home-state" aria-labelledby="home-title">
        <p class="muted">{t("home.own_venue")}</p>
        <h1 id="home-title">{actor?.seat_name ?? ""}</h1>
        <dl>
          <dt>{t("home.person")}</dt>
          <dd>{actor?.person ?? ""}</dd>
          <dt>{t("home.phone")}</dt>
          <dd>{seat?.phone ?? ""}</dd>
          <dt>{t("home.line")}</dt>
          <dd>
            <LineWords />
          </dd>
          <dt>{t("home.bell")}</dt>
          <dd>
            <BellCheck />
          </dd>
          <dt>{t("notify.row")}</dt>
          <dd>
            <NotificationCheck />
          </dd>
          <dt>{t("check.home_row")}</dt>
          <dd>
            <Link to="/check" class="button small">
              <ClipboardCheck size={16} aria-hidden="true" />
              {t("check.open")}
            </Link>
          </dd>
        </dl>
      </section>
      <IncidentList />
      <section class="card home-help" aria-labelledby="home-help-title">
        <h2 id="home-help-title">{t("home.when_called")}</h2>
        <ol>
          <li>{t("home.when_called_1")}</li>
          <li>{t("home.when_called_2")}</li>
          <li>{t("home.when_called_3")}</li>
        </ol>
        <p class="muted">{t("home.keep_open")}</p>
      </section>
    </div>
  );
}

function LineWords(): JSX.Element {
  void second.value;
  const { state, since_ms } = line.value;
  const since = hubNow() - (Date.now() - since_ms);
  const isUp = state === "online";
  const own = presence.value[me.value?.actor.seat ?? ""];
  return (
    <span class="home-line">
      <StateDot shape={isUp ? "full" : "half"} tone={isUp ? "good" : "warn"} word={t(`line.${state}`)} />
      <Elapsed since_ms={isUp ? (own?.since_ms ?? since) : since} />
      {isUp && roundTrip.value !== null && (
        <span class="muted">{t("line.round_trip", { ms: Math.max(1, Math.round(roundTrip.value)) })}</span>
      )}
    </span>
  );
}

/** Browsers let a page sound only after somebody has touched it; until then the bell would be silent. */
function BellCheck(): JSX.Element {
  const [isReady, setReady] = useState(navigator.userActivation?.hasBeenActive ?? false);
  const [bell, setBell] = useState<Bell | null>(null);
  useEffect(() => {
    const touched = (): void => setReady(true);
    addEventListener("click", touched, { once: true }); // not before: nothing moves under a finger that is down
    addEventListener("keydown", touched, { once: true });
    return () => {
      removeEventListener("click", touched);
      removeEventListener("keydown", touched);
    };
  }, []);
  useEffect(() => {
    if (bell === null) return;
    const timer = setTimeout(() => setBell(null), SAMPLE_MS);
    return () => {
      clearTimeout(timer);
      bell.stop();
    };
  }, [bell]);
  const listen = (): void => {
    setReady(true);
    if (bell === null) setBell(new Bell());
  };
  return (
    <span class="home-line">
      {isReady ? (
        <StateDot shape="full" tone="good" word={t("home.bell_ready")} />
      ) : (
        <StateDot shape="triangle" tone="warn" word={t("home.bell_blocked")} />
      )}
      <Button size="small" icon={isReady ? Volume2 : BellRing} tone={isReady ? "plain" : "accent"} onClick={listen}>
        {t(isReady ? "home.bell_try" : "home.bell_enable")}
      </Button>
    </span>
  );
}

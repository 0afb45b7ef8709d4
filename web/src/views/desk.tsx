/** 值班台, the home of the duty officer: who is there, whom to call, what runs, what has just happened. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { me } from "../state/store";
import "../styles/desk.css";
import { useShortcuts } from "../ui/hooks";
import { t } from "../ui/i18n";
import { isNarrow } from "../ui/narrow";
import { Upcoming } from "./bookingparts";
import { Calls } from "./deskcall";
import { watched } from "./deskchoice";
import { Feed, useRunning } from "./deskfeed";
import { goToLaunch, Launch } from "./desklaunch";
import { Running } from "./desksessions";
import { Todos } from "./desktodos";
import { Venues } from "./deskvenues";
import { DutyHead } from "./dutyhead";
import { Home } from "./home";
import { goToNewIncident, IncidentList } from "./incidentlist";
import { RecorderAlarm } from "./recorderalarm";
import { StorageTroubles } from "./storagetroubles";

export function Desk(): JSX.Element {
  return me.value?.actor.role === "officer" ? <DutyDesk /> : <Home />;
}

function DutyDesk(): JSX.Element {
  const ids = useRunning();
  useShortcuts([
    { key: "n", label: t("desk.launch"), run: goToLaunch },
    { key: "e", label: t("incidents.new"), run: goToNewIncident },
  ]);
  if (isNarrow.value) return <NarrowDesk ids={ids} />;
  return (
    <div class="desk">
      <h1 class="visually-hidden">{t("nav.desk")}</h1>
      <Venues />
      <div class="desk-centre">
        <RecorderAlarm />
        <StorageTroubles />
        <DutyHead />
        {watched.value === null ? <Launch /> : <Calls key={watched.value} sessionId={watched.value} />}
        <Running empty={t("desk.running_none")} />
        <IncidentList />
        <Upcoming />
      </div>
      <div class="desk-side">
        <Todos ids={ids} />
        <Feed ids={ids} />
      </div>
    </div>
  );
}

/** On a telephone: what waits first, then what runs; whom to call comes last. Tab goes the same way as the eye. */
function NarrowDesk({ ids }: { ids: readonly string[] }): JSX.Element {
  const called = watched.value;
  const centre = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (called !== null) centre.current?.scrollIntoView();
  }, [called]);
  return (
    <div class="desk">
      <h1 class="visually-hidden">{t("nav.desk")}</h1>
      <div class="desk-centre" ref={centre}>
        <RecorderAlarm />
        <StorageTroubles />
        <DutyHead />
        {called !== null && <Calls key={called} sessionId={called} />}
        <div class="card">
          <Todos ids={ids} />
        </div>
        <Running empty={t("desk.running_none")} />
        <IncidentList />
        {called === null && <Launch />}
        <Upcoming />
      </div>
      <Venues />
      <Feed ids={ids} />
    </div>
  );
}

/** The head of an incident: what it is, its three times, what is due next, who is hurt, who takes part. */
import { ClipboardPen, Flag, Pencil, PhoneCall, Scale } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { firstReportLate, STEPS } from "../state/incident";
import { me } from "../state/store";
import { boardOf, mayAdd } from "../state/workspace";
import type { Workspace } from "../types/wire";
import { Badge, Button } from "../ui/elements";
import { t } from "../ui/i18n";
import { LevelBadge } from "../ui/levelbadge";
import { Menu } from "../ui/menu";
import { isNarrow } from "../ui/narrow";
import { Casualties } from "./incidentcasualties";
import { NextDue, Work } from "./incidentdue";
import { HeaderEditor } from "./incidentedit";
import { launchOn } from "./incidentlaunch";
import { LevelDialog, StatusDialog, stepText } from "./incidentlevel";
import { Ago, isOffice, LateStamp, mayEditHeader, minuteTime, shortTime } from "./incidentparts";
import { ReportDialog } from "./incidentreport";
import { Units } from "./incidentunits";

export interface HeaderProps {
  readonly stream: string;
  readonly ws: Workspace;
  /** Shows a board, and on it the item when one is named. */
  readonly onShow: (boardId: string, itemId?: string) => void;
}

export function IncidentHeader({ stream, ws, onShow }: HeaderProps): JSX.Element {
  const isIncident = ws.nature === "incident";
  return (
    <header class="inc-head card">
      <Marks ws={ws} />
      <div class="inc-title">
        {isIncident && <LevelBadge level={ws.level} size="large" />}
        <div class="inc-name">
          <h1>{isIncident ? ws.header.title : t("incident.daily")}</h1>
          {isIncident ? <About ws={ws} /> : <p class="muted">{t("incident.daily_hint")}</p>}
        </div>
        {isIncident && <Actions stream={stream} ws={ws} onShow={onShow} />}
      </div>
      {isIncident && (
        <dl class="inc-facts">
          <Times ws={ws} />
          <NextDue ws={ws} onShow={onShow} />
          <Casualties stream={stream} ws={ws} />
          <Work ws={ws} onShow={onShow} />
        </dl>
      )}
      {isIncident && <Summary stream={stream} ws={ws} />}
      <Units stream={stream} ws={ws} onShow={onShow} />
    </header>
  );
}

/** 演练 over everything of an exercise; then what state it is in, where that changes what can be done. */
function Marks({ ws }: { ws: Workspace }): JSX.Element {
  const own = ws.status === "draft" && !isOffice();
  return (
    <>
      {ws.exercise && (
        <p class="inc-exercise">
          <strong>{t("incident.exercise_banner")}</strong> {t("incident.exercise_text")}
        </p>
      )}
      {ws.status === "draft" && (
        <p class="inc-mark" role="status">
          {own ? t("incident.draft_wait") : t("incident.draft_banner", { name: ws.office_name })}
        </p>
      )}
      {ws.status === "closed" && (
        <p class="inc-mark" role="status">
          {t("incident.closed_banner")}
        </p>
      )}
      {ws.status === "void" && (
        <p class="inc-mark" role="status">
          {t("incident.void_banner")}
        </p>
      )}
    </>
  );
}

function About({ ws }: { ws: Workspace }): JSX.Element {
  const { category, place, sensitive } = ws.header;
  return (
    <p class="inc-about">
      <span class="number">{ws.number}</span>
      <span>{t(`category.${category}`)}</span>
      <span>{place === "" ? t("incident.place_none") : place}</span>
      <Badge tone={ws.response === "" ? "neutral" : "accent"}>
        {ws.response === "" ? t("response.none") : t(`response.${ws.response as "I"}`)}
      </Badge>
      <Badge tone={ws.status === "active" ? "accent" : "neutral"}>{t(`incidentstatus.${ws.status}`)}</Badge>
      {sensitive && <Badge tone="warn">{t("incident.sensitive")}</Badge>}
    </p>
  );
}

type Opened = "edit" | "level" | "report" | { readonly step: Workspace["status"] };

function Actions({ stream, ws, onShow }: HeaderProps): JSX.Element {
  const [opened, setOpened] = useState<Opened | null>(null);
  const by = me.value?.actor;
  const close = (): void => setOpened(null);
  const reports = boardOf(ws, "report");
  const office = isOffice();
  const verbs = [
    ...(office && ws.closed_ms === null
      ? [{ text: t("incident.change_level"), icon: Scale, run: () => setOpened("level") }]
      : []),
    ...(mayEditHeader(ws, by) ? [{ text: t("incident.edit"), icon: Pencil, run: () => setOpened("edit") }] : []),
  ];
  const steps = (office ? STEPS[ws.status] : []).map((step, at) => ({
    text: stepText(ws.status, step),
    danger: step === "void",
    apart: at === 0,
    run: () => setOpened({ step }),
  }));
  // A telephone has no room for five buttons: two, and the rest behind one.
  const menu = isNarrow.value ? [...verbs, ...steps] : steps;
  return (
    <div class="inc-actions">
      {office && ws.closed_ms === null && (
        <Button tone="accent" icon={PhoneCall} onClick={() => launchOn(ws)}>
          {t("incident.launch")}
        </Button>
      )}
      {by !== undefined && reports !== undefined && mayAdd(ws, reports, by) && (
        <Button icon={ClipboardPen} onClick={() => setOpened("report")}>
          {t("report.add")}
        </Button>
      )}
      {!isNarrow.value &&
        verbs.map(({ text, icon, run }) => (
          <Button key={text} icon={icon} onClick={run}>
            {text}
          </Button>
        ))}
      {menu.length > 0 && (
        <Menu label={t(isNarrow.value ? "incident.more" : "incident.status")} icon={Flag} items={menu} />
      )}
      {opened === "edit" && <HeaderEditor stream={stream} ws={ws} onClose={close} />}
      {opened === "level" && <LevelDialog stream={stream} ws={ws} onClose={close} />}
      {opened === "report" && <ReportDialog stream={stream} ws={ws} onSaved={onShow} onClose={close} />}
      {typeof opened === "object" && opened !== null && (
        <StatusDialog stream={stream} ws={ws} step={opened.step} onClose={close} />
      )}
    </div>
  );
}

/** 事发 · 接报 · 首报: three times, which are never one. */
function Times({ ws }: { ws: Workspace }): JSX.Element {
  return (
    <>
      <Time name={t("incident.occurred")} ms={ws.header.occurred_ms} none={t("incident.unknown_time")} isWritten />
      <Time name={t("incident.learned")} ms={ws.header.learned_ms} none={t("incident.unknown_time")} isWritten />
      <Time name={t("incident.first_reported")} ms={ws.first_reported_ms} none={t("incident.not_yet")}>
        <LateStamp late_min={firstReportLate(ws)} />
      </Time>
    </>
  );
}

interface TimeProps {
  readonly name: string;
  readonly ms: number | null;
  readonly none: string;
  /** By a person, to the minute; else stamped by the hub. */
  readonly isWritten?: boolean;
  readonly children?: JSX.Element;
}

function Time({ name, ms, none, isWritten = false, children }: TimeProps): JSX.Element {
  return (
    <div class="inc-fact">
      <dt>{name}</dt>
      <dd>
        <span class="figure">{ms === null ? none : isWritten ? minuteTime(ms) : shortTime(ms)}</span>
        <span class="beside">
          {ms !== null && <Ago ms={ms} />} {children}
        </span>
      </dd>
    </div>
  );
}

function Summary({ stream, ws }: { stream: string; ws: Workspace }): JSX.Element {
  const [edits, setEdits] = useState(false);
  const { summary } = ws.header;
  return (
    <div class="inc-summary">
      <h2>{t("incident.summary")}</h2>
      <p class={summary === "" ? "muted" : ""}>{summary === "" ? t("incident.summary_none") : summary}</p>
      {mayEditHeader(ws, me.value?.actor) && (
        <Button size="small" tone="quiet" icon={Pencil} onClick={() => setEdits(true)}>
          {t("incident.edit_summary")}
        </Button>
      )}
      {edits && <HeaderEditor stream={stream} ws={ws} first="summary" onClose={() => setEdits(false)} />}
    </div>
  );
}

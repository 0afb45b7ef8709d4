/** 变更级别 and the steps of an incident's status, each with its reason and saying what it does. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { changeLevel, changeStatus } from "../actions";
import { looseEnds, needsReason } from "../state/incident";
import { hubNow } from "../state/store";
import type { EventLevel, Status, Workspace } from "../types/wire";
import { Field } from "../ui/elements";
import { t, type Key } from "../ui/i18n";
import { LevelBadge } from "../ui/levelbadge";
import { FormDialog } from "./incidentparts";

export const LEVELS = ["I", "II", "III", "IV"] as const satisfies readonly EventLevel[];
const RESPONSES = ["", ...LEVELS] as const;

interface DialogProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly onClose: () => void;
}

export function LevelDialog({ stream, ws, onClose }: DialogProps): JSX.Element {
  const [level, setLevel] = useState<EventLevel>(ws.level);
  const [response, setResponse] = useState(ws.response);
  const [reason, setReason] = useState("");
  const isOther = level !== ws.level || response !== ws.response;
  return (
    <FormDialog
      title={t("incident.level_title")}
      go={t("incident.level_go")}
      disabled={!isOther || reason.trim() === ""}
      onClose={onClose}
      onSubmit={() => changeLevel(stream, level, response, reason.trim())}
    >
      <LevelChoice level={level} onLevel={setLevel} />
      <Field label={t("incident.response")}>
        {({ id }) => (
          <select id={id} class="input" value={response} onChange={(event) => setResponse(event.currentTarget.value)}>
            {RESPONSES.map((one) => (
              <option key={one} value={one}>
                {one === "" ? t("response.none") : t(`response.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Reason label={t("incident.level_reason")} value={reason} onInput={setReason} />
      <p class="muted">{t("incident.level_effect")}</p>
    </FormDialog>
  );
}

interface LevelChoiceProps {
  readonly level: EventLevel;
  readonly onLevel: (level: EventLevel) => void;
}

export function LevelChoice({ level, onLevel }: LevelChoiceProps): JSX.Element {
  return (
    <fieldset class="level-choice">
      <legend>{t("incident.level")}</legend>
      {LEVELS.map((one) => (
        <label key={one}>
          <input type="radio" name="level" checked={level === one} onChange={() => onLevel(one)} />
          <LevelBadge level={one} size="small" />
        </label>
      ))}
    </fieldset>
  );
}

/** The verb on the button: what the step does depends on where it begins. */
export function stepText(from: Status, to: Status): string {
  const special: Key | null =
    from === "draft" && to === "active"
      ? "statusstep.active_draft"
      : from === "closed"
        ? "statusstep.monitoring_closed"
        : null;
  return t(special ?? (`statusstep.${to as Exclude<Status, "draft">}` as const));
}

export function StatusDialog({ stream, ws, step, onClose }: DialogProps & { step: Status }): JSX.Element {
  const [reason, setReason] = useState("");
  const isNeeded = needsReason(ws.status, step);
  return (
    <FormDialog
      title={stepText(ws.status, step)}
      go={stepText(ws.status, step)}
      danger={step === "closed" || step === "void"}
      disabled={isNeeded && reason.trim() === ""}
      onClose={onClose}
      onSubmit={() => changeStatus(stream, step, reason.trim())}
    >
      {step === "closed" && <LooseEnds ws={ws} />}
      {step === "void" && <p>{t("incident.void_effect")}</p>}
      <Reason
        label={t(isNeeded ? "incident.status_reason" : "incident.status_reason_optional")}
        value={reason}
        onInput={setReason}
      />
    </FormDialog>
  );
}

/** What closing leaves behind, by number. */
function LooseEnds({ ws }: { ws: Workspace }): JSX.Element {
  const { instructions, overdueTasks, others } = looseEnds(ws, hubNow());
  const lines = [
    ...(instructions > 0 ? [t("incident.close_instructions", { n: instructions })] : []),
    ...(overdueTasks > 0 ? [t("incident.close_tasks", { n: overdueTasks })] : []),
    ...(others > 0 ? [t("incident.close_others", { n: others })] : []),
  ];
  return (
    <>
      {lines.length === 0 ? (
        <p>{t("incident.close_none")}</p>
      ) : (
        <div class="inc-loose" role="alert">
          <strong>{t("incident.close_loose")}</strong>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <p class="muted">{t("incident.close_effect")}</p>
    </>
  );
}

interface ReasonProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function Reason({ label, value, onInput }: ReasonProps): JSX.Element {
  return (
    <Field label={label}>
      {({ id }) => (
        <input
          id={id}
          class="input"
          maxLength={120}
          autocomplete="off"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

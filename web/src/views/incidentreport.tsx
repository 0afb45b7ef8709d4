/** 登记报告: a first report, a follow-up that says only what is new, a final one, or a telephone record. */
import type { JSX } from "preact";
import { addItem } from "../actions";
import { chainHead, lastSaid, nextFollowup } from "../state/incident";
import { hubNow } from "../state/store";
import { boardOf, nextDeadline } from "../state/workspace";
import type { Workspace } from "../types/wire";
import { Field } from "../ui/elements";
import { t } from "../ui/i18n";
import { KeptNote, useForm } from "../ui/kept";
import { numberWord } from "./boards/words";
import { CALLER, Elements, ELEMENTS, type Fields } from "./incidentelements";
import { Countdown, FormDialog, isOffice, minuteTime, thisMinute } from "./incidentparts";

const TYPES = ["phone", "initial", "followup", "final"] as const;
type ReportType = (typeof TYPES)[number];

const FIRST: readonly ReportType[] = ["phone", "initial"];
/** A follow-up does not begin again (domain.md 2.2): when it happened has been said. */
const PROGRESS = ELEMENTS.filter((name) => name !== "occurred" && name !== "learned" && name !== "place");

export function reportTitle(ws: Workspace, type: ReportType): string {
  const { title } = ws.header;
  if (type === "followup") return t("report.title_followup", { title, n: numberWord(nextFollowup(ws)) });
  return t(`report.title_${type}`, { title });
}

/** `text` is the title as it was typed; null is what the hub's numbering makes of it. */
interface Written {
  readonly type: ReportType;
  readonly text: string | null;
  readonly fields: Fields;
}

interface ReportDialogProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly onSaved: (boardId: string, itemId: string) => void;
  readonly onClose: () => void;
}

export function ReportDialog({ stream, ws, onSaved, onClose }: ReportDialogProps): JSX.Element {
  const head = chainHead(ws);
  const office = isOffice();
  const types = TYPES.filter((one) => office || one !== "phone");
  const form = useForm<Written>(`report ${stream}`, () => ({
    type: head === null ? (office ? "phone" : "initial") : "followup",
    text: null,
    fields: begun(ws, String(thisMinute())),
  }));
  const { type, text, fields } = form.value;
  const setFields = (now: Fields): void => form.change((before) => ({ ...before, fields: now }));
  const board = boardOf(ws, "report");
  const isFirst = FIRST.includes(type);
  const names = isFirst ? ELEMENTS : PROGRESS;
  const shown: readonly string[] = [...(type === "phone" ? CALLER : []), ...names, "signed_by", "proposal"];
  const save = async (): Promise<void> => {
    if (board === undefined) return;
    const given = Object.entries(fields).filter(([name, value]) => shown.includes(name) && value.trim() !== "");
    const written = { ...Object.fromEntries(given), type, text: (text ?? reportTitle(ws, type)).trim() };
    const chain = type !== "initial" && head !== null ? { chain: head.item_id } : {};
    form.forget();
    onSaved(board.board_id, addItem(stream, board.board_id, { fields: written, state: "submitted", ...chain }));
  };
  return (
    <FormDialog
      title={t("report.add")}
      go={t("report.submit")}
      class="inc-wide-dialog"
      disabled={(text ?? reportTitle(ws, type)).trim() === ""}
      onClose={onClose}
      onSubmit={save}
    >
      <KeptNote {...form} />
      <TypeChoice types={types} type={type} onType={(now) => form.change((before) => ({ ...before, type: now }))} />
      <Due ws={ws} type={type} />
      <TextField ws={ws} type={type} text={text} onText={(now) => form.change((before) => ({ ...before, text: now }))} />
      {type === "phone" && <Elements names={CALLER} fields={fields} onChange={setFields} marks={false} />}
      <Elements names={names} fields={fields} onChange={setFields} before={isFirst ? {} : lastSaid(ws)} />
      {type !== "phone" && <Elements names={["signed_by"]} fields={fields} onChange={setFields} marks={false} />}
      {office && (
        <details>
          <summary>{t("report.proposal")}</summary>
          <Elements names={["proposal"]} fields={fields} onChange={setFields} marks={false} />
          <p class="muted">{t("report.proposal_hint")}</p>
        </details>
      )}
      <p class="muted">{t(isFirst ? "report.first_hint" : "report.progress_hint")}</p>
    </FormDialog>
  );
}

/** What the incident knows already need not be written again. */
function begun(ws: Workspace, now_ms: string): Fields {
  const { occurred_ms, place } = ws.header;
  return { learned: now_ms, ...(occurred_ms === null ? {} : { occurred: String(occurred_ms) }), place };
}

interface TypeChoiceProps {
  readonly types: readonly ReportType[];
  readonly type: ReportType;
  readonly onType: (type: ReportType) => void;
}

function TypeChoice({ types, type, onType }: TypeChoiceProps): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{t("report.type")}</legend>
      {types.map((one) => (
        <label key={one}>
          <input type="radio" name="report-type" checked={type === one} onChange={() => onType(one)} />
          <span>{t(`report.type_${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const CLOCKS: Record<ReportType, "phone" | "written" | "followup"> = {
  phone: "phone",
  initial: "written",
  followup: "followup",
  final: "followup",
};

/** The deadline that this report meets, where it is still open. */
function Due({ ws, type }: { ws: Workspace; type: ReportType }): JSX.Element | null {
  const due = ws.deadlines[CLOCKS[type]] ?? nextDeadline(ws);
  if (due === null || due.name !== CLOCKS[type] || due.met_ms !== null) return null;
  return (
    <p class="inc-report-due">
      {t("incident.due_at", { what: t(`deadline.${due.name}`), time: minuteTime(due.due_ms) })}{" "}
      <Countdown due_ms={due.due_ms} />
      {due.due_ms < hubNow() && <span class="muted">{t("report.late_hint")}</span>}
    </p>
  );
}

interface TextFieldProps {
  readonly ws: Workspace;
  readonly type: ReportType;
  readonly text: string | null;
  readonly onText: (text: string) => void;
}

function TextField({ ws, type, text, onText }: TextFieldProps): JSX.Element {
  return (
    <Field label={t("report.text")}>
      {({ id }) => (
        <input
          id={id}
          class="input"
          maxLength={200}
          value={text ?? reportTitle(ws, type)}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** 封存, 销毁 and 查阅记录 of a recording: for officers of its office and for reviewers. */
import { Archive, ScrollText, ShieldCheck, ShieldOff, Trash2, Undo2 } from "lucide-preact";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";

import {
  approveDestruction,
  holdRecording,
  proposeDestruction,
  releaseRecording,
  withdrawDestruction,
} from "../recordingactions";
import { hubNow, me } from "../state/store";
import "../styles/keeping.css";
import type { Actor, Destruction, Hold, Keeping, Manifest } from "../types/wire";
import { Badge, Banner, Button, Dialog, EmptyState, Field } from "../ui/elements";
import { useKeeping } from "../ui/hooks";
import { clockTime, dateOf, t, type Key } from "../ui/i18n";
import { Menu } from "../ui/menu";
import { attempt } from "../ui/toast";
import { LooksDialog } from "./reviewlooks";

/** Why the hub does something of its own accord. */
const REASONS: Readonly<Record<string, Key>> = {
  "retention.expired": "keeping.reason_expired",
  "incident.level_I": "keeping.reason_level_I",
  "incident.level_II": "keeping.reason_level_II",
};

export function keepingReason(reason: string): string {
  const key = REASONS[reason];
  return key === undefined ? reason : t(key);
}

const when = (at_ms: number): string => `${dateOf(at_ms)} ${clockTime(at_ms)}`;
const who = (by: Actor | null): string => (by === null ? "" : `${by.seat_name ?? ""} ${by.person}`.trim());

/** Nothing of it is left to play or to export, be it since this moment. */
export function useIsGone(manifest: Manifest): boolean {
  const { state } = useKeeping(manifest.recording_id);
  return (state === null ? manifest.kept : state).destruction?.fate === "destroyed";
}

/** 已封存, 保存至, 待销毁: in the header of the review page. */
export function KeptBadges({ manifest }: { manifest: Manifest }): JSX.Element {
  const { state } = useKeeping(manifest.recording_id);
  const hold = state === null ? manifest.kept.hold : state.hold;
  const isGone = useIsGone(manifest);
  return (
    <>
      {isGone && <Badge tone="bad">{t("review.destroyed")}</Badge>}
      {hold !== null && <HoldBadge hold={hold} />}
      {!isGone && <Until manifest={manifest} held={hold !== null} />}
    </>
  );
}

function HoldBadge({ hold }: { hold: Hold }): JSX.Element {
  if (hold.reason === "") return <Badge tone="accent">{t("keeping.held")}</Badge>;
  const words = { time: when(hold.since_ms), who: who(hold.by), reason: keepingReason(hold.reason) };
  return <Badge tone="accent">{t("keeping.held_since", words)}</Badge>;
}

function Until({ manifest: { kept, stopped_ms }, held }: { manifest: Manifest; held: boolean }): JSX.Element | null {
  if (stopped_ms === null || held) return null;
  if (kept.until_ms === null) return <span class="muted">{t("keeping.forever")}</span>;
  const date = dateOf(kept.until_ms);
  return kept.until_ms > hubNow() ? (
    <span class="muted">{t("keeping.until", { date })}</span>
  ) : (
    <Badge tone="warn">{t("keeping.expired", { date })}</Badge>
  );
}

/** What is about to become of it, or has: under the header. */
export function FateBanner({ manifest }: { manifest: Manifest }): JSX.Element | null {
  const { state } = useKeeping(manifest.recording_id);
  const [asked, setAsked] = useState<Step | null>(null);
  const fate = state === null ? manifest.kept.destruction : state.destruction;
  if (fate === null) return null;
  if (fate.fate === "destroyed") return <Tombstone of={fate} />;
  const reason = keepingReason(fate.reason);
  if (fate.fate === "approved") {
    const words = { proposer: who(fate.proposed_by), approver: who(fate.approved_by), time: when(fate.approved_ms ?? 0), reason };
    return (
      <Banner tone="bad">
        {t("keeping.approved", words)}
        {fate.problem !== "" && <p>{t("keeping.stuck")}</p>}
      </Banner>
    );
  }
  const isByHub = fate.proposed_by.role === "hub";
  const words = { who: who(fate.proposed_by), time: when(fate.proposed_ms), reason };
  const next = state === null ? [] : stepsOf(state, true).filter((step) => step === "approve" || step === "withdraw");
  const buttons = next.map((step) => (
    <Button key={step} icon={ICONS[step]} onClick={() => setAsked(step)}>
      {t(`keeping.${step}`)}
    </Button>
  ));
  return (
    <>
      <Banner tone="warn" action={buttons}>
        {isByHub ? t("keeping.proposed_by_hub") : t("keeping.proposed", words)}
      </Banner>
      {asked !== null && <StepDialog recordingId={manifest.recording_id} step={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Tombstone({ of }: { of: Destruction }): JSX.Element {
  return (
    <section class="tombstone" aria-label={t("keeping.stone")}>
      <EmptyState icon={Archive} title={t("keeping.stone")}>
        {t("keeping.stone_help")}
      </EmptyState>
      <p>{t("keeping.stone_when", { time: when(of.destroyed_ms ?? 0) })}</p>
      {of.reason !== "" && <p>{t("keeping.stone_who", { proposer: who(of.proposed_by), approver: who(of.approved_by) })}</p>}
      {of.reason !== "" && <p>{t("keeping.stone_why", { reason: keepingReason(of.reason) })}</p>}
      {of.files.length > 0 && (
        <details>
          <summary>{t("keeping.stone_files", { n: of.files.length })}</summary>
          <table class="keeping-table">
            <thead>
              <tr>
                <th scope="col">{t("keeping.col_file")}</th>
                <th scope="col" class="number">
                  {t("keeping.col_size")}
                </th>
                <th scope="col">{t("keeping.col_digest")}</th>
              </tr>
            </thead>
            <tbody>
              {of.files.map((file) => (
                <tr key={file.name}>
                  <td>{file.name}</td>
                  <td class="number">{file.size_bytes}</td>
                  <td class="digest">
                    {file.algorithm} {file.digest}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}

type Step = "hold" | "release" | "propose" | "approve" | "withdraw";
type Asked = Step | "looks" | null;

/** The menu 保管; nothing for those who do not keep it. */
export function KeepingTools({ manifest }: { manifest: Manifest }): JSX.Element | null {
  const { state } = useKeeping(manifest.recording_id);
  const [asked, setAsked] = useState<Asked>(null);
  if (state === null) return null;
  const isReady = manifest.state === "ready";
  const items = stepsOf(state, isReady).map((step) => ({
    text: t(`keeping.${step}`),
    icon: ICONS[step],
    run: () => setAsked(step),
  }));
  const looks = { text: t("keeping.looks"), icon: ScrollText, run: () => setAsked("looks"), apart: true };
  const close = (): void => setAsked(null);
  return (
    <>
      <Menu label={t("keeping.menu")} icon={ShieldCheck} items={[...items, looks]} />
      {asked === "looks" && <LooksDialog recordingId={manifest.recording_id} onClose={close} />}
      {asked !== null && asked !== "looks" && (
        <StepDialog recordingId={manifest.recording_id} step={asked} onClose={close} />
      )}
    </>
  );
}

const ICONS = { hold: ShieldCheck, release: ShieldOff, propose: Trash2, approve: Trash2, withdraw: Undo2 } as const;

/** What may be done now; whether this person may is for the hub to say, as far as it is not plain here. */
function stepsOf(kept: Keeping, isReady: boolean): Step[] {
  const isOfficer = me.value?.actor.role === "officer";
  const fate = kept.destruction?.fate ?? null;
  const steps: Step[] = [];
  if (fate === "approved" || fate === "destroyed") return steps;
  if (kept.hold === null) steps.push("hold");
  else if (isOfficer) steps.push("release");
  if (fate === "proposed") {
    if (kept.hold === null && !isMine(kept)) steps.push("approve");
    if (isOfficer) steps.push("withdraw");
  } else if (isOfficer && isReady && kept.hold === null) steps.push("propose");
  return steps;
}

/** R25: whoever has proposed it does not approve it. */
function isMine(kept: Keeping): boolean {
  const by = kept.destruction?.proposed_by;
  const actor = me.value?.actor;
  return by?.account === actor?.account || by?.person === actor?.person;
}

interface StepDialogProps {
  readonly recordingId: string;
  readonly step: Step;
  readonly onClose: () => void;
}

const NEEDS_REASON: ReadonlySet<Step> = new Set(["hold", "release", "propose"]);

function StepDialog({ recordingId, step, onClose }: StepDialogProps): JSX.Element {
  const [reason, setReason] = useState("");
  const needsReason = NEEDS_REASON.has(step);
  const go = (): void => void attempt(async () => {
    await DO[step](recordingId, reason.trim());
    onClose();
  });
  const footer: ComponentChildren = (
    <>
      <Button onClick={onClose}>{t("do.cancel")}</Button>
      <Button
        tone={step === "propose" || step === "approve" ? "danger" : "accent"}
        disabled={needsReason && reason.trim() === ""}
        onClick={go}
      >
        {t(`keeping.${step}`)}
      </Button>
    </>
  );
  return (
    <Dialog title={t(`keeping.${step}`)} onClose={onClose} footer={footer}>
      {step !== "withdraw" && <p>{t(`keeping.${step}_effect`)}</p>}
      {needsReason && (
        <Field label={t("keeping.reason")}>
          {({ id, describedBy }) => (
            <input
              id={id}
              class="input"
              maxLength={200}
              aria-describedby={describedBy}
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}

const DO: Record<Step, (recordingId: string, reason: string) => Promise<unknown>> = {
  hold: holdRecording,
  release: releaseRecording,
  propose: proposeDestruction,
  approve: approveDestruction,
  withdraw: withdrawDestruction,
};

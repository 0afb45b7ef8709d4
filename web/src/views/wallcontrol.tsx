/** 上墙, 下墙: which wall shows which session; walls are registered and revoked here too. */
import { MonitorUp } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import { problemOf } from "../link/problem";
import { sessions, walls } from "../state/store";
import "../styles/fieldinvite.css";
import type { Problem, WallRow, WallToken } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, Dialog, Field, StateDot } from "../ui/elements";
import { say, t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { LinkDialog } from "./linkdialog";

interface WallControlProps {
  /** Of the consultation or of a row of the desk. */
  readonly sessionId: string;
  readonly small?: boolean;
  readonly class?: string;
}

/** A button that opens the list of walls; nothing at all for those who have none to choose. */
export function WallControl({ sessionId, small = false, class: name = "" }: WallControlProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const rows = walls.value;
  if (rows === null) return null;
  return (
    <>
      <Button
        icon={MonitorUp}
        size={small ? "small" : "normal"}
        class={`${name} ${rows.some((row) => row.session_id === sessionId) ? "on" : ""}`}
        onClick={() => setOpen(true)}
      >
        {t("wall.title")}
      </Button>
      {open && <WallDialog sessionId={sessionId} rows={rows} onClose={() => setOpen(false)} />}
    </>
  );
}

interface WallDialogProps {
  readonly sessionId: string;
  readonly rows: readonly WallRow[];
  readonly onClose: () => void;
}

function WallDialog({ sessionId, rows, onClose }: WallDialogProps): JSX.Element {
  const [made, setMade] = useState<{ token: WallToken; name: string } | null>(null);
  if (made !== null) return <Made token={made.token} name={made.name} onClose={() => setMade(null)} />;
  return (
    <Dialog title={t("wall.control")} onClose={onClose} class="field-dialog">
      {rows.length === 0 && <p class="field-note">{t("wall.none")}</p>}
      <ul class="wall-rows" aria-label={t("wall.title")}>
        {rows.map((row) => (
          <Row key={row.wall_id} row={row} sessionId={sessionId} />
        ))}
      </ul>
      <Add onMade={(token, name) => setMade({ token, name })} />
    </Dialog>
  );
}

/** For the administrator, who registers walls and does not see what is on them. */
export function WallAdmin(): JSX.Element {
  const [made, setMade] = useState<{ token: WallToken; name: string } | null>(null);
  return (
    <section class="card wall-admin" aria-labelledby="walls-title">
      <h2 id="walls-title">{t("wall.title")}</h2>
      <ul class="wall-rows" aria-labelledby="walls-title">
        {walls.value?.map((row) => (
          <li key={row.wall_id}>
            <WallName row={row} />
            <Revoke row={row} />
          </li>
        ))}
      </ul>
      <Add onMade={(token, name) => setMade({ token, name })} />
      {made !== null && <Made token={made.token} name={made.name} onClose={() => setMade(null)} />}
    </section>
  );
}

function WallName({ row: { name, online } }: { row: WallRow }): JSX.Element {
  return (
    <>
      <span>{name}</span>
      <StateDot
        shape={online ? "full" : "ring"}
        tone={online ? "good" : "muted"}
        word={t(online ? "wall.online" : "wall.offline")}
      />
    </>
  );
}

function Revoke({ row: { wall_id, name } }: { row: WallRow }): JSX.Element {
  return (
    <Confirm
      label={t("wall.revoke")}
      title={t("wall.revoke_name", { name })}
      answer={t("wall.revoke_confirm", { name })}
      onConfirm={() => void attempt(() => actions.revokeWall(wall_id))}
    />
  );
}

function Row({ row, sessionId }: { row: WallRow; sessionId: string }): JSX.Element {
  const { wall_id, name } = row;
  const isHere = row.session_id === sessionId;
  const other = sessions.value?.find(({ session_id }) => session_id === row.session_id)?.title ?? "";
  const what = isHere ? t("wall.here") : row.session_id === null ? t("wall.idle") : t("wall.other", { title: other });
  return (
    <li>
      <WallName row={row} />
      <span>{what}</span>
      {isHere ? (
        <Button title={t("wall.clear_name", { name })} onClick={() => void attempt(() => actions.clearWall(wall_id))}>
          {t("wall.clear")}
        </Button>
      ) : (
        <Button
          tone="accent"
          title={t("wall.show_name", { name })}
          onClick={() => void attempt(() => actions.showOnWall(wall_id, sessionId))}
        >
          {t("wall.show")}
        </Button>
      )}
      <Revoke row={row} />
    </li>
  );
}

function Add({ onMade }: { onMade: (token: WallToken, name: string) => void }): JSX.Element {
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wished = name.trim();
    if (busy || wished === "") return;
    setBusy(true);
    try {
      onMade(await actions.addWall(wished), wished);
      setName("");
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
    setBusy(false);
  };
  return (
    <form class="wall-form" onSubmit={(event) => void add(event)}>
      <Field label={t("wall.name")} hint={t("wall.add_hint")} error={problem && say(problem)}>
        {({ id, describedBy }) => (
          <input
            id={id}
            class="input"
            maxLength={20}
            value={name}
            aria-describedby={describedBy}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={busy} disabled={name.trim() === ""}>
        {t("wall.add")}
      </Button>
    </form>
  );
}

/** The only time that the link is seen. */
function Made({ token, name, onClose }: { token: WallToken; name: string; onClose: () => void }): JSX.Element {
  const link = `${location.origin}/wall#${token.token}`;
  return (
    <LinkDialog title={t("wall.token_title", { name })} link={link} onClose={onClose}>
      <p class="wall-link">{link}</p>
      <p class="field-note">{t("wall.token_once")}</p>
    </LinkDialog>
  );
}

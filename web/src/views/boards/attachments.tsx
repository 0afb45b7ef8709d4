/** What hangs on an item: files that were uploaded by button, dropped or pasted; pictures are looked at in place. */
import { FileText, Paperclip } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { attachTo } from "../../incidentactions";
import { raw } from "../../link/api";
import { download } from "../../link/download";
import { problemOf } from "../../link/problem";
import type { Row } from "../../state/outbox";
import { isAuthor, isOfficer } from "../../state/workspace";
import type { Attachment } from "../../types/wire";
import { Button, Dialog } from "../../ui/elements";
import { say, t } from "../../ui/i18n";
import { attempt, toast } from "../../ui/toast";
import type { Context } from "./context";
import { shortTime, whoFull } from "./words";

const PER_ITEM = 20;

export function Attachments({ row, of }: { row: Row; of: Context }): JSX.Element | null {
  const { item } = row;
  const [looking, setLooking] = useState<Attachment | null>(null);
  const may = mayAttach(row, of) && item.attachments.length < PER_ITEM;
  if (item.attachments.length === 0 && !may) return null;
  const path = ({ digest }: Attachment): string =>
    `/api/workspaces/${encodeURIComponent(of.stream)}/items/${encodeURIComponent(item.item_id)}/attachments/${digest}`;
  const open = (one: Attachment): void => {
    if (one.type.startsWith("image/")) setLooking(one);
    else void attempt(() => download(path(one)));
  };
  return (
    <section class="bv-section" aria-label={t("boards.attachments")}>
      <h3>{t("boards.attachments")}</h3>
      <ul class="bv-files">
        {item.attachments.map(({ attachment, actor, at_ms }) => (
          <li key={attachment.digest}>
            <FileText size={16} aria-hidden="true" />
            <button type="button" class="bv-link" onClick={() => open(attachment)}>
              {attachment.name}
            </button>
            <span class="muted">
              {attachment.type} · {sizeOf(attachment.size_bytes)} ·{" "}
              {t("boards.by_at", { who: whoFull(actor), time: shortTime(at_ms, of.now_ms) })}
            </span>
          </li>
        ))}
      </ul>
      {may && <Upload onFiles={(files) => void upload(files, of, item.item_id)} />}
      {looking !== null && <Picture path={path(looking)} name={looking.name} onClose={() => setLooking(null)} />}
    </section>
  );
}

function mayAttach({ item, unsent }: Row, { me, ws }: Context): boolean {
  if (me === null || unsent || item.voided !== null || ws.closed_ms !== null) return false;
  return isOfficer(me) || isAuthor(item, me) || (me.seat !== null && me.seat in item.tracks);
}

/** One after the other, so that a large one does not hold up the words of others. */
async function upload(files: readonly File[], of: Context, itemId: string): Promise<void> {
  for (const file of files) {
    try {
      const name = encodeURIComponent(file.name || t("boards.pasted_picture"));
      const answer = await raw("POST", `/api/attachments?name=${name}`, { body: file });
      await attachTo(of.stream, itemId, (await answer.json()) as Attachment);
    } catch (thrown) {
      toast(t("boards.upload_failed", { name: file.name, why: say(problemOf(thrown)) }), "bad");
    }
  }
}

function Upload({ onFiles }: { onFiles: (files: readonly File[]) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(files);
  };
  return (
    <div
      class={over ? "bv-drop over" : "bv-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
      onPaste={(event) => {
        if ((event.clipboardData?.files.length ?? 0) === 0) return;
        event.preventDefault();
        take(event.clipboardData?.files);
      }}
    >
      <input
        ref={input}
        type="file"
        multiple
        class="visually-hidden"
        tabIndex={-1}
        aria-label={t("boards.upload")}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <Button size="small" icon={Paperclip} onClick={() => input.current?.click()}>
        {t("boards.upload")}
      </Button>
      <span class="muted">{t("boards.upload_hint")}</span>
    </div>
  );
}

function Picture({ path, name, onClose }: { path: string; name: string; onClose: () => void }): JSX.Element {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    void attempt(async () => {
      const blob = await (await raw("GET", path)).blob();
      if (gone) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    });
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [path]);
  return (
    <Dialog
      title={name}
      class="bv-picture"
      onClose={onClose}
      footer={<Button onClick={() => void attempt(() => download(path))}>{t("boards.save_file")}</Button>}
    >
      {url === null ? <p role="status">{t("app.loading")}</p> : <img src={url} alt={name} />}
    </Dialog>
  );
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A dangerous action asks once, in place, naming its effect; the focus lies on the harmless answer. */
import type { LucideIcon } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import "../styles/confirm.css";
import { Button } from "./elements";
import { t } from "./i18n";

interface ConfirmProps {
  /** What the button says that asks. */
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly title?: string;
  /** What will happen; left out when the answer names it. */
  readonly effect?: string;
  /** What the button says that does it. */
  readonly answer: string;
  readonly onConfirm: () => void;
}

export function Confirm({ label, icon, title, effect, answer, onConfirm }: ConfirmProps): JSX.Element {
  const [asks, setAsks] = useState(false);
  const begin = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const hasAsked = useRef(false);
  useEffect(() => {
    if (asks) cancel.current?.focus();
    else if (hasAsked.current) begin.current?.focus();
    hasAsked.current = asks;
  }, [asks]);
  if (!asks) {
    return (
      <Button size="small" tone="quiet" icon={icon} title={title} buttonRef={begin} onClick={() => setAsks(true)}>
        {label}
      </Button>
    );
  }
  const confirm = (): void => {
    setAsks(false);
    onConfirm();
  };
  return (
    <span
      class={effect === undefined ? "confirm" : "confirm with-effect"}
      role="group"
      aria-label={title ?? label}
      onKeyDown={(event) => event.key === "Escape" && setAsks(false)}
    >
      {effect !== undefined && <span role="alert">{effect}</span>}
      <Button size="small" buttonRef={cancel} onClick={() => setAsks(false)}>
        {t("do.cancel")}
      </Button>
      <Button size="small" tone="danger" onClick={confirm}>
        {answer}
      </Button>
    </span>
  );
}

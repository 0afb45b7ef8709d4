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
  const hasAsked = useRef(false);
  useEffect(() => {
    if (!asks && hasAsked.current) begin.current?.focus();
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
  const over = (): void => setAsks(false);
  return <Question name={title ?? label} effect={effect} answer={answer} onCancel={over} onConfirm={confirm} />;
}

interface QuestionProps {
  /** The name of the group of the two answers. */
  readonly name: string;
  readonly effect?: string | undefined;
  readonly answer: string;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/** The question itself, for whoever keeps in mind that it is asked. */
export function Question({ name, effect, answer, onCancel, onConfirm }: QuestionProps): JSX.Element {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <span
      class={effect === undefined ? "confirm" : "confirm with-effect"}
      role="group"
      aria-label={name}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
    >
      {effect !== undefined && <span role="alert">{effect}</span>}
      <Button size="small" buttonRef={cancel} onClick={onCancel}>
        {t("do.cancel")}
      </Button>
      <Button size="small" tone="danger" onClick={onConfirm}>
        {answer}
      </Button>
    </span>
  );
}

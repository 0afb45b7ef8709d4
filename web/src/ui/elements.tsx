/** The parts every page is made of; each knows its semantics, none knows the hub. */
import { X, type LucideIcon } from "lucide-preact";
import type { ComponentChildren, JSX, Ref } from "preact";
import { useId } from "preact/hooks";

import { hubNow, second } from "../state/store";
import { clockTime, dateOf, elapsed, t } from "./i18n";
import { useModal } from "./modal";

type Tone = "plain" | "accent" | "danger" | "quiet";

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: (event: MouseEvent) => void;
  readonly tone?: Tone;
  readonly size?: "normal" | "large" | "small";
  readonly type?: "button" | "submit";
  readonly icon?: LucideIcon;
  readonly disabled?: boolean;
  /** Something is under way: the button keeps its place and its focus, and does nothing. */
  readonly busy?: boolean;
  readonly pressed?: boolean;
  readonly title?: string;
  readonly class?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  /** Shown as a hint on hover: the key that does the same. */
  readonly shortcut?: string;
  readonly describedBy?: string;
}

export function Button(props: ButtonProps): JSX.Element {
  const { tone = "plain", size = "normal", icon: Icon, busy = false } = props;
  const hint = props.shortcut === undefined ? props.title : `${props.title ?? ""} ${props.shortcut}`.trim();
  return (
    <button
      ref={props.buttonRef}
      type={props.type ?? "button"}
      class={`button ${tone} ${size} ${props.class ?? ""}`}
      disabled={props.disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-pressed={props.pressed}
      aria-keyshortcuts={props.shortcut}
      aria-describedby={props.describedBy}
      title={hint}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {Icon !== undefined && <Icon size={size === "large" ? 20 : 16} aria-hidden="true" />}
      <span class="label">{props.children}</span>
    </button>
  );
}

interface IconButtonProps {
  readonly icon: LucideIcon;
  /** The accessible name, and the hint. */
  readonly label: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly tone?: Tone;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly class?: string;
  readonly shortcut?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon: Icon, tone = "quiet", shortcut } = props;
  return (
    <button
      ref={props.buttonRef}
      type="button"
      class={`button icon ${tone} ${props.class ?? ""}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-keyshortcuts={shortcut}
      title={shortcut === undefined ? props.label : `${props.label} ${shortcut}`}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}

interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
  readonly footer?: ComponentChildren;
  readonly class?: string;
}

/** Modal; focus goes in and comes back where it was (the browser's own dialog does both). */
export function Dialog(props: DialogProps): JSX.Element {
  const { onClose } = props;
  const title = useId();
  const element = useModal();
  return (
    <dialog
      ref={element}
      class={`dialog ${props.class ?? ""}`}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={title}>{props.title}</h2>
        <IconButton icon={X} label={t("do.close")} onClick={onClose} />
      </header>
      <div class="dialog-body">{props.children}</div>
      {props.footer !== undefined && <footer>{props.footer}</footer>}
    </dialog>
  );
}

interface FieldProps {
  readonly label: string;
  readonly children: (ids: { id: string; describedBy: string | undefined }) => ComponentChildren;
  readonly error?: string | null;
  readonly hint?: string;
  readonly class?: string;
}

/** A label, its control, and what is wrong with it. */
export function Field(props: FieldProps): JSX.Element {
  const id = useId();
  const note = props.error ?? props.hint;
  const hasNote = note !== undefined && note !== null;
  return (
    <div class={`field ${props.class ?? ""}`}>
      <label for={id}>{props.label}</label>
      {props.children({ id, describedBy: hasNote ? `${id}-note` : undefined })}
      {hasNote && (
        <p id={`${id}-note`} class={props.error ? "note error" : "note"} role={props.error ? "alert" : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

interface BadgeProps {
  readonly children: ComponentChildren;
  readonly tone?: "neutral" | "accent" | "good" | "warn" | "bad";
  readonly class?: string;
}

export function Badge({ children, tone = "neutral", class: name = "" }: BadgeProps): JSX.Element {
  return <span class={`badge ${tone} ${name}`}>{children}</span>;
}

/** The shape of a state: filled dot, ring, pulsing dot, half dot, triangle, cross. */
export type Shape = "full" | "ring" | "pulse" | "half" | "triangle" | "cross" | "dash";

interface StateDotProps {
  readonly shape: Shape;
  readonly word: string;
  readonly tone?: "good" | "warn" | "bad" | "muted" | "accent";
  /** Hub time since which it holds; shown running. */
  readonly since_ms?: number | null;
  /** In a narrow place the word is for assistive software and the hint only. */
  readonly bare?: boolean;
}

/** State = shape + word + colour + since; colour is never the only sign. */
export function StateDot(props: StateDotProps): JSX.Element {
  const { shape, tone = "muted", since_ms = null, bare = false } = props;
  return (
    <span class={`state ${tone}`} title={bare ? props.word : undefined}>
      <svg class={`shape ${shape}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {SHAPES[shape]}
      </svg>
      <span class={bare ? "visually-hidden" : "word"}>{props.word}</span>
      {since_ms !== null && <Elapsed since_ms={since_ms} />}
    </span>
  );
}

const SHAPES: Record<Shape, JSX.Element> = {
  full: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  pulse: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.75" />,
  half: (
    <g>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.75" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </g>
  ),
  triangle: <path d="M6 1.2 11.4 10.8H.6z" fill="currentColor" />,
  cross: <path d="m2.5 2.5 7 7m0-7-7 7" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />,
  dash: <path d="M2 6h8" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />,
};

/** How long since a hub time, counting. */
export function Elapsed({ since_ms, until_ms }: { since_ms: number; until_ms?: number | null }): JSX.Element {
  void second.value;
  return <span class="elapsed">{elapsed((until_ms ?? hubNow()) - since_ms)}</span>;
}

/** How long until a hub time, counting down to 00:00. */
export function Remaining({ until_ms }: { until_ms: number }): JSX.Element {
  void second.value;
  return <span class="elapsed">{elapsed(until_ms - hubNow() + 999)}</span>;
}

/** The hub's clock. */
export function Clock({ withDate = false }: { withDate?: boolean }): JSX.Element {
  void second.value;
  const now = hubNow();
  return (
    <time class="clock" title={t("time.hub")} dateTime={new Date(now).toISOString()}>
      {withDate && <span class="date">{dateOf(now)} </span>}
      {clockTime(now)}
    </time>
  );
}

interface BannerProps {
  readonly tone: "info" | "warn" | "bad";
  readonly children: ComponentChildren;
  readonly action?: ComponentChildren;
}

/** Says at the edge of a page what has happened, what still works and what to do. */
export function Banner({ tone, children, action }: BannerProps): JSX.Element {
  return (
    <div class={`banner ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <div class="banner-text">{children}</div>
      {action}
    </div>
  );
}

interface EmptyStateProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly icon?: LucideIcon;
  readonly action?: ComponentChildren;
}

export function EmptyState({ title, children, icon: Icon, action }: EmptyStateProps): JSX.Element {
  return (
    <div class="empty">
      {Icon !== undefined && <Icon size={28} aria-hidden="true" />}
      <p class="empty-title">{title}</p>
      {children !== undefined && <p class="empty-text">{children}</p>}
      {action}
    </div>
  );
}

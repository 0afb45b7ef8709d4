/** A button that opens a short list of verbs or choices (WAI-ARIA menu button): arrows move, Escape gives the focus back. */
import { Check, type LucideIcon } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import "../styles/menu.css";

export interface MenuItem {
  readonly text: string;
  readonly run: () => void;
  readonly icon?: LucideIcon;
  /** A switch, or one of several choices: whether it holds now. */
  readonly checked?: boolean;
  readonly kind?: "switch" | "choice";
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** Stands apart from what is above it. */
  readonly apart?: boolean;
}

interface MenuProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly items: readonly MenuItem[];
  /** Only the icon is seen; the label is its name. */
  readonly bare?: boolean;
  readonly class?: string;
  readonly pressed?: boolean;
}

const ROLES = { switch: "menuitemcheckbox", choice: "menuitemradio" } as const;
const EDGE = 8;

export function Menu({ label, icon: Icon, items, bare = false, class: name = "", pressed }: MenuProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        class={`button ${bare ? "icon quiet" : ""} ${name}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={bare ? label : undefined}
        title={bare ? label : undefined}
        data-pressed={pressed || undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon size={16} aria-hidden="true" />
        {!bare && <span class="label">{label}</span>}
      </button>
      {open && trigger.current !== null && (
        <Items label={label} items={items} trigger={trigger.current} onClose={close} onLeave={() => setOpen(false)} />
      )}
    </>
  );
}

interface ItemsProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly trigger: HTMLElement;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

function Items({ label, items, trigger, onClose, onLeave }: ItemsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const buttons = (): HTMLButtonElement[] => [...(list.current?.querySelectorAll("button:not(:disabled)") ?? [])] as HTMLButtonElement[];
  useLayoutEffect(() => {
    if (list.current !== null) place(list.current, trigger.getBoundingClientRect());
    buttons()[0]?.focus();
  }, []);
  useEffect(() => {
    const outside = (event: Event): void => {
      const at = event.target as Node;
      if (list.current?.contains(at) !== true && !trigger.contains(at)) onLeave();
    };
    addEventListener("pointerdown", outside, true);
    addEventListener("resize", onLeave);
    return () => {
      removeEventListener("pointerdown", outside, true);
      removeEventListener("resize", onLeave);
    };
  }, []);
  const step = (to: (at: number, all: number) => number): void => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(to(at, all.length) + all.length) % all.length]?.focus();
  };
  const KEYS: Record<string, () => void> = {
    ArrowDown: () => step((at) => at + 1),
    ArrowUp: () => step((at) => at - 1),
    Home: () => step(() => 0),
    End: () => step((_, all) => all - 1),
    Escape: onClose,
  };
  return (
    <div
      ref={list}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === "Tab") onLeave();
        const run = KEYS[event.key];
        if (run === undefined) return;
        event.preventDefault();
        run();
      }}
    >
      {items.map((item) => (
        <Item key={item.text} item={item} onClose={onClose} />
      ))}
    </div>
  );
}

function Item({ item, onClose }: { item: MenuItem; onClose: () => void }): JSX.Element {
  const { kind, icon: Icon } = item;
  return (
    <button
      type="button"
      role={kind === undefined ? "menuitem" : ROLES[kind]}
      aria-checked={kind === undefined ? undefined : item.checked === true}
      class={`menu-item ${item.danger === true ? "danger" : ""} ${item.apart === true ? "apart" : ""}`}
      disabled={item.disabled}
      tabIndex={-1}
      onClick={() => {
        onClose();
        item.run();
      }}
    >
      <span class="menu-mark">
        {kind !== undefined && item.checked === true && <Check size={16} aria-hidden="true" />}
        {kind === undefined && Icon !== undefined && <Icon size={16} aria-hidden="true" />}
      </span>
      {item.text}
    </button>
  );
}

/** Above or below the button, wherever there is more room, and never over the edge of the page. */
function place(list: HTMLElement, at: DOMRect): void {
  const { width, height } = list.getBoundingClientRect();
  const isAbove = at.top > innerHeight - at.bottom;
  const top = isAbove ? at.top - height - 4 : at.bottom + 4;
  list.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  list.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
}

/** Choosing venues by keyboard: type a part of a name, arrows, Enter; or tick several. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";

import "../styles/picker.css";
import { Button, Dialog } from "../ui/elements";
import { t } from "../ui/i18n";

/** A venue or a seat as it can be chosen; `key` is its short Latin name, which can be typed as well. */
export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly short_name: string;
  readonly note?: ComponentChildren;
}

/** Those whose name has all that was typed. Pure. */
export function matching<C extends Choice>(choices: readonly C[], typed: string): C[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  return choices.filter(({ key, name, short_name }) => {
    const text = `${key} ${name} ${short_name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

interface PickerProps {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly onPick: (key: string) => void;
  readonly onClose: () => void;
  readonly footer?: ComponentChildren;
}

export function VenuePicker({ title, choices, onPick, onClose, footer }: PickerProps): JSX.Element {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const found = matching(choices, typed);
  const active = Math.min(at, found.length - 1);
  const pick = (key: string | undefined): void => {
    if (key === undefined) return;
    onClose();
    onPick(key);
  };
  const KEYS: Record<string, () => void> = {
    ArrowDown: () => setAt(Math.min(found.length - 1, active + 1)),
    ArrowUp: () => setAt(Math.max(0, active - 1)),
    Enter: () => pick(found[active]?.key),
  };
  return (
    <Dialog title={title} onClose={onClose} footer={footer}>
      <input
        class="input"
        role="combobox"
        autofocus
        aria-label={t("room.filter")}
        placeholder={t("room.filter")}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const run = event.isComposing ? undefined : KEYS[event.key];
          if (run === undefined) return;
          event.preventDefault();
          run();
        }}
      />
      <ul class="picker-list" id={id} role="listbox" aria-label={title}>
        {found.map((choice, n) => (
          <li
            key={choice.key}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === active}
            ref={(element) => {
              if (n === active) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => pick(choice.key)}
          >
            <span>{choice.name}</span>
            {choice.note !== undefined && <span class="picker-note">{choice.note}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="muted">{t("room.filter_none")}</p>}
    </Dialog>
  );
}

/** Enter while a name is looked for sends nothing of the form around it. */
function stopEnter(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  event.stopPropagation();
}

interface ChecksProps {
  readonly choices: readonly Choice[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

/** Several of them; filtering takes none of the ticks away. */
export function VenueChecks({ choices, ticked, onTick }: ChecksProps): JSX.Element {
  const [typed, setTyped] = useState("");
  const toggle = (key: string): void => {
    const next = new Set(ticked);
    if (!next.delete(key)) next.add(key);
    onTick(next);
  };
  const found = matching(choices, typed);
  return (
    <div class="venue-checks" onKeyDown={stopEnter}>
      <div class="venue-checks-head">
        <input
          class="input"
          aria-label={t("room.filter")}
          placeholder={t("room.filter")}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="small" onClick={() => onTick(new Set([...ticked, ...found.map(({ key }) => key)]))}>
          {t("room.tick_all")}
        </Button>
        <Button size="small" disabled={ticked.size === 0} onClick={() => onTick(new Set())}>
          {t("room.tick_none")}
        </Button>
      </div>
      <ul class="picker-list">
        {found.map((choice) => (
          <li key={choice.key}>
            <label class="check">
              <input type="checkbox" checked={ticked.has(choice.key)} onChange={() => toggle(choice.key)} />
              <span>{choice.name}</span>
              {choice.note !== undefined && <span class="picker-note">{choice.note}</span>}
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="muted">{t("room.filter_none")}</p>}
    </div>
  );
}

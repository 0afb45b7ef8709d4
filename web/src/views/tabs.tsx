/** Tabs with their panel (WAI-ARIA Authoring Practices): arrows move, the panel belongs to the chosen tab. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useRef } from "preact/hooks";

import "../styles/panel.css";
import { t, type Key } from "../ui/i18n";

interface TabsProps<N extends string> {
  readonly tabs: readonly { readonly name: N; readonly text: Key }[];
  readonly chosen: N;
  readonly onChoose: (name: N) => void;
  readonly children: ComponentChildren;
  /** Stands at the end of the row of tabs. */
  readonly action?: ComponentChildren;
}

export function Tabs<N extends string>({ tabs, chosen, onChoose, children, action }: TabsProps<N>): JSX.Element {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number): void => {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = (at + by + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab === undefined) return;
    onChoose(tab.name);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <>
      <div class="panel-head">
        <div
          ref={list}
          class="tabs"
          role="tablist"
          onKeyDown={(event) => {
            if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
            event.preventDefault();
            step(event.key === "ArrowRight" ? 1 : -1);
          }}
        >
          {tabs.map(({ name, text }) => (
            <button
              key={name}
              id={`${id}-${name}`}
              type="button"
              role="tab"
              class="tab"
              aria-selected={name === chosen}
              aria-controls={`${id}-panel`}
              tabIndex={name === chosen ? 0 : -1}
              onClick={() => onChoose(name)}
            >
              {t(text)}
            </button>
          ))}
        </div>
        {action}
      </div>
      <div class="panel-body" id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${chosen}`} tabIndex={0}>
        {children}
      </div>
    </>
  );
}

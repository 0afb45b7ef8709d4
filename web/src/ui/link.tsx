/** A link inside the house: a real one, so that it opens in a new tab when asked to. */
import type { ComponentChildren, JSX } from "preact";

import { navigate } from "./router";

interface LinkProps {
  readonly to: string;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly current?: boolean;
  /** The accessible name of a link that shows only a sign. */
  readonly label?: string;
}

export function Link({ to, children, class: name, current = false, label }: LinkProps): JSX.Element {
  return (
    <a
      href={to}
      class={name}
      aria-current={current ? "page" : undefined}
      aria-label={label}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}

/** Views that are loaded when they are first shown, and what stands there until then or when it fails. */
import { Component, type ComponentChildren, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { Button, EmptyState } from "./elements";
import { t } from "./i18n";

type View<P> = (props: P) => JSX.Element | null;

/** `load` is called once, at the first showing; the address of the file is fixed at build time. */
export function lazy<P extends object>(load: () => Promise<View<P>>): View<P> {
  let loading: Promise<View<P>> | null = null;
  let loaded: View<P> | null = null;
  return function Lazy(props: P): JSX.Element {
    const [state, setState] = useState<"loading" | "failed" | "here">(loaded === null ? "loading" : "here");
    useEffect(() => {
      if (loaded !== null) return;
      loading ??= load();
      loading.then(
        (view) => {
          loaded = view;
          setState("here");
        },
        (error: unknown) => {
          console.error(error);
          loading = null;
          setState("failed");
        },
      );
    }, []);
    if (state === "failed") return <Failed />;
    if (loaded === null) return <Loading />;
    const Loaded = loaded;
    return <Loaded {...props} />;
  };
}

function Loading(): JSX.Element {
  return (
    <div class="empty" role="status">
      <p class="empty-text">{t("app.loading")}</p>
    </div>
  );
}

function Failed(): JSX.Element {
  return (
    <div role="alert">
      <EmptyState
        title={t("app.view_failed_title")}
        action={<Button onClick={() => location.reload()}>{t("app.reload")}</Button>}
      >
        {t("app.view_failed_text")}
      </EmptyState>
    </div>
  );
}

interface BoundaryProps {
  readonly children: ComponentChildren;
  /** Another value means another page: it gets a fresh chance. */
  readonly of: string;
}

/** One view that throws must not take the header, the rings and the toasts with it. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ failed: true });
  }

  override componentWillReceiveProps(next: BoundaryProps): void {
    if (next.of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ComponentChildren {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

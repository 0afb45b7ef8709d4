/** What is said at the edge and read aloud: toasts for people, live regions for assistive software. */
import { signal } from "@preact/signals";
import { X } from "lucide-preact";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";

import { problemOf } from "../link/problem";
import { IconButton } from "./elements";
import { say, t } from "./i18n";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "info" | "bad";
  readonly about: string;
}

const SHOWN_MS = 6_000;
/** A refusal stays longer: somebody has to read what to do. */
const REFUSAL_MS = 12_000;

const toasts = signal<readonly Toast[]>([]);
const polite = signal("");
const assertive = signal("");
let last = 0;

/** ``about``: what is said later about the same thing takes the place of what was said before. */
export function toast(text: string, tone: Toast["tone"] = "info", about = text): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.value.filter((other) => other.about !== about), { id, text, tone, about }].slice(-4);
  setTimeout(() => dismiss(id), tone === "bad" ? REFUSAL_MS : SHOWN_MS);
}

/** Reads a sentence aloud without showing it; assertive only for ringing and for being named. */
export function announce(text: string, urgency: "polite" | "assertive" = "polite"): void {
  const region = urgency === "polite" ? polite : assertive;
  region.value = "";
  queueMicrotask(() => (region.value = text));
}

/** Runs a wish of the person and says a refusal; the answer tells whether it went well. */
export async function attempt(wish: () => Promise<unknown>): Promise<boolean> {
  try {
    await wish();
    return true;
  } catch (thrown) {
    toast(say(problemOf(thrown)), "bad");
    return false;
  }
}

/** The same for a form: one wish at a time, however often it is pressed; a second one meanwhile does nothing. */
export function useAttempt(): [boolean, (wish: () => Promise<unknown>) => Promise<boolean>] {
  const [busy, setBusy] = useState(false);
  const under = useRef(false);
  const run = async (wish: () => Promise<unknown>): Promise<boolean> => {
    if (under.current) return false;
    under.current = true;
    setBusy(true);
    const went = await attempt(wish);
    under.current = false;
    setBusy(false);
    return went;
  };
  return [busy, run];
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((other) => other.id !== id);
}

/** Once in the shell. */
export function LiveRegions(): JSX.Element {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {polite}
      </div>
      <div class="visually-hidden" role="alert" aria-live="assertive">
        {assertive}
      </div>
      <section class="toasts" aria-label={t("app.notifications")} aria-live="polite">
        {toasts.value.map(({ id, text, tone }) => (
          <div key={id} class={`toast ${tone}`} role={tone === "bad" ? "alert" : undefined}>
            <span>{text}</span>
            <IconButton icon={X} label={t("do.close")} onClick={() => dismiss(id)} />
          </div>
        ))}
      </section>
    </>
  );
}

/** Whether the page is as narrow as a telephone; the same width as in the styles. */
import { signal } from "@preact/signals";

const query = typeof matchMedia === "function" ? matchMedia("(max-width: 760px)") : null;

export const isNarrow = signal(query?.matches ?? false);

query?.addEventListener("change", ({ matches }) => (isNarrow.value = matches));

/** What narrows the list of recordings: words, days, unit, speaker, kind, and marks; it stands in the address. */
import { ListFilter, X } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { organisation } from "../state/store";
import type { SessionKind } from "../types/wire";
import { Button } from "../ui/elements";
import { t } from "../ui/i18n";
import { isNothing, NOTHING, type RecordingQuery } from "./recordingquery";

const KINDS: readonly SessionKind[] = ["consultation", "joint_meeting", "dispatch_call", "spot_check", "drill"];

interface FiltersProps {
  readonly query: RecordingQuery;
  readonly onChange: (query: RecordingQuery) => void;
}

export function RecordingFilters({ query, onChange }: FiltersProps): JSX.Element {
  const [isOpen, setOpen] = useState(false); // matters on a phone alone
  const set = (change: Partial<RecordingQuery>): void => onChange({ ...query, ...change });
  return (
    <search class="recordings-filters" data-open={isOpen ? "true" : undefined}>
      <label class="recordings-search">
        <span class="visually-hidden">{t("review.search")}</span>
        <input
          class="input"
          type="search"
          placeholder={t("review.search_hint")}
          value={query.q}
          onInput={(event) => set({ q: event.currentTarget.value })}
        />
      </label>
      <Button class="recordings-more" tone="quiet" icon={ListFilter} pressed={isOpen} onClick={() => setOpen(!isOpen)}>
        {t("review.filters")}
      </Button>
      <div class="recordings-choices">
        <Day label={t("review.from_day")} value={query.from} onInput={(from) => set({ from })} />
        <Day label={t("review.to_day")} value={query.to} onInput={(to) => set({ to })} />
        <SeatChoice label={t("review.unit")} value={query.unit} onChange={(unit) => set({ unit })} />
        <SeatChoice label={t("review.speaker")} value={query.speaker} onChange={(speaker) => set({ speaker })} />
        <label class="recordings-choice">
          <span>{t("review.col_kind")}</span>
          <select
            class="input"
            value={query.kind}
            onChange={(event) => set({ kind: KINDS.find((kind) => kind === event.currentTarget.value) ?? "" })}
          >
            <option value="">{t("review.any")}</option>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <Marks query={query} set={set} />
        <Button tone="quiet" icon={X} disabled={isNothing(query)} onClick={() => onChange(NOTHING)}>
          {t("review.clear")}
        </Button>
      </div>
    </search>
  );
}

interface MarksProps {
  readonly query: RecordingQuery;
  readonly set: (change: Partial<RecordingQuery>) => void;
}

function Marks({ query, set }: MarksProps): JSX.Element {
  return (
    <div class="recordings-marks" role="group" aria-label={t("review.filter_marks")}>
      <Chip on={query.held} onToggle={(held) => set({ held })} text={t("review.held")} />
      <Chip on={query.gaps} onToggle={(gaps) => set({ gaps })} text={t("review.with_gaps")} />
      <Chip on={query.exercise === "1"} onToggle={(on) => set({ exercise: on ? "1" : "" })} text={t("exercise")} />
      <Chip on={query.destroyed === "1"} onToggle={(on) => set({ destroyed: on ? "1" : "" })} text={t("review.destroyed")} />
    </div>
  );
}

interface ChipProps {
  readonly on: boolean;
  readonly text: string;
  readonly onToggle: (on: boolean) => void;
}

function Chip({ on, text, onToggle }: ChipProps): JSX.Element {
  return (
    <button type="button" class="recordings-chip" aria-pressed={on} onClick={() => onToggle(!on)}>
      {text}
    </button>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (day: string) => void;
}

function Day({ label, value, onInput }: DayProps): JSX.Element {
  return (
    <label class="recordings-choice">
      <span>{label}</span>
      <input class="input" type="date" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}

interface SeatChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (seat: string) => void;
}

function SeatChoice({ label, value, onChange }: SeatChoiceProps): JSX.Element {
  const seats = Object.values(organisation.value.seats);
  return (
    <label class="recordings-choice">
      <span>{label}</span>
      <select class="input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{t("review.any")}</option>
        {seats.map(({ seat_id, short_name }) => (
          <option key={seat_id} value={seat_id}>
            {short_name}
          </option>
        ))}
      </select>
    </label>
  );
}

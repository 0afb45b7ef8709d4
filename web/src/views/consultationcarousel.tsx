/** 轮询: what goes round, over which venues, how fast. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import * as actions from "../actions";
import type { CarouselKind, Session } from "../types/wire";
import { Button, Dialog } from "../ui/elements";
import { t } from "../ui/i18n";
import { attempt } from "../ui/toast";
import { present } from "./stageplan";
import { venueChoices } from "./venuechoices";
import { VenueChecks } from "./venuepicker";

const KINDS: readonly CarouselKind[] = ["broadcast", "chair", "cell"];
const LEAST_S = 5;
const MOST_S = 60;
const USUAL_S = 10;
/** A cell that goes round needs cells: so many where the chair has not set a layout. */
const CELLS = 4;

interface CarouselProps {
  readonly session: Session;
  readonly onClose: () => void;
}

export function CarouselDialog({ session, onClose }: CarouselProps): JSX.Element {
  const running = session.picture.carousel;
  const [kind, setKind] = useState<CarouselKind>(running?.kind ?? "broadcast");
  const [interval_s, setInterval_s] = useState(running?.interval_s ?? USUAL_S);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(running?.venues ?? usual(session, kind)));
  const choices = venueChoices(session, kind !== "chair");
  const choose = (next: CarouselKind): void => {
    setKind(next);
    setTicked(new Set(usual(session, next)));
  };
  const start = async (): Promise<void> => {
    const venues = choices.map(({ key }) => key).filter((key) => ticked.has(key));
    onClose();
    const id = session.session_id;
    const hasCells = (session.picture.layout ?? 1) > 1;
    if (kind === "cell" && !hasCells && !(await attempt(() => actions.setLayout(id, CELLS)))) return;
    await attempt(() => actions.startCarousel(id, kind, venues, interval_s));
  };
  return (
    <Dialog
      title={t("room.carousel")}
      onClose={onClose}
      footer={
        <Button tone="accent" disabled={choices.every(({ key }) => !ticked.has(key))} onClick={() => void start()}>
          {t("room.carousel_start")}
        </Button>
      }
    >
      <div class="form">
        <div class="mode-segments" role="radiogroup" aria-label={t("room.carousel_kind")}>
          {KINDS.map((one) => (
            <label key={one} class={one === kind ? "segment on" : "segment"}>
              <input
                type="radio"
                name="carousel-kind"
                class="visually-hidden"
                checked={one === kind}
                onChange={() => choose(one)}
              />
              {t(`room.carousel_${one}`)}
            </label>
          ))}
        </div>
        <p class="note">{t(`room.carousel_${kind}_help`)}</p>
        <label class="interval">
          {t("room.interval")}
          <input
            type="range"
            min={LEAST_S}
            max={MOST_S}
            value={interval_s}
            onInput={(event) => setInterval_s(event.currentTarget.valueAsNumber)}
          />
          <output>{t("room.seconds", { n: interval_s })}</output>
        </label>
        <VenueChecks choices={choices} ticked={ticked} onTick={setTicked} />
      </div>
    </Dialog>
  );
}

/** Everybody but the chair; in a cell those for whom there is no other one. */
function usual(session: Session, kind: CarouselKind): string[] {
  const venues = present(session).map(({ venue }) => venue);
  if (kind !== "cell") return venues.filter((venue) => venue !== session.chair);
  const { layout } = session.picture;
  return venues.slice((layout !== null && layout > 1 ? layout : CELLS) - 1);
}

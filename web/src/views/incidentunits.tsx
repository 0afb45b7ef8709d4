/** 参加单位: chips, the silent ones first and marked; the office adds and removes units. */
import { Plus } from "lucide-preact";
import type { JSX } from "preact";
import { useState } from "preact/hooks";

import { addUnits, removeUnit } from "../actions";
import { unitsInOrder } from "../state/incident";
import { hubNow, organisation, presence, second } from "../state/store";
import { textOf, type Silent } from "../state/workspace";
import type { Unit, Workspace } from "../types/wire";
import { Confirm } from "../ui/confirm";
import { Button, Dialog } from "../ui/elements";
import { lasting, t } from "../ui/i18n";
import { PresenceDot } from "../ui/states";
import { attempt } from "../ui/toast";
import { Ago, FormDialog, isOffice, OverdueSign } from "./incidentparts";
import { SeatPicker } from "./seatpicker";

interface UnitsProps {
  readonly stream: string;
  readonly ws: Workspace;
  readonly onShow: (boardId: string, itemId: string) => void;
}

/** As many as two lines hold; the silent ones are shown in any case. */
const SHOWN = 12;

export function Units({ stream, ws, onShow }: UnitsProps): JSX.Element {
  const [all, setAll] = useState(false);
  const [adds, setAdds] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const units = unitsInOrder(ws);
  const silent = units.filter(({ silence }) => silence !== null).length;
  const count = all ? units.length : Math.max(silent, SHOWN);
  const rest = units.length - count;
  const mayChange = isOffice() && ws.closed_ms === null;
  return (
    <section class="inc-units" aria-labelledby="inc-units-title">
      <h2 id="inc-units-title">
        {t("incident.units")} <span class="muted">{t("incident.units_n", { n: Object.keys(ws.units).length })}</span>
      </h2>
      {silent > 0 && (
        <span class="is-overdue inc-silent-n">
          <OverdueSign /> {t("incident.silent_n", { n: silent })}
        </span>
      )}
      <ul>
        {units.slice(0, count).map(({ unit, silence }) => (
          <li key={unit.seat}>
            <Chip unit={unit} silence={silence} onClick={() => setAsked(unit.seat)} />
          </li>
        ))}
        {(rest > 0 || (all && units.length > SHOWN)) && (
          <li>
            <Button size="small" tone="quiet" onClick={() => setAll(!all)}>
              {all ? t("incident.fewer_units") : t("incident.more_units", { n: rest })}
            </Button>
          </li>
        )}
        {mayChange && (
          <li>
            <Button size="small" tone="quiet" icon={Plus} onClick={() => setAdds(true)}>
              {t("incident.add_units")}
            </Button>
          </li>
        )}
      </ul>
      {adds && <AddUnits stream={stream} ws={ws} onClose={() => setAdds(false)} />}
      {asked !== null && ws.units[asked] !== undefined && (
        <UnitDialog
          unit={ws.units[asked]}
          silence={units.find(({ unit }) => unit.seat === asked)?.silence ?? null}
          onRemove={mayChange ? () => removeUnit(stream, asked) : null}
          onShow={onShow}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

interface ChipProps {
  readonly unit: Unit;
  readonly silence: Silent | null;
  readonly onClick: () => void;
}

/** Leads to who is on duty there and what has not been signed for. */
function Chip({ unit, silence, onClick }: ChipProps): JSX.Element {
  void second.value;
  const hint =
    silence === null
      ? unit.name
      : t("incident.silent_unit", {
          name: unit.name,
          n: silence.items.length,
          time: lasting(hubNow() - silence.since_ms),
        });
  return (
    <button type="button" class={silence === null ? "unit-chip" : "unit-chip is-silent"} title={hint} onClick={onClick}>
      {silence !== null && <OverdueSign />}
      <span>{unit.short_name}</span>
      {silence !== null && (
        <span class="unit-silence">
          {t("incident.silent_chip", { n: silence.items.length })} {lasting(hubNow() - silence.since_ms)}
        </span>
      )}
    </button>
  );
}

interface UnitDialogProps {
  readonly unit: Unit;
  readonly silence: Silent | null;
  readonly onRemove: (() => Promise<unknown>) | null;
  readonly onShow: UnitsProps["onShow"];
  readonly onClose: () => void;
}

/** Whom to call there, and about what. */
function UnitDialog({ unit, silence, onRemove, onShow, onClose }: UnitDialogProps): JSX.Element {
  const seat = organisation.value.seats[unit.seat];
  const there = presence.value[unit.seat];
  const remove = async (): Promise<void> => {
    if (onRemove !== null && (await attempt(onRemove))) onClose();
  };
  return (
    <Dialog
      title={unit.name}
      onClose={onClose}
      footer={
        onRemove !== null && (
          <Confirm
            label={t("incident.remove_unit", { name: unit.short_name })}
            effect={t("incident.remove_effect", { name: unit.short_name })}
            answer={t("incident.remove_go")}
            onConfirm={() => void remove()}
          />
        )
      }
    >
      <p class="unit-reach">
        {there !== undefined && <PresenceDot of={there} />}
        {there?.person != null && <span>{there.person}</span>}
        {seat !== undefined && seat.phone !== "" && <strong>{t("incident.duty_phone", { phone: seat.phone })}</strong>}
      </p>
      {silence === null ? (
        <p class="muted">{t("incident.all_signed")}</p>
      ) : (
        <ul class="unit-items" aria-label={t("incident.silent_chip", { n: silence.items.length })}>
          {silence.items.map((item) => (
            <li key={item.item_id}>
              <button
                type="button"
                class="linklike"
                onClick={() => {
                  onClose();
                  onShow(item.board_id, item.item_id);
                }}
              >
                <OverdueSign /> {textOf(item)}
              </button>
              <span class="muted">
                <Ago ms={item.created_ms} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function AddUnits({ stream, ws, onClose }: Omit<UnitsProps, "onShow"> & { onClose: () => void }): JSX.Element {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(Object.keys(ws.units)));
  const fresh = [...picked].filter((seat) => !(seat in ws.units));
  const go = async (): Promise<void> => void (await addUnits(stream, fresh));
  return (
    <FormDialog
      title={t("incident.add_units_title")}
      go={t("incident.add_units_go", { n: fresh.length })}
      class="inc-wide-dialog"
      disabled={fresh.length === 0}
      onClose={onClose}
      onSubmit={go}
    >
      <UnitPicker chosen={picked} onChoose={setPicked} />
      <p class="muted">{t("incident.add_units_effect")}</p>
    </FormDialog>
  );
}

interface UnitPickerProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** By the office's own groups, by level, or one by one; wide enough for all of the province. */
export function UnitPicker({ chosen, onChoose }: UnitPickerProps): JSX.Element {
  return (
    <div class="unit-picker">
      <SeatPicker label={t("incident.units")} chosen={chosen} onChoose={onChoose} />
    </div>
  );
}

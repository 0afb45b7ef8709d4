/** Which items have a place on the map, and what is to be seen of it. Pure. */
import type { Item } from "../../types/wire";

export interface Place {
  readonly item: Item;
  readonly lat: number;
  readonly lon: number;
}

/** Items whose two coordinates are numbers on the earth; void ones have no mark. */
export function placed(items: readonly Item[]): Place[] {
  return items.flatMap((item) => {
    const [lat, lon] = [numberOf(item, "lat", 90), numberOf(item, "lon", 180)];
    return item.voided !== null || lat === null || lon === null ? [] : [{ item, lat, lon }];
  });
}

function numberOf(item: Item, name: "lat" | "lon", most: number): number | null {
  const text = item.fields[name] ?? "";
  const value = Number(text);
  return text === "" || Number.isNaN(value) || Math.abs(value) > most ? null : value;
}

/** South-west and north-east corner around them. */
export function boundsOf(places: readonly Place[]): [[number, number], [number, number]] {
  const lats = places.map(({ lat }) => lat);
  const lons = places.map(({ lon }) => lon);
  return [
    [Math.min(...lats), Math.min(...lons)],
    [Math.max(...lats), Math.max(...lons)],
  ];
}

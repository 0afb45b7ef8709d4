/** The items of a board that have coordinates, as marks with shape and word, on whatever map the hub has. */
import type { GeoJsonObject } from "geojson";
import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { MapPin } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { get, raw } from "../../link/api";
import { editItem } from "../../state/drafts";
import type { Row } from "../../state/outbox";
import { fieldOf, isFrozen, isOverdue, mayWrite, stateOf, textOf } from "../../state/workspace";
import type { Item, MapBase } from "../../types/wire";
import "../../styles/boardmap.css";
import { Button } from "../../ui/elements";
import { t } from "../../ui/i18n";
import { announce, attempt } from "../../ui/toast";
import { showItem, type Context } from "./context";
import { graticule } from "./graticule";
import { boundsOf, placed, type Place } from "./places";
import { said, shortened } from "./words";

/** Henan, where nothing else says where to look. */
const USUAL: L.LatLngBoundsExpression = [
  [31.4, 110.4],
  [36.4, 116.6],
];

interface MapProps {
  readonly rows: readonly Row[];
  readonly of: Context;
}

export function BoardMap({ rows, of }: MapProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const map = useMap(box);
  const [picking, setPicking] = useState<string | null>(null);
  const items = rows.map(({ item }) => item);
  const places = placed(items);
  const without = items.filter((item) => !places.some(({ item: one }) => one === item) && mayPlace(item, of));
  useMarks(map, places, of);
  usePicking(map, picking, (at) => {
    const item = items.find(({ item_id }) => item_id === picking);
    setPicking(null);
    if (item === undefined) return;
    const fields = { lon: at.lng.toFixed(5), lat: at.lat.toFixed(5) };
    editItem(of.stream, item.item_id, item.version, fields);
    announce(t("boards.map_set", fields));
  });
  return (
    <div class="bv-map">
      <div class={picking === null ? "bv-map-box" : "bv-map-box picking"} ref={box} role="region" aria-label={t("boards.map")} />
      <div class="bv-map-foot">
        <span>{t("boards.map_count", { n: places.length })}</span>
        {picking !== null ? (
          <>
            <strong role="status">{t("boards.map_press")}</strong>
            <Button size="small" onClick={() => setPicking(null)}>
              {t("do.cancel")}
            </Button>
          </>
        ) : (
          without.length > 0 && (
            <label class="bv-map-pick">
              <MapPin size={16} aria-hidden="true" />
              <select class="input" aria-label={t("boards.map_pick")} value="" onChange={(event) => setPicking(event.currentTarget.value || null)}>
                <option value="">{t("boards.map_without", { n: without.length })}</option>
                {without.map((item) => (
                  <option key={item.item_id} value={item.item_id}>
                    {shortened(textOf(item), 40)}
                  </option>
                ))}
              </select>
            </label>
          )
        )}
      </div>
    </div>
  );
}

function mayPlace(item: Item, of: Context): boolean {
  const field = fieldOf(of.kind, "lon");
  return of.me !== null && field !== undefined && !isFrozen(of.ws, item) && mayWrite(item, field, of.me);
}

/** The map with its ground; the marks come and go on it. */
function useMap(box: { current: HTMLDivElement | null }): L.Map | null {
  const [map, setMap] = useState<L.Map | null>(null);
  useEffect(() => {
    if (box.current === null) return undefined;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const how = { attributionControl: false, zoomControl: false, fadeAnimation: false, zoomAnimation: !still };
    const made = L.map(box.current, { ...how, minZoom: 3, maxZoom: 19 });
    L.control.zoom({ zoomInTitle: t("boards.map_in"), zoomOutTitle: t("boards.map_out") }).addTo(made);
    L.control.scale({ imperial: false }).addTo(made);
    made.fitBounds(USUAL);
    const urls: string[] = [];
    let gone = false;
    void attempt(() => layGround(made, urls, () => gone));
    const observer = new ResizeObserver(() => made.invalidateSize());
    observer.observe(box.current);
    setMap(made);
    return () => {
      gone = true;
      observer.disconnect();
      made.remove();
      urls.forEach((url) => URL.revokeObjectURL(url));
      setMap(null);
    };
  }, []);
  return map;
}

/** Tiles of the intranet, an image, or outlines from a file; a plain grid with coordinates where there is nothing. */
async function layGround(map: L.Map, urls: string[], isGone: () => boolean): Promise<void> {
  const { tiles, base, bounds } = await get<MapBase>("/api/map");
  if (isGone()) return; // the map was closed before its ground had come
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  if (tiles !== "") L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  if (base === "image") {
    const image = await (await raw("GET", "/api/map/base")).blob();
    if (isGone()) return;
    const url = URL.createObjectURL(image);
    urls.push(url);
    L.imageOverlay(url, [
      [south, west],
      [north, east],
    ]).addTo(map);
    return;
  }
  if (base === "geojson") {
    const outlines = (await (await raw("GET", "/api/map/base")).json()) as GeoJsonObject;
    if (isGone()) return;
    L.geoJSON(outlines, { interactive: false, style: { className: "bv-outline" } }).addTo(map);
  }
  if (tiles === "") graticule().addTo(map);
}

function useMarks(map: L.Map | null, places: readonly Place[], of: Context): void {
  const layer = useRef<L.LayerGroup | null>(null);
  const seen = useRef(0);
  useEffect(() => {
    if (map === null) return undefined;
    layer.current = L.layerGroup().addTo(map);
    return () => {
      layer.current?.remove();
      layer.current = null;
    };
  }, [map]);
  useEffect(() => {
    if (map === null || layer.current === null) return;
    layer.current.clearLayers();
    for (const place of places) markOf(place, of).addTo(layer.current);
    // The first marks decide what is looked at; later ones do not move the map under anybody's hand.
    if (seen.current === 0 && places.length > 0) map.fitBounds(boundsOf(places), { padding: [48, 48], maxZoom: 11 });
    seen.current = places.length;
  }, [map, places.map(({ item, lat, lon }) => `${item.item_id}${item.version}${item.state}${lat}${lon}`).join()]);
}

/** Shape by whether it waits, is over or is late; beside it the state and the words. */
function markOf({ item, lat, lon }: Place, of: Context): L.Marker {
  const isLate = isOverdue(of.ws, item, of.now_ms);
  const state = stateOf(of.ws, item);
  const shape = isLate ? "late" : state?.final === true ? "over" : "open";
  const element = document.createElement("span");
  element.className = `bv-mark ${shape}`;
  const sign = document.createElement("span");
  sign.className = "sign";
  const words = document.createElement("span");
  words.className = "words";
  const word = isLate ? t("boards.only_overdue") : state === undefined ? item.state : said(state);
  words.textContent = `${word} · ${shortened(textOf(item), 14)}`;
  element.append(sign, words);
  const icon = L.divIcon({ html: element, className: "bv-mark-box", iconSize: [20, 20], iconAnchor: [10, 10] });
  const marker = L.marker([lat, lon], { icon, keyboard: true, title: textOf(item), alt: textOf(item) });
  marker.on("click keypress", () => showItem(of.stream, of.board.board_id, item.item_id));
  return marker;
}

function usePicking(map: L.Map | null, picking: string | null, onPick: (at: L.LatLng) => void): void {
  useEffect(() => {
    if (map === null || picking === null) return undefined;
    const pick = (event: L.LeafletMouseEvent): void => onPick(event.latlng.wrap());
    map.on("click", pick);
    return () => void map.off("click", pick);
  }, [map, picking]);
}

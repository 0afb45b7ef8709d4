/** A plain grid with coordinates, for a hub that has no map at all. */
import * as L from "leaflet";

class Graticule extends L.GridLayer {
  override createTile(at: L.Coords): HTMLElement {
    const tile = document.createElement("div");
    tile.className = "bv-grid-tile";
    const size = this.getTileSize();
    const corner = this._map.unproject(L.point(at.x * size.x, at.y * size.y), at.z);
    tile.textContent = `${corner.lat.toFixed(2)}°N ${corner.lng.toFixed(2)}°E`;
    return tile;
  }
}

export function graticule(): L.GridLayer {
  return new Graticule({ maxZoom: 19 });
}

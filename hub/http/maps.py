"""What lies under the marks of a board's map: tiles of the intranet, or a file of the data directory."""

from __future__ import annotations

from pathlib import Path

from aiohttp import hdrs, web

from hub.config import MapSettings
from hub.errors import Refusal
from hub.http.bodies import json_answer
from hub.http.keys import SETTINGS
from signaling.bodies import MapBase

_TYPES = {
    ".geojson": "application/geo+json",
    ".json": "application/geo+json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_GEOJSON = "application/geo+json"
_BASE_MAX_BYTES = 64 * 1024 * 1024


async def about(request: web.Request) -> web.Response:
    """GET /api/map"""
    settings = request.app[SETTINGS]
    kind = ""
    if _file(settings.data_dir, settings.map) is not None:
        is_geojson = _type_of(settings.map.base) == _GEOJSON
        kind = "geojson" if is_geojson else "image" if settings.map.bounds else ""
    return json_answer(MapBase(tiles=settings.map.tiles, base=kind, bounds=list(settings.map.bounds)))


async def base(request: web.Request) -> web.StreamResponse:
    """GET /api/map/base; refuses with ``not_found`` where there is none."""
    settings = request.app[SETTINGS]
    file = _file(settings.data_dir, settings.map)
    if file is None:
        raise Refusal("not_found")
    headers = {hdrs.CONTENT_TYPE: _type_of(file.name), hdrs.CACHE_CONTROL: "private, max-age=3600"}
    return web.FileResponse(file, headers=headers)


def _type_of(name: str) -> str:
    return _TYPES.get(Path(name).suffix.lower(), "")


def _file(data: Path, settings: MapSettings) -> Path | None:
    """The configured file, and nothing else of that directory: keys and the log lie there too."""
    if not settings.base or not _type_of(settings.base):
        return None
    file = data / settings.base
    is_there = file.is_file() and not file.is_symlink()
    return file if is_there and file.stat().st_size <= _BASE_MAX_BYTES else None

"""What lies under a board's map, and that no page may load from elsewhere because of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.config import BadSettings, load
from tests.support.served import Client, served

TILES = "http://map.intranet:8090/gis/{z}/{x}/{y}.png"
GEOJSON = '{"type": "FeatureCollection", "features": []}'


async def test_without_a_map_there_is_none_and_the_policy_is_as_ever(client: Client) -> None:
    await client.login("officer")
    answer = await client.ask("GET", "/api/map")
    assert answer.body == {"tiles": "", "base": "", "bounds": []}
    assert "img-src 'self' data: blob:;" in answer.headers["Content-Security-Policy"]
    assert (await client.ask("GET", "/api/map/base")).code == "not_found"


async def test_tiles_of_the_intranet_may_be_loaded_and_nothing_else(tmp_path: Path) -> None:
    async with served(tmp_path / "var", **{"map.tiles": TILES}) as client:
        await client.login("officer")
        answer = await client.ask("GET", "/api/map")
        assert answer.body["tiles"] == TILES
        policy = answer.headers["Content-Security-Policy"]
        assert "img-src 'self' http://map.intranet:8090 data: blob:;" in policy
        assert policy.count("http://map.intranet:8090") == 1


async def test_a_file_of_the_data_directory_is_the_map(tmp_path: Path) -> None:
    async with served(tmp_path / "var", **{"map.base": "henan.geojson"}) as client:
        (tmp_path / "var/henan.geojson").write_text(GEOJSON, "utf-8")
        assert (await client.ask("GET", "/api/map/base")).code == "auth.required"
        await client.login("zhengzhou")
        assert (await client.ask("GET", "/api/map")).body["base"] == "geojson"
        answer = await client.ask("GET", "/api/map/base")
        assert answer.headers["Content-Type"] == "application/geo+json"
        assert answer.body == GEOJSON.encode()


@pytest.mark.parametrize(
    "options",
    [
        {"map.tiles": "https://map.example/tile.png"},
        {"map.tiles": "http://map.example/{z}/{x}/{y}.png; script-src *"},
        {"map.base": "../token.key"},
        {"map.bounds": "116,31,110,36"},
        {"map.bounds": "110,31"},
    ],
)
def test_a_bad_map_is_named(options: dict[str, object]) -> None:
    with pytest.raises(BadSettings, match=r"map\."):
        load(environment={}, options=options)

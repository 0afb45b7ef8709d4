"""The built front end: hashed files for ever, index.html always fresh, and for every page of the app."""

from __future__ import annotations

from pathlib import Path

from aiohttp import hdrs, web

from hub.errors import Refusal

BESIDE_THE_PROGRAM = Path(__file__).parents[2] / "web" / "dist"

_FOR_EVER = "public, max-age=31536000, immutable"
_ALWAYS_ASK = "no-cache"

_MISSING = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>会商 · Huishang</title>
<body style="font: 16px/1.7 system-ui, sans-serif; max-width: 40em; margin: 15vh auto; padding: 0 1em">
<h1 style="font-size: 1.4em">系统已启动，但页面文件尚未生成</h1>
<p>请在程序目录运行 <code>make run</code>（会自动生成页面），然后刷新本页。</p>
<h1 style="font-size: 1.4em">The hub runs, but its pages have not been built</h1>
<p>Run <code>make run</code> in the program's folder (it builds them), then reload.</p>
</body></html>
"""


class Pages:
    """Serves one directory. Looks at it anew for each request, so that a rebuild needs no restart."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()

    async def page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"]
        file = self._file(name)
        if file is not None and file.name != "index.html":
            hashed = name.startswith("assets/")
            return web.FileResponse(file, headers={hdrs.CACHE_CONTROL: _FOR_EVER if hashed else _ALWAYS_ASK})
        if file is None and "." in name.rsplit("/", 1)[-1]:
            raise Refusal("not_found")  # a file that is gone is no page of the app
        index = self._directory / "index.html"
        if not index.is_file():
            return web.Response(text=_MISSING, content_type="text/html", status=503)
        return web.FileResponse(index, headers={hdrs.CACHE_CONTROL: _ALWAYS_ASK})

    def _file(self, name: str) -> Path | None:
        try:
            file = (self._directory / name).resolve()
            inside = file.is_relative_to(self._directory)
            return file if inside and file.is_file() else None
        except (OSError, ValueError):  # too long, or a zero byte
            return None

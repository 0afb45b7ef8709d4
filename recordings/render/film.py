"""Makes the pieces of a film: threads decode ahead, one hand composes the picture, libx264 encodes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from typing import NamedTuple

import av

from hub.domain.paperwords import local
from recordings.render import paint, pieces
from recordings.render.layout import BORDER, Rect
from recordings.render.opened import Open
from recordings.render.paint import Canvas, Run
from recordings.render.pictures import Reel, Shown, Want
from recordings.render.pieces import Packet, Piece, Pieces
from recordings.render.scenes import CAMERA, CONTENT, Feed, Place, Scene, scenes_of
from recordings.render.sound import AHEAD, Encoded, Sound
from recordings.render.spec import AAC_SAMPLES, Progress, RenderTrack, Spec

_SAY_S = 0.5
"""Between two words about how far it is."""

STALE = "画面中断"


class _Block(NamedTuple):
    """Up to a second of a piece, what it shows, and what is being decoded for it."""

    piece: int
    ticks: range
    scenes: dict[int, Scene]
    pictures: list[Future[list[Shown]]]
    sounds: Future[list[Encoded]]


def make_pieces(spec: Spec, folder: Pieces, open_: Open, say: Callable[[Progress], object]) -> None:
    """Every piece that is missing, from the first on. Raises OSError when it cannot be written."""
    first = folder.first_missing(spec)
    if first < spec.pieces:
        with ThreadPoolExecutor(spec.threads) as pool:
            _Maker(spec, folder, open_, say, pool, first).run()


class _Maker:
    def __init__(
        self,
        spec: Spec,
        folder: Pieces,
        open_: Open,
        say: Callable[[Progress], object],
        pool: ThreadPoolExecutor,
        first: int,
    ) -> None:
        self._spec, self._folder, self._say, self._pool, self._first = spec, folder, say, pool, first
        self._scenes = list(scenes_of(spec))
        self._reels = _reels(spec, open_)
        heard = [track for track in spec.tracks if track.kind == "audio"]
        begin = first * spec.ticks_of_piece * spec.samples_of_tick
        self._sound = Sound(heard, spec.from_ms, begin, open_)
        self._sounds: list[Encoded] = []
        self._screen = _Screen(spec)
        self._began_s = self._said_s = time.monotonic()

    def run(self) -> None:
        try:
            coming = self._blocks()
            block = next(coming, None)
            pictures, encoder = list[Packet](), pieces.encoder(self._spec)
            while block is not None:
                shown = _by_tick([one for future in block.pictures for one in future.result()])
                self._sounds += block.sounds.result()
                following = next(coming, None)  # is decoded while this one is encoded
                for tick in block.ticks:
                    frame = self._screen.at(tick, block.scenes.get(tick), shown.get(tick, ()))
                    pictures += map(_packet, encoder.encode(frame))
                is_whole = following is None or following.piece != block.piece
                if is_whole:
                    pictures += map(_packet, encoder.encode(None))
                    self._folder.save(Piece(block.piece, pictures, self._sounds_of(block.piece)))
                    pictures, encoder = [], pieces.encoder(self._spec)
                self._report(block.ticks.stop, at_once=is_whole)
                block = following
        finally:
            self._sound.close()
            for reel in self._reels.values():
                reel.close()

    def _blocks(self) -> Iterator[_Block]:
        spec = self._spec
        scenes = iter(self._scenes)
        scene = next(scenes)
        begin = self._first * spec.ticks_of_piece
        is_first = True
        while begin < spec.ticks:
            piece = begin // spec.ticks_of_piece
            end = min(begin + spec.fps, (piece + 1) * spec.ticks_of_piece, spec.ticks)
            fresh: dict[int, Scene] = {}
            wants: dict[Feed, list[Want]] = {}
            for tick in range(begin, end):
                while tick >= scene.to_tick:
                    scene = next(scenes)
                if is_first or tick == scene.from_tick:
                    fresh[tick] = scene
                for feed, areas in _areas(scene).items():
                    want = Want(tick, spec.at_ms(tick), areas, tick in fresh)
                    wants.setdefault(feed, []).append(want)
                is_first = False
            samples = end * spec.samples_of_tick + AHEAD + AAC_SAMPLES
            yield _Block(
                piece,
                range(begin, end),
                fresh,
                [
                    self._pool.submit(self._reels[feed].run, of)
                    for feed, of in wants.items()
                    if feed in self._reels
                ],
                self._pool.submit(self._sound.until, samples),
            )
            begin = end

    def _sounds_of(self, piece: int) -> list[Packet]:
        end = (piece + 1) * self._spec.ticks_of_piece * self._spec.samples_of_tick
        if piece + 1 == self._spec.pieces:
            end = self._spec.ticks * self._spec.samples_of_tick
        mine = [Packet(one.pts, True, one.data) for one in self._sounds if one.pts < end]
        self._sounds = self._sounds[len(mine) :]
        return mine

    def _report(self, tick: int, *, at_once: bool) -> None:
        now = time.monotonic()
        if now - self._said_s < _SAY_S and not at_once:
            return
        self._said_s = now
        made = tick - self._first * self._spec.ticks_of_piece
        speed = made / self._spec.fps / max(0.001, now - self._began_s)
        all_ms = self._spec.to_ms - self._spec.from_ms
        done = min(all_ms, tick * 1000 // self._spec.fps)
        self._say(Progress(done=done, all=all_ms, speed=round(speed * 1000)))


class _Screen:
    """The picture as it stands: set up with each scene, then only what moves."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._canvas = Canvas(spec.width, spec.height)
        self._canvas.frame.time_base = Fraction(1, spec.fps)
        self._places: dict[Rect, Place] = {}
        self._filled: dict[Rect, Rect | None] = {}
        self._second = -1

    def at(self, tick: int, scene: Scene | None, shown: Sequence[Shown]) -> av.VideoFrame:
        """The frame for the encoder; it is the same one each time."""
        if scene is not None:
            self._set_up(scene)
        for one in shown:
            self._show(one)
        second = int(self._spec.at_ms(tick) // 1000)
        if second != self._second:
            self._second = second
            self._tell_time(second)
        self._canvas.frame.pts = tick
        return self._canvas.frame

    def _set_up(self, scene: Scene) -> None:
        spec, plan, canvas = self._spec, scene.plan, self._canvas
        self._places = {place.cell.picture: place for place in scene.places}
        self._filled = {}
        canvas.fill(plan.body, paint.BACK)
        marks = [Run(spec.classification, paint.TEXT, paint.CARD)] if spec.classification else []
        if spec.exercise:
            marks.append(Run("演练", paint.TEXT, paint.EXERCISE))
        title = (*marks, Run(spec.title), Run(scene.note, paint.QUIET))
        head = plan.head
        canvas.lay(paint.line(head.width - self._clock_width(), head.height, paint.PLATE, title), 0, 0)
        self._second = -1
        if scene.gap:
            canvas.lay(
                paint.card(plan.body.width, plan.body.height, scene.gap, "", paint.WARN), *plan.body[:2]
            )
        for place in scene.places:
            self._set_up_place(place)

    def _set_up_place(self, place: Place) -> None:
        picture, plate = place.cell
        if place.mark:
            x, y = picture.x - BORDER, picture.y - BORDER
            height = picture.height + plate.height + 2 * BORDER
            self._canvas.border(Rect(x, y, picture.width + 2 * BORDER, height), paint.ACCENT, BORDER)
        mark = (Run(place.mark, paint.TEXT, paint.ACCENT),) if place.mark else ()
        line = paint.line(plate.width, plate.height, paint.PLATE, (Run(place.name),), mark)
        self._canvas.lay(line, plate.x, plate.y)
        self._say_why(place, place.instead)

    def _say_why(self, place: Place, words: str) -> None:
        x, y, width, height = place.cell.picture
        self._canvas.lay(paint.card(width, height, place.name, words), x, y)

    def _show(self, one: Shown) -> None:
        place = self._places.get(one.area)
        if place is None:
            return
        if one.picture is None:
            self._filled[one.area] = None
            self._say_why(place, STALE if one.stale else place.instead)
            return
        if one.place != one.area and self._filled.get(one.area) != one.place:
            self._canvas.fill(one.area, paint.BACK)
        self._filled[one.area] = one.place
        self._canvas.show(one.picture, one.place.x, one.place.y)

    def _tell_time(self, second: int) -> None:
        text = f"{local(second * 1000):%Y-%m-%d %H:%M:%S}"
        width, height = self._clock_width(), self._spec.height // 18 // 2 * 2
        self._canvas.lay(
            paint.line.__wrapped__(width, height, paint.PLATE, (), (Run(text),)), self._spec.width - width, 0
        )

    def _clock_width(self) -> int:
        return self._spec.height // 18 * 7 // 2 * 2


def _reels(spec: Spec, open_: Open) -> dict[Feed, Reel]:
    feeds: dict[Feed, list[RenderTrack]] = {}
    for track in spec.tracks:
        if track.kind == "video":
            role = CONTENT if track.source == CONTENT else CAMERA
            feeds.setdefault(Feed(track.venue, role), []).append(track)
    return {feed: Reel(tracks, open_, may_stand_still=feed.role == CONTENT) for feed, tracks in feeds.items()}


def _areas(scene: Scene) -> dict[Feed, list[Rect]]:
    areas: dict[Feed, list[Rect]] = {}
    for place in scene.places:
        if place.feed is not None:
            areas.setdefault(place.feed, []).append(place.cell.picture)
    return areas


def _by_tick(shown: Sequence[Shown]) -> dict[int, list[Shown]]:
    by: dict[int, list[Shown]] = {}
    for one in shown:
        by.setdefault(one.tick, []).append(one)
    return by


def _packet(packet: av.Packet[av.VideoStream]) -> Packet:
    assert packet.pts is not None
    return Packet(packet.pts, packet.is_keyframe, bytes(packet))

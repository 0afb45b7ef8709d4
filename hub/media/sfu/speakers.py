"""Who is speaking: smoothed audio levels and stretches of speech (RFC 6464)."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from hub.media.rtp.extensions import SILENT

# Levels are -dBov: 0 is the loudest, 127 silence. Speech close to a microphone is 15..40, a quiet office
# 60..80.
SPEAKING = 50
FALLING_SILENT = 60
ATTACK = 0.7  # of the way to a louder packet: the first syllable counts
RELEASE_PER_S = 40.0  # dB; a pause for breath does not end a sentence
HANG_S = 1.0  # below FALLING_SILENT for so long: the stretch has ended
SHORTEST_S = 0.3  # less is a door
STALE_S = 0.5  # no packets (muted, DTX): as good as silence
HEARD = 100  # quieter than this is not worth showing
UNKNOWN_LEVEL = 60  # an encoder that sends no levels: before the silent, behind whoever speaks


class Stretch(NamedTuple):
    """One stretch of speech of one source; monotonic seconds."""

    source_id: str
    from_s: float
    to_s: float


class Speaker:
    """One audio source."""

    __slots__ = ("_level", "_loud_at", "_packet_at", "began", "source_id")

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        self._level = float(SILENT)
        self._packet_at = -inf
        self._loud_at = -inf
        self.began: float | None = None  # since when it has been speaking

    def observe(self, level: int, now: float) -> None:
        """The level of one packet, -1 when it carries none."""
        if level < 0:
            self._level, self._packet_at = float(UNKNOWN_LEVEL), now
            return
        current = self.level(now)
        self._level = current + (level - current) * ATTACK if level < current else current
        self._packet_at = now
        if self._level <= SPEAKING and self.began is None:
            self.began = now
        if self._level <= FALLING_SILENT:
            self._loud_at = now

    def level(self, now: float) -> float:
        """The smoothed level now: it falls by itself, whether packets come or not."""
        if now - self._packet_at > STALE_S:
            return float(SILENT)
        return min(self._level + max(now - self._packet_at, 0.0) * RELEASE_PER_S, float(SILENT))

    def hush(self) -> None:
        """As good as silent, at once."""
        self._packet_at = -inf

    def ended(self, now: float) -> Stretch | None:
        """The stretch that has just come to its end, if one has and was long enough."""
        if self.began is None or now - self._loud_at < HANG_S:
            return None
        return self.stop()

    def stop(self) -> Stretch | None:
        """Ends the stretch where it was last loud."""
        began, self.began = self.began, None
        if began is None or self._loud_at - began < SHORTEST_S:
            return None
        return Stretch(self.source_id, began, self._loud_at)


class Speakers:
    """All audio sources of a session."""

    def __init__(self) -> None:
        self._speakers: dict[str, Speaker] = {}
        self._finished: list[Stretch] = []

    def add(self, source_id: str) -> Speaker:
        speaker = self._speakers[source_id] = Speaker(source_id)
        return speaker

    def remove(self, source_id: str) -> None:
        speaker = self._speakers.pop(source_id, None)
        if speaker is None:
            return
        if (stretch := speaker.stop()) is not None:
            self._finished.append(stretch)

    def hush(self, speaker: Speaker) -> None:
        """Nobody hears it from now on."""
        if (stretch := speaker.stop()) is not None:
            self._finished.append(stretch)
        speaker.hush()

    def levels(self, now: float) -> dict[str, int]:
        found = {source_id: round(speaker.level(now)) for source_id, speaker in self._speakers.items()}
        return {source_id: level for source_id, level in found.items() if level <= HEARD}

    def speaking(self, now: float) -> list[str]:
        """Who is in a stretch of speech, longest first."""
        self._finish(now)
        talking = [(speaker.began, speaker.source_id) for speaker in self._speakers.values() if speaker.began]
        return [source_id for _, source_id in sorted(talking)]

    def stretches(self, now: float) -> list[Stretch]:
        self._finish(now)
        finished, self._finished = self._finished, []
        return finished

    def cut(self) -> None:
        """End every stretch that is open; who speaks on begins another."""
        self._finished += [stretch for one in self._speakers.values() if (stretch := one.stop()) is not None]

    def _finish(self, now: float) -> None:
        for speaker in self._speakers.values():
            if (stretch := speaker.ended(now)) is not None:
                self._finished.append(stretch)

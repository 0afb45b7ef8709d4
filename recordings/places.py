"""Where the files of a recording lie: ``{data}/recordings/{recording_id}/{track_id}.{webm|mp4}``."""

from __future__ import annotations

from pathlib import Path

from hub.domain.recording import Track
from hub.ids import is_id
from recordings.forms import PART_SUFFIX, form_of

MANIFEST = "manifest.json"
"""What proves the files beside it (``recordings.proof``)."""


class Places:
    """Makes paths of ids that come from the log; anything that is no id is a ValueError, never a path."""

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "recordings"
        self.fetched = data_dir / "fetched"
        """Copies of files that lie elsewhere, for as long as somebody works on them."""
        self.exports = data_dir / "exports"
        """What was made of recordings, and the pieces of what is being made."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o750)

    def folder(self, recording_id: str) -> Path:
        """The folder of a recording; it exists."""
        folder = self.root / _checked(recording_id)
        folder.mkdir(exist_ok=True, mode=0o750)
        return folder

    def has_folder(self, recording_id: str) -> bool:
        return (self.root / _checked(recording_id)).exists()

    def made_of(self, recording_id: str) -> Path:
        """What was made of a recording, once somebody has asked for something."""
        return self.exports / _checked(recording_id)

    def part(self, recording_id: str, track_id: str) -> Path:
        """The file while it is written."""
        return self.root / _checked(recording_id) / (_checked(track_id) + PART_SUFFIX)

    def final(self, recording_id: str, track: Track) -> Path:
        """The file that is reviewed."""
        return self.root / _checked(recording_id) / (_checked(track.track_id) + form_of(track.codec).suffix)

    def thumbnails(self, recording_id: str) -> Path:
        """Where the small pictures of its tracks lie, once there are any."""
        return self.root / _checked(recording_id) / "thumbnails"


def _checked(key: str) -> str:
    if not is_id(key):
        raise ValueError(f"{key!r} is no id")
    return key

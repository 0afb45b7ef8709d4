"""Properties are searched without a stopwatch: the machine may be busy with others."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")

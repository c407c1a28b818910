"""The four ways a person works: mouse, gloved tablet, keyboard only, and without JavaScript."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A screen and the hands in front of it."""

    name: str
    width_px: int
    height_px: int
    has_touch: bool = False
    by_keyboard: bool = False
    has_javascript: bool = True
    # How many times slower than this machine, and how far away the server is.
    slowdown_ratio: int = 1
    latency_ms: int = 0


DESKTOP = Profile("desktop", 1440, 900)
TABLET = Profile("tablet", 1180, 820, has_touch=True, slowdown_ratio=4, latency_ms=40)
KEYBOARD = Profile("keyboard", 1440, 900, by_keyboard=True)
WITHOUT_JAVASCRIPT = Profile("no-javascript", 1440, 900, has_javascript=False)

WRITING = (DESKTOP, TABLET, KEYBOARD)
READING = (*WRITING, WITHOUT_JAVASCRIPT)

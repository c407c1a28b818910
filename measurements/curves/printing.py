"""Figures drawn apart from the web process and kept: the same recipe of the same data is drawn once."""

import hashlib
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from measurements.curves.drawing import Drawing
from measurements.curves.heat import HeatMap
from measurements.curves.panels import PanelFigure
from measurements.storage.spool import spool_folder
from measurements.storage.stores import store

if TYPE_CHECKING:
    from measurements.reading.sandbox import ReaderProcess

# Raised whenever the same recipe is to look different.
FIGURE_VERSION = 1
# The first figure of a process brings its library and its typefaces with it.
MOST_SECONDS = 40.0


class NotDrawn(Exception):
    """A figure that the process beside could not draw, and why."""


@dataclass(frozen=True, slots=True)
class FigureFailure:
    """What the drawing process answers instead of a figure."""

    reason: str


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """One figure to draw in the process beside."""

    thing: Drawing | HeatMap | PanelFigure
    format: str
    preset: str
    dpi: int

    def answer(self) -> bytes:
        """Draw it."""
        from measurements.curves.figure import figure_of
        from measurements.curves.figure_map import map_figure_of
        from measurements.curves.figure_panels import panel_figure_of

        if isinstance(self.thing, PanelFigure):
            return panel_figure_of(self.thing, format=self.format, preset=self.preset, dpi=self.dpi)
        if isinstance(self.thing, HeatMap):
            return map_figure_of(self.thing, format=self.format, preset=self.preset, dpi=self.dpi)
        return figure_of(self.thing, format=self.format, preset=self.preset, dpi=self.dpi)

    def failed(self, what: str) -> FigureFailure:
        """Return why there is no figure."""
        return FigureFailure(f"Drawing the figure {what}.")


@cache
def drawing_process() -> "ReaderProcess":
    """Return the one process of this process that draws; readers have their own."""
    from measurements.reading.sandbox import ReaderProcess

    return ReaderProcess()


def figure_key(facts: tuple[str, ...], format: str) -> str:
    """Return the key of a figure in the store, made of everything that decides how it looks."""
    digest = hashlib.sha256("\0".join((str(FIGURE_VERSION), format, *facts)).encode()).hexdigest()
    return f"figures/{digest[:2]}/{digest}.{format}"


def kept_figure(key: str) -> BinaryIO | None:
    """Return a figure that was drawn before."""
    try:
        return store().open(key)
    except FileNotFoundError:
        return None


def draw_figure(key: str, request: FigureRequest) -> bytes:
    """Draw a figure in the process beside and keep it; raises NotDrawn."""
    drawn = drawing_process().answered(request, MOST_SECONDS)
    if not isinstance(drawn, bytes):
        raise NotDrawn(drawn.reason)
    with tempfile.NamedTemporaryFile(dir=spool_folder(), delete=False) as spooled:
        path = Path(spooled.name)
        try:
            spooled.write(drawn)
            spooled.close()
            store().put(key, path)
        finally:
            path.unlink(missing_ok=True)
    return drawn

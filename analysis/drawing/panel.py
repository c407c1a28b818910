"""A panel: traces over one axis, marks and bands in it, and residuals below it on the same axis."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measurements.curves.colors import Style, category
from measurements.curves.trace import labelled

if TYPE_CHECKING:
    from analysis.methods.contract import Floats

POINTS, LINE, BARS, STICKS, RINGS = "points", "line", "bars", "sticks", "rings"
DATA, MODEL, COMPONENT = "data", "model", "component"

# Ink and accent of the house on white and on dark: data are quiet dots, the model is what was made of them.
DATA_STYLE = Style("#39424C", "#C8D0D8")
MODEL_STYLE = Style("#0A5C69", "#74C9D6")
RESIDUAL_STYLE = Style("#5B6470", "#A9B4C0")
# What is kept, beside what is tried.
BEFORE_STYLE = Style("#868F9A", "#74808D", (2, 3))


@dataclass(frozen=True, slots=True, eq=False)
class PanelTrace:
    """One line, cloud of points or histogram; x rises. Standard errors are drawn where there are few points."""

    label: str
    x: "Floats"
    y: "Floats"
    style: Style
    kind: str = LINE
    role: str = DATA
    stderr: "Floats | None" = None
    # What each point is, for whoever points at it; one per point, or none.
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Everything that one plot of a page is drawn from."""

    title: str
    x_label: str
    y_label: str
    traces: tuple[PanelTrace, ...]
    residuals: PanelTrace | None = None
    residual_label: str = "residuals"
    # (x, height or None, label), and (low, high, label).
    marks: tuple[tuple[float, float | None, str], ...] = ()
    bands: tuple[tuple[float, float, str], ...] = ()
    is_log: bool = False
    manner: str = ""
    # Labels at the ends of lines instead of a legend.
    has_ends: bool = False
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def legend(self) -> list[PanelTrace]:
        """Each label once, with the mark of what was measured."""
        known: dict[str, PanelTrace] = {}
        for one in self.traces:
            known.setdefault(one.label, one)
        return list(known.values())

    @property
    def message(self) -> str:
        """What it shows, for whoever does not see it."""
        drawn = ", ".join(dict.fromkeys(one.label for one in self.traces)) or "nothing"
        below = "; residuals below" if self.residuals is not None else ""
        return f"{self.title}: {drawn} along {self.x_label or 'its axis'}{below}."


def component_style(index: int) -> Style:
    """Return the style of the n-th part of a model: thin, dashed, never by color alone."""
    style = category(index + 1)
    return Style(style.on_white, style.on_dark, style.dash or (6, 3))


def axis_words(label: str, unit: str) -> str:
    """Return "Energy (eV)", or the label alone when the unit stands in it."""
    if not unit or label.lower() == unit or label.endswith((f"({unit})", f", {unit}")):
        return label
    return labelled(label, unit)

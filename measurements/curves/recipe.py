"""The recipe of a plot: which traces, along which axis, how scaled; its address is its one written form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

MOST_TRACES = 60
# The keys of measurements.axes.views, said here too: an address is read without numpy.
AXES = ("file", "nm", "ev", "q", "d")
# Key → label.
NORMALISATIONS = {"": "none", "max": "to the maximum", "area": "to the area", "at": "at one place of the axis"}


CUT = re.compile(r"(\d{1,18})~([xy]):(-?[0-9.e+-]{0,24}):(-?[0-9.e+-]{0,24})")


@dataclass(frozen=True, slots=True)
class Cut:
    """A line out of a map: along "x" or "y", summed over a part of the other axis; an open end is the map's own."""

    along: str
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        """Return it as it stands in an address."""
        return f"~{self.along}:{said(self.low)}:{said(self.high)}"


@dataclass(frozen=True, slots=True)
class TraceKey:
    """One trace: a curve, of a curve with several rows the one row, or a cut through a map."""

    curve_id: int
    row: int | None = None
    cut: Cut | None = None

    def __str__(self) -> str:
        """Return it as it stands in an address."""
        if self.cut is not None:
            return f"{self.curve_id}{self.cut}"
        return str(self.curve_id) if self.row is None else f"{self.curve_id}.{self.row}"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides how a plot looks; two plots of the same recipe and data are the same plot."""

    traces: tuple[TraceKey, ...] = ()
    measurements: tuple[int, ...] = ()
    axis: str = "file"
    # Whether a density is per interval of the chosen axis.
    per_axis: bool = True
    is_log: bool | None = None
    normalise: str = ""
    normalise_at: float | None = None
    # Each trace is lifted by so much of the greatest height before it.
    offset_fraction: float = 0.0
    x_from: float | None = None
    x_to: float | None = None
    hidden: frozenset[str] = field(default_factory=frozenset)
    preset: str = ""

    def changed(self, **changes: Any) -> "Recipe":
        """Return the recipe with something else in it."""
        return replace(self, **changes)

    def query(self) -> str:
        """Return the words of an address that mean this recipe; what is usual is left out."""
        words: list[tuple[str, str]] = [("m", str(one)) for one in self.measurements]
        words += [("c", str(one)) for one in self.traces]
        words += [("hide", one) for one in sorted(self.hidden)]
        usual = Recipe()
        for word, name in WORDS.items():
            value = getattr(self, name)
            if value != getattr(usual, name):
                words.append((word, said(value)))
        return urlencode(words)


# Word of an address → field of a recipe.
WORDS = {
    "x": "axis", "jacobian": "per_axis", "log": "is_log", "norm": "normalise", "at": "normalise_at",
    "offset": "offset_fraction", "from": "x_from", "to": "x_to", "preset": "preset",
}  # fmt: skip


def said(value: object) -> str:
    """Return a value as an address has it; what is open is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:g}" if isinstance(value, float) else str(value)


def recipe_of(words: QueryDict) -> Recipe:
    """Return the recipe that an address asks for; a word that means nothing is left out."""
    axis, normalise = words.get("x") or "file", words.get("norm") or ""
    return Recipe(
        traces=tuple(filter(None, map(trace_key, words.getlist("c"))))[:MOST_TRACES],
        measurements=tuple(dict.fromkeys(int(one) for one in words.getlist("m") if is_id(one)))[:MOST_TRACES],
        axis=axis if axis in AXES else "file",
        per_axis=words.get("jacobian") != "0",
        is_log={"1": True, "0": False}.get(words.get("log") or ""),
        normalise=normalise if normalise in NORMALISATIONS else "",
        normalise_at=number(words.get("at")),
        offset_fraction=min(max(number(words.get("offset")) or 0.0, 0.0), 5.0),
        x_from=number(words.get("from")),
        x_to=number(words.get("to")),
        hidden=hidden_in(words),
        preset=(words.get("preset") or "")[:20],
    )


def hidden_in(words: QueryDict) -> frozenset[str]:
    """Return the traces that are not shown: those named so, and of a list's boxes those without a tick."""
    return frozenset(words.getlist("hide")) | (frozenset(words.getlist("listed")) - frozenset(words.getlist("show")))


def trace_key(text: str) -> TraceKey | None:
    """Return the trace that "12", "12.3" or "12~y:600:675" means."""
    if found := CUT.fullmatch(text):
        return TraceKey(int(found[1]), cut=Cut(found[2], number(found[3]), number(found[4])))
    curve, dot, row = text.partition(".")
    if not is_id(curve) or (dot and not is_id(row)):
        return None
    return TraceKey(int(curve), int(row) if dot else None)


def is_id(text: str) -> bool:
    """Say whether a text can be the id of a record or the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 19


def number(text: str | None) -> float | None:
    """Return a finite number of an address, with a decimal point or comma."""
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def differing(facts: Sequence[Mapping[str, str]]) -> list[str]:
    """Return a label for each trace, made of what differs among them, no more than tells them apart."""
    names = list(dict.fromkeys(name for one in facts for name in one))
    telling = [name for name in names if len({one.get(name, "") for one in facts}) > 1] or names[:1]
    for count in range(1, len(telling) + 1):
        labels = [" · ".join(filter(None, (one.get(name, "") for name in telling[:count]))) or "—" for one in facts]
        if len(set(labels)) == len(labels):
            break
    return labels if facts else []

"""The recipe of a map: how its values become colors and which bands its cuts are sums over; its address is its form."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from measurements.curves.recipe import number, said

SCALES = ("linear", "log")


@dataclass(frozen=True, slots=True)
class HeatRecipe:
    """How values become colors, and which bands the cuts are sums over."""

    scale: str = "linear"
    # Values below and above these percentiles take the last colors.
    low_percent: float = 0.0
    high_percent: float = 99.9
    x_from: float | None = None
    x_to: float | None = None
    y_from: float | None = None
    y_to: float | None = None

    def query(self) -> str:
        """Return the words of an address that mean this recipe; what is usual is left out."""
        usual = HeatRecipe()
        pairs = [(word, getattr(self, name), getattr(usual, name)) for word, name in WORDS.items()]
        return urlencode([(word, said(value)) for word, value, other in pairs if value != other])


# Word of an address → field.
WORDS = {
    "scale": "scale", "low": "low_percent", "high": "high_percent",
    "x1": "x_from", "x2": "x_to", "y1": "y_from", "y2": "y_to",
}  # fmt: skip


def heat_recipe_of(words: QueryDict) -> HeatRecipe:
    """Return the recipe that an address asks for; what means nothing is left out."""
    scale, usual = words.get("scale", ""), HeatRecipe()
    low = percent(words.get("low"), usual.low_percent)
    high = percent(words.get("high"), usual.high_percent)
    is_range = low < high
    return HeatRecipe(
        scale=scale if scale in SCALES else SCALES[0],
        low_percent=low if is_range else usual.low_percent,
        high_percent=high if is_range else usual.high_percent,
        x_from=number(words.get("x1")), x_to=number(words.get("x2")),
        y_from=number(words.get("y1")), y_to=number(words.get("y2")),
    )  # fmt: skip


def percent(text: str | None, usual: float) -> float:
    """Return a percentile of an address, or the usual one."""
    found = number(text)
    return min(max(found, 0.0), 100.0) if found is not None else usual

"""The table of methods as a page shows it: by technique, with what each needs, tells and may be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from analysis.methods.contract import Method, Setting, Takes
from analysis.methods.table import METHODS
from analysis.models import MethodChoice
from analysis.publishing.symbols import unit_text
from analysis.quantities import QUANTITIES
from labbook.models import Lab

LADDERS = {"pressure": "Along pressure", "temperature": "Along temperature", "age": "Along age"}
REST = "From other fits"


@dataclass(frozen=True, slots=True)
class MethodLine:
    """One method."""

    method: Method
    choice: MethodChoice | None

    @property
    def needs(self) -> list[str]:
        """What it works on, in words."""
        return [f"{one.label}{'' if one.is_needed else ', if there is one'}" for one in self.method.inputs]

    @property
    def asks(self) -> list[Setting]:
        """What it refuses to run without."""
        return [one for one in self.method.settings if one.is_needed and one.default is None]

    @property
    def tells(self) -> list[str]:
        """What it tells, by symbol and unit."""
        return [told_by(name) for name in self.method.results]

    @property
    def is_automatic(self) -> bool:
        """Whether it runs by itself in this lab."""
        return self.method.is_automatic and (self.choice is None or self.choice.is_automatic)

    @property
    def stated(self) -> list[tuple[Setting, str]]:
        """What the lab states for it."""
        kept = self.choice.settings if self.choice else {}
        return [(one, written(kept[one.name], one)) for one in self.method.settings if one.name in kept]


@dataclass(frozen=True, slots=True)
class MethodGroup:
    """The methods of one technique, or along one ladder."""

    title: str
    lines: list[MethodLine]


def method_lines(lab: Lab) -> list[MethodGroup]:
    """Return every method in the order of the table, by what it works on."""
    choices = {one.method: one for one in MethodChoice.objects.filter(lab=lab)}
    lines = (MethodLine(one, choices.get(one.name)) for one in METHODS.values())
    return list(grouped(sorted(lines, key=lambda line: place_of(line.method))))


def grouped(lines: list[MethodLine]) -> Iterator[MethodGroup]:
    """Yield lines under their heads."""
    for title, its in groupby(lines, key=lambda line: title_of(line.method)):
        yield MethodGroup(title, list(its))


def title_of(method: Method) -> str:
    """Return the head that a method stands under."""
    if any(one.takes == Takes.CURVE for one in method.inputs) and method.techniques:
        return method.techniques[0]
    return LADDERS.get(method.along, REST)


def place_of(method: Method) -> int:
    """Return where the head of a method comes: as its first method in the table."""
    return next(index for index, one in enumerate(METHODS.values()) if title_of(one) == title_of(method))


def told_by(name: str) -> str:
    """Return a quantity in few words."""
    one = QUANTITIES.get(name)
    if one is None:
        return name.replace("_", " ")
    unit = unit_text(one.unit)
    return f"{one.symbol or one.label}{f' in {unit}' if unit else ''}"


def written(value: object, setting: Setting) -> str:
    """Return a stated value with its unit."""
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{shown} {setting.unit}".strip()

"""What a reader returns: one recording of an instrument, frozen, in the units the file has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Setting = str | float | int | bool
NO_SETTINGS: Mapping[str, Setting] = MappingProxyType({})
NO_HEADER: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Technique(StrEnum):
    """What was looked at, as far as the file itself tells."""

    TEM_IMAGE = "TEM image"
    TEM_EDGES = "TEM edges"
    XRD = "XRD"
    STRUCTURE = "structure"
    ABSORBANCE = "absorbance"
    PL = "PL"
    TRPL = "TRPL"
    RAMAN = "Raman"
    RUBY = "ruby"
    SPECTRUM = "spectrum"
    TABLE = "table"


class Role(StrEnum):
    """What a channel is for; the first signal is the one that a page shows."""

    SIGNAL = "signal"
    STDERR = "standard error"
    DARK = "dark"
    REFERENCE = "reference"
    MONITOR = "monitor"
    IMAGE = "image"


class Zone(StrEnum):
    """What a file says of the time zone of its moment."""

    STATED = "stated"
    UTC = "UTC"
    AMBIGUOUS = "ambiguous"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Instant:
    """When the instrument says it measured: the text of the file, and the moment it means, aware only if it is."""

    as_written: str
    moment: datetime | None
    zone: Zone = Zone.NOT_STATED


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a channel: values in the file's unit, ascending unless the file has no order."""

    name: str
    unit: str
    values: Numbers


@dataclass(frozen=True, slots=True)
class Channel:
    """Values over their axes, the last axis being x: shape (n,) for a curve, (rows, n) for a map or an image."""

    name: str
    unit: str
    values: Numbers
    axes: tuple[Axis, ...]
    role: Role = Role.SIGNAL

    def __post_init__(self) -> None:
        """Hold the arrays still and see that they belong together."""
        shape = tuple(len(axis.values) for axis in self.axes)
        if shape != self.values.shape:
            raise ValueError(f"{self.name}: values of shape {self.values.shape} over axes of shape {shape}")
        for array in (self.values, *(axis.values for axis in self.axes)):
            array.setflags(write=False)

    @property
    def x(self) -> Axis:
        """The axis a curve is drawn along."""
        return self.axes[-1]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person should know of a reading that went well: what was turned, scaled, missing or doubtful."""

    text: str
    line: int | None = None
    offset_bytes: int | None = None

    def __str__(self) -> str:
        """Return the text with its place."""
        if self.line is not None:
            return f"{self.text} (line {self.line:,})"
        return self.text if self.offset_bytes is None else f"{self.text} (byte {self.offset_bytes:,})"


@dataclass(frozen=True, slots=True)
class Recording:
    """One look of an instrument at one thing; a file may hold several, and a recording several channels.

    `settings` has what we understand, by names whose last word is the unit; `header` has every other line or
    tag of the file as text, a repeated key with all its values.
    """

    technique: Technique
    channels: tuple[Channel, ...]
    label: str = ""
    instrument: str = ""
    measured: Instant | None = None
    settings: Mapping[str, Setting] = field(default_factory=lambda: NO_SETTINGS)
    header: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_HEADER)
    cautions: tuple[Caution, ...] = ()


def ascending(values: Numbers, *axes: Axis) -> tuple[Numbers, tuple[Axis, ...], tuple[Caution, ...]]:
    """Turn every axis that runs downwards, the values with it, and say so; an axis without order stays as it is."""
    turned: list[Axis] = []
    said: list[Caution] = []
    for dimension, axis in enumerate(axes):
        step, name = np.diff(axis.values), axis.name or "x"
        has_repeats = bool(np.any(step == 0))
        if np.any(step < 0) and np.all(step <= 0):
            values = np.flip(values, axis=dimension)
            turned.append(Axis(axis.name, axis.unit, axis.values[::-1]))
            said.append(Caution(f"{name} runs downwards in the file and was turned"))
            if has_repeats:
                said.append(Caution(f"{name} has the same value more than once"))
            continue
        if len(step) and not np.all(step > 0):
            said.append(Caution(f"{name} does not rise all the way; it is kept as written"))
        turned.append(axis)
    return values, tuple(turned), tuple(said)

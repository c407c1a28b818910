"""What a run of a method rests on, before any number is loaded: inputs by hash, settings, and where each came from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.methods.contract import Method, SettingValue
from analysis.models import Fit, InputKind
from labbook.models import Lab, Project
from measurements.models import Calibration, Curve, Measurement, Series
from samples.models import Sample

if TYPE_CHECKING:
    from analysis.methods.contract import Points


@dataclass(frozen=True, slots=True)
class Given:
    """One input: a curve of a measurement, a number of another fit, or a calibration."""

    role: str
    kind: InputKind
    measurement: Measurement | None = None
    curve: Curve | None = None
    row: int | None = None
    others: tuple[Curve, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    source: Fit | None = None
    calibration: Calibration | None = None
    said: str = ""

    @property
    def sha256(self) -> str:
        """What the input is known by: the hash of its numbers, of its calibration's value, or of the other fit."""
        if self.curve is not None:
            return self.curve.store_key
        told = self.source.work_key if self.source is not None else self.said
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def facts(self) -> list[Any]:
        """What of the input decides the result."""
        return [self.role, self.kind, self.sha256, self.row, self.said, {k: str(v) for k, v in self.settings.items()}]


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything a run needs, or `missing`: the sentence that says what is not there yet."""

    method: Method
    lab: Lab
    project: Project | None
    sample: Sample | None
    measurement: Measurement | None = None
    series: Series | None = None
    given: tuple[Given, ...] = ()
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    # What a person stated for this very run.
    stated: Mapping[str, Any] = field(default_factory=dict)
    points: "Mapping[str, Points]" = field(default_factory=dict)
    missing: str = ""
    seed: int = 0

    @property
    def key(self) -> str:
        """The hash by which the same work is recognised."""
        subject = [self.measurement.pk if self.measurement else None, self.series.pk if self.series else None]
        told = [
            self.method.name, self.method.version, subject, [one.facts for one in self.given],
            {name: str(value) for name, value in sorted(self.settings.items())}, self.seed,
            {role: points_told(points) for role, points in sorted(self.points.items())}, self.missing,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def points_told(points: "Points") -> list[Any]:
    """Return points as the hash of the work sees them."""
    numbers = [points.x, points.x_stderr, points.y, points.y_stderr]
    return [*(one.tolist() for one in numbers), points.x_unit, points.y_unit, list(points.labels)]

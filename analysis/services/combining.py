"""Runs over results of several measurements or samples: rates of a yield and a lifetime, curves of many samples."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.methods.contract import Method
from analysis.models import Fit, InputKind, Result
from analysis.services.given import Assembly, Given
from analysis.services.stating import choices_of, settings_for
from labbook.models import Lab, Project
from measurements.models import Measurement

if TYPE_CHECKING:
    from analysis.methods.contract import Points

NOTHING: Mapping[str, Any] = {}


def assemble_from_results(
    method: Method, lab: Lab, picks: Mapping[str, Result], *, subject: Measurement,
    stated: Mapping[str, Any] = NOTHING,
) -> Assembly:  # fmt: skip
    """Return the run of a method whose settings are results of other fits, such as a yield and a lifetime.

    `picks` holds a result by the name of the setting it fills; its error fills the setting of the same name with
    `_stderr` before the unit; units are those of the quantities.
    """
    recorded: dict[str, Any] = {}
    for name, result in picks.items():
        recorded[name] = result.value
        if result.stderr is not None:
            recorded[stderr_name(method, name)] = result.stderr
    settings = settings_for(method, stated=stated, recorded=recorded, lab_choices=choices_of(lab, method))
    given = tuple(
        Given(name, InputKind.FIT, measurement=one.fit.measurement, source=one.fit, said=one.name)
        for name, one in picks.items()
    )
    return Assembly(method, lab, subject.project, subject.sample, subject, None, given, settings, dict(stated))


def stderr_name(method: Method, name: str) -> str:
    """Return the setting that holds the standard error of another: `lifetime_ns` has `lifetime_stderr_ns`."""
    base, _, unit = name.rpartition("_")
    known = {one.name for one in method.settings}
    found = (one for one in (f"{base}_stderr_{unit}", f"{name}_stderr") if one in known)
    return next(found, f"{name}_stderr")


def assemble_across(
    method: Method, lab: Lab, pairs: Sequence[tuple[Result, Result]], *, role: str, units: tuple[str, str],
    project: Project | None = None, stated: Mapping[str, Any] = NOTHING,
) -> Assembly:  # fmt: skip
    """Return the run of a method over pairs of results, such as size and energy of several samples: (x, y) each."""
    given = tuple(
        Given(role, InputKind.FIT, measurement=one.fit.measurement, source=one.fit, said=one.name)
        for pair in pairs
        for one in pair
    )
    settings = settings_for(method, stated=stated, recorded={}, lab_choices=choices_of(lab, method))
    points = {role: points_of_pairs(pairs, units)} if pairs else {}
    missing = "" if pairs else f"{method.title} waits for pairs of results."
    return Assembly(method, lab, project, None, None, None, given, settings, dict(stated), points, missing)


def points_of_pairs(pairs: Sequence[tuple[Result, Result]], units: tuple[str, str]) -> "Points":
    """Return pairs of results as points."""
    import numpy as np

    from analysis.methods.contract import Points

    def numbers(which: int, name: str) -> Any:
        told = (getattr(pair[which], name) for pair in pairs)
        return np.array([np.nan if one is None else one for one in told], dtype=float)

    labels = tuple(pair[1].fit.sample.code if pair[1].fit.sample else "" for pair in pairs)
    return Points(
        numbers(0, "value"), numbers(0, "stderr"), units[0], numbers(1, "value"), numbers(1, "stderr"), units[1], labels
    )


def is_combined(fit: Fit, method: Method) -> bool:
    """Say whether a fit is made of results of other fits that a person picked, not of a recording or a ladder."""
    return not method.techniques and fit.series_id is None


def assemble_again(fit: Fit, method: Method) -> Assembly:
    """Return a run over picked results as it would be today: each by the fit that has taken its place."""
    inputs = list(fit.inputs.filter(kind=InputKind.FIT).select_related("source"))
    results = [(one.role, result) for one in inputs if one.source and (result := result_now(one.source, one.said))]
    if fit.measurement is not None:
        return assemble_from_results(method, fit.lab, dict(results), subject=fit.measurement, stated=fit.stated)
    told = [result for _, result in results]
    pairs = list(zip(told[::2], told[1::2], strict=False)) if len(told) == len(inputs) else []
    role = inputs[0].role if inputs else method.inputs[0].role
    units = (pairs[0][0].unit, pairs[0][1].unit) if pairs else ("", "")
    return assemble_across(method, fit.lab, pairs, role=role, units=units, project=fit.project, stated=fit.stated)


def result_now(source: Fit, name: str) -> Result | None:
    """Return a result of the fit that has taken the place of another, if it still counts."""
    newest = source
    while newest.superseded_by is not None:
        newest = newest.superseded_by
    found = Result.objects.filter(fit=newest, name=name, value__isnull=False).select_related(
        "fit__measurement", "fit__sample"
    )
    result = found.first()
    return result if result is not None and result.fit.counts else None
